"""Year totals of markets: held days against planned ones, vendors, sales."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .figures import Total, Vendors, events_between, sales, took_place_on, vendor_figures
from .models import Market, MarketDay, MarketEvent, Mode, State

# What a date of a market is when several of its events name it: held if any was held.
FIRST_OF = (State.HELD, State.PLANNED, State.CANCELLED)


@dataclass(frozen=True)
class YearRow:
    """One market and year, offline or online. Days are distinct dates; ``planned`` is all that were listed."""

    year: int
    market: Market
    mode: Mode
    events: int
    days: Counter[str]
    vendors: Vendors
    sales: Total

    @property
    def planned(self) -> int:
        return self.days.total()

    @property
    def held(self) -> int:
        return self.days[State.HELD]

    @property
    def coming(self) -> int:
        return self.days[State.PLANNED]

    @property
    def cancelled(self) -> int:
        return self.days[State.CANCELLED]

    @property
    def is_online(self) -> bool:
        return self.mode == Mode.ONLINE


def year_rows(markets: Sequence[Market], years: Sequence[int], until: date = date.max) -> list[YearRow]:
    """A row per year, market and mode that has anything, in the order of ``years`` and ``markets``.

    ``until``: days after it, and events that began after it, are left out.
    """
    if not years:
        return []
    first, last = date(min(years), 1, 1), min(date(max(years), 12, 31), until)
    days = _day_counts(markets, first, last)
    events = events_between(markets, first, last)
    rows = []
    for year in years:
        for market in markets:
            for mode in Mode:
                of_year = [each for each in events if _is(each, year, market, mode)]
                counts = days.get((year, market.pk, mode), Counter())
                if of_year or counts:
                    rows.append(
                        YearRow(
                            year, market, mode, len(of_year), counts, vendor_figures(of_year), sales(of_year)
                        )
                    )
    return rows


def _is(event: MarketEvent, year: int, market: Market, mode: str) -> bool:
    began = took_place_on(event)
    return began is not None and (began.year, event.market_id, event.mode) == (year, market.pk, mode)


def _day_counts(
    markets: Sequence[Market], first: date, last: date
) -> dict[tuple[int, int, str], Counter[str]]:
    """How many dates of each year, market and mode were held, are planned, were cancelled."""
    rows = (
        MarketDay.objects.live().between(first, last).filter(event__market__in=markets, event__voided_at=None)
    )
    states: dict[tuple[int, str, date], set[str]] = {}
    for market, mode, day, state in rows.values_list("event__market_id", "mode", "day", "state"):
        states.setdefault((market, mode, day), set()).add(state)
    counts: dict[tuple[int, int, str], Counter[str]] = {}
    for (market, mode, day), found in states.items():
        state = next(each for each in FIRST_OF if each in found)
        counts.setdefault((day.year, market, mode), Counter())[state] += 1
    return counts
