"""도입 전 누계 of pledges: what itemises them, and whether a first payment must be asked about (DOMAIN §3.4–3.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from common.checkpoints import Itemised
from enterprises import register
from enterprises.models import Enterprise
from markets.models import MarketDay
from pledges.achievement import plain
from pledges.models import ExecutionOpening, Indicator, IndicatorOpening, Measure
from subsidies.models import Disbursement, Program


def indicator_itemised(opening: IndicatorOpening) -> Itemised:
    """An indicator's opening beside the records dated on or before it; no records, no details."""
    return Itemised(plain(opening.value), Decimal(_details(opening.indicator, opening.on)))


def _details(indicator: Indicator, on: date) -> int:
    if indicator.measure == Measure.ENTERPRISES:
        return sum(register.itemised(register.KINDS, on).values())
    if indicator.measure == Measure.MARKET_DAYS:
        days = MarketDay.objects.counted().filter(event__market__pledges=indicator.pledge_id, day__lte=on)
        return days.values("event__market", "day").distinct().count()
    if indicator.measure == Measure.SUPPORTED:
        return len(named_in(indicator, on, None))
    return 0


def named_in(indicator: Indicator, on: date, year: int | None) -> set[tuple[int, int]]:
    """(year, enterprise) that records name of an opening on ``on``: paid by that day, or answered 이미 포함.

    With ``year`` only that year's.
    """
    rows = (
        Disbursement.objects.live()
        .filter(program__pledges=indicator.pledge_id, enterprise__isnull=False, kind="payment")
        .values_list("paid_on", "enterprise_id", "in_opening")
    )
    rows = rows.filter(paid_on__year__lte=on.year) if year is None else rows.filter(paid_on__year=year)
    return {(day.year, firm) for day, firm, named in rows if day <= on or (named and day.year == on.year)}


def execution_itemised(opening: ExecutionOpening) -> Itemised:
    """A cell of the execution opening beside the ledger rows that itemise it, in won."""
    rows = Disbursement.objects.executed().paid_by(opening.on)
    rows = rows.filter(program__pledges=opening.pledge_id, fiscal_year=opening.year)
    return Itemised(Decimal(opening.amount), Decimal(rows.totals()[opening.fund]))


def must_ask(program: Program, enterprise: Enterprise, paid_on: date, exclude_pk: int | None = None) -> bool:
    """Whether the first payment of ``enterprise`` in the year of an opening needs the answer "이미 포함?".

    True while that year's part of the opening is not fully itemised and no record names the enterprise.
    """
    openings = _openings(program, paid_on.year).filter(on__lt=paid_on)
    return any(_asks(opening, enterprise, exclude_pk) for opening in openings)


def asker(program: Program, year: int) -> Callable[[Enterprise, date], bool]:
    """``must_ask`` for many new payments of a programme and year: two queries an opening, none a payment."""
    open_ones = [(opening, _paid_in(opening)) for opening in _openings(program, year) if _has_room(opening)]
    known = [(opening.on, set(paid.values_list("enterprise_id", flat=True))) for opening, paid in open_ones]
    return lambda enterprise, paid_on: any(on < paid_on and enterprise.pk not in paid for on, paid in known)


def _openings(program: Program, year: int) -> QuerySet[IndicatorOpening]:
    openings = IndicatorOpening.objects.live().filter(
        indicator__voided_at__isnull=True,
        indicator__pledge__programs=program,
        indicator__measure=Measure.SUPPORTED,
        on__year=year,
    )
    found: QuerySet[IndicatorOpening] = openings.select_related("indicator")
    return found


def _asks(opening: IndicatorOpening, enterprise: Enterprise, exclude_pk: int | None) -> bool:
    if _paid_in(opening).filter(enterprise=enterprise).exclude(pk=exclude_pk or 0).exists():
        return False
    return _has_room(opening)


def _paid_in(opening: IndicatorOpening) -> QuerySet[Disbursement]:
    """Payments of the opening's year under its pledge."""
    rows: QuerySet[Disbursement] = Disbursement.objects.live().filter(
        program__pledges=opening.indicator.pledge_id, paid_on__year=opening.on.year, kind="payment"
    )
    return rows


def _has_room(opening: IndicatorOpening) -> bool:
    """Whether that year's part of the opening is not wholly itemised."""
    named = named_in(opening.indicator, opening.on, opening.on.year)
    return opening.year_value is None or len(named) < opening.year_value
