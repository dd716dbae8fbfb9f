"""Shares, differences and words in the 계 row of a declared table: printed and in Excel alike."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from documents.cells import RATE, TEXT, WON
from documents.table import Column, Table
from documents.xlsx import table_bytes
from tests.documents.office import assert_computed_alike, needs_office

COLUMNS = (
    Column("사업", "name", TEXT),
    Column("예산", "budget", WON, sums=True),
    Column("집행", "spent", WON, sums=True),
    Column("잔액", "left", WON, sums=True, parts=("예산",), minus=("집행",)),
    Column("집행률", "", RATE, share=("집행", "예산")),
    Column("모름", "unknown", WON, total="집계 불가"),
)
ROWS = [
    {"name": "가", "budget": 300, "spent": 100, "left": 200, "unknown": "집계 불가"},
    {"name": "나", "budget": 0, "spent": 50, "left": -50, "unknown": 7},
]


def table(rows: list[dict[str, Any]], **more: Any) -> Table:
    return Table("표", COLUMNS, rows, asked="요구번호: 15", conditions="기간: 2024", **more)


def printed(rows: list[dict[str, Any]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table(rows).grid().rows[1:]]


def test_as_printed() -> None:
    assert printed(ROWS) == [
        ["계", "300", "150", "150", "50.0", "집계 불가"],
        ["1", "가", "300", "100", "200", "33.3", "집계 불가"],
        ["2", "나", "-", "50", "△50", "–", "7"],
    ]


def test_a_share_of_nothing_is_no_rate() -> None:
    assert printed([])[0] == ["계", "-", "-", "-", "–", "집계 불가"]
    assert printed([ROWS[1]])[0][4] == "–"


@needs_office
def test_excel_says_the_same() -> None:
    books = [table_bytes(table(rows)) for rows in (ROWS, [], ROWS[1:])]
    assert [len(found) for found in assert_computed_alike(*books)] == [7, 3, 4]


def test_who_asked_and_what_stand_above() -> None:
    sheet = load_workbook(BytesIO(table_bytes(table(ROWS)))).worksheets[0]
    assert sheet["A2"].value == "요구번호: 15"
    assert sheet["A3"].value == "기간: 2024"


def test_the_formulas_are_over_the_cells_beside_them() -> None:
    sheet = load_workbook(BytesIO(table_bytes(table(ROWS)))).worksheets[0]
    assert [sheet[place].value for place in ("C5", "E6", "F6", "F5")] == [
        "=SUBTOTAL(9,C6:C7)",
        "=SUM(C6,-D6)",
        "=ROUND(D6*100/C6,1)",
        "=ROUND(D5*100/C5,1)",
    ]
    assert sheet["F7"].value == "–"
