"""Every table of a book: which sheets have one, and what was left aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from common.importing import Column
from common.importing.cells import is_blank, one_line
from common.importing.headings import normal
from documents.reading.body import body
from documents.reading.book import Book, Sheet
from documents.reading.errors import Unreadable
from documents.reading.head import candidate, find_table, goes_on
from documents.reading.table import Layouts, Table

# Cells that are headings by themselves, from which on a row below the headings is another row of headings.
ENOUGH = 3


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
        _refuse_side_by_side(table)
        found.tables += _all_below(table, columns, layouts, needed)
    if not found.tables:
        raise Unreadable(_no_table(nearest, needed))
    for table in found.tables:
        found.warnings += _left_out(table)
    return found


def _refuse_side_by_side(table: Table) -> None:
    """Two tables beside each other would be read by half."""
    headings = table.headings
    once = {normal(headings.names[place]): column for place, column in headings.columns.items()}
    twice = [once[name] for place in headings.doubled if (name := normal(headings.names[place])) in once]
    if len(twice) > 1 and any(column.required for column in twice):
        names = ", ".join(column.heading for column in twice)
        raise Unreadable(
            f"{table.sheet.name}: 표가 나란히 놓여 같은 열이 두 번 있습니다({names}). 아래로 이어 붙여 올려 주십시오."
        )


def _all_below(
    table: Table, columns: Sequence[Column], layouts: Layouts, needed: Collection[str]
) -> list[Table]:
    """The table, and those further down its sheet that have headings of their own, in another order."""
    known = {alias for column in columns for alias in (column.heading, *column.aliases)}
    known |= {name for place, name in table.headings.names.items() if place in table.headings.columns}
    heads = [
        number
        for number, cells in table.sheet.rows()
        if number >= table.first_row and sum(type(cell) is str and cell in known for cell in cells) >= ENOUGH
    ]
    tables = [table]
    for number in heads:
        if number < tables[-1].first_row:
            continue
        rows = list(islice(table.sheet.rows(), number - 1, number + 2))
        other = candidate(table.sheet, rows, 0, 2 if goes_on(rows, 0) else 1, columns, layouts)
        same = other.headings.places == tables[-1].headings.places
        if same or set(needed) & set(table.headings.places) - set(other.headings.places):
            continue
        tables[-1] = replace(tables[-1], last_row=number - 1)
        tables.append(replace(other, unit=other.unit or table.unit, title=_title(table.sheet, number)))
    return tables


def _title(sheet: Sheet, number: int) -> str:
    """The only text of one of the three rows above a row, the nearest first."""
    above = list(islice(sheet.rows(), max(number - 4, 0), number - 1))
    for _, cells in reversed(above):
        filled = [cell for cell in cells if not is_blank(cell)]
        if len(filled) == 1 and isinstance(filled[0], str):
            return one_line(filled[0])
    return ""


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
    first = min(needed - set(table.headings.places))
    remedy = f"열을 더하거나 파일 전체의 값을 정해 주십시오(--set {first}=…)."
    return f"필요한 열이 없습니다: {missing}. {remedy} {table.sheet.name} {table.header_row}행의 머리글: {seen[:300]}"


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
