"""Markets and events as an import names them, loaded once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from markets.models import Market, MarketDay, MarketEvent


class NotFound(Exception):
    """A name that means nothing, or too much: ``heading``, ``rule`` and ``remedy`` for the officer."""

    def __init__(self, heading: str, rule: str, remedy: str) -> None:
        super().__init__(rule)
        self.heading, self.rule, self.remedy = heading, rule, remedy


def plain(name: str) -> str:
    return "".join(name.split()).casefold()


@dataclass(eq=False)
class Known:
    """An event with its live days; ``planned`` by the file while ``row`` has no key."""

    row: MarketEvent
    days: dict[tuple[date, str], MarketDay] = field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.row.pk is None


class Events:
    """All markets, live events and live days; three queries."""

    def __init__(self) -> None:
        self.markets = list(Market.objects.all())
        self.events: dict[tuple[int, str], Known] = {}
        self.by_name: dict[str, list[Known]] = {}
        by_pk: dict[int, Known] = {}
        for row in MarketEvent.objects.live():
            by_pk[row.pk] = self.add(row)
        for day in MarketDay.objects.live().filter(event__voided_at__isnull=True):
            by_pk[day.event_id].days[day.day, day.mode] = day

    def add(self, row: MarketEvent) -> Known:
        known = Known(row)
        self.events[row.market_id, plain(row.name)] = known
        self.by_name.setdefault(plain(row.name), []).append(known)
        return known

    def market(self, name: str) -> Market:
        """The market called so, or the only one. NotFound otherwise."""
        known = ", ".join(market.name for market in self.markets)
        if not name:
            active = [market for market in self.markets if market.active]
            if len(active) == 1:
                return active[0]
            raise NotFound(
                "시장", "시장이 여럿이라 어느 것인지 알 수 없습니다.", f"시장 열을 적어 주십시오: {known}"
            )
        for market in self.markets:
            if plain(name) in (plain(market.name), plain(market.short_name)):
                return market
        raise NotFound("시장", "등록되지 않은 시장입니다.", f"등록된 시장: {known or '없음'}.")

    def event(self, name: str, market: str) -> Known:
        """The event called so. NotFound with the nearest names."""
        found: list[Any] = self.by_name.get(plain(name), [])
        if market:
            found = [known for known in found if known.row.market_id == self.market(market).pk]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound("행사명", "같은 이름의 행사가 여러 시장에 있습니다.", "시장 열을 더해 주십시오.")
        near = [self.by_name[key][0].row.name for key in get_close_matches(plain(name), self.by_name, 3, 0.4)]
        like = f"비슷한 이름: {', '.join(near)}. " if near else ""
        raise NotFound(
            "행사명", "등록되지 않은 행사입니다.", f"{like}이름을 고치거나 운영일을 먼저 가져와 주십시오."
        )
