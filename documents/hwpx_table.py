"""A grid as a table of HWPX: merged cells, repeated head rows, borders, figures at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from documents.cells import Cell
from documents.fitting import fitted
from documents.grid import Grid, Placed
from documents.hwpx_header import Border, Header, Letters, Paragraph
from documents.measure import line_count, shares

SIZE = 9
LINE = 1250
# The width of a digit to the height of its type.
HALF = 0.54
SIDE, TOP = 340, 170
SHADE = "#E9EDF3"
# A taller table is let go over the page's end; a lower one stays whole.
WHOLE = 24_000

Names = Callable[[], str]


class TableMaker:
    """Makes ``hp:tbl``; ``width`` is the text's in HWPUNIT, ``names`` gives ids."""

    def __init__(self, header: Header, width: int, names: Names) -> None:
        self.header, self.width, self.names = header, width, names
        self.borders = {head: header.border(Border(shade=SHADE if head else "")) for head in (False, True)}

    def make(self, grid: Grid) -> str:
        """The table. ValueError for cells that overlap or leave a hole."""
        letter = SIZE * 100 * HALF
        fit = fitted(grid, self.width / letter, 2 * SIDE / letter)
        widths = shares(fit.widths, self.width)
        size = round(2 * SIZE * fit.scale) / 2
        placed = list(grid.placed())
        heights = _heights(placed, widths, len(grid.rows), size)
        rows: list[list[str]] = [[] for _ in grid.rows]
        for each in placed:
            width = sum(widths[each.col : each.col + each.cell.cols])
            height = sum(heights[each.row : each.row + each.cell.rows])
            rows[each.row].append(self._cell(each, each.row < grid.head, size, width, height))
        inside = "".join(f"<hp:tr>{''.join(cells)}</hp:tr>" for cells in rows)
        return f"{self._frame(grid, heights)}{inside}</hp:tbl>"

    def _frame(self, grid: Grid, heights: Sequence[int]) -> str:
        """The table's opening tag, its size and place."""
        (rows, cols), height = grid.size, sum(heights)
        whole = height <= WHOLE
        # TABLE ends the page between rows, CELL within them: only a row of half a page may be torn.
        ends = "NONE" if whole else "TABLE" if max(heights) <= WHOLE else "CELL"
        return (
            f'<hp:tbl id="{self.names()}" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" '
            f'textFlow="BOTH_SIDES" lock="0" dropcapstyle="None" pageBreak="{ends}" '
            f'repeatHeader="{int(grid.head > 0)}" rowCnt="{rows}" colCnt="{cols}" cellSpacing="0" '
            f'borderFillIDRef="{self.borders[False]}" noAdjust="0">'
            f'<hp:sz width="{self.width}" widthRelTo="ABSOLUTE" height="{height}" heightRelTo="ABSOLUTE" protect="0"/>'
            # A table that stands like a letter cannot run over to the next page.
            f'<hp:pos treatAsChar="{int(whole)}" affectLSpacing="0" flowWithText="1" allowOverlap="0" '
            'holdAnchorAndSO="0" vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" '
            'vertOffset="0" horzOffset="0"/><hp:outMargin left="0" right="0" top="0" bottom="0"/>'
            f'<hp:inMargin left="{SIDE}" right="{SIDE}" top="{TOP}" bottom="{TOP}"/>'
        )

    def _cell(self, placed: Placed, repeated: bool, size: float, width: int, height: int) -> str:
        cell = placed.cell
        return (
            f'<hp:tc name="" header="{int(repeated)}" hasMargin="0" protect="0" editable="0" dirty="0" '
            f'borderFillIDRef="{self.borders[cell.head]}"><hp:subList id="" textDirection="HORIZONTAL" '
            'lineWrap="BREAK" vertAlign="CENTER" linkListIDRef="0" linkListNextIDRef="0" textWidth="0" '
            f'textHeight="0" hasTextRef="0" hasNumRef="0">{self._lines(cell, size)}</hp:subList>'
            f'<hp:cellAddr colAddr="{placed.col}" rowAddr="{placed.row}"/>'
            f'<hp:cellSpan colSpan="{cell.cols}" rowSpan="{cell.rows}"/>'
            f'<hp:cellSz width="{width}" height="{height}"/>'
            f'<hp:cellMargin left="{SIDE}" right="{SIDE}" top="{TOP}" bottom="{TOP}"/></hp:tc>'
        )

    def _lines(self, cell: Cell, size: float) -> str:
        look = self.header.paragraph(Paragraph(cell.alignment.upper(), spacing=125))
        letters = self.header.letters(Letters(size, cell.bold or cell.head))
        return "".join(paragraph(line, look, letters, self.names()) for line in cell.text.split("\n"))


def paragraph(text: str, look: str, letters: str, name: str, table: str = "") -> str:
    """``hp:p`` with one run: of ``text``, or of a table."""
    return (
        f'<hp:p id="{name}" paraPrIDRef="{look}" styleIDRef="0" pageBreak="0" columnBreak="0" merged="0">'
        f'<hp:run charPrIDRef="{letters}">{table}<hp:t>{_escaped(text)}</hp:t></hp:run></hp:p>'
    )


def _escaped(text: str) -> str:
    plain = text.replace("\t", " ").replace("\r", "")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _heights(placed: Sequence[Placed], widths: Sequence[int], rows: int, size: float) -> list[int]:
    """Least row heights in HWPUNIT; 한글 lets a row grow, but only where it lays the text out anew."""
    line, letter = round(LINE * size / SIZE), size * 100 * HALF
    heights = [line + 2 * TOP] * rows
    for each in sorted(placed, key=lambda one: one.cell.rows):
        last = each.row + each.cell.rows
        inside = sum(widths[each.col : each.col + each.cell.cols]) - 2 * SIDE
        needed = line_count(each.cell.text, inside / letter) * line + 2 * TOP
        heights[last - 1] += max(needed - sum(heights[each.row : last]), 0)
    return heights
