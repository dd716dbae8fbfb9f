"""What markets yielded: held days, vendors, sales (DOMAIN §3.14).

Vendors and sales may be known for the event as a whole, per day, or per vendor. Each figure of an event is taken from
one level, which is named; levels are never added together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from common.names import name_key

from .models import Market, MarketDay, MarketEvent, Mode, Participation, State


class Level(StrEnum):
    """Where a figure of an event comes from."""

    EVENT = "행사"
    DAY = "운영일"
    VENDOR = "업체"


@dataclass(frozen=True)
class Figure:
    """One figure of one event. ``partial``: some held days have none, so it is a lower bound."""

    value: int | None = None
    level: Level | None = None
    partial: bool = False


@dataclass(frozen=True)
class EventFigures:
    """``distinct`` 참여업체(실), ``repeated`` 연참여, ``sales`` won."""

    distinct: Figure
    repeated: Figure
    sales: Figure


@dataclass(frozen=True)
class Total:
    """A sum of events' figures. ``levels`` says how many events it was taken from at each level."""

    value: int | None = None
    levels: Mapping[Level, int] = field(default_factory=dict)
    partial: bool = False

    @property
    def basis(self) -> str:
        """``행사 4 · 운영일 1``: the levels used, for the note beside the figure."""
        return " · ".join(f"{level.value} {count}" for level, count in self.levels.items())


@dataclass(frozen=True)
class Vendors:
    """``distinct`` is None where the names are not known for every event: then the number cannot be known."""

    distinct: int | None
    repeated: Total
    named: int


def held_days(markets: Iterable[Market | int], first: date, last: date) -> list[MarketDay]:
    """Held offline days in the period, one per market and date, in order of time: what 횟수 counts."""
    days = MarketDay.objects.counted().between(first, last).filter(event__market__in=_keys(markets))
    rows = days.select_related("event__market").order_by("day", "event__market_id", "pk")
    return list({(row.event.market_id, row.day): row for row in reversed(rows)}.values())[::-1]


def _keys(markets: Iterable[Market | int]) -> list[int]:
    return [market if isinstance(market, int) else market.pk for market in markets]


def events_between(markets: Iterable[Market | int], first: date, last: date) -> list[MarketEvent]:
    """Live events that took place in the period, with days and participations fetched.

    An event belongs to the period of its first held day, an online one to that of its first day (DOMAIN §3.7).
    """
    touching = Q(days__day__range=(first, last), days__voided_at__isnull=True) | Q(
        starts_on__range=(first, last)
    )
    rows = MarketEvent.objects.live().filter(touching, market__in=_keys(markets)).distinct()
    return [
        event for event in with_figures(rows) if (began := took_place_on(event)) and first <= began <= last
    ]


def with_figures(events: QuerySet[Any]) -> QuerySet[Any]:
    """Events with the live rows that their figures are read from; two more queries, however many events."""
    parts = Participation.objects.live().select_related("enterprise")
    return events.select_related("market").prefetch_related(
        Prefetch("days", MarketDay.objects.live().order_by("day", "pk"), to_attr="live_days"),
        Prefetch("participations", parts.order_by("pk"), to_attr="live_participations"),
    )


def took_place_on(event: MarketEvent) -> date | None:
    """The first day it was held; for an online event without days its first day. None: not held (yet)."""
    held = [day.day for day in _held(event)]
    if held:
        return min(held)
    return event.starts_on if event.mode == Mode.ONLINE and not _days(event) else None


def event_figures(event: MarketEvent) -> EventFigures:
    """The figures of an event fetched by ``with_figures``; nothing counts while no day was held."""
    if took_place_on(event) is None:
        return EventFigures(Figure(), Figure(), Figure())
    parts = _counted_participations(event)
    return EventFigures(_distinct(event, parts), _repeated(event, parts), _sales(event, parts))


def _distinct(event: MarketEvent, parts: Sequence[Participation]) -> Figure:
    """참여업체(실). Counts per day alone do not tell it, except for one day."""
    if event.vendors is not None:
        return Figure(event.vendors, Level.EVENT)
    if parts:
        return Figure(len({vendor_key(part) for part in parts}), Level.VENDOR)
    held = _held(event)
    if len(held) == 1 and held[0].vendors is not None:
        return Figure(held[0].vendors, Level.DAY)
    return Figure()


def _repeated(event: MarketEvent, parts: Sequence[Participation]) -> Figure:
    """연참여: a vendor counts each day; where only the event's number is known, once an event."""
    by_day = _sum_of_days(event, "vendors")
    if by_day.value is not None and not by_day.partial:
        return by_day
    if event.vendors is not None:
        return Figure(event.vendors, Level.EVENT)
    if by_day.value is None and parts:
        return Figure(len({(vendor_key(part), part.day_id) for part in parts}), Level.VENDOR)
    return by_day


def _sales(event: MarketEvent, parts: Sequence[Participation]) -> Figure:
    if event.sales is not None:
        return Figure(event.sales, Level.EVENT)
    by_day = _sum_of_days(event, "sales")
    if by_day.value is not None:
        return by_day
    known = [part.sales for part in parts if part.sales is not None]
    return Figure(sum(known), Level.VENDOR, partial=len(known) < len(parts)) if known else Figure()


def _sum_of_days(event: MarketEvent, name: str) -> Figure:
    values = [getattr(day, name) for day in _held(event)]
    known = [value for value in values if value is not None]
    return Figure(sum(known), Level.DAY, partial=len(known) < len(values)) if known else Figure()


def disagreements(event: MarketEvent) -> list[str]:
    """Where two levels of an event say different sales, in words; both stay, one is used."""
    by_day = _sum_of_days(event, "sales")
    found = []
    if (
        event.sales is not None
        and by_day.value is not None
        and not by_day.partial
        and by_day.value != event.sales
    ):
        found.append(
            f"행사 매출액 {event.sales:,}원과 운영일 매출액의 합 {by_day.value:,}원이 다릅니다. 행사 값을 씁니다."
        )
    known = [part.sales for part in _counted_participations(event) if part.sales is not None]
    used = _sales(event, [])
    if known and used.value is not None and sum(known) > used.value:
        found.append(
            f"업체별 매출액의 합 {sum(known):,}원이 {used.level} 매출액 {used.value:,}원보다 큽니다."
        )
    return found


def vendor_key(part: Participation) -> str:
    """What makes two participations one vendor: the enterprise, else the name without ㈜ and spaces."""
    return f"#{part.enterprise_id}" if part.enterprise_id else name_key(part.vendor_name)


def vendor_figures(events: Sequence[MarketEvent]) -> Vendors:
    """참여업체(실) and 연참여 over events fetched by ``with_figures``."""
    figures = [event_figures(event) for event in events]
    named = {vendor_key(part) for event in events for part in _counted_participations(event)}
    return Vendors(
        _distinct_over(figures, len(named)), _total([each.repeated for each in figures]), len(named)
    )


def vendor_names(events: Sequence[MarketEvent]) -> list[tuple[str, MarketEvent]]:
    """Each vendor named at events fetched by ``with_figures``, once, with the first of them."""
    found: dict[str, tuple[str, MarketEvent]] = {}
    for event in events:
        for part in _counted_participations(event):
            found.setdefault(vendor_key(part), (str(part.enterprise or part.vendor_name), event))
    return list(found.values())


def _distinct_over(figures: Sequence[EventFigures], named: int) -> int | None:
    """One event: its own figure. Several: only names can tell who came twice."""
    known = [
        each.distinct
        for each in figures
        if each.distinct.value is not None or each.repeated.value is not None
    ]
    if not known:
        return None
    if len(known) == 1:
        return known[0].value
    return named if all(figure.level == Level.VENDOR for figure in known) else None


def sales(events: Sequence[MarketEvent]) -> Total:
    """Won over events fetched by ``with_figures``."""
    return _total([event_figures(event).sales for event in events])


def _total(figures: Sequence[Figure]) -> Total:
    known = [figure for figure in figures if figure.value is not None]
    levels = {level: sum(figure.level == level for figure in known) for level in Level}
    return Total(
        value=sum(figure.value or 0 for figure in known) if known else None,
        levels={level: count for level, count in levels.items() if count},
        partial=any(figure.partial for figure in known),
    )


def _days(event: MarketEvent) -> list[MarketDay]:
    fetched = getattr(event, "live_days", None)
    return fetched if fetched is not None else list(event.days.live().order_by("day", "pk"))


def _held(event: MarketEvent) -> list[MarketDay]:
    return [day for day in _days(event) if day.state == State.HELD]


def _counted_participations(event: MarketEvent) -> list[Participation]:
    """Participations in the event as a whole or on a day that was held."""
    fetched = getattr(event, "live_participations", None)
    parts = fetched if fetched is not None else list(event.participations.live().select_related("enterprise"))
    held = {day.pk for day in _held(event)}
    return [part for part in parts if part.day_id is None or part.day_id in held]
