"""도입 전 누계 of pledges: what itemises them, and whether a first payment must be asked about (DOMAIN §3.4–3.5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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


def could_ask(program: Program, year: int) -> bool:
    """Whether an opening of that year counts firms paid under the programme: else ``must_ask`` is never true."""
    openings = IndicatorOpening.objects.live().filter(
        indicator__pledge__programs=program, indicator__measure=Measure.SUPPORTED, on__year=year
    )
    return openings.exists()


def must_ask(program: Program, enterprise: Enterprise, paid_on: date, exclude_pk: int | None = None) -> bool:
    """Whether the first payment of ``enterprise`` in the year of an opening needs the answer "이미 포함?".

    True while that year's part of the opening is not fully itemised and no record names the enterprise.
    """
    openings = IndicatorOpening.objects.live().filter(
        indicator__voided_at__isnull=True,
        indicator__pledge__programs=program,
        indicator__measure=Measure.SUPPORTED,
        on__lt=paid_on,
        on__year=paid_on.year,
    )
    return any(_asks(opening, enterprise, exclude_pk) for opening in openings.select_related("indicator"))


def _asks(opening: IndicatorOpening, enterprise: Enterprise, exclude_pk: int | None) -> bool:
    indicator, year = opening.indicator, opening.on.year
    paid = Disbursement.objects.live().filter(
        program__pledges=indicator.pledge_id, enterprise=enterprise, paid_on__year=year, kind="payment"
    )
    if paid.exclude(pk=exclude_pk).exists():
        return False
    named = named_in(indicator, opening.on, year)
    return opening.year_value is None or len(named) < opening.year_value
