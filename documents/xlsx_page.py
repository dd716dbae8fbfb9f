"""A page on one sheet: narrow base columns, and every table's columns merged out of them, as offices do.

Formulas name cells by key; where each cell comes to stand is known before the first row is written.
"""

from __future__ import annotations

from collections.abc import Hashable
from decimal import Decimal
from io import BytesIO

from openpyxl.worksheet.pagebreak import Break

from documents.cells import Cell, Value
from documents.grid import Grid
from documents.page import Page
from documents.paging import Strip, page_ends
from documents.xlsx_book import Book, Sheet
from documents.xlsx_rows import Put, letter_of
from documents.xlsx_strips import Anchor, Row, page_rows

BASE = 48
# Widths of a base column as Excel counts them, and the half-width characters of 10-point type it holds.
UPRIGHT, TURNED = (1.75, 2.35), (2.75, 3.35)
# Points of rows that fit a page, a little less than there is: Excel and LibreOffice differ slightly.
UPRIGHT_ROOM, TURNED_ROOM = 865.0, 555.0


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
    """A ``Page`` written on a sheet."""

    def __init__(self, sheet: Sheet, page: Page) -> None:
        self.sheet, self.page = sheet, page
        most = max((len(block.widths) for block in page.blocks if isinstance(block, Grid)), default=1)
        self.base = max(BASE, 5 * most)
        width, room = TURNED if page.landscape else UPRIGHT
        self.width = width * BASE / self.base
        self.rows = list(page_rows(page, self.base, room * BASE / self.base))
        self.addresses: dict[Hashable, str] = {
            anchor.cell.key: f"{letter_of(anchor.col + 1)}{number}"
            for number, row in enumerate(self.rows, start=1)
            for anchor in row.anchors
            if anchor.cell.key is not None
        }

    def write(self) -> None:
        self.sheet.widths([self.width] * self.base)
        self.sheet.printed(self.page.landscape, (1, 1))
        for number, row in enumerate(self.rows, start=1):
            self._write_row(number, row)
        self._break_pages()
        self.sheet.print_area(self.base)

    def _write_row(self, number: int, row: Row) -> None:
        cells: list[Put | None] = [None] * self.base
        for anchor in row.anchors:
            if anchor.look.boxed or anchor.look.shade:
                self._cover(cells, anchor)
            cells[anchor.col] = self._put(number, anchor)
            self.sheet.merge(number, anchor.col + 1, anchor.cell.rows, anchor.cols)
        for anchor in row.covered:
            self._cover(cells, anchor)
        self.sheet.append(cells, row.height)

    def _cover(self, cells: list[Put | None], anchor: Anchor) -> None:
        """Borders and ground of a merged cell are drawn by all the cells under it."""
        blank = self.sheet.styles.put(None, anchor.look)
        cells[anchor.col : anchor.col + anchor.cols] = [blank] * anchor.cols

    def _put(self, number: int, anchor: Anchor) -> Put:
        cell = anchor.cell
        if cell.note:
            self.sheet.note(number, anchor.col + 1, cell.note)
        live = cell.formula is not None and isinstance(cell.value, int | Decimal)
        formula = cell.formula.over(self.addresses.__getitem__) if cell.formula and live else ""
        return self.sheet.styles.put(_written(cell), anchor.look, formula)

    def _break_pages(self) -> None:
        room = TURNED_ROOM if self.page.landscape else UPRIGHT_ROOM
        # The first line takes its room on every page, so it is taken off the page and not counted as a row.
        first, *others = self.rows or [Row((), 0.0)]
        strips = [Strip(0.0, keep=True), *(Strip(row.height, row.keep) for row in others)]
        for number in page_ends(strips, room - first.height):
            self.sheet.ws.row_breaks.append(Break(id=number))


def _written(cell: Cell) -> Value:
    """The value as Excel takes it: nothing is printed as its format says."""
    return cell.format.none or None if cell.value is None else cell.value
