"""How days, sales and vendors of a market's year were counted (DOMAIN §3.14): the days and events behind each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.urls import reverse

from common.money import signed
from common.periods import korean_date
from markets.figures import EventFigures, Figure, event_figures, events_between, took_place_on, vendor_names
from markets.models import Market, MarketDay, MarketEvent, Mode, State
from markets.summary import YearRow, year_rows
from pledges.derivations import Derivation, Line, Operand, writers

Took = tuple[MarketEvent, Figure]


def market_year(market: Market, year: int, mode: str, as_of: date) -> list[Derivation]:
    """The figures of one row of the market tables: held days, sales, 연참여, 참여업체(실). Empty: no such row."""
    row = next((row for row in year_rows([market], [year], as_of) if row.mode == mode), None)
    if row is None:
        return []
    events = [
        event
        for event in events_between([market], date(year, 1, 1), min(date(year, 12, 31), as_of))
        if event.mode == mode
    ]
    named = f"{year}년 {market}{' 온라인' if mode == Mode.ONLINE else ''}"
    return [
        _days(row, named, as_of),
        _total("매출액", "원", row.sales.value, _took(events, lambda found: found.sales), named, as_of),
        _total(
            "연참여",
            "개",
            row.vendors.repeated.value,
            _took(events, lambda found: found.repeated),
            named,
            as_of,
        ),
        _distinct(row, events, named, as_of),
    ]


def _days(row: YearRow, named: str, as_of: date) -> Derivation:
    """Held dates, each once, whatever the number of events."""
    last = min(date(row.year, 12, 31), as_of)
    rows = MarketDay.objects.live().between(date(row.year, 1, 1), last).filter(state=State.HELD)
    mine = rows.filter(event__market=row.market, event__mode=row.mode, event__voided_at=None)
    once = list({day.day: day for day in mine.select_related("event").order_by("day", "-pk")}.values())
    by = writers(once)
    return Derivation(
        title=f"{named} 개최일",
        unit="일",
        rule="개최한 날을 하루에 한 번 셉니다. 예정·취소한 날은 세지 않습니다",
        as_of=as_of,
        value=row.held,
        operands=(
            Operand(
                "개최한 날",
                tuple(
                    Line(f"{korean_date(day.day)} {day.event}", event_url(day.event), 1, by.get(day.pk, ""))
                    for day in once
                ),
            ),
        ),
        key="days",
    )


def event_url(event: MarketEvent) -> str:
    return reverse("markets:event", args=[event.pk])


def _took(events: Sequence[MarketEvent], of: Callable[[EventFigures], Figure]) -> list[Took]:
    return [(event, figure) for event in events if (figure := of(event_figures(event))).value is not None]


def _total(
    label: str, unit: str, value: int | None, found: Sequence[Took], named: str, as_of: date
) -> Derivation:
    """The sum over the events, each at the one level its figure is taken from."""
    partial = any(figure.partial for _, figure in found)
    return Derivation(
        title=f"{named} {label}",
        unit=unit,
        rule="행사마다 한 단계(행사·운영일·업체)의 값만 더합니다",
        as_of=as_of,
        value=value,
        operands=(Operand("행사", tuple(_event_line(event, figure) for event, figure in found)),),
        told=("일부 운영일에만 기록이 있어 실제는 이보다 많을 수 있습니다",) if partial else (),
        key=label,
        missing=NOT_RECORDED,
    )


NOT_RECORDED = "기록이 없음"


def _event_line(event: MarketEvent, figure: Figure) -> Line:
    began = took_place_on(event)
    words = f"{korean_date(began) if began else ''} {event} ({figure.level} 값)".strip()
    return Line(words, event_url(event), figure.value or 0)


def _distinct(row: YearRow, events: Sequence[MarketEvent], named: str, as_of: date) -> Derivation:
    """참여업체(실): one event's own number; of several only the names can tell who came twice."""
    found = _took(events, lambda figures: figures.distinct)
    names = vendor_names(events)
    by_name = len(found) != 1 and row.vendors.distinct is not None
    lines = (
        tuple(Line(name, event_url(event)) for name, event in names)
        if by_name
        else tuple(_event_line(event, figure) for event, figure in found)
    )
    counted = row.vendors.distinct is not None
    return Derivation(
        title=f"{named} 참여업체(실)",
        unit="개",
        rule="업체마다 한 번 셉니다. 여러 행사의 합은 모든 행사의 업체 이름을 알 때만 냅니다",
        as_of=as_of,
        value=row.vendors.distinct,
        operands=(Operand("업체" if by_name else "행사", lines),) if counted else (),
        told=() if counted else tuple(f"{event} {signed(figure.value or 0)}개" for event, figure in found),
        key="vendors",
        missing=NOT_RECORDED if not found else "업체 이름을 모르는 행사가 있어 셀 수 없음",
    )
