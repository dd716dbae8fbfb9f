"""The records behind an indicator's value, as of a day: what the pages that explain a number list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from common.money import signed
from common.periods import korean_date
from enterprises.models import Designation
from markets.models import MarketDay
from pledges import measures
from pledges.figures import counted_payments, load_facts
from pledges.models import Indicator, IndicatorOpening, Measure, Result
from subsidies.models import Disbursement


@dataclass(frozen=True)
class Records:
    """``counted`` are the records since the opening that the value counts; ``itemising`` detail the opening.

    ``started`` and ``ended`` belong to a level: what began and what fell away after its checkpoint.
    """

    openings: Sequence[IndicatorOpening]
    results: Sequence[Result]
    counted: Sequence[Any] = ()
    itemising: Sequence[Any] = ()
    started: Sequence[Designation] = ()
    ended: Sequence[Any] = ()

    @property
    def latest_opening(self) -> IndicatorOpening | None:
        return self.openings[-1] if self.openings else None


def behind_indicator(indicator: Indicator, as_of: date) -> Records:
    """The openings, recorded quarters and records that the value of ``indicator`` on ``as_of`` is made from."""
    openings = list(indicator.openings.live().filter(on__lte=as_of).order_by("on"))
    results = list(indicator.results.live().order_by("year", "quarter"))
    base = openings[-1].on if openings else None
    if indicator.measure == Measure.ENTERPRISES:
        return _designations(openings, results, base, as_of)
    if indicator.measure == Measure.MARKET_DAYS:
        days = held(indicator, as_of)
        after, before = _parted(days, base, "day")
        return Records(openings, results, after, before)
    if indicator.measure == Measure.SUPPORTED:
        return _payments(indicator, openings, results, base, as_of)
    return Records(openings, results)


def held(indicator: Indicator, as_of: date) -> list[MarketDay]:
    """The held offline days of the pledge's markets, in order; a day on which a market held two events once."""
    days = MarketDay.objects.counted().filter(event__market__pledges=indicator.pledge_id, day__lte=as_of)
    once: dict[tuple[int, date], MarketDay] = {}
    for row in days.select_related("event").order_by("day", "pk"):
        once.setdefault((row.event.market_id, row.day), row)
    return list(once.values())


def of_part(records: Records, first: date | None, last: date) -> tuple[list[Any], list[Any]]:
    """The records that one counted operand adds and those it takes away, from ``first`` (None: ever) to ``last``.

    What an enterprise's designation adds it takes away the day after its last.
    """
    added = [row for row in [*records.counted, *records.started] if _within(_day_of(row), first, last)]
    gone = [row for row in records.ended if _within(row.last_day + timedelta(days=1), first, last)]
    return added, gone


def _within(day: date | None, first: date | None, last: date) -> bool:
    return day is not None and (first is None or first <= day) and day <= last


def _day_of(row: Any) -> date | None:
    """The day on which a record begins to count."""
    found: date | None = {
        MarketDay: lambda: row.day,
        Designation: lambda: row.starts_on,
        Disbursement: lambda: row.paid_on,
    }[type(row)]()
    return found


def _parted(rows: Sequence[Any], base: date | None, field: str) -> tuple[list[Any], list[Any]]:
    if base is None:
        return list(rows), []
    after = [row for row in rows if getattr(row, field) > base]
    return after, [row for row in rows if getattr(row, field) <= base]


def _designations(
    openings: Sequence[IndicatorOpening], results: Sequence[Result], base: date | None, as_of: date
) -> Records:
    rows = (
        Designation.objects.live()
        .filter(enterprise__voided_at__isnull=True)
        .with_last_day()
        .select_related("enterprise", "kind")
    )
    started = rows.filter(starts_on__lte=as_of)
    ended = rows.filter(last_day__lt=as_of)
    if base is not None:
        started, ended = started.filter(starts_on__gt=base), ended.filter(last_day__gte=base)
    else:
        ended = ended.filter(starts_on__isnull=False)
    itemising = (
        rows.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=base)).filter(
            Q(last_day__isnull=True) | Q(last_day__gte=base)
        )
        if base is not None
        else rows.none()
    )
    return Records(openings, results, (), list(itemising), list(started), list(ended))


def _payments(
    indicator: Indicator,
    openings: Sequence[IndicatorOpening],
    results: Sequence[Result],
    base: date | None,
    as_of: date,
) -> Records:
    facts = load_facts([indicator], as_of)
    found = counted_payments(indicator, as_of, facts, measures.load([indicator], as_of, facts.closed_through))
    keys = {payment.key[0] if isinstance(payment.key, tuple) else payment.key for payment in found}
    paid = (
        measures.unreversed(as_of)
        .filter(program__pledges=indicator.pledge_id)
        .select_related("enterprise", "program")
        .order_by("paid_on", "pk")
    )
    days = {payment.day for payment in found}
    counted = list(paid.filter(enterprise__in=keys, paid_on__in=days))
    itemising = paid.filter(Q(paid_on__lte=base) | Q(in_opening=True)) if base else []
    return Records(openings, results, _first_of(counted, found), list(itemising))


def _first_of(rows: Sequence[Disbursement], found: Sequence[Any]) -> list[Disbursement]:
    """The one payment by which each enterprise (and programme) entered the count."""
    wanted = {(payment.key, payment.day) for payment in found}
    shown: dict[Any, Disbursement] = {}
    for row in rows:
        for key in (row.enterprise_id, (row.enterprise_id, row.program_id)):
            if (key, row.paid_on) in wanted:
                shown.setdefault((key, row.paid_on), row)
    return list(shown.values())


def record_line(row: Any) -> tuple[str, str]:
    """What a counted record says, and the address where it is kept."""
    return LINES[type(row)](row)


def _payment(row: Disbursement) -> tuple[str, str]:
    words = f"{korean_date(row.paid_on)} {row.enterprise} · {row.program} {signed(row.amount)}원"
    return words, reverse("subsidies:disbursement_detail", args=[row.pk])


def _market_day(row: MarketDay) -> tuple[str, str]:
    return f"{korean_date(row.day)} {row.event}", reverse("markets:event", args=[row.event_id])


def _designation(row: Any) -> tuple[str, str]:
    first = korean_date(row.starts_on) if row.starts_on else "지정일 모름"
    last = f"~{korean_date(row.last_day)}" if row.last_day else ""
    words = f"{row.enterprise} · {row.kind} {first}{last}"
    return words, reverse("enterprises:detail", args=[row.enterprise_id])


LINES: dict[type[Any], Callable[[Any], tuple[str, str]]] = {
    Disbursement: _payment,
    MarketDay: _market_day,
    Designation: _designation,
}
