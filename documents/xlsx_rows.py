"""Rows of a sheet as XML, written to disk as they come.

openpyxl makes everything around them (styles, print setup, merges, notes). The rows are ours for two reasons:
it takes six times as long for a ledger of 100,000 rows, and it writes a formula without its result, so that
previews, other readers and our own importer would see an empty cell until somebody saved the sheet in Excel.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from documents.cells import UNPRINTABLE, Value

IN_MEMORY = 1 << 20
LONGEST_TEXT = 32_767

letter_of = cache(get_column_letter)


class Put(NamedTuple):
    """What goes into a cell: the number of its style, its value, and the formula that gives the same value."""

    style: int
    value: Value = None
    formula: str = ""


def cell_xml(place: str, put: Put) -> str:
    """One ``c`` element. Text is text whatever it looks like: it never becomes a formula."""
    style, value, formula = put
    if (value is None or value == "") and not formula:
        return f'<c r="{place}" s="{style}"/>'
    if formula:
        kind = ' t="str"' if isinstance(value, str) else ""
        return f'<c r="{place}" s="{style}"{kind}><f>{_escaped(formula)}</f><v>{_result(value)}</v></c>'
    if isinstance(value, str):
        text = _escaped(value[:LONGEST_TEXT])
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{_result(value)}</v></c>'


def _result(value: Value) -> str:
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(to_excel(value) if isinstance(value, date) else value)


def _escaped(text: str) -> str:
    text = UNPRINTABLE.sub("", text).replace("\r", "")
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def row_xml(line: int, cells: Sequence[Put | None], height: float | None) -> str:
    """One ``row`` element; None leaves its place empty. ``height`` in points; without it Excel measures."""
    size = f' ht="{height:g}" customHeight="1"' if height is not None else ""
    inside = [
        cell_xml(f"{letter_of(col)}{line}", put) for col, put in enumerate(cells, start=1) if put is not None
    ]
    return f'<row r="{line}"{size}>{"".join(inside)}</row>'


class Rows:
    """All rows of a sheet. A row that is only known at the end keeps its place with ``reserve``."""

    def __init__(self) -> None:
        self.file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when the book is saved
        self.late: dict[int, tuple[int, str]] = {}
        self.line = 0

    def append(self, cells: Sequence[Put | None], height: float | None = None) -> None:
        self.line += 1
        self.file.write(row_xml(self.line, cells, height).encode())

    def reserve(self) -> int:
        """Leaves the next line open; returns its number for ``fill``."""
        self.line += 1
        self.late[self.line] = (self.file.tell(), "")
        return self.line

    def fill(self, line: int, cells: Sequence[Put | None]) -> None:
        place, _ = self.late[line]
        self.late[line] = (place, row_xml(line, cells, None))

    def copy_to(self, target: IO[bytes]) -> None:
        """Writes the rows in order and closes the file they were kept in."""
        self.file.seek(0)
        for place, text in self.late.values():
            target.write(self.file.read(place - self.file.tell()))
            target.write(text.encode())
        copyfileobj(self.file, target)
        self.file.close()
