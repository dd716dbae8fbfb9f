"""마감 뒤 입력: what was written, changed or voided after a card was closed, by whom and why (DOMAIN §3.15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q

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
class Window:
    """The days that one closing answers for, and when the card that holds was made. No ``until``: any day."""

    made: datetime
    since: date | None = None
    until: date | None = None

    def days(self, field: str) -> Q:
        """The rows whose ``field`` is one of its days."""
        days = Q(**{f"{field}__lte": self.until}) if field and self.until else Q()
        return days & Q(**{f"{field}__gte": self.since}) if field and self.since else days

    def has(self, day: date | None) -> bool:
        if day is None:
            return False
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Source:
    """Rows of one kind: which, the field or the rule of their day, how one is told, and what of it counts.

    ``moved_by``: the fields whose change is told; empty for any.
    """

    model: Any
    which: dict[str, Any]
    day: str | Callable[[Any], date]
    what: Callable[[Any], str] = str
    moved_by: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        return self.day if isinstance(self.day, str) else ""

    def day_of(self, row: Any) -> date:
        day: date = getattr(row, self.day) if isinstance(self.day, str) else self.day(row)
        return day


def card_made_at(pledge: Pledge, quarter: Quarter) -> datetime | None:
    """When the card that holds for a closed quarter was made; a later version may have only taken it over."""
    return closed_at([pledge]).get((pledge.pk, quarter))


def late_records(pledge: Pledge, quarter: Quarter | None = None) -> list[Late]:
    """Records that the pledge reads, of a closed quarter and touched after its card was made; of all without one.

    A record counts as the quarter's by its day now, or by the day it had when the card was made. Newest first; none
    while the quarter is open.
    """
    windows = [window for of, window in _windows(pledge).items() if quarter is None or of == quarter]
    return _newest_first(_records(pledge), windows)


def _windows(pledge: Pledge) -> dict[Quarter, Window]:
    """By closed quarter; the first closing answers for the days before it too."""
    made = {quarter: at for (_, quarter), at in sorted(closed_at([pledge]).items())}
    return {
        quarter: Window(at, quarter.first_day if place else None, quarter_day(quarter, pledge.term))
        for place, (quarter, at) in enumerate(made.items())
    }


def revised(pledge: Pledge, after: datetime) -> list[Late]:
    """Targets, results and openings written, changed or voided after a moment, with who and why."""
    return _newest_first(_own(pledge), [Window(after)])


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


def _newest_first(sources: Iterator[Source], windows: Sequence[Window]) -> list[Late]:
    found = [late for source in sources for late in _touched(source, windows)] if windows else []
    return sorted(found, key=lambda item: item.at, reverse=True)


def _records(pledge: Pledge) -> Iterator[Source]:
    programs, markets = pledge.programs.all(), pledge.markets.all()
    yield Source(Disbursement, {"program__in": programs}, "paid_on")
    yield Source(Award, {"program__in": programs}, "decided_on")
    yield Source(MarketDay, {"event__market__in": markets}, "day")
    if pledge.shows_register or pledge.indicators.live().filter(measure=Measure.ENTERPRISES).exists():
        yield Source(Designation, {}, "starts_on")
    yield Source(Tenancy, {"space__in": pledge.spaces.all()}, "starts_on")
    # Who sits on a committee is personal data; that somebody was entered is not.
    yield Source(
        Member, {"committee": pledge.committee_id}, "appointed_on", lambda row: f"{row.committee} 위원"
    )
    for model in (Activity, Engagement):
        yield Source(model, {"pledge": pledge}, "starts_on")


def _own(pledge: Pledge) -> Iterator[Source]:
    mine = {"indicator__pledge": pledge}
    yield Source(Target, mine, "valid_from", _target)
    moved_by = ("value", "reason", "note", "voided_at")
    yield Source(Result, mine, lambda row: Quarter(row.year, row.quarter).last_day, moved_by=moved_by)
    yield Source(IndicatorOpening, mine | {"closed": False}, "on")
    yield Source(ExecutionOpening, {"pledge": pledge, "closed": False}, "on")


def _target(row: Target) -> str:
    return f"{row} 목표 {'-' if row.value is None else plain(row.value)}"


def _touched(source: Source, windows: Sequence[Window]) -> Iterator[Late]:
    """Rows touched after their window's card was made, each with its last deed, and as entered if entered then."""
    keys = _touched_keys(source, windows)
    if not keys:
        return
    rows, records = source.model.objects.in_bulk(keys), _histories(source.model, keys)
    label = str(source.model._meta.verbose_name)
    for key in keys:
        row, window = rows[key], _window(source, rows[key], records[key], windows)
        deeds = _deeds(source, records[key], window) if window else []
        if deeds:
            deed = "무효" if row.is_void else "입력" if deeds[0].history_type == "+" else "수정"
            told = deeds[0] if deed == "입력" else deeds[-1]
            who, why = str(told.history_user or "-"), _why(row, told)
            yield Late(label, source.what(row), source.day_of(row), told.history_date, who, deed, why)


def _deeds(source: Source, records: list[Any], window: Window) -> list[Any]:
    """What was done to a row after the card was made; a result's way from 제출 to 확인 changes nothing of it."""
    pairs = zip([None, *records], records, strict=False)
    return [
        record
        for before, record in pairs
        if record.history_date > window.made
        and (
            before is None
            or not source.moved_by
            or any(getattr(before, name) != getattr(record, name) for name in source.moved_by)
        )
    ]


def _touched_keys(source: Source, windows: Sequence[Window]) -> list[int]:
    """The newest touched rows that are of one of the windows now, or were when its card was made."""
    history = source.model.history
    of_row, of_record = history.filter(id=OuterRef("pk")), history.filter(id=OuterRef("id"))
    now, then = Q(), Q()
    for window in windows:
        days = window.days(source.field)
        now |= days & Q(Exists(of_row.filter(history_date__gt=window.made)))
        later = of_record.filter(history_id__gt=OuterRef("history_id"), history_date__lte=window.made)
        then |= (
            days
            & Q(history_date__lte=window.made)
            & ~Exists(later)
            & Exists(of_record.filter(history_date__gt=window.made))
        )
    wanted = Q(id__in=source.model.objects.filter(now, **source.which).values("pk"))
    wanted |= Q(id__in=history.filter(then, **source.which).values("id"))
    newest = history.filter(wanted).order_by().values("id").annotate(at=Max("history_date"))
    return list(newest.order_by("-at", "-id").values_list("id", flat=True)[:SHOWN])


def _histories(model: Any, keys: Sequence[int]) -> dict[int, list[Any]]:
    """The whole history of each row, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    records = model.history.filter(id__in=keys).select_related("history_user")
    for record in records.order_by("history_date", "history_id"):
        found[record.id].append(record)
    return found


def _window(source: Source, row: Any, records: list[Any], windows: Sequence[Window]) -> Window | None:
    """The window of the row's day now, else of the day it had when that window's card was made."""
    for window in windows:
        if window.has(source.day_of(row)):
            return window
    for window in windows:
        known = [record for record in records if record.history_date <= window.made]
        if known and window.has(source.day_of(known[-1])):
            return window
    return None


def _why(row: Any, last: Any) -> str:
    """The reason as stated: for the voiding, for the change, on the row, or where a warning was confirmed."""
    if row.is_void:
        return str(row.void_reason)
    stated = (last.history_change_reason, getattr(row, "reason", ""), getattr(row, "check_reason", ""))
    return next((str(words) for words in stated if words), "")
