"""What the records count for each quarter, to stand beside what was recorded (DOMAIN §3.3, §3.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q

from common.checkpoints import Checkpoint, Count, Kind, level
from common.periods import Quarter
from pledges import figures, measures
from pledges.models import Aggregation, Closing, Indicator, Measure, Term


@dataclass(frozen=True)
class Counted:
    """``value`` is None where nothing is counted. ``itemises``: the quarter lies within 도입 전 누계, so that what
    the records show of it is not the whole and cannot contradict what was recorded."""

    value: Decimal | None = None
    itemises: bool = False


def counted_quarters(
    indicators: Sequence[Indicator],
    quarters: Sequence[Quarter],
    as_of: date,
    without: Quarter | None = None,
) -> dict[tuple[int, Quarter], Counted]:
    """By indicator's key and quarter: its own count, for a level the state at its end; up to ``as_of``.

    ``without`` leaves out one quarter's own closing. A number of queries that does not grow with the indicators.
    """
    facts = figures.load_facts(indicators, as_of, without)
    records = measures.load(indicators, as_of, facts.closed_through)
    return counted_by(indicators, quarters, as_of, facts, records)


def counted_by(
    indicators: Sequence[Indicator],
    quarters: Sequence[Quarter],
    as_of: date,
    facts: figures.Facts,
    records: measures.Records,
) -> dict[tuple[int, Quarter], Counted]:
    """`counted_quarters` of facts and records that are at hand; no query."""
    return {
        (indicator.pk, quarter): _counted(indicator, quarter, as_of, facts, records, count)
        for indicator in indicators
        for count in [figures.counter(indicator, as_of, facts, records)]
        for quarter in quarters
    }


def counted_beside(
    indicators: Sequence[Indicator], quarters: Sequence[Quarter], as_of: date, closed: date | None
) -> dict[tuple[int, Quarter], Counted]:
    """As ``counted_quarters``; quarters closed by ``closed`` as a correction of each would count them by now."""
    still_open = [quarter for quarter in quarters if closed is None or quarter.last_day > closed]
    found = counted_quarters(indicators, still_open, as_of) if still_open else {}
    for quarter in quarters:
        if quarter not in still_open:
            found |= counted_quarters(indicators, [quarter], quarter.last_day, without=quarter)
    return found


def _counted(
    indicator: Indicator,
    quarter: Quarter,
    as_of: date,
    facts: figures.Facts,
    records: measures.Records,
    count: Count | None,
) -> Counted:
    opening = max((row.on for row in facts.openings[indicator.pk]), default=None)
    itemises = opening is not None and quarter.last_day <= opening
    if not indicator.measure or quarter.first_day > as_of:
        return Counted(itemises=itemises)
    last = min(quarter.last_day, as_of)
    if indicator.aggregation == Aggregation.LEVEL:
        return Counted(_state(indicator, last, facts, records), itemises and quarter.last_day != opening)
    if itemises and indicator.measure == Measure.SUPPORTED:
        return Counted(itemises=True)
    return Counted(None if count is None else Decimal(count(quarter.first_day, last)), itemises)


def _state(
    indicator: Indicator, day: date, facts: figures.Facts, records: measures.Records
) -> Decimal | None:
    """The level by the records alone: from openings and closed quarters, not from what was recorded."""
    points = [
        Checkpoint(row.on, figures.plain(row.value), Kind.OPENING, row)
        for row in facts.openings[indicator.pk]
    ]
    points += [
        Checkpoint(figures.quarter_of(row).last_day, figures.plain(row.value), Kind.CLOSED, row)
        for row in facts.closed[indicator.pk]
        if row.value is not None
    ]
    return level(day, points, figures.net_change(indicator, records)).total


def closed_through(term: Term) -> date | None:
    """The last day of the term's last closed quarter, which is closed with all before it; None while none is."""
    last = term.closings.order_by("-year", "-quarter").first()
    return Quarter(last.year, last.quarter).last_day if last else None


def of_open_quarters(results: Any) -> Any:
    """Of a QuerySet of results those whose quarter is not closed: in a closed one nothing waits for anybody."""
    since = Q(year__gt=OuterRef("year")) | Q(year=OuterRef("year"), quarter__gte=OuterRef("quarter"))
    return results.filter(~Exists(Closing.objects.filter(since, term=OuterRef("indicator__pledge__term"))))


@dataclass(frozen=True)
class Lock:
    """Why a quarter takes no result, in words; empty where it does. ``is_outside``: it is not of the term."""

    reason: str = ""
    is_outside: bool = False

    def __bool__(self) -> bool:
        return bool(self.reason)


def lock_of(quarter: Quarter, term: Term, closed_through: date | None) -> Lock:
    """A closed quarter is published and does not move; outside the term there is nothing to record (§3.8, §3.15)."""
    if quarter.last_day < term.starts_on:
        return Lock("임기 시작 전입니다.", is_outside=True)
    if quarter.first_day > term.ends_on:
        return Lock("임기가 끝난 뒤입니다.", is_outside=True)
    if closed_through is not None and quarter.last_day <= closed_through:
        return Lock("마감한 분기입니다. 고치려면 총괄부서의 정정 마감이 필요합니다.")
    return Lock()
