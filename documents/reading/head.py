"""The heading row (or two) of a sheet, and the unit that stands in its corner."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Any

from common.importing import Column
from common.importing.cells import is_blank, one_line
from common.importing.headings import match
from common.notation import NotationError, read_unit
from documents.reading.book import Sheet
from documents.reading.table import Layouts, Table

Cell = Any
# Titles, notes and units stand above the headings; more than this is no title any more.
DEEPEST = 40
_ONLY_SIGNS = re.compile(r"[\d\s.,:/~()%원△-]*")
_UNIT = re.compile(r"단위\s*[:：]?\s*([^)\]<>]*)")


def find_table(sheet: Sheet, columns: Sequence[Column], layouts: Layouts) -> Table | None:
    """The heading row (or two) that names most of ``columns``; at least two, or the one that was chosen."""
    rows = list(islice(sheet.rows(), DEEPEST + 1))
    chosen = layouts.header_rows.get(sheet.name)
    best: tuple[tuple[float, float, int], Table] | None = None
    for at, (number, _) in enumerate(rows[:DEEPEST]):
        if chosen is not None and number != chosen:
            continue
        for depth in (1, 2):
            if chosen is None and goes_on(rows, at + depth - 1):
                continue
            table = candidate(sheet, rows, at, depth, columns, layouts)
            rank = _rank(table, depth)
            known = len(table.headings.columns) - len(table.headings.guessed)
            enough = known >= min(2, len(columns)) or chosen is not None
            if enough and (best is None or rank > best[0]):
                best = (rank, table)
    return best[1] if best else None


def goes_on(rows: Sequence[tuple[int, list[Cell]]], at: int) -> bool:
    """Whether the next row divides headings of this one (교부액 | 계 국비 시비): texts, each group's below blanks."""
    if at + 1 >= len(rows):
        return False
    tops = {place for place, cell in enumerate(rows[at][1]) if not is_blank(cell)}
    bottoms = {place: cell for place, cell in enumerate(rows[at + 1][1]) if not is_blank(cell)}
    below_blank = bottoms.keys() - tops
    if not below_blank or not all(
        _is_heading(cell) and not _ONLY_SIGNS.fullmatch(cell) for cell in bottoms.values()
    ):
        return False
    # What stands below a heading begins a group: the heading to its right is blank.
    return all(place + 1 in below_blank for place in bottoms.keys() & tops)


def _rank(table: Table, depth: int) -> tuple[float, float, int]:
    """How much like headings: required columns, then others; a guessed one counts half."""
    headings = table.headings
    weights = {place: 0.5 if place in headings.guessed else 1 for place in headings.columns}
    required = sum(weight for place, weight in weights.items() if headings.columns[place].required)
    return required, sum(weights.values()), -depth


def candidate(
    sheet: Sheet,
    rows: Sequence[tuple[int, list[Cell]]],
    at: int,
    depth: int,
    columns: Sequence[Column],
    layouts: Layouts,
) -> Table:
    number = rows[at][0]
    tops = rows[at][1]
    bottoms = rows[at + 1][1] if depth == 2 and at + 1 < len(rows) else []
    names = _names(tops, bottoms, number, sheet) if depth == 2 else _single(tops)
    layout = tuple(spellings[0] for _, spellings in sorted(names.items()))
    headings = match(names, columns, layouts.remembered(layout), layouts.mobiles)
    unit = _corner_unit([cells for _, cells in rows[: at + depth]])
    return Table(sheet, headings, number, number + depth, unit)


def _single(cells: Sequence[Cell]) -> dict[int, list[str]]:
    return {place: [one_line(cell)] for place, cell in enumerate(cells) if _is_heading(cell)}


def _is_heading(cell: Cell) -> bool:
    return isinstance(cell, str) and not is_blank(cell) and len(cell) <= 100


def _names(tops: Sequence[Cell], bottoms: Sequence[Cell], number: int, sheet: Sheet) -> dict[int, list[str]]:
    """Two-row headings: both together, then the lower, then the upper where it stands alone.

    The upper one carries to the right over a merged cell (or over blanks with something below).
    """
    spans = {
        column: first
        for row, first, _, last in sheet.merged
        if row == number
        for column in range(first, min(last, first + 200) + 1)
    }
    names: dict[int, list[str]] = {}
    carried = ""
    for place in range(max(len(tops), len(bottoms))):
        top = tops[place] if place < len(tops) else None
        bottom = bottoms[place] if place < len(bottoms) else None
        if _is_heading(top):
            carried = one_line(top)
        elif place not in spans and not _is_heading(bottom):
            carried = ""
        if _is_heading(bottom):
            low = one_line(bottom)
            upper = carried if _is_heading(top) or place in spans or not sheet.merged else ""
            names[place] = [f"{upper} {low}".strip(), low] if upper else [low]
        elif _is_heading(top):
            names[place] = [one_line(top)]
    return names


def _corner_unit(rows: Sequence[Sequence[Cell]]) -> str:
    """The unit that a cell above the table or in its headings names: (단위: 천원)."""
    for cells in rows:
        for cell in cells:
            if isinstance(cell, str) and "단위" in cell and (found := _UNIT.search(one_line(cell))):
                try:
                    return read_unit(found[1])
                except NotationError:
                    continue
    return ""
