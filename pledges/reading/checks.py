"""What does not add up: printed sums and rates against computed ones, targets, weights, doubtful units.

Nothing is corrected here. Rates use the very functions that the card prints with.
"""

from __future__ import annotations

from decimal import Decimal

from common.money import half_up
from pledges.achievement import Weighed, overall, rate
from pledges.models.indicators import Aggregation

from .model import (
    AFTER_TERM,
    ALL,
    IN_TERM,
    SOURCES,
    TOTAL,
    Amount,
    Column,
    ReadCard,
    ReadExecution,
    ReadIndicator,
)
from .reading import Reading
from .sources import LABELS
from .units import in_unit, label_of_unit, likely_unit


def check(reading: Reading) -> None:
    card = reading.card
    _check_cost(reading)
    if card.execution:
        _check_execution(reading, card.execution)
    _check_support(reading)
    for row in card.indicators:
        _check_targets(reading, row)
        _check_rate(reading, row)
    _check_weights(reading)
    _check_overall(reading)


def _difference(reading: Reading, where: str, printed: Amount, won: int, unit: str) -> None:
    if printed.won != won:
        gap = in_unit(abs(printed.won - won), unit)
        reading.faults.differs(printed.line, where, printed.text, in_unit(won, unit), f"차이 {gap}")


def _check_cost(reading: Reading) -> None:
    cost = reading.card.cost
    if cost and cost.total:
        _difference(reading, "총사업비 계", cost.total, sum(cost.parts.values()), cost.unit)


def execution_sum(table: ReadExecution, source: str, column: Column) -> int:
    """What a printed sum should be: of the cells that it sums."""
    sources = SOURCES if source == TOTAL else (source,)
    inside = [year for year in table.years if year not in (*table.later, *table.earlier)]
    behind: list[Column] = [AFTER_TERM, *table.later]
    columns: list[Column] = [column]
    if column == IN_TERM:
        columns = list(inside)
    elif column == ALL:
        columns = [*inside, *behind]
    elif column == AFTER_TERM:
        columns = behind
    return sum(table.cells.get((s, c), 0) for s in sources for c in columns)


def _check_execution(reading: Reading, table: ReadExecution) -> None:
    _sort_years(reading, table)
    for (source, column), amount in table.printed.items():
        name = "총계" if source == TOTAL else LABELS[source]
        label = {ALL: "계", IN_TERM: "임기 내 소계"}.get(str(column), str(column))
        won = execution_sum(table, source, column)
        _difference(reading, f"예산 집행액 {name} {label}", amount, won, table.unit)
    cost = reading.card.cost
    spent, whole = execution_sum(table, TOTAL, ALL), sum(cost.parts.values()) if cost else 0
    if whole and spent > whole:
        likely = likely_unit(spent, table.unit, whole)
        hint = (
            f" 단위가 {likely}일 수 있습니다(‘예산 집행액={likely}’)."
            if likely
            else " 금액이나 단위를 확인해 주십시오."
        )
        text = in_unit(spent, table.unit)
        reading.faults.warn(
            table.line,
            f"예산 집행액: 합계 {text}{label_of_unit(table.unit)}이(가) 총사업비({whole:,}원)를 넘습니다.{hint}",
        )


def _sort_years(reading: Reading, table: ReadExecution) -> None:
    """Years behind the term belong to 임기 후; those before it are kept, but not on the card (DOMAIN §3.8)."""
    term = reading.card.term
    if term is None:
        return
    table.later = [year for year in table.years if year > term.ends_on.year]
    table.earlier = [year for year in table.years if year < term.starts_on.year]
    for year in table.earlier:
        reading.faults.warn(
            table.line, f"예산 집행액: {year}년은 {term.name}의 해가 아니어서 카드의 표에 나오지 않습니다."
        )
    if table.later:
        years = ", ".join(map(str, table.later))
        reading.faults.warn(table.line, f"예산 집행액: {years}년은 {term.name} 뒤여서 임기 후로 넣었습니다.")


def _check_support(reading: Reading) -> None:
    support = reading.card.support
    if support is None:
        return
    for year, cells in support.years.items():
        printed = cells.pop("", None)
        programs = list(cells.values())
        if printed is None:
            continue
        if printed.amount:
            won = sum(cell.amount.won for cell in programs if cell.amount)
            _difference(reading, f"{support.title} {year}년 합계 지원액", printed.amount, won, support.unit)
        for name, label in (("enterprises", "기업수"), ("headcount", "인원")):
            total = getattr(printed, name)
            summed = sum(getattr(cell, name) or 0 for cell in programs)
            if total is not None and total != summed:
                reading.faults.differs(
                    support.line, f"{support.title} {year}년 합계 {label}", f"{total:,}", f"{summed:,}"
                )


def _check_targets(reading: Reading, row: ReadIndicator) -> None:
    """Quarters against their year, by the way the indicator adds up."""
    is_level = row.aggregation == Aggregation.LEVEL
    for year, quarters in row.quarters.items():
        known = [value for value in quarters if value is not None]
        target = row.years.get(year)
        if not known or target is None:
            continue
        computed = known[-1] if is_level else sum(known, Decimal(0))
        if computed != target:
            reading.faults.differs(
                row.line, f"{year}년 분기별 목표 {row.no} 계", _text(target), _text(computed),
                "마지막 분기" if is_level else "분기의 합",
            )  # fmt: skip


def _text(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _check_rate(reading: Reading, row: ReadIndicator) -> None:
    if row.rate is None:
        return
    computed = rate(row.actual, row.term_target)
    printed_as = "–" if computed is None else f"{half_up(computed, _places(row.rate_text)):f}"
    if computed is None or Decimal(printed_as) != row.rate:
        reading.faults.differs(row.line, f"추진실적 총괄 {row.no} 사업 이행률(%)", row.rate_text, printed_as)


def _places(text: str) -> int:
    return len(text.rpartition(".")[2]) if "." in text else 0


def weight_sum(card: ReadCard) -> Decimal | None:
    """The sum of the weights; None where no indicator has one."""
    weights = [row.weight for row in card.indicators if row.weight]
    return sum(weights, Decimal(0)) if weights else None


def _check_weights(reading: Reading) -> None:
    total = weight_sum(reading.card)
    if total is not None and total != 100:
        reading.faults.warn(
            reading.card.indicators[0].line,
            f"전체사업 대비비율(%)의 합이 100이 아니라 {_text(total)}입니다. 총 이행률을 계산하지 않습니다.",
        )


def _check_overall(reading: Reading) -> None:
    card = reading.card
    if card.overall is None:
        return
    lines = [Weighed(row.weight, row.actual, row.term_target) for row in card.indicators]
    found = overall(lines, cap=True)
    places = _places(card.overall_text)
    printed_as = "–" if found.rate is None else f"{half_up(found.rate, places):f}"
    if found.rate is None or Decimal(printed_as) != card.overall:
        note = str(found.why_none or "")
        if found.uncapped is not None and half_up(found.uncapped, places) == card.overall:
            note = "문서는 100을 넘는 이행률을 자르지 않았습니다"
        reading.faults.differs(card.overall_line, "총 이행률(%)", card.overall_text, printed_as, note)
