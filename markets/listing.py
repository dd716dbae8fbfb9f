"""The list of events: what its filters mean, and what stands below it for all that is filtered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from common.listing import spelled_like
from common.names import name_key

from .figures import Total, event_figures, sales, vendor_figures, with_figures
from .models import MarketDay, MarketEvent, State

SORTS = {
    "date": ("first_day",),
    "name": ("name",),
    "market": ("market__position", "first_day"),
    "held": ("held",),
}


@dataclass(frozen=True)
class EventTotals:
    """The foot of the list, over every filtered event. Sales in won."""

    events: int
    held: int
    planned: int
    repeated: Total
    sales: Total


def events_listed(chosen: Mapping[str, Any]) -> QuerySet[Any]:
    """Live events under the chosen filters, with ``first_day`` and the numbers of days by state."""
    live = Q(days__voided_at__isnull=True)
    rows = MarketEvent.objects.live().annotate(
        first_day=Coalesce(Min("days__day", filter=live), "starts_on"),
        listed=Count("days", filter=live),
        held=Count("days", filter=live & Q(days__state=State.HELD)),
        coming=Count("days", filter=live & Q(days__state=State.PLANNED)),
        cancelled=Count("days", filter=live & Q(days__state=State.CANCELLED)),
    )
    if year := chosen.get("year"):
        rows = rows.filter(first_day__year=year)
    if market := chosen.get("market"):
        rows = rows.filter(market=market)
    if mode := chosen.get("mode"):
        rows = rows.filter(mode=mode)
    if state := chosen.get("state"):
        rows = rows.filter(pk__in=MarketDay.objects.live().filter(state=state).values("event_id"))
    if text := chosen.get("q"):
        rows = rows.filter(_matches(text))
    return with_figures(rows)


def _matches(text: str) -> Q:
    """Name, place, or a vendor's name; ㈜ and spaces do not matter."""
    of_vendor = spelled_like(text, "participations__vendor_name")
    if key := name_key(text):
        of_vendor |= Q(participations__enterprise__name_key__contains=key)
    named = MarketEvent.objects.filter(of_vendor, participations__voided_at__isnull=True)
    return spelled_like(text, "name", "place") | Q(pk__in=named.values("pk"))


def totals(rows: QuerySet[Any]) -> EventTotals:
    """The foot for the whole filtered set, three queries."""
    events = list(rows)
    return EventTotals(
        events=len(events),
        held=sum(event.held for event in events),
        planned=sum(event.listed for event in events),
        repeated=vendor_figures(events).repeated,
        sales=sales(events),
    )


def with_own_figures(events: Any) -> list[tuple[MarketEvent, Any]]:
    """Each event beside its figures, for the rows of one page."""
    return [(event, event_figures(event)) for event in events]
