"""The markets as sheets: the days of the filtered events, and who took part.

Headings are those that ``import_rows`` reads (contract, "market-days" and "participations"). What is known only for
the event as a whole stands in columns of its own and is never spread over its days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from documents.cells import COUNT, DATE, WON
from documents.table import Column, Table

DAYS = [
    Column("시장", "market"),
    Column("행사명", "event", width=28),
    Column("운영일", "day", DATE),
    Column("상태", "state"),
    Column("구분", "mode"),
    Column("장소", "place"),
    Column("참여업체 수", "vendors", COUNT),
    Column("매출액", "sales", WON),
    Column("행사 참여업체 수", "event_vendors", COUNT),
    Column("행사 매출액", "event_sales", WON),
    Column("비고", "note"),
]
PARTICIPATIONS = [
    Column("행사명", "event.name", width=28),
    Column("운영일", lambda part: part.day.day if part.day else None, DATE),
    Column("기업명", lambda part: part.enterprise.name if part.enterprise else part.vendor_name, width=28),
    Column("등록 여부", lambda part: "등록" if part.enterprise_id else "미등록"),
    Column("매출액", "sales", WON),
    Column("비고", "note"),
]
ONE_LEVEL = "행사 참여업체 수와 행사 매출액은 행사 전체로만 아는 값으로, 그 행사의 첫 줄에 한 번 적습니다."


def days_sheet(events: Iterable[Any], as_of: date, conditions: str) -> Table:
    """One row a day; an online event without days is one row with its first day."""
    rows = (row for event in events for row in _rows(event))
    return Table(
        "시장 운영일", DAYS, rows, unit="개, 원", as_of=as_of, conditions=conditions, notes=[ONE_LEVEL]
    )


def _rows(event: Any) -> Iterator[dict[str, Any]]:
    whole = {"market": event.market.name, "event": event.name, "event_vendors": event.vendors}
    whole["event_sales"] = event.sales
    for day in event.live_days:
        yield whole | {
            "day": day.day,
            "state": day.get_state_display(),
            "mode": day.get_mode_display(),
            "place": day.place or event.place,
            "vendors": day.vendors,
            "sales": day.sales,
            "note": day.note,
        }
        whole |= {"event_vendors": None, "event_sales": None}
    if not event.live_days:
        alone = {"day": event.starts_on, "state": "", "mode": event.get_mode_display(), "place": event.place}
        yield whole | alone | {"vendors": None, "sales": None, "note": event.note}


def participations_sheet(events: Iterable[Any], as_of: date, conditions: str) -> Table:
    """One row a participation of the filtered events."""
    rows = (part for event in events for part in _parts(event))
    return Table("시장 참여", PARTICIPATIONS, rows, unit="원", as_of=as_of, conditions=conditions)


def _parts(event: Any) -> Iterator[Any]:
    days = {day.pk: day for day in event.live_days}
    for part in event.live_participations:
        part.event = event
        if part.day_id is None or part.day_id in days:
            if part.day_id is not None:
                part.day = days[part.day_id]
            yield part
