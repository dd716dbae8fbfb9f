"""A page on one sheet: narrow base columns, and every table's columns merged out of them, as offices do.

Formulas name cells by key; where each cell comes to stand is known before the first row is written.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from documents.cells import Cell, Value
from documents.grid import Grid, Placed
from documents.measure import line_count, shares
from documents.page import Page, Style, Text
from documents.xlsx_book import Book, Sheet
from documents.xlsx_rows import Put, letter_of
from documents.xlsx_style import Look

BASE = 48
BASE_WIDTH = 1.75
# Half-width characters in a base column and lost to the borders of a cell.
ROOM, LOST = 2.35, 1.2
LINE, PAD = 14.5, 5.0
NOTE_AUTHOR = "공약카드"

TEXT_LOOKS = {
    Style.TITLE: Look(align="center", boxed=False, bold=True, size=18),
    Style.SECTION: Look(boxed=False, bold=True, size=13, shade="section"),
    Style.HEADING: Look(boxed=False, bold=True, size=11),
    Style.BODY: Look(boxed=False),
    Style.ABOVE: Look(align="right", boxed=False, size=9),
    Style.NOTE: Look(boxed=False, size=9),
}
SPACE_ABOVE = {Style.SECTION: 10.0, Style.HEADING: 6.0}


@dataclass(frozen=True)
class _Spot:
    """A placed cell in sheet coordinates, from 1."""

    row: int
    col: int
    cols: int
    cell: Cell

    @property
    def address(self) -> str:
        return f"{letter_of(self.col)}{self.row}"


def page_bytes(*pages: Page) -> bytes:
    """A workbook with a sheet for each page."""
    book, target = Book(), BytesIO()
    for page in pages:
        add_page(book, page)
    book.save(target)
    return target.getvalue()


def add_page(book: Book, page: Page) -> None:
    """A sheet with the whole page; its first line is repeated on every printed page."""
    PageSheet(book.sheet(page.title), page).write()


class PageSheet:
    def __init__(self, sheet: Sheet, page: Page) -> None:
        self.sheet, self.page = sheet, page
        most = max((len(block.widths) for block in page.blocks if isinstance(block, Grid)), default=1)
        self.base = max(BASE, 2 * most)
        self.rows = list(self._rows())
        self.addresses: dict[Hashable, str] = {
            spot.cell.key: spot.address
            for number, row in enumerate(self.rows, start=1)
            for spot in row.spots(number)
            if spot.cell.key is not None
        }

    def write(self) -> None:
        self.sheet.widths([BASE_WIDTH * BASE / self.base] * self.base)
        self.sheet.printed(self.page.landscape, (1, 1))
        for number, row in enumerate(self.rows, start=1):
            self._write_row(number, row)
        self.sheet.print_area(self.base)

    def _rows(self) -> Iterator[_Row]:
        for at, block in enumerate(self.page.blocks):
            if isinstance(block, Grid):
                yield from _grid_rows(block, self.base)
                yield _Row.gap(self.base, 5.0)
            else:
                if at and block.style in SPACE_ABOVE:
                    yield _Row.gap(self.base, SPACE_ABOVE[block.style])
                yield _Row.of_text(block, self.base)

    def _write_row(self, number: int, row: _Row) -> None:
        styles = self.sheet.styles
        cells: list[Put | None] = [None] * self.base
        for spot in row.spots(number):
            look = row.look or _look(spot.cell)
            if look.boxed or look.shade:
                cells[spot.col : spot.col - 1 + spot.cols] = [styles.put(None, look)] * (spot.cols - 1)
            cells[spot.col - 1] = self._put(spot, look)
            self.sheet.merge(spot.row, spot.col, spot.cell.rows, spot.cols)
        for col, cols, look in row.covered:
            cells[col : col + cols] = [styles.put(None, look)] * cols
        self.sheet.append(cells, row.height)

    def _put(self, spot: _Spot, look: Look) -> Put:
        cell = spot.cell
        if cell.note:
            self.sheet.note(spot.row, spot.col, cell.note, NOTE_AUTHOR)
        live = cell.formula is not None and isinstance(cell.value, int | Decimal)
        formula = cell.formula.over(self._address) if cell.formula and live else ""
        return self.sheet.styles.put(_written(cell), look, formula)

    def _address(self, key: Hashable) -> str:
        return self.addresses[key]


def _written(cell: Cell) -> Value:
    """The value as Excel takes it: nothing is printed as its format says."""
    return cell.format.none or None if cell.value is None else cell.value


def _look(cell: Cell) -> Look:
    number = isinstance(cell.value, int | Decimal | date)
    return Look(
        code=cell.format.code if number or cell.format.code == "@" else "General",
        align=cell.alignment,
        head=cell.head,
        bold=cell.bold,
    )


@dataclass(frozen=True)
class _Row:
    """A sheet row: its anchors as (first base column, base columns, cell), what spans from above covers."""

    anchors: Sequence[tuple[int, int, Cell]]
    height: float
    look: Look | None = None
    covered: Sequence[tuple[int, int, Look]] = ()

    @classmethod
    def gap(cls, base: int, height: float) -> _Row:
        return cls((), height)

    @classmethod
    def of_text(cls, block: Text, base: int) -> _Row:
        look = TEXT_LOOKS[block.style]
        look = Look(**{**look.__dict__, "indent": max(block.level - 1, 0)})
        scale = look.size / 10
        lines = line_count(block.text, BASE * ROOM / scale - 3 * look.indent)
        return cls([(0, base, Cell(block.text))], lines * LINE * scale + PAD, look)

    def spots(self, number: int) -> Iterator[_Spot]:
        for col, cols, cell in self.anchors:
            yield _Spot(number, col + 1, cols, cell)


def _grid_rows(grid: Grid, base: int) -> Iterator[_Row]:
    given = shares(grid.widths, base)
    starts = [sum(given[:at]) for at in range(len(given))]
    rows: list[list[tuple[int, int, Cell]]] = [[] for _ in grid.rows]
    covered: list[list[tuple[int, int, Look]]] = [[] for _ in grid.rows]
    for placed in grid.placed():
        cols = sum(given[placed.col : placed.col + placed.cell.cols])
        rows[placed.row].append((starts[placed.col], cols, placed.cell))
        for down in range(1, placed.cell.rows):
            covered[placed.row + down].append((starts[placed.col], cols, _look(placed.cell)))
    heights = _heights(grid, [share * BASE / base for share in given])
    for anchors, under, height in zip(rows, covered, heights, strict=True):
        yield _Row(anchors, height, covered=under)


def _heights(grid: Grid, given: Sequence[float]) -> list[float]:
    """Row heights in points: of the tallest cell; what a cell over several rows lacks goes to its last row."""
    heights = [LINE + PAD] * len(grid.rows)
    placed = sorted(grid.placed(), key=lambda each: each.cell.rows)
    for each in placed:
        last = each.row + each.cell.rows
        needed = _lines(each, given) * LINE + PAD
        heights[last - 1] += max(needed - sum(heights[each.row : last]), 0)
    return heights


def _lines(placed: Placed, given: Sequence[float]) -> int:
    room = sum(given[placed.col : placed.col + placed.cell.cols]) * ROOM - LOST
    return line_count(placed.cell.text, room)
