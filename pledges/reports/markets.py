"""꿈시장 운영 실적: by year, by event and by vendor; 참여업체(실) and 연참여 are two figures (DOMAIN §3.14)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django import forms

from common.periods import korean_date, korean_period
from documents.cells import CENTER, COUNT, LONG, TEXT, number
from documents.table import Column, Table
from markets.figures import event_figures, events_between, sales, took_place_on, vendor_figures, vendor_key
from markets.models import Market, MarketEvent, Mode, State
from pledges.reports.columns import NOTE, at
from pledges.reports.model import Question, Report, ReportFilters
from pledges.reports.money import WON, column_of

SOME = number(0, zero="0", none="-", width=9)


class Filters(ReportFilters):
    market = forms.ModelChoiceField(Market.objects.all(), label="시장", empty_label="전체")


YEARS = (
    Column("연도", "year", CENTER, width=9),
    Column("시장", "market", TEXT, width=18),
    Column("구분", "mode", CENTER, width=10),
    Column("행사", "events", COUNT, sums=True),
    Column("운영일", "days", COUNT, sums=True),
    Column("실", "distinct", SOME, group="참여업체"),
    Column("연", "repeated", SOME, group="참여업체", sums=True),
    Column("매출액", "sales", WON, sums=True),
    NOTE,
)
EVENTS = (
    Column("행사명", "event.name", TEXT, width=26),
    Column("구분", "mode", CENTER, width=10),
    Column("운영일(개최)", "dates", LONG, width=34),
    Column("일수", "days", COUNT, sums=True),
    Column("장소", "place", TEXT, width=20),
    Column("실", "distinct", SOME, group="참여업체"),
    Column("연", "repeated", SOME, group="참여업체", sums=True),
    Column("매출액", "sales", WON, sums=True),
    NOTE,
)
VENDORS = (
    Column("업체명", "name", TEXT, width=30),
    Column("등록 여부", "registered", CENTER),
    Column("행사 수", "events", COUNT, sums=True),
    Column("참여(연)", "times", COUNT, sums=True),
    Column("매출액", at("sales"), WON, sums=True),
    NOTE,
)


def tables(question: Question) -> list[Table]:
    chosen = question.chosen.get("market")
    markets = [chosen] if chosen else list(Market.objects.filter(active=True))
    events = events_between(markets, question.first, question.last)
    events.sort(key=lambda event: (took_place_on(event) or question.last, event.pk), reverse=True)
    return [_years(question, events), _events(question, events), _vendors(question, events)]


def held_days(event: MarketEvent) -> list[Any]:
    """Held days of an event that ``events_between`` fetched."""
    return [day for day in event.live_days if day.state == State.HELD]  # type: ignore[attr-defined]


def _years(question: Question, events: Sequence[MarketEvent]) -> Table:
    groups: dict[tuple[int, str, str], list[MarketEvent]] = defaultdict(list)
    for event in events:
        began = took_place_on(event) or question.last
        groups[began.year, event.market.name, str(event.get_mode_display())].append(event)
    money = column_of({key: sales(found).value for key, found in groups.items()}, question.unit)
    lines = []
    for key, found in groups.items():
        vendors, total = vendor_figures(found), sales(found)
        offline = {(day.event_id and event.market_id, day.day) for event in found for day in held_days(event)}
        lines.append(
            {
                "year": f"{key[0]}년",
                "market": key[1],
                "mode": key[2],
                "events": len(found),
                "days": len(offline),
                "distinct": vendors.distinct,
                "repeated": vendors.repeated.value,
                "sales": money[key],
                "note": f"매출 기준: {total.basis}" if total.basis else "",
            }
        )
    notes = [
        "횟수는 행사가 아니라 개최한 날입니다. 행사는 처음 연 날의 해에 듭니다.",
        "참여업체(실)은 여러 행사의 업체 이름을 모두 알 때만 낼 수 있습니다(-: 알 수 없음). 연은 날마다 센 것입니다.",
    ]
    return Table(
        "연도별 운영 실적",
        YEARS,
        lines,
        unit=f"회, 일, 개, {question.unit.label}",
        as_of=question.last,
        notes=notes,
    )


def _events(question: Question, events: Sequence[MarketEvent]) -> Table:
    figures = {event.pk: event_figures(event) for event in events}
    money = column_of({pk: found.sales.value for pk, found in figures.items()}, question.unit)
    lines = []
    for event in events:
        found, days = figures[event.pk], held_days(event)
        level = found.sales.level
        lines.append(
            {
                "event": event,
                "mode": event.get_mode_display(),
                "dates": _dates(event, days),
                "days": len({day.day for day in days}),
                "place": event.place or next((day.place for day in days if day.place), ""),
                "distinct": found.distinct.value,
                "repeated": found.repeated.value,
                "sales": money[event.pk],
                "note": (f"매출: {level}" + ("(일부)" if found.sales.partial else "")) if level else "",
            }
        )
    return Table(
        "행사별 운영 실적",
        EVENTS,
        lines,
        unit=f"일, 개, {question.unit.label}",
        as_of=question.last,
        landscape=True,
    )


def _dates(event: MarketEvent, days: Sequence[Any]) -> str:
    """``2023. 4. 27., 4. 28.``: held days one by one; an online event's first day."""
    if not days and event.mode == Mode.ONLINE and event.starts_on:
        return korean_period(event.starts_on, event.ends_on)
    words, year = [], None
    for day in sorted({day.day for day in days}):
        words.append(korean_date(day) if day.year != year else f"{day.month}. {day.day}.")
        year = day.year
    return ", ".join(words)


def _vendors(question: Question, events: Sequence[MarketEvent]) -> Table:
    """By vendor, where names are known: events, participations (a day each), its own sales."""
    rows: dict[str, dict[str, Any]] = {}
    for event in events:
        held = {day.pk for day in held_days(event)}
        for part in event.live_participations:  # type: ignore[attr-defined]
            if part.day_id is not None and part.day_id not in held:
                continue
            name = part.enterprise.name if part.enterprise else part.vendor_name
            row = rows.setdefault(
                vendor_key(part),
                {"name": name, "registered": "등록" if part.enterprise_id else "미등록", "of": set()}
                | {"times": 0, "won": None, "note": ""},
            )
            row["of"].add(event.pk)
            row["times"] += 1
            row["won"] = row["won"] if part.sales is None else (row["won"] or 0) + part.sales
    money = column_of({key: row["won"] for key, row in rows.items()}, question.unit)
    lines = [row | {"events": len(row["of"]), "sales": money[key]} for key, row in rows.items()]
    lines.sort(key=lambda row: (-row["times"], row["name"]))
    notes = ["업체 이름이 적힌 참여만 실었습니다. 업체별 매출은 업체별로 적은 것만 더합니다."]
    return Table(
        "업체별 참여 실적",
        VENDORS,
        lines,
        unit=f"회, {question.unit.label}",
        as_of=question.last,
        notes=notes,
    )


REPORT = Report(
    "markets", "꿈시장 운영 실적", "연도·행사·업체별 운영일, 참여업체(실·연), 매출", tables, Filters
)
