"""마감 뒤 입력: what was written, changed or voided after a quarter was closed, by whom and why (DOMAIN §3.15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from common.periods import Quarter
from enterprises.models import Designation
from markets.models import MarketDay
from pledges.closing import quarter_day
from pledges.models import Pledge, Result, Target
from pledges.reconciling.late_entries import closed_at
from subsidies.models import Award, Disbursement

# How many of a kind a page shows.
SHOWN = 100


@dataclass(frozen=True)
class Late:
    """A record dated in the closed time whose history moved after the closing."""

    record: Any
    day: date
    at: datetime
    who: str
    deed: str
    reason: str


def card_made_at(pledge: Pledge, quarter: Quarter) -> datetime | None:
    """When the card that holds for a closed quarter was made; a later version may have only taken it over."""
    return closed_at([pledge]).get((pledge.pk, quarter))


def late_records(pledge: Pledge, quarter: Quarter) -> list[Late]:
    """Records that the pledge reads, dated by the closed quarter's end and touched after its card was made.

    Newest first; none while the quarter is open.
    """
    made = card_made_at(pledge, quarter)
    if made is None:
        return []
    found: list[Late] = []
    for rows, field in _sources(pledge, quarter_day(quarter, pledge.term)):
        found += _touched(rows, field, made)
    return sorted(found, key=lambda item: item.at, reverse=True)


def _sources(pledge: Pledge, day: date) -> Iterator[tuple[QuerySet[Any], str]]:
    programs, markets = pledge.programs.all(), pledge.markets.all()
    yield Disbursement.objects.filter(program__in=programs, paid_on__lte=day), "paid_on"
    yield Award.objects.filter(program__in=programs, decided_on__lte=day), "decided_on"
    yield MarketDay.objects.filter(event__market__in=markets, day__lte=day), "day"
    if pledge.shows_register:
        yield Designation.objects.filter(starts_on__lte=day), "starts_on"


def _touched(rows: QuerySet[Any], field: str, after: datetime) -> Iterator[Late]:
    history: Any = rows.model
    touched = history.history.filter(history_date__gt=after, id__in=rows.values("pk"))
    latest: dict[int, Any] = {}
    for record in touched.select_related("history_user").order_by("history_date", "history_id"):
        latest[record.id] = record
    for row in rows.filter(pk__in=list(latest)[:SHOWN]):
        record = latest[row.pk]
        deed = "무효" if row.is_void else {"+": "입력", "~": "수정"}.get(record.history_type, "변경")
        who = str(record.history_user or "-")
        yield Late(
            row, getattr(row, field), record.history_date, who, deed, record.history_change_reason or ""
        )


def revised_targets(pledge: Pledge, after: datetime) -> QuerySet[Any]:
    """Targets changed after a closing, with who and why in their history."""
    return Target.objects.filter(
        indicator__pledge=pledge, pk__in=Target.history.filter(history_date__gt=after).values("id")
    ).select_related("indicator")


def changed_results(pledge: Pledge, after: datetime) -> QuerySet[Any]:
    """Results recorded or changed after a closing."""
    return Result.objects.filter(
        indicator__pledge=pledge, pk__in=Result.history.filter(history_date__gt=after).values("id")
    ).select_related("indicator")
