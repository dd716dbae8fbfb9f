"""The rows of a page on a sheet: which base columns each cell takes, how high a row is, what it keeps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from documents.cells import Cell
from documents.fitting import fitted
from documents.grid import Grid, Placed
from documents.measure import line_count, shares
from documents.page import Block, Page, Style, Text
from documents.xlsx_style import Look

# Points: a line of 10-point type, and what a row has above and below it.
LINE, PAD = 14.5, 5.0
GAP_BELOW_TABLE = 5.0
# Half-width characters that the borders of a cell take.
LOST = 1.2
# A table lower than this is not broken over pages.
WHOLE = 380.0

TEXT_LOOKS = {
    Style.TITLE: Look(align="center", boxed=False, bold=True, size=18),
    Style.SECTION: Look(boxed=False, bold=True, size=13, shade="section"),
    Style.HEADING: Look(boxed=False, bold=True, size=11),
    Style.BODY: Look(boxed=False),
    Style.ABOVE: Look(align="right", boxed=False, size=9),
    Style.NOTE: Look(boxed=False, size=9),
}
GAP_ABOVE = {Style.SECTION: 10.0, Style.HEADING: 6.0}
KEPT = {Style.TITLE, Style.SECTION, Style.HEADING, Style.ABOVE}


@dataclass(frozen=True)
class Anchor:
    """A cell and the base columns it takes, the first from 0."""

    col: int
    cols: int
    cell: Cell
    look: Look


@dataclass(frozen=True)
class Row:
    """One row of the sheet; ``covered`` is what cells of the rows above reach into it."""

    anchors: Sequence[Anchor]
    height: float
    keep: bool = False
    covered: Sequence[Anchor] = ()


def page_rows(page: Page, base: int, room: float) -> Iterator[Row]:
    """The page on ``base`` columns of ``room`` half-width characters each."""
    blocks = page.blocks
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            *rows, last = grid_rows(block, base, room)
            noted = _has_note(blocks[at + 1 : at + 2])
            yield from (*rows, replace(last, keep=noted), Row((), GAP_BELOW_TABLE, keep=noted))
        else:
            if at and block.style in GAP_ABOVE:
                yield Row((), GAP_ABOVE[block.style], keep=True)
            yield text_row(block, base, room, _kept(block, blocks[at + 1 : at + 2]))


def _has_note(following: Sequence[Block]) -> bool:
    """Whether a table has a note below it, which does not begin a page."""
    return any(isinstance(each, Text) and each.style is Style.NOTE for each in following)


def _kept(block: Text, following: Sequence[Block]) -> bool:
    """A heading stays with what it heads, a line over a table with the table."""
    leads = any(isinstance(each, Grid) or each.style is Style.ABOVE for each in following)
    return block.style in KEPT or leads


def text_row(block: Text, base: int, room: float, keep: bool) -> Row:
    look = replace(TEXT_LOOKS[block.style], indent=max(block.level - 1, 0))
    scale = look.size / 10
    lines = line_count(block.text, base * room / scale - 3 * look.indent)
    return Row([Anchor(0, base, Cell(block.text), look)], lines * LINE * scale + PAD, keep)


def grid_rows(grid: Grid, base: int, room: float) -> Iterator[Row]:
    fit = fitted(grid, base * room, LOST)
    given = shares(fit.widths, base)
    starts = [sum(given[:at]) for at in range(len(given))]
    rows: list[list[Anchor]] = [[] for _ in grid.rows]
    covered: list[list[Anchor]] = [[] for _ in grid.rows]
    for placed in grid.placed():
        cols = sum(given[placed.col : placed.col + placed.cell.cols])
        anchor = Anchor(starts[placed.col], cols, placed.cell, cell_look(placed.cell, fit.scale))
        rows[placed.row].append(anchor)
        for down in range(1, placed.cell.rows):
            covered[placed.row + down].append(anchor)
    heights = row_heights(grid, [share * room / fit.scale for share in given], fit.scale)
    whole = sum(heights) <= WHOLE
    last = len(rows) - 1
    for at, (anchors, under, height) in enumerate(zip(rows, covered, heights, strict=True)):
        keep = at < last and (whole or at < grid.head or bool(covered[at + 1]))
        yield Row(anchors, height, keep, under)


def row_heights(grid: Grid, given: Sequence[float], scale: float = 1.0) -> list[float]:
    """Row heights in points for columns of ``given`` half-width characters: of the tallest cell.

    What a cell over several rows lacks goes to its last row.
    """
    line = LINE * scale
    heights = [line + PAD] * len(grid.rows)
    for each in sorted(grid.placed(), key=lambda one: one.cell.rows):
        last = each.row + each.cell.rows
        needed = _lines(each, given) * line + PAD
        heights[last - 1] += max(needed - sum(heights[each.row : last]), 0)
    return heights


def _lines(placed: Placed, given: Sequence[float]) -> int:
    room = sum(given[placed.col : placed.col + placed.cell.cols]) - LOST
    return line_count(placed.cell.text, room)


def cell_look(cell: Cell, scale: float) -> Look:
    """Text in a column of figures keeps no number format, codes do."""
    number = isinstance(cell.value, int | Decimal | date)
    code = cell.format.marked if cell.note else cell.format.code
    return Look(
        code=code if number or cell.format.code == "@" else "General",
        align=cell.alignment,
        head=cell.head,
        bold=cell.bold,
        size=round(20 * scale) / 2,
    )
