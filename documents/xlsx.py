"""XLSX as the office hands it out: A4 one page wide, repeated headers, live sums, △ and -, 맑은 고딕.

Rows are written as they come (openpyxl's write-only mode), so a ledger of 100,000 rows needs little memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from documents.cells import Cell, Value
from documents.grid import Grid
from documents.table import EMPTY, Table, added
from documents.xlsx_results import Result, with_results
from documents.xlsx_style import Look, Styles

# Half-width characters of 맑은 고딕 10 that fit an upright A4 page without making them small.
PORTRAIT = 100
A4 = "9"


class Book:
    """A workbook being written: sheets in the order they are added, then ``save``."""

    def __init__(self) -> None:
        self.book = Workbook(write_only=True)
        self.results: dict[str, dict[str, Result]] = {}

    def sheet(self, title: str) -> Sheet:
        """A new sheet; its name is ``title`` as far as Excel allows, told apart by a number."""
        ws = self.book.create_sheet(sheet_title(title, self.book.sheetnames))
        results = self.results.setdefault(f"sheet{len(self.book.sheetnames)}.xml", {})
        return Sheet(ws, results)

    def save(self, target: IO[bytes]) -> None:
        with TemporaryFile() as draft:
            self.book.save(draft)
            draft.seek(0)
            with_results(draft, target, self.results)


def sheet_title(title: str, taken: Sequence[str]) -> str:
    """At most 31 letters, none of ``[]:*?/\\``, and not yet taken."""
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip(" '")[:31] or "표"
    number = 1
    while name.lower() in (other.lower() for other in taken):
        number += 1
        name = f"{name[:28]}_{number}"
    return name


class Sheet:
    """One sheet, filled from the top down. ``line`` is the last row written."""

    def __init__(self, ws: Any, results: dict[str, Result]) -> None:
        self.ws = ws
        self.styles = Styles(ws)
        self.results = results
        self.line = 0

    def append(self, cells: Sequence[Any], height: float | None = None) -> None:
        self.line += 1
        if height is not None:
            self.ws.row_dimensions[self.line].height = height
        self.ws.append(list(cells))

    def merge(self, row: int, col: int, rows: int, cols: int) -> None:
        """Merges from ``row``, ``col`` (both from 1); one cell alone is left as it is."""
        if rows > 1 or cols > 1:
            # Not through add(), which compares with every range there is.
            self.ws.merged_cells.ranges.add(CellRange(None, col, row, col + cols - 1, row + rows - 1))

    def widths(self, widths: Sequence[float]) -> None:
        for at, width in enumerate(widths, start=1):
            self.ws.column_dimensions[get_column_letter(at)].width = width

    def printed(self, landscape: bool, repeat: tuple[int, int] | None) -> None:
        """A4, one page wide, page numbers; rows ``repeat`` stand on every page. Before the first row."""
        ws = self.ws
        ws.page_setup.paperSize = A4
        ws.page_setup.orientation = "landscape" if landscape else "portrait"
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        ws.print_options.horizontalCentered = True
        margins = ws.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
        ws.oddFooter.center.text = "- &P / &N -"
        if repeat:
            ws.print_title_rows = f"{repeat[0]}:{repeat[1]}"

    def print_area(self, cols: int) -> None:
        self.ws.print_area = f"A1:{get_column_letter(cols)}{self.line}"


def add_table(book: Book, table: Table) -> None:
    """A sheet with the whole table: title, (단위), header, 계, rows, notes."""
    TableSheet(book.sheet(table.title), table).write()


def table_bytes(*tables: Table) -> bytes:
    """A workbook with a sheet for each table."""
    book, target = Book(), BytesIO()
    for table in tables:
        add_table(book, table)
    book.save(target)
    return target.getvalue()


class TableSheet:
    """A ``Table`` written on a sheet, a column each."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet, self.table = sheet, table
        self.columns = table.shown
        self.width = len(self.columns)
        self.looks = [Look(column.format.code, column.format.align) for column in self.columns]
        self.letters = [get_column_letter(at + 1) for at in range(self.width)]
        self.parts = table.part_indexes()

    def write(self) -> None:
        head = self.table.head()
        above = 1 + bool(self.table.above or self.table.conditions)
        self._set_up(above, len(head))
        self._write_title()
        self._write_head(head)
        if self.table.sums:
            self._write_total()
        totals = self._write_rows()
        self._give_totals(above + len(head) + 1, totals)
        self._write_notes()
        self.sheet.print_area(self.width)

    def _set_up(self, above: int, head: int) -> None:
        widths = [column.characters for column in self.columns]
        landscape = self.table.landscape
        self.sheet.widths(widths)
        self.sheet.printed(
            sum(widths) > PORTRAIT if landscape is None else landscape, (above + 1, above + head)
        )
        self.sheet.ws.freeze_panes = f"A{above + head + self.table.sums + 1}"

    def _write_title(self) -> None:
        styles = self.sheet.styles
        title = styles.cell(self.table.title, Look(align="center", boxed=False, bold=True, size=16))
        self.sheet.append([title], 32)
        self.sheet.merge(1, 1, 1, self.width)
        if self.table.above or self.table.conditions:
            left = max(self.width // 2, 1)
            cells: list[Any] = [styles.cell(self.table.conditions, Look(boxed=False))]
            cells += [None] * (left - 1)
            if self.width > 1:
                cells.append(styles.cell(self.table.above, Look(align="right", boxed=False)))
            self.sheet.append(cells)
            self.sheet.merge(2, 1, 1, left)
            self.sheet.merge(2, left + 1, 1, self.width - left)

    def _write_head(self, head: list[list[Cell]]) -> None:
        first = self.sheet.line + 1
        look = Look(align="center", head=True)
        rows: list[list[Any]] = [[self.sheet.styles.cell(None, look) for _ in self.columns] for _ in head]
        for placed in Grid(head, [1] * self.width).placed():
            rows[placed.row][placed.col] = self.sheet.styles.cell(placed.cell.value, look)
            self.sheet.merge(first + placed.row, placed.col + 1, placed.cell.rows, placed.cell.cols)
        for row in rows:
            self.sheet.append(row)

    def _write_total(self) -> None:
        label = self.table.label_width()
        cells = []
        for at, column in enumerate(self.columns):
            look = Look(column.format.code, column.format.align, bold=True, shade="total")
            if column.sums:
                # The range is written at the end, when the last row is known.
                cells.append(self.sheet.styles.formula("0", look))
            else:
                words = self.table.total if at == 0 and label else None
                cells.append(self.sheet.styles.cell(words, Look(align="center", bold=True, shade="total")))
        self.sheet.append(cells)
        self.sheet.merge(self.sheet.line, 1, 1, max(label, 1))

    def _write_rows(self) -> list[Value]:
        """All rows; returns the sums by column."""
        totals: list[Any] = [0] * self.width
        summed = [at for at, column in enumerate(self.columns) if column.sums]
        first = self.sheet.line
        for values in self.table.values():
            self.sheet.append([self._cell(at, value) for at, value in enumerate(values)])
            for at in self.parts:
                self._give_parts(at, values[at])
            for at in summed:
                totals[at] = added((totals[at], values[at]))
        if self.sheet.line == first:
            self._write_empty()
        return totals

    def _cell(self, at: int, value: Value) -> Any:
        look = self.looks[at]
        if at in self.parts and value is not None and not isinstance(value, str):
            line = self.sheet.line + 1
            inside = ",".join(f"{self.letters[part]}{line}" for part in self.parts[at])
            return self.sheet.styles.formula(f"SUM({inside})", look)
        return self.sheet.styles.cell(self.columns[at].format.none or None if value is None else value, look)

    def _give_parts(self, at: int, value: Value) -> None:
        if value is not None and not isinstance(value, str):
            self.sheet.results[f"{self.letters[at]}{self.sheet.line}"] = Result(value)  # type: ignore[arg-type]

    def _write_empty(self) -> None:
        cell = self.sheet.styles.cell
        self.sheet.append(
            [cell(EMPTY if at == 0 else None, Look(align="center")) for at in range(self.width)]
        )
        self.sheet.merge(self.sheet.line, 1, 1, self.width)

    def _give_totals(self, line: int, totals: list[Value]) -> None:
        if not self.table.sums:
            return
        for at, column in enumerate(self.columns):
            if column.sums:
                letter = self.letters[at]
                # SUBTOTAL, so that a filter set in Excel shows the sum of what it leaves.
                formula = f"SUBTOTAL(9,{letter}{line + 1}:{letter}{self.sheet.line})"
                self.sheet.results[f"{letter}{line}"] = Result(totals[at], formula)  # type: ignore[arg-type]

    def _write_notes(self) -> None:
        for note in self.table.notes:
            self.sheet.append([self.sheet.styles.cell(f"※ {note}", Look(boxed=False, size=9))])
            self.sheet.merge(self.sheet.line, 1, 1, self.width)
