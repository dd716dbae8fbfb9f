"""마감 뒤 입력: what was written, changed or voided after a card was closed, by whom and why (DOMAIN §3.15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from common.fields import plain
from common.periods import Quarter
from enterprises.models import Designation, Member, Tenancy
from markets.models import MarketDay
from pledges.closing import quarter_day
from pledges.models import (
    Activity,
    ClosedCard,
    Engagement,
    ExecutionOpening,
    IndicatorOpening,
    Measure,
    Pledge,
    Result,
    Target,
)
from pledges.reconciling.late_entries import closed_at
from subsidies.models import Award, Disbursement

# How many of a kind a page shows, the newest.
SHOWN = 100


@dataclass(frozen=True)
class Late:
    """One row whose history moved after the closing. ``day`` is the date of the fact."""

    kind: str
    what: str
    day: date
    at: datetime
    who: str
    deed: str
    reason: str


@dataclass(frozen=True)
class Source:
    """Rows of one kind, where their day stands, and how one is told."""

    rows: QuerySet[Any]
    day: Callable[[Any], date]
    what: Callable[[Any], str] = str


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
    return _newest_first(_records(pledge, quarter_day(quarter, pledge.term)), made)


def revised(pledge: Pledge, after: datetime) -> list[Late]:
    """Targets, results and openings written, changed or voided after a moment, with who and why."""
    return _newest_first(_own(pledge), after)


def corrected(pledge: Pledge) -> list[Late]:
    """The later versions of the pledge's closed cards, newest first; those that only took a card over are left out."""
    seen: dict[Quarter, str] = {}
    found: list[Late] = []
    cards = ClosedCard.objects.filter(pledge=pledge).select_related("closing__closed_by")
    for card in cards.order_by("closing__version"):
        closing, quarter = card.closing, Quarter(card.closing.year, card.closing.quarter)
        if quarter in seen and seen[quarter] != card.digest:
            day, who = quarter_day(quarter, pledge.term), str(closing.closed_by)
            found.append(
                Late("정정 마감", str(closing), day, closing.closed_at, who, "새 판", closing.reason)
            )
        seen[quarter] = card.digest
    return sorted(found, key=lambda item: item.at, reverse=True)


def _newest_first(sources: Iterator[Source], after: datetime) -> list[Late]:
    found = [late for source in sources for late in _touched(source, after)]
    return sorted(found, key=lambda item: item.at, reverse=True)


def _records(pledge: Pledge, day: date) -> Iterator[Source]:
    programs, markets = pledge.programs.all(), pledge.markets.all()
    paid = Disbursement.objects.filter(program__in=programs, paid_on__lte=day)
    yield Source(paid, lambda row: row.paid_on)
    yield Source(Award.objects.filter(program__in=programs, decided_on__lte=day), lambda row: row.decided_on)
    yield Source(MarketDay.objects.filter(event__market__in=markets, day__lte=day), lambda row: row.day)
    if pledge.shows_register or pledge.indicators.live().filter(measure=Measure.ENTERPRISES).exists():
        yield Source(Designation.objects.filter(starts_on__lte=day), lambda row: row.starts_on)
    tenancies = Tenancy.objects.filter(space__in=pledge.spaces.all(), starts_on__lte=day)
    yield Source(tenancies, lambda row: row.starts_on)
    members = Member.objects.filter(committee=pledge.committee_id, appointed_on__lte=day)
    # Who sits on a committee is personal data; that somebody was entered is not.
    yield Source(members, lambda row: row.appointed_on, lambda row: f"{row.committee} 위원")
    for model in (Activity, Engagement):
        yield Source(model.objects.filter(pledge=pledge, starts_on__lte=day), lambda row: row.starts_on)


def _own(pledge: Pledge) -> Iterator[Source]:
    mine = {"indicator__pledge": pledge}
    yield Source(
        Target.objects.filter(**mine).select_related("indicator"), lambda row: row.valid_from, _target
    )
    results = Result.objects.filter(**mine).select_related("indicator")
    yield Source(results, lambda row: Quarter(row.year, row.quarter).last_day)
    openings = IndicatorOpening.objects.filter(closed=False, **mine).select_related("indicator")
    yield Source(openings, lambda row: row.on)
    yield Source(ExecutionOpening.objects.filter(closed=False, pledge=pledge), lambda row: row.on)


def _target(row: Target) -> str:
    return f"{row} 목표 {'-' if row.value is None else plain(row.value)}"


def _touched(source: Source, after: datetime) -> Iterator[Late]:
    """Rows touched after a moment, each with its last deed, and as entered if it was entered then."""
    history: Any = source.rows.model
    touched = history.history.filter(history_date__gt=after, id__in=source.rows.values("pk"))
    deeds: dict[int, list[Any]] = {}
    for record in touched.select_related("history_user").order_by("-history_date", "-history_id"):
        deeds.setdefault(record.id, []).append(record)
    label = str(source.rows.model._meta.verbose_name)
    for row in source.rows.filter(pk__in=list(deeds)[:SHOWN]):
        last, first = deeds[row.pk][0], deeds[row.pk][-1]
        deed = "무효" if row.is_void else "입력" if first.history_type == "+" else "수정"
        who, why = str(last.history_user or "-"), last.history_change_reason or getattr(row, "reason", "")
        why = row.void_reason if row.is_void else why
        yield Late(label, source.what(row), source.day(row), last.history_date, who, deed, why)
