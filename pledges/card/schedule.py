"""추진실적(일정별): the document's own rows, then the sentences that records bring with them (DOMAIN §8)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from common.periods import korean_date
from markets.models import MarketEvent, State
from pledges.card.model import LogRow
from pledges.models import Activity, Pledge
from subsidies.models import Disbursement, Entrustment, ServiceContract


@dataclass(frozen=True, order=True)
class _Told:
    """A record with a log sentence; orders by day, then kind and key."""

    day: date
    kind: str
    pk: int
    title: str
    text: str


def log_rows(pledge: Pledge, as_of: date) -> tuple[LogRow, ...]:
    """The document's rows keep their numbers; records follow by day, numbered on from the last of them.

    Numbers do not depend on ``as_of``: a row not yet there on an earlier day leaves its number unused.
    """
    written = list(pledge.activities.live())
    last = max((row.no for row in written), default=0)
    rows = [_activity_row(row) for row in written] + [
        LogRow(
            no=number,
            date_text=korean_date(told.day),
            day=told.day,
            title=told.title,
            detail=told.text,
            ref=f"{told.kind}:{told.pk}",
        )
        for number, told in enumerate(sorted(told_records(pledge)), start=last + 1)
    ]
    return tuple(row for row in rows if row.day <= as_of)


def _activity_row(row: Activity) -> LogRow:
    return LogRow(
        no=row.no,
        date_text=row.date_text,
        day=row.starts_on,
        title=row.title,
        detail=row.detail,
        ref=f"activity:{row.pk}",
    )


def told_records(pledge: Pledge) -> Iterator[_Told]:
    """Records of the pledge's programmes and markets that carry a ``log_text``. Four queries."""
    programs, term = pledge.programs.all(), pledge.term
    paid = Disbursement.objects.live().filter(program__in=programs, paid_on__gte=term.starts_on)
    for row in paid.exclude(log_text=""):
        yield _Told(row.paid_on, "disbursement", row.pk, row.log_title, row.log_text)
    for model in (Entrustment, ServiceContract):
        signed = model.objects.live().filter(program__in=programs, signed_on__gte=term.starts_on)
        for row in signed.exclude(log_text=""):
            yield _Told(row.signed_on, model.__name__.lower(), row.pk, row.title, row.log_text)
    yield from _events(pledge)


def _events(pledge: Pledge) -> Iterator[_Told]:
    held = Q(days__voided_at__isnull=True, days__state=State.HELD)
    events = (
        MarketEvent.objects.live()
        .filter(market__in=pledge.markets.all())
        .exclude(log_text="")
        .annotate(first_day=Coalesce(Min("days__day", filter=held), "starts_on"))
    )
    for event in events:
        if event.first_day is not None and event.first_day >= pledge.term.starts_on:
            yield _Told(
                event.first_day, "marketevent", event.pk, event.log_title or event.name, event.log_text
            )
