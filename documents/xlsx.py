"""A declared table as a sheet: title, (단위), header in one or two tiers, 계, rows, notes (DOMAIN §8).

Rows are read once and written as they come, so a ledger of 100,000 rows needs little memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from documents.cells import Adjusted, Value
from documents.fitting import BOLD, narrowed
from documents.grid import Grid
from documents.measure import line_count
from documents.table import EMPTY, Column, Table, added
from documents.xlsx_book import Book, Sheet
from documents.xlsx_rows import Put, letter_of
from documents.xlsx_strips import row_heights
from documents.xlsx_style import Look

# Half-width characters of 맑은 고딕 10 that fit an upright A4 page without making them small.
PORTRAIT = 100

# Points: a line of 10-point type, and what a row has above and below it.
LINE, PAD = 14.5, 5.0

TITLE = Look(align="center", boxed=False, bold=True, size=16)
HEAD = Look(align="center", head=True)
LABEL = Look(align="center", bold=True, shade="total")
PLAIN = Look(boxed=False)
ABOVE = Look(align="right", boxed=False)
NOTE = Look(boxed=False, size=9)


def add_table(book: Book, table: Table) -> None:
    """A sheet with the whole table."""
    TableSheet(book.sheet(table.title), table).write()


def table_bytes(*tables: Table) -> bytes:
    """A workbook with a sheet for each table."""
    book, target = Book(), BytesIO()
    for table in tables:
        add_table(book, table)
    book.save(target)
    return target.getvalue()


def text_height(text: str, widths: Sequence[float], look: Look) -> float | None:
    """The height of a row with ``text`` over columns of ``widths``; None for a single line, which needs none."""
    scale = look.size / 10
    lines = line_count(text, sum(widths) / scale)
    return lines * LINE * scale + PAD if lines > 1 else None


class TableSheet:
    """A ``Table`` written on a sheet, a column each."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.sheet, self.table = sheet, table
        self.columns = table.shown
        self.width = len(self.columns)
        self.widths = narrowed(self.columns)
        self.letters = [letter_of(at + 1) for at in range(self.width)]
        self.parts, self.minus = table.part_indexes(), table.minus_indexes()
        self.shares = table.shares
        self.put = sheet.styles.put
        self.looks = [Look(column.format.code, column.format.align) for column in self.columns]
        self.plain = [sheet.styles.number(look) for look in self.looks]

    def write(self) -> None:
        self._write_above()
        first = self.sheet.line + 1
        self._write_head()
        self._set_up(first, self.sheet.line)
        total = self.sheet.rows.reserve() if self.table.sums else None
        sums = self._write_rows()
        if total:
            self._fill_total(total, sums)
        for note in self.table.notes:
            self._write_line(f"※ {note}", NOTE)
        self.sheet.print_area(self.width)

    def _set_up(self, first: int, last: int) -> None:
        landscape = self.table.landscape
        self.sheet.widths(self.widths)
        # Every page says its conditions, day and unit over the head.
        top = first - bool(self.table.conditions or self.table.above)
        self.sheet.printed(sum(self.widths) > PORTRAIT if landscape is None else landscape, (top, last))
        self.sheet.ws.oddFooter.left.text = self.table.title.replace("&", "&&")
        self.sheet.ws.freeze_panes = f"A{last + 1 + self.table.sums}"

    def _write_line(self, text: str, look: Look, height: float | None = None) -> None:
        self.sheet.append([self.put(text, look)], height or text_height(text, self.widths, look))
        self.sheet.merge(self.sheet.line, 1, 1, self.width)

    def _write_above(self) -> None:
        """The title; under it what was filtered at the left, day and unit at the right."""
        self._write_line(self.table.title, TITLE, 32)
        if self.table.asked:
            self._write_line(self.table.asked, ABOVE)
        left, right = self.table.conditions, self.table.above
        if self.width == 1 and (left or right):
            self._write_line(f"{left} {right}".strip(), ABOVE)
        elif left or right:
            half = self.width // 2
            between = [None] * (half - 1)
            height = text_height(left, self.widths[:half], PLAIN)
            self.sheet.append([self.put(left, PLAIN), *between, self.put(right, ABOVE)], height)
            self.sheet.merge(self.sheet.line, 1, 1, half)
            self.sheet.merge(self.sheet.line, half + 1, 1, self.width - half)

    def _write_head(self) -> None:
        first = self.sheet.line + 1
        head = self.table.head()
        rows = [[self.put(None, HEAD)] * self.width for _ in head]
        for placed in Grid(head, self.widths).placed():
            rows[placed.row][placed.col] = self.put(placed.cell.value, HEAD)
            self.sheet.merge(first + placed.row, placed.col + 1, placed.cell.rows, placed.cell.cols)
        # Bold type takes more room than the widths are counted in.
        heights = row_heights(Grid(head, self.widths), [width / BOLD for width in self.widths])
        for row, height in zip(rows, heights, strict=True):
            self.sheet.append(row, height)

    def _write_rows(self) -> list[Any]:
        """All rows; returns the sums by column."""
        summed = [at for at, column in enumerate(self.columns) if column.sums]
        sums: list[Any] = [0] * self.width
        first = self.sheet.line
        for values in self.table.values():
            for at in summed:
                sums[at] = added((sums[at], values[at]))
            cells = [self._cell(at, value) for at, value in enumerate(values)]
            self.sheet.append(cells, self._height(values))
        if self.sheet.line == first:
            self._write_line(EMPTY, Look(align="center"))
        return sums

    def _cell(self, at: int, value: Value) -> Put:
        look = self.looks[at]
        if isinstance(value, str) and look.code == "General":
            return self.put(value, look)
        if isinstance(value, Adjusted):
            return self._adjusted(at, value, look, self.sheet.line + 1, self._formula(at, value))
        shown = self.columns[at].format.none or None if value is None else value
        return Put(self.plain[at], shown, self._formula(at, value))

    def _adjusted(self, at: int, value: Adjusted, look: Look, line: int, formula: str) -> Put:
        """An adjusted figure is marked, and its note says the exact won."""
        self.sheet.note(line, at + 1, value.note)
        return self.put(value, replace(look, code=self.columns[at].format.marked), formula)

    def _height(self, values: list[Value]) -> float | None:
        """The height of a row whose text takes several lines; LibreOffice measures none by itself."""
        lines = 1
        for width, value in zip(self.widths, values, strict=True):
            # Every letter may be wide: what is half as long as the column surely fits.
            if isinstance(value, str) and (len(value) > width / 2 or "\n" in value):
                lines = max(lines, line_count(value, width))
        return lines * LINE + PAD if lines > 1 else None

    def _formula(self, at: int, value: Value) -> str:
        """The formula of a column that is made from others; none where it shows no number."""
        if (at not in self.parts and at not in self.shares) or value is None or isinstance(value, str):
            return ""
        return self._made_from(at, self.sheet.line + 1)

    def _made_from(self, at: int, line: int) -> str:
        """The sum or the share that column ``at`` is, over the cells of row ``line``."""
        if at in self.shares:
            part, whole = (f"{self.letters[place]}{line}" for place in self.shares[at])
            return f"ROUND({part}*100/{whole},1)"
        inside = [f"{self.letters[part]}{line}" for part in self.parts[at]]
        inside += [f"-{self.letters[part]}{line}" for part in self.minus.get(at, ())]
        return f"SUM({','.join(inside)})"

    def _fill_total(self, line: int, sums: list[Any]) -> None:
        label = self.table.label_width()
        last = max(self.sheet.line, line + 1)
        values = self.table.totals(sums)
        cells = [self.put(self.table.total if label and not at else None, LABEL) for at in range(label)]
        for at, column in list(enumerate(self.columns))[label:]:
            cells.append(
                self._total(at, line, column, values[at], self._total_formula(at, line, last, values[at]))
            )
        self.sheet.rows.fill(line, cells)
        self.sheet.merge(line, 1, 1, max(label, 1))

    def _total(self, at: int, line: int, column: Column, value: Value, formula: str) -> Put:
        look = Look(column.format.code, column.format.align, bold=True, shade="total")
        if isinstance(value, Adjusted):
            return self._adjusted(at, value, look, line, formula)
        return self.put(column.format.none if value is None and column.share else value, look, formula)

    def _total_formula(self, at: int, line: int, last: int, value: Value) -> str:
        """The live sum of a column, or its share of the summed cells beside it."""
        if self.columns[at].sums:
            letter = self.letters[at]
            # SUBTOTAL, so that a filter set in Excel shows the sum of what it leaves.
            return f"SUBTOTAL(9,{letter}{line + 1}:{letter}{last})"
        return self._made_from(at, line) if at in self.shares and value is not None else ""
