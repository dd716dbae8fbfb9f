"""Writes that span an event and its days: each one transaction, each with its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from common.editing import locked, save_grid
from common.names import name_key
from common.voiding import void
from enterprises.models import Enterprise

from .figures import event_figures, took_place_on, with_figures
from .models import MarketDay, MarketEvent, Mode, Participation, State
from .wording import Line, event_line, follow


@dataclass(frozen=True)
class Vendor:
    """Who took part: an enterprise of the register, or a name outside it."""

    enterprise: Enterprise | None = None
    name: str = ""


@dataclass(frozen=True)
class Ambiguous:
    """A name that several enterprises of the register share; ``several`` lists them."""

    several: str


def proposed_line(event: MarketEvent) -> Line:
    """What the event proposes for 추진실적 as it is recorded now; empty until something was held."""
    row = with_figures(MarketEvent.objects.filter(pk=event.pk)).get()
    figures = event_figures(row)
    return event_line(
        market=row.market.short_name,
        name=row.name,
        place=row.place or row.market.place,
        days=_told_days(row),
        vendors=figures.distinct.value,
        sales=figures.sales.value,
        online=row.mode == Mode.ONLINE,
    )


def _told_days(event: Any) -> list[date]:
    held = [day.day for day in event.live_days if day.state == State.HELD]
    if held or took_place_on(event) is None:
        return held
    last = event.ends_on or event.starts_on
    return [event.starts_on + timedelta(days=offset) for offset in range((last - event.starts_on).days + 1)]


def follow_record(event: MarketEvent, before: Line) -> None:
    """Brings the event's log line along with the record, unless a person has written it otherwise."""
    now = proposed_line(event)
    row: Any = locked(event)
    title = follow(row.log_title, before.title, now.title)
    text = follow(row.log_text, before.text, now.text)
    if (title, text) == (row.log_title, row.log_text):
        return
    row.log_title, row.log_text, row.revision = title, text, row.revision + 1
    row._change_reason = "추진실적 문구가 기록을 따라 바뀜"
    row.save()


def add_days(event: MarketEvent, days: Sequence[tuple[date, str]], user: Any) -> None:
    """Lists new days, each with its state."""
    with transaction.atomic():
        locked(event)
        before = proposed_line(event)
        rows = [MarketDay(event=event, day=day, state=state, mode=event.mode) for day, state in days]
        bulk_create_with_history(rows, MarketDay, default_user=user)
        follow_record(event, before)


def save_event(form: Any, days: Sequence[tuple[date, str]], user: Any) -> MarketEvent | None:
    """Saves a new or changed event together with its first days; None where the form is refused."""
    with transaction.atomic():
        form.lock()
        before = proposed_line(form.instance) if form.instance.pk else Line()
        mode = form.initial.get("mode")
        if not form.is_valid():
            return None
        event: MarketEvent = form.save()
        _let_days_follow_mode(event, mode, user)
        rows = [MarketDay(event=event, day=day, state=state, mode=event.mode) for day, state in days]
        bulk_create_with_history(rows, MarketDay, default_user=user)
        follow_record(event, before)
    return event


def _let_days_follow_mode(event: MarketEvent, mode: str | None, user: Any) -> None:
    """Days of an event whose 구분 was corrected are corrected with it; days that differ on purpose stay."""
    if mode == event.mode:
        return
    rows = list(event.days.live().filter(mode=mode))
    for row in rows:
        row.mode, row.revision = event.mode, row.revision + 1
    bulk_update_with_history(rows, MarketDay, ["mode", "revision"], default_user=user)


def save_rows(event: MarketEvent, forms: Iterable[Any]) -> bool:
    """Saves the changed rows of a grid, all or none. False leaves the errors in the forms."""
    with transaction.atomic():
        locked(event)
        before = proposed_line(event)
        if not save_grid(forms):
            return False
        follow_record(event, before)
    return True


def find_vendors(names: Sequence[str]) -> list[Vendor | Ambiguous]:
    """For each name the enterprise of that name (㈜, spaces ignored), else the name itself; one query for all.

    Ambiguous stands where several enterprises share the name: nobody but the officer knows which.
    """
    keys = [name_key(name) for name in names]
    rows = Enterprise.objects.live().filter(name_key__in=set(keys) - {""}, merged_into__isnull=True)
    found: dict[str, list[Enterprise]] = {}
    for row in rows.order_by("pk"):
        found.setdefault(row.name_key, []).append(row)
    return [_vendor(name.strip(), found.get(key, [])) for name, key in zip(names, keys, strict=True)]


def _vendor(name: str, found: Sequence[Enterprise]) -> Vendor | Ambiguous:
    if len(found) > 1:
        return Ambiguous(
            ", ".join(f"{row.name}({row.business_number or row.address or row.pk})" for row in found)
        )
    return Vendor(enterprise=found[0]) if found else Vendor(name=name)


def add_participations(
    event: MarketEvent, day: MarketDay | None, vendors: Sequence[tuple[Vendor, int | None]], user: Any
) -> None:
    """Records who took part on ``day``, or in the event as a whole; with sales in won where known."""
    with transaction.atomic():
        locked(event)
        before = proposed_line(event)
        rows = [
            Participation(
                event=event, day=day, enterprise=vendor.enterprise, vendor_name=vendor.name, sales=sales
            )
            for vendor, sales in vendors
        ]
        bulk_create_with_history(rows, Participation, default_user=user)
        follow_record(event, before)


def void_row(row: Any, user: Any, reason: str) -> None:
    """Voids a day or a participation; the log line follows. A day with participations takes them along."""
    with transaction.atomic():
        event = locked(row.event)
        before = proposed_line(event)
        void(row, user, reason)
        if isinstance(row, MarketDay):
            for part in row.participations.live():
                void(part, user, reason)
        follow_record(event, before)


def void_event(event: MarketEvent, user: Any, reason: str) -> None:
    """Voids an event with its days and participations: none of them counts without it."""
    with transaction.atomic():
        void(event, user, reason)
        for row in [*event.participations.live(), *event.days.live()]:
            void(row, user, reason)
