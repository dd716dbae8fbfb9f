"""Where the table stands in a sheet: title rows above, one- or two-row headings, the unit in the corner."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from common.importing import Column, Headings
from common.importing.cells import is_blank, one_line
from common.importing.headings import match
from common.notation import NotationError, read_unit
from documents.reading.body import body
from documents.reading.book import Book, Sheet
from documents.reading.errors import Unreadable

Cell = Any
# Titles, notes and units stand above the headings; more than this is no title any more.
DEEPEST = 40
_UNIT = re.compile(r"단위\s*[:：]?\s*([^)\]<>]*)")


@dataclass(frozen=True)
class Layouts:
    """What the officer chose: ``remembered`` gives for a layout the mapping heading → our heading (or "")."""

    remembered: Callable[[tuple[str, ...]], Mapping[str, str] | None] = lambda layout: None
    header_rows: Mapping[str, int] = field(default_factory=dict)
    sheets: Sequence[str] | None = None
    mobiles: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet's table. ``first_row`` is the first row below the headings."""

    sheet: Sheet
    headings: Headings
    header_row: int
    first_row: int
    unit: str = ""

    @property
    def units(self) -> dict[str, str]:
        """The money unit of every money column: its own, else the corner's."""
        columns = self.headings.columns.items()
        return {
            column.heading: self.headings.units.get(place, self.unit)
            for place, column in columns
            if column.money
        }


@dataclass
class Found:
    """The tables of a book, and what was left aside."""

    tables: list[Table]
    warnings: list[str] = field(default_factory=list)


def find_tables(book: Book, columns: Sequence[Column], layouts: Layouts, given: Sequence[str] = ()) -> Found:
    """Every sheet that has a heading row for ``columns``. Unreadable where none has.

    ``given``: headings that the file may lack, since a value was given for all rows.
    """
    found = Found([], list(book.warnings))
    needed = {column.heading for column in columns if column.required} - set(given)
    nearest: tuple[int, Table] | None = None
    for sheet in book.sheets:
        if layouts.sheets is not None and sheet.name not in layouts.sheets:
            continue
        table = find_table(sheet, columns, layouts)
        if table is None:
            _leave(sheet, found)
            continue
        missing = needed - set(table.headings.places)
        missing -= _stood_for(table, columns, missing)
        if nearest is None or len(missing) < nearest[0]:
            nearest = (len(missing), table)
        if missing or (sheet.hidden and layouts.sheets is None):
            _leave(sheet, found, missing)
            continue
        found.tables.append(table)
    if not found.tables:
        raise Unreadable(_no_table(nearest, needed))
    for table in found.tables:
        found.warnings += _left_out(table)
    return found


def _stood_for(table: Table, columns: Sequence[Column], missing: set[str]) -> set[str]:
    """Columns that the sheet lacks, but that its name or its section lines say."""
    for column in columns:
        if column.stands_for in missing and any(
            column.heading in cells for _, _, cells in body(table, columns)
        ):
            return {column.stands_for}
    return set()


def _leave(sheet: Sheet, found: Found, missing: set[str] | None = None) -> None:
    if not sheet.size:
        return
    why = f"필요한 열 {', '.join(sorted(missing))}이(가) 없음" if missing else "머리글 없음"
    found.warnings.append(
        f"시트 ‘{sheet.name}’은(는) 읽지 않았습니다({'숨긴 시트' if sheet.hidden else why})."
    )


def _no_table(nearest: tuple[int, Table] | None, needed: set[str]) -> str:
    if nearest is None or nearest[0] == len(needed):
        return f"머리글 줄을 찾지 못했습니다. 필요한 열: {', '.join(sorted(needed))}. 서식을 내려받아 견주어 보십시오."
    table = nearest[1]
    missing = ", ".join(sorted(needed - set(table.headings.places)))
    seen = ", ".join(table.headings.names.values())
    return f"필요한 열이 없습니다: {missing}. {table.sheet.name} {table.header_row}행의 머리글: {seen[:300]}"


def _left_out(table: Table) -> list[str]:
    """Unknown columns are named, once a sheet."""
    headings, name = table.headings, table.sheet.name
    said = []
    guessed = ", ".join(f"{headings.names[at]}→{headings.columns[at].heading}" for at in headings.guessed)
    if guessed:
        said.append(f"{name}: 처음 보는 머리글을 뜻으로 짝지음(맞는지 보십시오): {guessed}")
    for places, words in (
        (headings.personal, "개인정보라 가져오지 않은 열"),
        (headings.unknown, "모르는 열이라 읽지 않음"),
        (headings.doubled, "같은 뜻의 열이 또 있어 읽지 않음"),
    ):
        names = [headings.names[place] for place in places if headings.names[place]]
        if names:
            said.append(f"{name}: {words}: {', '.join(names)}")
    return said


def find_table(sheet: Sheet, columns: Sequence[Column], layouts: Layouts) -> Table | None:
    """The heading row (or two) that names most of ``columns``; at least two, or the one that was chosen."""
    rows = list(islice(sheet.rows(), DEEPEST + 1))
    chosen = layouts.header_rows.get(sheet.name)
    best: tuple[tuple[float, float, int], Table] | None = None
    for at, (number, _) in enumerate(rows[:DEEPEST]):
        if chosen is not None and number != chosen:
            continue
        for depth in (1, 2):
            table = _candidate(sheet, rows, at, depth, columns, layouts)
            rank = _rank(table, depth)
            known = len(table.headings.columns) - len(table.headings.guessed)
            enough = known >= min(2, len(columns)) or chosen is not None
            if enough and (best is None or rank > best[0]):
                best = (rank, table)
    return best[1] if best else None


def _rank(table: Table, depth: int) -> tuple[float, float, int]:
    """How much like headings: required columns, then others; a guessed one counts half."""
    headings = table.headings
    weights = {place: 0.5 if place in headings.guessed else 1 for place in headings.columns}
    required = sum(weight for place, weight in weights.items() if headings.columns[place].required)
    return required, sum(weights.values()), -depth


def _candidate(
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
