from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from documents.cells import CODE, DATE, LONG, WON, Adjusted, number
from documents.table import Column, Table
from documents.xlsx import table_bytes
from documents.xlsx_book import sheet_title
from tests.documents.office import assert_computed_alike, needs_office


@dataclass
class Paid:
    day: date
    who: str
    amount: int
    national: int
    district: int
    phone: str = "02-879-5751"


ROWS = [
    Paid(date(2024, 1, 24), "(주)가나다", 67_055_000, 50_000_000, 17_055_000),
    Paid(date(2024, 3, 29), "=cmd|' /C calc'!A0", -1_200_000, 0, -1_200_000, "5751"),
]
COLUMNS = [
    Column("교부일", "day", DATE),
    Column("수령자", "who"),
    Column("금액", "amount", WON, parts=("재원/국비", "구비"), sums=True),
    Column("국비", "national", WON, group="재원", sums=True),
    Column("구비", "district", WON, group="재원", sums=True),
    Column("전화", "phone", CODE),
]


def table(rows: Any = ROWS, **more: Any) -> Table:
    given = {"unit": "원", "as_of": date(2024, 3, 31), "conditions": "2024년", "notes": ["교부액 기준"]}
    return Table("보조금 교부 내역", COLUMNS, rows, **given | more)


def sheet(made: Table, data_only: bool = False) -> Any:
    return load_workbook(BytesIO(table_bytes(made)), data_only=data_only).active


def test_the_offices_layout() -> None:
    ws = sheet(table())
    assert ws["A1"].value == ws.title == "보조금 교부 내역"
    assert (ws["A2"].value, ws["D2"].value) == ("2024년", "(2024. 3. 31. 기준, 단위: 원)")
    assert [cell.value for cell in ws[3]] == ["연번", "교부일", "수령자", "금액", "재원", None, "전화"]
    assert [cell.value for cell in ws[4]][4:6] == ["국비", "구비"]
    merged = {str(area) for area in ws.merged_cells.ranges}
    assert merged == {
        "A1:G1",
        "A2:C2",
        "D2:G2",
        "A3:A4",
        "B3:B4",
        "C3:C4",
        "D3:D4",
        "E3:F3",
        "G3:G4",
        "A5:C5",
        "A8:G8",
    }
    assert ws["A5"].value == "계"
    assert ws["A8"].value == "※ 교부액 기준"


def test_sums_are_live_and_carry_their_values() -> None:
    formulas, values = sheet(table()), sheet(table(), data_only=True)
    assert formulas["D5"].value == "=SUBTOTAL(9,D6:D7)"
    assert formulas["D6"].value == "=SUM(E6,F6)"
    assert [values[place].value for place in ("D5", "E5", "F5", "D6", "D7")] == [
        65_855_000,
        50_000_000,
        15_855_000,
        67_055_000,
        -1_200_000,
    ]


def test_numbers_days_and_codes_keep_their_kind() -> None:
    ws = sheet(table())
    assert ws["B6"].value.date() == date(2024, 1, 24)
    assert ws["E6"].number_format == '#,##0;△#,##0;"-"'
    assert (ws["G7"].value, ws["G7"].number_format, ws["G7"].data_type) == ("5751", "@", "s")


def test_text_that_looks_like_a_formula_stays_text() -> None:
    words = ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "안녕\x00\x1b", "<b>&amp;"]
    made = Table("글", [Column("말", lambda row: row, LONG)], words, numbered=False)
    ws = sheet(made)
    cells = [ws.cell(row, 1) for row in range(3, 10)]
    assert [cell.value for cell in cells] == ["=1+1", "+82", "-1", "@SUM(A1)", "\t=1", "안녕", "<b>&amp;"]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 5 + [False] * 2


def test_it_prints_on_a4_one_page_wide_with_its_header_on_each_page() -> None:
    ws = sheet(table())
    assert (ws.page_setup.paperSize, ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == (9, 1, 0)
    assert ws.sheet_properties.pageSetUpPr.fitToPage
    assert ws.print_title_rows == "$2:$4"
    assert ws.oddFooter.left.text == "보조금 교부 내역"
    assert ws.print_area == "'보조금 교부 내역'!$A$1:$G$8"
    assert ws.freeze_panes == "A6"
    assert ws.page_setup.orientation == "portrait"
    assert sheet(table(landscape=True)).page_setup.orientation == "landscape"
    assert ws["C6"].font.name == "맑은 고딕"
    assert ws["C6"].border.left.style == "thin"


def test_an_empty_table_says_so() -> None:
    ws = sheet(table(rows=[]), data_only=True)
    assert ws["A6"].value == "해당 없음"
    assert ws["D5"].value == 0


def test_what_is_missing_is_a_dash_in_figures_and_nothing_in_words() -> None:
    made = Table(
        "표", [Column("수", "n", number()), Column("말", "w")], [{"n": None, "w": None}], numbered=False
    )
    assert [cell.value for cell in sheet(made)[3]] == ["-", None]


def test_decimals_are_exact() -> None:
    made = Table("표", [Column("수", "n", number(1), sums=True)], [{"n": Decimal("0.1")}] * 3, numbered=False)
    ws = sheet(made, data_only=True)
    assert ws["A3"].value == 0.3


def test_rows_are_read_once_as_they_come() -> None:
    seen = iter(range(5_000))
    made = Table("큰 표", [Column("수", lambda row: row, WON, sums=True)], seen)
    ws = sheet(made, data_only=True)
    assert ws.max_row == 5_003
    assert ws["B3"].value == 5_000 * 4_999 // 2
    assert next(seen, None) is None


def test_a_part_that_no_column_has_is_named() -> None:
    with pytest.raises(LookupError):
        table_bytes(Table("표", [Column("계", "n", parts=("없음",))], []))


@pytest.mark.parametrize(
    ("title", "name"),
    [("a/b[c]", "a b c"), ("가" * 40, "가" * 31), ("", "표"), ("표1", "표1_2")],
)
def test_sheet_names(title: str, name: str) -> None:
    assert sheet_title(title, ["표1"]) == name


@needs_office
def test_libreoffice_computes_the_sums_that_are_printed() -> None:
    assert list(map(len, assert_computed_alike(table_bytes(table())))) == [5]


def test_other_readers_see_the_sums_without_computing() -> None:
    rows = CalamineWorkbook.from_object(BytesIO(table_bytes(table()))).get_sheet_by_index(0).to_python()
    assert rows[4][3:6] == [65_855_000, 50_000_000, 15_855_000]


def test_an_adjusted_figure_is_marked_and_its_note_says_the_exact_won() -> None:
    columns = [Column("업체", "who"), Column("금액", "won", WON, sums=True)]
    lines = [{"who": "가", "won": Adjusted(2, 1_400)}, {"who": "나", "won": 1}]
    made = Table("표", columns, lines, exact={"금액": 2_800})
    values, formulas = sheet(made, data_only=True), sheet(made)
    assert [(values[place].value, values[place].data_type) for place in ("C3", "C4", "C5")] == [
        (3, "n"),
        (2, "n"),
        (1, "n"),
    ]
    assert formulas["C3"].value == "=SUBTOTAL(9,C4:C5)"
    assert values["C4"].number_format == r'#,##0\*;△#,##0\*;"-"\*'
    assert values["C5"].number_format == '#,##0;△#,##0;"-"'
    assert "정확한 금액: 1,400원" in values["C4"].comment.text
    assert "정확한 금액: 2,800원" in values["C3"].comment.text
    assert values["C5"].comment is None
    assert [cell.text for cell in made.grid().rows[1]] == ["계", "3*"]
    assert made.grid().rows[2][2].text == "2*"


def test_a_heading_that_takes_two_lines_has_the_room() -> None:
    """LibreOffice and Excel measure no row that is part of a merge."""
    columns = [
        Column("완료", "n", WON, width=9, group="추진상황"),
        Column("이행 후 지속추진", "n", WON, width=9, group="추진상황"),
        Column("비고", "n", WON, width=9),
    ]
    ws = sheet(Table("표", columns, [], numbered=False))
    assert ws["B3"].value == "이행 후 지속추진"
    assert ws.row_dimensions[2].height < 30 < ws.row_dimensions[3].height


def test_a_long_condition_or_note_has_the_room_it_needs() -> None:
    long = "기간: 2020. 1. 1.~2024. 12. 31., 사업: " + "성장단계별 맞춤형 판로확대 특화지원사업 " * 4
    ws = sheet(table(conditions=long, notes=[long, "짧은 말"]))
    assert ws.row_dimensions[2].height > 45
    assert ws.row_dimensions[8].height > 30
    assert ws.row_dimensions[9].height is None
