"""Markets with events, days and vendors, for every third pledge."""

from __future__ import annotations

from datetime import date, timedelta

from enterprises.models import Enterprise
from markets.models import Market, MarketDay, MarketEvent, Participation, State

from .size import Frame

MONTHS = (4, 5, 9, 10)
VENDORS = 8


def make_markets(frame: Frame, firms: list[Enterprise]) -> list[Market]:
    """One market for every third pledge, in the order of the pledges."""
    markets = frame.writer.write([_market(number) for number in range(0, frame.size.pledges, 3)])
    months = [first for year in frame.years for first in _months(frame, year)]
    dates = [(market, first) for market in markets for first in months]
    events = frame.writer.write([_event(frame, market, first) for market, first in dates])
    days = [_days(frame, event, first) for event, (_, first) in zip(events, dates, strict=True)]
    frame.writer.write([day for several in days for day in several])
    frame.writer.write([row for event in events for row in _vendors(frame, event, firms)])
    return markets


def _months(frame: Frame, year: int) -> list[date]:
    """The first days of the year's market months, as far as the term goes."""
    return [first for month in MONTHS if (first := date(year, month, 1)) < frame.last_day(year)]


def _market(number: int) -> Market:
    name = f"나눔시장 {number + 1}"
    return Market(name=f"{name}(예시)", short_name=name, position=100 + number)


def _event(frame: Frame, market: Market, first: date) -> MarketEvent:
    return MarketEvent(
        market=market,
        name=f"{first.year}년 {first.month}월 {market.short_name}",
        place="광장(예시)",
        vendors=frame.dice.randrange(VENDORS, 40),
        sales=frame.dice.randrange(10, 90) * 1_000_000,
    )


def _days(frame: Frame, event: MarketEvent, month: date) -> list[MarketDay]:
    """Two or three days in a row; now and then the last is cancelled."""
    first = month + timedelta(days=frame.dice.randrange(20))
    days = [
        MarketDay(event=event, day=first + timedelta(days=number), state=State.HELD, place=event.place)
        for number in range(frame.dice.choice((2, 3)))
    ]
    if frame.dice.randrange(10) == 0:
        days[-1].state = State.CANCELLED
    return days


def _vendors(frame: Frame, event: MarketEvent, firms: list[Enterprise]) -> list[Participation]:
    return [
        Participation(event=event, enterprise=firm, sales=frame.dice.randrange(1, 90) * 50_000)
        for firm in frame.dice.some(firms, VENDORS)
    ]
