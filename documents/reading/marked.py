"""The same file back, with its faults marked in it: coloured cells with notes, and a sheet that lists them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter

from documents.reading.book import Book

FILLS = {
    "error": PatternFill("solid", start_color="FFC7CE"),
    "doubt": PatternFill("solid", start_color="FFEB9C"),
    "warning": PatternFill("solid", start_color="DDEBF7"),
}
WORDS = {"error": "오류", "doubt": "확인 필요", "warning": "참고"}
LIST = "가져오기 결과"
MOST_NOTES = 2_000


@dataclass(frozen=True)
class Mark:
    """One fault, doubt or warning. ``column`` from 0; None marks the row, row 0 only the list."""

    level: str
    sheet: str
    row: int
    column: int | None
    message: str


def marked(content: bytes, book: Book, marks: Iterable[Mark]) -> bytes:
    """An .xlsx of the same cells with ``marks``; a CSV becomes one. ``content`` was let in by ``open_book``."""
    if content.startswith(b"PK"):
        workbook = load_workbook(BytesIO(content))
        titles = {name: name for name in workbook.sheetnames}
    else:
        workbook, titles = _from_cells(book)
    listed = list(marks)
    for mark in listed[:MOST_NOTES]:
        if mark.row and mark.sheet in titles:
            _mark(workbook[titles[mark.sheet]], mark)
    _list(workbook, listed)
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _from_cells(book: Book) -> tuple[Workbook, dict[str, str]]:
    """A workbook of the cells, and what its sheets are called there: Excel takes 31 letters."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    titles: dict[str, str] = {}
    for sheet in book.sheets:
        target = workbook.create_sheet(_title(sheet.name))
        titles[sheet.name] = target.title
        for number, cells in sheet.rows():
            for column, cell in enumerate(cells, start=1):
                _write(target, number, column, cell)
    return workbook, titles


def _title(name: str) -> str:
    return "".join("_" if sign in "[]:*?/\\" else sign for sign in name)[:31] or "파일"


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    """Text stays text: a cell that begins with = is no formula here."""
    if value in (None, ""):
        return
    cell = sheet.cell(row=row, column=column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def _mark(sheet: Any, mark: Mark) -> None:
    column = 1 if mark.column is None else mark.column + 1
    cell = sheet.cell(row=mark.row, column=column)
    if type(cell).__name__ == "MergedCell":
        return
    cell.fill = FILLS[mark.level]
    before = f"{cell.comment.text}\n" if cell.comment else ""
    cell.comment = Comment(
        f"{before}[{WORDS[mark.level]}] {mark.message}"[:2_000], "가져오기", width=320, height=120
    )


def _list(workbook: Workbook, marks: list[Mark]) -> None:
    name = LIST
    while name in workbook.sheetnames:
        name += "+"
    sheet = workbook.create_sheet(name, 0)
    for column, heading in enumerate(("구분", "시트", "칸", "내용"), start=1):
        sheet.cell(row=1, column=column, value=heading).font = Font(bold=True)
    for number, mark in enumerate(marks, start=2):
        place = (
            f"{get_column_letter(mark.column + 1)}{mark.row}" if mark.column is not None else f"{mark.row}행"
        )
        for column, value in enumerate(
            (WORDS[mark.level], mark.sheet, place if mark.row else "", mark.message), start=1
        ):
            _write(sheet, number, column, value)
    for letter, width in zip("ABCD", (10, 18, 10, 110), strict=True):
        sheet.column_dimensions[letter].width = width
    workbook.active = 0
