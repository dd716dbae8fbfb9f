"""무엇이 바뀌었나: two closings side by side, what was entered since, as reported then and as known now."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow, can
from common.clock import now, today
from common.periods import Quarter
from documents.responses import xlsx_response
from pledges import known, late
from pledges.card import Card
from pledges.comparing import Difference, differences
from pledges.models import ClosedCard, PlanChange, Pledge
from pledges.selection import asked, pledge_numbered


@require_safe
@allow("view")
def what_changed(request: HttpRequest, number: str) -> HttpResponse:
    """Between two closings of a pledge: figures side by side; after the last: late entries, each with who and why."""
    question = asked(request, "from", "to")
    pledge = pledge_numbered(question.term, number)
    rows = _cards(pledge)
    first, last = _chosen(request, rows)
    context: dict[str, Any] = {
        "asked": question,
        "pledge": pledge,
        "rows": rows,
        "first": first,
        "last": last,
        "differences": _between(first, last),
        "table": known.told(rows),
        "plan_changes": PlanChange.objects.live()
        .filter(pledge=pledge)
        .select_related("indicator", "section"),
        "can_export": can(request.user, "export"),
    }
    if rows:
        context |= {
            "late": late.late_records(pledge),
            "revised": late.revised(pledge, _last_made(pledge, rows)),
            "corrected": late.corrected(pledge),
        }
    return render(request, "pledges/closings/changes.html", context)


@require_safe
@allow("export")
def changes_xlsx(request: HttpRequest, number: str) -> HttpResponseBase:
    """The closed quarters as a workbook: as reported then, as it holds now, as the records say now."""
    question = asked(request)
    pledge = pledge_numbered(question.term, number)
    rows, user = _cards(pledge), request.user
    quarters = known.with_records(pledge, known.told(rows), user, now(), today())  # type: ignore[arg-type]
    changes = [*late.corrected(pledge), *_since(pledge, rows)]
    return xlsx_response(
        known.workbook(pledge, quarters, changes, today()), f"{pledge.number} 그때와 지금({today():%Y%m%d})"
    )


def _since(pledge: Pledge, rows: list[ClosedCard]) -> list[late.Late]:
    if not rows:
        return []
    return [*late.late_records(pledge), *late.revised(pledge, _last_made(pledge, rows))]


def _cards(pledge: Pledge) -> list[ClosedCard]:
    cards = ClosedCard.objects.filter(pledge=pledge).select_related("closing__closed_by")
    return list(cards.order_by("closing__year", "closing__quarter", "closing__version"))


def _last_made(pledge: Pledge, rows: list[ClosedCard]) -> datetime:
    """When the card that holds for the last closed quarter was made."""
    closing = rows[-1].closing
    return late.card_made_at(pledge, Quarter(closing.year, closing.quarter)) or closing.closed_at


def _chosen(request: HttpRequest, rows: list[ClosedCard]) -> tuple[ClosedCard | None, ClosedCard | None]:
    """The two versions to compare (``?from=&to=``, keys of closings); without them the last two."""
    by_closing = {str(row.closing_id): row for row in rows}
    wanted = [request.GET.get("from", ""), request.GET.get("to", "")]
    if any(key and key not in by_closing for key in wanted):
        raise BadRequest("그런 마감은 없습니다.")
    first = by_closing.get(wanted[0]) or (rows[-2] if len(rows) > 1 else None)
    return first, by_closing.get(wanted[1]) or (rows[-1] if rows else None)


def _between(first: ClosedCard | None, last: ClosedCard | None) -> list[Difference]:
    if first is None or last is None:
        return []
    return differences(Card.model_validate_json(first.content), Card.model_validate_json(last.content))
