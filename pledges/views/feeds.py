"""What one record feeds: the fragment that registers and the ledger show beside a record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.models import Office
from accounts.permissions import allow
from common.clock import today
from enterprises.models import Designation
from markets.models import MarketDay, MarketEvent
from pledges.figures import PledgeFigures, pledge_figures
from pledges.models import Measure, Pledge, Term
from subsidies.models import Award, Disbursement

KINDS: dict[str, type[Any]] = {
    "disbursement": Disbursement,
    "award": Award,
    "market_day": MarketDay,
    "market_event": MarketEvent,
    "designation": Designation,
}


@dataclass(frozen=True)
class Fed:
    """A pledge that reads the record: its figures now, and the indicators of the record's kind."""

    figures: PledgeFigures
    measure: str
    in_log: bool


@require_safe
@allow("view")
def feeds(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """HTML fragment: which pledges, indicators and tables read this record, and where they stand."""
    if kind not in KINDS:
        raise Http404("그런 기록은 없습니다.")
    record = get_object_or_404(KINDS[kind], pk=pk)
    day = dated(record)
    term = Term.objects.at(day) if day else None
    term = term or Term.objects.shown_on(today())
    fed = [] if term is None or record.is_void else list(_fed(record, term))
    closed = Office.current().closed_through
    context = {"record": record, "fed": fed, "late": bool(day and closed and day <= closed), "day": day}
    return render(request, "pledges/_feeds.html", context)


def dated(record: Any) -> date | None:
    """The date of the fact."""
    for name in ("paid_on", "day", "decided_on", "starts_on"):
        if getattr(record, name, None):
            return getattr(record, name)
    return None


def _fed(record: Any, term: Term) -> list[Fed]:
    pledges = list(reading(record, term))
    measure = {
        Disbursement: Measure.SUPPORTED,
        MarketDay: Measure.MARKET_DAYS,
        MarketEvent: Measure.MARKET_DAYS,
        Designation: Measure.ENTERPRISES,
    }.get(type(record), "")
    if isinstance(record, Disbursement) and record.enterprise_id is None:
        measure = ""
    told = bool(getattr(record, "log_text", ""))
    figures = pledge_figures(pledges, min(today(), term.ends_on))
    return [Fed(found, str(measure), told) for found in figures]


def reading(record: Any, term: Term) -> Any:
    """The pledges of ``term`` whose card reads the record."""
    pledges = Pledge.objects.in_term(term).with_card()
    if isinstance(record, Disbursement | Award):
        return pledges.filter(programs=record.program_id)
    if isinstance(record, MarketDay):
        return pledges.filter(markets=record.event.market_id)
    if isinstance(record, MarketEvent):
        return pledges.filter(markets=record.market_id)
    return pledges.filter(
        indicators__measure=Measure.ENTERPRISES, indicators__voided_at__isnull=True
    ).distinct()
