"""How the result of one year or quarter came about, and what moved between two days (issue 4: every figure opens)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from common.checkpoints import Kind, Part
from common.money import percent, signed
from common.periods import Quarter, korean_date
from pledges.derivations import Derivation, Line, Operand, writers
from pledges.figures import IndicatorFigure
from pledges.models import Result
from pledges.progress import Course, Period
from pledges.records import Records, of_part, record_line

# An address for: the indicator as of a day; its quarter; the page where results are recorded.
OfDay = Callable[[date], str]
OfQuarter = Callable[[Quarter], str]

RULES = {
    True: "상태를 세는 지표라 기간이 끝나는 날(진행 중이면 기준일)의 값입니다",
    False: "그 기간에 더해진 값입니다. 분기는 끝날 때의 누적에서 앞 분기까지의 누적을 뺀 것, 해는 분기의 합입니다",
}


def period_result(
    course: Course, period: Period, records: Records, of_day: OfDay, of_quarter: OfQuarter, recorded_at: str
) -> Derivation:
    """The result of one period of ``course``; None where it is not known, the operands being what is."""
    figure = course.figure
    if period.number is None and not figure.is_level:
        operands = year_operands(course, period, of_day, of_quarter)
    else:
        operands = quarter_operands(course, period, records, of_day, recorded_at)
    return Derivation(
        title=f"{figure.indicator} {period.label} 실적",
        unit=figure.indicator.unit,
        rule=f"{RULES[figure.is_level]}. {'진행 중인 기간입니다' if not period.ended else '끝난 기간입니다'}",
        as_of=figure.as_of,
        value=period.result,
        operands=operands,
        key=f"{period.year}-{period.number or 0}",
        told=achieved(period, figure.indicator.pledge.term.decimals),
        basis=f"{period.label}에 더해진 값" if not figure.is_level else f"{period.label}의 값",
    )


def achieved(period: Period, places: int) -> tuple[str, ...]:
    """달성률 of an ended period, with its operands."""
    if period.rate is None or period.result is None or period.target is None:
        return ()
    made = f"{signed(period.result)} ÷ 목표 {signed(period.target)} × 100"
    return (f"달성률 {percent(period.rate, places)}% = {made}",)


def year_operands(
    course: Course, period: Period, of_day: OfDay, of_quarter: OfQuarter
) -> tuple[Operand, ...]:
    """A flow's year: its quarters; where an opening hides one of them, the totals at the year's two ends."""
    quarters = [one for one in course.every_quarter if one.year == period.year and one.begun]
    known = [one for one in quarters if one.result is not None]
    if len(known) == len(quarters):
        return tuple(
            Operand(one.label, own=one.result, url=of_quarter(Quarter(one.year, one.number or 1)))
            for one in known
        )
    mine = [quarter for quarter in course.states if quarter.year == period.year]
    return _difference(course, mine[0].previous(), mine[-1], of_day) if period.result is not None else ()


def quarter_operands(
    course: Course, period: Period, records: Records, of_day: OfDay, recorded_at: str
) -> tuple[Operand, ...]:
    """A quarter: what its records bring, or the difference of the totals; a level's state at its end."""
    quarter = _last(course, period)
    state = course.states.get(quarter)
    if state is None or period.result is None:
        return ()
    if state.is_level:
        return (Operand(f"{korean_date(state.as_of)} 현재", own=period.result, url=of_day(state.as_of)),)
    parts = [part for part in state.figure.parts if part.first and part.first >= quarter.first_day]
    if sum((part.value for part in parts), Decimal(0)) == period.result:
        return tuple(operand for part in parts for operand in _part(part, records, of_day, recorded_at))
    before = course.states.get(quarter.previous())
    if state.value is None or (before is not None and before.value is None):
        return (Operand("기록한 분기 실적", own=period.result, url=recorded_at),)
    return _difference(course, quarter.previous(), quarter, of_day)


def _last(course: Course, period: Period) -> Quarter:
    """The quarter of a period, or a year's last that has begun."""
    if period.number is not None:
        return Quarter(period.year, period.number)
    return max(
        (quarter for quarter in course.states if quarter.year == period.year), default=Quarter(period.year, 4)
    )


def _part(part: Part, records: Records, of_day: OfDay, recorded_at: str) -> Iterable[Operand]:
    """One part of a quarter; one that was counted with the records it counts."""
    added, gone = of_part(records, part.first, part.last)
    if part.kind is Kind.COUNTED and len(added) - len(gone) == part.value:
        yield Operand("기록에서 센 값", lines_of(added))
    elif isinstance(part.ref, Result):
        yield Operand("기록한 분기 실적", (_recorded(part.ref, part.value, recorded_at),))
    else:
        yield Operand(f"{part.kind} 값", own=part.value, url=of_day(part.last))


def _recorded(row: Result, value: Decimal, address: str) -> Line:
    """A recorded quarter with who recorded and who confirmed it, and why it is not the counted value."""
    confirmed = f"결재 {row.approval_number}" if row.approval_number else row.confirmed_by
    who = [f"입력 {row.recorded_by}" if row.recorded_by else "", f"확인 {confirmed}" if confirmed else ""]
    words = f"{row.year}년 {row.quarter}분기 {row.get_state_display()}"
    said = " · ".join(filter(None, (words, row.reason, row.note)))
    return Line(said, address, value, " · ".join(filter(None, who)))


def lines_of(rows: Sequence[Any]) -> tuple[Line, ...]:
    """Records as lines, each worth one, with who wrote it."""
    by = writers(rows)
    return tuple(Line(*record_line(row), 1, by.get(row.pk, "")) for row in rows)


def _difference(course: Course, before: Quarter, last: Quarter, of_day: OfDay) -> tuple[Operand, ...]:
    """The total at the end less the total before the period; nothing before the term's first quarter."""
    after = course.states[last]
    found = [_total(after, of_day)]
    if (start := course.states.get(before)) is not None:
        found.append(_total(start, of_day, sign=-1))
    return tuple(found)


def _total(figure: IndicatorFigure, of_day: OfDay, sign: int = 1) -> Operand:
    words = f"{korean_date(figure.as_of)}까지의 누적"
    return Operand(words, own=figure.value or Decimal(0), sign=sign, url=of_day(figure.as_of))


def moved(
    title: str, unit: str, rule: str, ends: tuple[date, date], values: tuple[Any, Any], of_day: OfDay
) -> Derivation:
    """What a figure changed by between the two days of ``ends``; None where either value is not known."""
    (first, last), (before, now) = ends, values
    known = [(last, now, 1), (first, before, -1)]
    unknown = [korean_date(day) for day, value, _ in known if value is None]
    return Derivation(
        title=title,
        unit=unit,
        rule=rule,
        as_of=last,
        value=None if unknown else now - before,
        operands=tuple(
            Operand(f"{korean_date(day)} 현재", own=value, sign=sign, url=of_day(day))
            for day, value, sign in known
            if value is not None
        ),
        missing=f"{'과 '.join(unknown)}의 값을 알 수 없어 견줄 수 없음",
    )
