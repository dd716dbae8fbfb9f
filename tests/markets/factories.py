"""Rows of the markets for tests; nothing is random, everything has a default."""

from datetime import date
from typing import Any

from enterprises.models import Enterprise
from markets.models import Market, MarketDay, MarketEvent, Mode, Participation, State


def market(name: str = "가나장터(예시)", **fields: Any) -> Market:
    fields.setdefault("short_name", "장터")
    fields.setdefault("place", "구청 광장")
    return Market.objects.get_or_create(name=name, defaults=fields)[0]


def event(name: str = "봄 장터", **fields: Any) -> MarketEvent:
    fields.setdefault("market", market())
    return MarketEvent.objects.create(name=name, **fields)


def day(event: MarketEvent, on: date, state: str = State.HELD, **fields: Any) -> MarketDay:
    fields.setdefault("mode", Mode.OFFLINE)
    return MarketDay.objects.create(event=event, day=on, state=state, **fields)


def enterprise(name: str = "나무(예시)", **fields: Any) -> Enterprise:
    return Enterprise.objects.create(name=name, **fields)


def took_part(
    event: MarketEvent, who: Enterprise | str, on: MarketDay | None = None, **fields: Any
) -> Participation:
    if isinstance(who, str):
        return Participation.objects.create(event=event, day=on, vendor_name=who, **fields)
    return Participation.objects.create(event=event, day=on, enterprise=who, **fields)
