"""예산 집행액 by source and year, 임기 내 and 임기 후; with the sums as printed, for checking."""

from __future__ import annotations

from collections.abc import Sequence

from common.notation import NotationError, read_money

from .captions import Caption, caption_of, is_caption
from .cells import decimals, is_none
from .cost import read_planned_cost
from .document import Section
from .execution_head import (
    PLANNED,
    SPENT,
    columns_of,
    head_rows,
    is_by_year,
    is_money_by_year,
    is_only_spent,
    is_spent,
    meaning_of,
)
from .model import AFTER_TERM, ALL, IN_TERM, TOTAL, Amount, Column, ReadExecution
from .reading import Reading
from .source import key
from .sources import is_source, names_money, sources_of
from .tables import Column as Expected
from .tables import Row, Table, align, year_in

TITLE = "예산 집행액"


def read_execution(reading: Reading) -> None:
    """The first table of what was spent by source; without one, the first of what was spent at all."""
    for only_spent in (False, True):
        for section, table in reading.doc.all_tables():
            is_free = not reading.doc.is_taken(table.line) and not reading.card.execution
            if is_free and is_only_spent(table) == only_spent and is_money_by_year(table, section):
                _read_table(reading, section, table)


def _read_table(reading: Reading, section: Section, table: Table) -> None:
    meaning = meaning_of(reading.doc, section, table)
    if meaning != SPENT:
        _leave_plan(reading, section, table, meaning)
    elif is_by_year(table) or is_only_spent(table):
        _read_by_year(reading, section, table)
    else:
        _read_by_source(reading, section, table, head_rows(table))


def _leave_plan(reading: Reading, section: Section, table: Table, meaning: str) -> None:
    """A table of planned money stays unplaced; its 계 is the 총사업비 where the card does not say it elsewhere."""
    title = caption_of(reading.doc, section, table).title or TITLE
    if meaning == PLANNED:
        if reading.card.cost is None and read_planned_cost(reading, section, table):
            return
        words = "계획한 금액이어서 집행액으로 읽지 않았습니다."
    else:
        words = "집행액인지 계획인지 알 수 없어 읽지 않았습니다. 집행액이면 표 위에 ‘예산 집행액’이라고 적어 주십시오."
    reading.faults.warn(table.line, f"‘{title}’ 표: {words}")


def _unit(reading: Reading, caption: Caption, table: Table) -> str:
    printed = caption.unit or next((c for row in table.rows[:2] for c in row.filled if "원" in c), "")
    return reading.units.of_table(TITLE, printed, table.line, caption.title)


def _start(reading: Reading, section: Section, table: Table) -> ReadExecution:
    caption = caption_of(reading.doc, section, table)
    for line in caption.lines:
        reading.doc.take(line, TITLE)
    reading.doc.take_table(table, TITLE)
    found = ReadExecution(_unit(reading, caption, table), table.line)
    reading.card.execution = found
    return found


def _read_by_source(reading: Reading, section: Section, table: Table, head: list[Row]) -> None:
    found = _start(reading, section, table)
    columns = columns_of([row for row in head if not all(map(is_caption, row.filled))] or head)
    found.years = [column for column in columns if isinstance(column, int)]
    found.after_is_sum = AFTER_TERM in columns and isinstance(columns[-1], int)
    rows = [row for row in table.rows[len(head) :] if names_money(row.first)]
    for row in table.rows[len(head) :]:
        if row not in rows:
            reading.faults.leave(row.line, " ".join(row.filled))
    sources = sources_of([row.first for row in rows], reading.faults, table.line, TITLE)
    expected = [Expected("source", "text")]
    expected += [Expected(str(c), "any" if str(c).startswith("?") else "value") for c in columns]
    expected.append(Expected("note", "text", implied=True))
    keeps_places = _keeps_places(rows)
    for row in rows:
        _read_row(reading, found, columns, expected, row, sources[row.first], keeps_places)
    _only_totals(reading, found, table.line)


def _read_row(
    reading: Reading,
    found: ReadExecution,
    columns: list[Column],
    expected: list[Expected],
    row: Row,
    source: str,
    keeps_places: bool,
) -> None:
    cells, left = align(expected, row.cells)
    unknown = [
        f"{name[1:]}: {cell}" for name, cell in cells.items() if name.startswith("?") and not is_none(cell)
    ]
    for cell in [*left, *unknown, cells.get("note", "")]:
        reading.faults.leave(row.line, cell)
    missing = [str(column) for column in columns if str(column) not in cells]
    if missing and not (keeps_places or source == TOTAL or _adds_up(columns, cells, found.unit)):
        reading.faults.error(row.line, _lacks(row.first, missing))
        return
    for column in columns:
        if not str(column).startswith("?"):
            _store(reading, found, source, row.first, column, cells.get(str(column), ""), row.line)


def _keeps_places(rows: Sequence[Row]) -> bool:
    """Whether the copy kept empty cells inside rows: those at the end of a row are then the only ones lost."""
    return any(not cell.strip() for row in rows for cell in row.cells[1:-1])


def _adds_up(columns: Sequence[Column], cells: dict[str, str], unit: str) -> bool:
    """Whether the row's own sum proves that the cells it lacks are the empty ones at its end."""
    won = {
        column: _won(cells[str(column)], unit)
        for column in columns
        if str(column) in cells and cells[str(column)]
    }
    printed = won.get(ALL, won.get(IN_TERM))
    inside = [amount for column, amount in won.items() if isinstance(column, int) or column == AFTER_TERM]
    return printed is not None and None not in inside and printed == sum(amount or 0 for amount in inside)


def _won(text: str, unit: str) -> int | None:
    try:
        return 0 if is_none(text) else read_money(text, unit=unit)
    except NotationError:
        return None


def _store(
    reading: Reading, found: ReadExecution, source: str, label: str, column: Column, text: str, line: int
) -> None:
    unit = reading.units.of_part(TITLE, label, found.unit)
    won = reading.cells.money(text, unit, f"{TITLE} {label} {column}", line)
    found.decimals = max(found.decimals, decimals(text))
    sums = (ALL, IN_TERM, AFTER_TERM) if found.after_is_sum else (ALL, IN_TERM)
    if source != TOTAL and column not in sums:
        found.cells[source, column] = found.cells.get((source, column), 0) + (won or 0)
        return
    if (source, column) in found.printed:
        before = found.printed[source, column]
        found.printed[source, column] = Amount(f"{before.text}+{text}", before.won + (won or 0), line)
    elif text.strip():
        found.printed[source, column] = Amount(text, won or 0, line)


def _read_by_year(reading: Reading, section: Section, table: Table) -> None:
    """The table turned round: a row a year, a column a source; or 집행액 alone beside 예산액 and 집행률."""
    found = _start(reading, section, table)
    heads = [cell for cell in table.rows[0].cells[1:] if cell.strip()]
    sources = sources_of([head for head in heads if is_source(head)], reading.faults, table.line, TITLE)
    sources = sources or {head: TOTAL for head in heads if is_spent(head)}
    expected = [Expected("year", "any")]
    expected += [Expected(h if h in sources else f"?{h}", "value" if h in sources else "any") for h in heads]
    for row in table.rows[1:]:
        year = year_in(row.first)
        column: Column = year if year else (AFTER_TERM if "임기후" in key(row.first) else ALL)
        cells, left = align(
            expected, row.cells[:1] and (f"{row.first}년" if year else row.first, *row.cells[1:])
        )
        unknown = [
            f"{name[1:]}: {cell}"
            for name, cell in cells.items()
            if name.startswith("?") and not is_none(cell)
        ]
        for cell in [*left, *unknown]:
            reading.faults.leave(row.line, cell)
        missing = [head for head in sources if head not in cells]
        if missing and column != ALL:
            reading.faults.error(row.line, _lacks(row.first, missing))
            continue
        if year:
            found.years.append(year)
        for head, source in sources.items():
            _store(reading, found, source, head, column, cells.get(head, ""), row.line)
    _only_totals(reading, found, table.line)


def _lacks(label: str, missing: Sequence[str]) -> str:
    return f"{TITLE} {label}: 칸이 모자랍니다({', '.join(missing)}). 빈 칸은 -로 적어 주십시오."


def _only_totals(reading: Reading, found: ReadExecution, line: int) -> None:
    """A table without sources: its totals are all there is."""
    if found.cells:
        return
    for (source, column), amount in list(found.printed.items()):
        if source == TOTAL and column not in (ALL, IN_TERM):
            found.cells["other", column] = amount.won
    if found.cells:
        reading.faults.warn(line, f"{TITLE}: 재원별 금액이 없어 전부 기타로 두었습니다.")
