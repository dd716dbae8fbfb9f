"""Reading files: hostile ones are refused in bounded time and memory, odd ones are understood."""

import resource
import time
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from accounts.models import ImportBatch
from common.importing import Column
from common.importing import cells as read
from documents.reading import Layouts, Unreadable, find_tables, open_book, paste
from documents.reading.body import body
from enterprises.models import Enterprise
from tests.imports import broken
from tests.imports.conftest import Run
from tests.imports.sheets import csv_bytes, saved, xlsx

COLUMNS = (
    Column("기업명", "name", read.text(20), required=True, aliases=("조합명",)),
    Column("지정일", "day", read.day),
    Column("금액", "amount", read.money, money=True, aliases=("교부액 계",)),
    Column("국비", "national", read.money, money=True),
)
SECONDS = 20
MEGABYTES = 400


def lines(content: bytes, **layouts: Any) -> list[tuple[int, str, dict[str, Any]]]:
    found = find_tables(open_book(content, "x"), COLUMNS, Layouts(**layouts))
    return [line for table in found.tables for line in body(table, COLUMNS)]


@pytest.mark.parametrize("name", broken.CORPUS)
def test_broken_files_are_refused_with_the_reason(name: str) -> None:
    make, says = broken.CORPUS[name]
    content = make()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Unreadable) as refused:
        lines(content)
    assert says in str(refused.value)
    assert time.monotonic() - start < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


@pytest.mark.parametrize(
    "name", ["entities", "truncated", "encrypted", "500 columns", "5 MB in one cell", "PDF"]
)
def test_broken_files_through_the_page_and_the_command(name: str, staff: Client, import_rows: Run) -> None:
    content = broken.CORPUS[name][0]()
    response = staff.post(
        "/imports/new/disbursements/", {"file": SimpleUploadedFile("x.xlsx", content)}, follow=True
    )
    assert response.status_code == 200
    assert not ImportBatch.objects.filter(state="saved").exists()
    ran = import_rows("disbursements", content, name="x.xlsx")
    assert (ran.code, len(ran.of("error"))) == (1, 1)


def test_a_million_empty_rows_are_nothing() -> None:
    content, start = broken.million_empty_rows(), time.monotonic()
    found = find_tables(
        open_book(content, "x"),
        (Column("교부일", "d", read.day), Column("사업", "p", read.text(9))),
        Layouts(),
    )
    assert len(list(body(found.tables[0], COLUMNS))) == 1
    assert time.monotonic() - start < SECONDS


def test_errors_and_unsaved_formulas_are_not_empty_cells(db: None, import_rows: Run) -> None:
    ran = import_rows("disbursements", broken.formulas())
    assert ran.code == 1
    told = [line for line in ran.of("error") if "!D" in line]
    assert [line.split(" ")[1] for line in told] == ["Sheet!D2", "Sheet!D3", "Sheet!D4"]
    assert "수식" in told[0]
    assert "오류 값" in told[2]


def test_titles_above_two_row_headings_and_totals() -> None:
    rows = [
        ["현황(예시)"],
        ["(단위: 천원)"],
        ["연번", "조합명", "지정일", "교부액", None],
        [None, None, None, "계", "국비"],
        [1, "가\n협동조합 ", 45219, "1,000", 700],
        [None, "합 계", None, "1,000", 700],
        ["연번", "조합명", "지정일", "교부액", None],
        [2, "나", "’23. 10. 21.", "２,０００", "-"],
        ["※ 예시입니다"],
    ]
    content = xlsx(rows, merged=("A1:E1", "D3:E3", "A3:A4", "B3:B4", "C3:C4"))
    found = find_tables(open_book(content, "x"), COLUMNS, Layouts())
    assert found.tables[0].units == {"금액": "천원", "국비": "천원"}
    read_lines = lines(content)
    assert [(number, word) for number, word, _ in read_lines] == [(5, ""), (6, "합 계"), (8, "")]
    assert read_lines[0][2] == {"기업명": "가\n협동조합 ", "지정일": 45219.0, "금액": "1,000", "국비": 700.0}


def test_cells_merged_downwards_say_the_same_for_all_rows_but_money_does_not() -> None:
    rows = [["기업명", "지정일", "금액"], ["가", "2024-01-01", 100], [None, "2024-01-02", None]]
    last = lines(xlsx(rows, merged=("A2:A3", "C2:C3")))[-1][2]
    assert (last["기업명"], last["금액"]) == ("가", "")


def test_hidden_sheets_are_named_and_left_out() -> None:
    workbook = Workbook()
    workbook.active.append(["기업명", "지정일"])
    hidden = workbook.create_sheet("숨김")
    hidden.append(["기업명", "지정일"])
    hidden.append(["가", "2024-01-01"])
    hidden.sheet_state = "hidden"
    found = find_tables(open_book(saved(workbook), "x"), COLUMNS, Layouts())
    assert [table.sheet.name for table in found.tables] == ["Sheet"]
    assert "숨긴 시트" in found.warnings[0]


def test_hidden_rows_are_read_and_named() -> None:
    workbook = Workbook()
    for row in (["기업명", "지정일"], ["가", "2024-01-01"]):
        workbook.active.append(row)
    workbook.active.row_dimensions[2].hidden = True
    assert len(lines(saved(workbook))) == 1
    assert "숨긴 행 1개" in open_book(saved(workbook), "x").warnings[0]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (45219.0, date(2023, 10, 20)),
        ("45219", date(2023, 10, 20)),
        (20231020.0, date(2023, 10, 20)),
        (datetime(2023, 10, 20, 9, 30), date(2023, 10, 20)),  # noqa: DTZ001
        ("2023.10.20(금)", date(2023, 10, 20)),
        ("'23.10.20", date(2023, 10, 20)),
    ],
)
def test_days(cell: Any, day: date) -> None:
    assert read.day(cell, "") == day


@pytest.mark.parametrize(
    ("cell", "unit", "won"),
    [
        (9_487_000.0, "", 9_487_000),
        (9_487.0, "천원", 9_487_000),
        (0.1 + 0.2, "억원", 30_000_000),
        ("△1,200", "", -1_200),
        ("９,４８７천 원", "", 9_487_000),
        ("84백만원", "천원", 84_000_000),
    ],
)
def test_money(cell: Any, unit: str, won: int) -> None:
    assert read.money(cell, unit) == won


@pytest.mark.parametrize("cell", [24.394, 1.5, True, date(2024, 1, 1), "약 5백만원", "1E+06", "5천"])
def test_money_that_is_refused(cell: Any) -> None:
    with pytest.raises(ValueError):
        read.money(cell, "")


@pytest.mark.parametrize("blank", [None, "", "  ", "-", " - ", "—", "　", "없음", "N/A"])
def test_blank_like_cells(blank: Any) -> None:
    assert read.is_blank(blank)


def test_pasted_cells_with_tabs_quotes_and_line_breaks() -> None:
    book = paste('기업명\t지정일\n"가\n나"\t2024. 1. 1.\n')
    assert [cells for _, cells in book.sheets[0].rows()][1] == ["가\n나", "2024. 1. 1."]


CELLS = st.one_of(
    st.none(), st.text(max_size=40), st.integers(), st.floats(), st.dates(), st.booleans(), st.datetimes()
)
READERS = [column.read for column in COLUMNS] + [
    read.days, read.period, read.whole("명"), read.number("%"), read.year, read.quarter,
    read.firm_number, read.numbering,
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(cell=CELLS, unit=st.sampled_from(["", "천원"]), at=st.integers(0, len(READERS) - 1))
def test_a_reader_reads_or_refuses_in_words(cell: Any, unit: str, at: int) -> None:
    if read.is_blank(cell):
        return
    try:
        READERS[at](cell, unit)
    except ValueError as refusal:
        assert str(refusal)  # noqa: PT017


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damaged_workbooks_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    try:
        lines(bytes(content))
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=2_000), st.text(max_size=500).map(str.encode), st.text(max_size=300).map(
    lambda text: ("기업명,지정일\n" + text).encode())))  # fmt: skip
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        lines(content)
    except Unreadable as refused:
        assert str(refused)  # noqa: PT017


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(CELLS.filter(lambda cell: not isinstance(cell, datetime)), max_size=6), max_size=8))
def test_any_sheet_is_read_or_refused(rows: list[list[Any]]) -> None:
    try:
        lines(csv_bytes([["기업명", "지정일", "금액"], *rows], "utf-8"))
    except (Unreadable, UnicodeEncodeError):
        return


GOOD = xlsx([["기업명", "지정일", "금액"], ["가", date(2024, 1, 1), 100], ["나", "2024. 1. 2.", "1,000"]])


def test_the_corpus_names_its_own_folder_only() -> None:
    """Nothing of the corpus is written to disk."""
    assert not list(Path(broken.__file__).parent.glob("*.xlsx"))
    assert BytesIO(GOOD).read(2) == b"PK"


def test_a_text_that_looks_like_a_formula(kinds: Any, import_rows: Run) -> None:
    """What systems quote to keep zeros is read; what our own CSV guards is text; a formula is no value."""
    head = ["기업명", "유형", "전화번호", "업종"]
    rows = [
        head,
        ["가온(예시)", "협동조합", '="02-123-4567"', "'=교육"],
        ["나래(예시)", "협동조합", "", "=A1"],
    ]
    ran = import_rows("enterprises", csv_bytes(rows), "--dry-run")
    assert ran.of("error") == [
        "error: rows!D3 업종 ‘=A1’: 값이 아니라 수식입니다. 엑셀에서 ‘값 붙여넣기’를 한 뒤 다시 가져와 주십시오."
    ]
    import_rows("enterprises", csv_bytes(rows[:2]), "--accept-doubts")
    firm = Enterprise.objects.get()
    assert (firm.phone, firm.industry) == ("02-123-4567", "=교육")


@pytest.mark.usefixtures("kinds")
def test_the_report_marks_a_file_with_a_long_name(import_rows: Run, tmp_path: Path) -> None:
    rows = [["기업명", "유형"], ["가(예시)", "몰라"]]
    name = "관악구 사회적경제기업 명단 [2024] 최종 진짜 최종 확인본.csv"
    report = tmp_path / "report.xlsx"
    import_rows("enterprises", csv_bytes(rows), "--report", str(report), name=name)
    sheet = load_workbook(report).worksheets[1]
    assert sheet["B2"].comment is not None


@pytest.mark.usefixtures("kinds")
def test_a_report_that_cannot_be_written_is_a_warning(import_rows: Run, tmp_path: Path) -> None:
    rows = [["기업명", "유형", "지정일"], ["가(예시)", "인증", "2024. 1. 2."]]
    ran = import_rows("enterprises", csv_bytes(rows), "--report", str(tmp_path / "none" / "r.xlsx"))
    assert (ran.code, ran.counts) == (0, "new: 1 changed: 0 unchanged: 0")
    assert "쓰지 못했습니다" in ran.of("warning")[0]
