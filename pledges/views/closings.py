"""마감: the quarters of a term, closing one, and what a closing holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.clock import now, today
from common.periods import Quarter, quarters_between
from pledges.card import Card
from pledges.closing import (
    CannotClose,
    broken_closings,
    check_order,
    check_pledges,
    close_quarter,
    latest_closing,
    quarter_day,
)
from pledges.closing_checks import covered_too, obstacles
from pledges.corrections import changes_of_version
from pledges.dashboard import pledges_of
from pledges.explaining import explain
from pledges.forms.workflow import CloseForm
from pledges.models import ClosedCard, Closing, CorrectionRequest, PlanChange, Pledge, RequestState, Term
from pledges.selection import Asked, asked
from pledges.unlocking import running_grants
from pledges.views.card import card_context, document_response, json_response


@dataclass(frozen=True)
class QuarterLine:
    """One quarter of the term: its versions, newest first, and whether it can be closed now (or why not)."""

    quarter: Quarter
    versions: list[Closing]
    obstacle: str
    is_before: bool = False  # ahead of the first closing, which covers it

    @property
    def latest(self) -> Closing | None:
        return self.versions[0] if self.versions else None


@require_safe
@allow("view")
def closing_list(request: HttpRequest) -> HttpResponse:
    """Every quarter of the term that has begun: closed by whom and when, versions, what can be closed next."""
    question = asked(request)
    term = question.term
    closings = list(term.closings.select_related("closed_by").order_by("-version"))
    lines = [_line(term, quarter, closings) for quarter in quarters_between(term.starts_on, term.ends_on)]
    shown = [line for line in lines if line.quarter.first_day <= today()]
    corrections = CorrectionRequest.objects.live().filter(pledge__term=term)
    # What waits stands first.
    requests = sorted(
        corrections.select_related("pledge", "asked_by"), key=lambda row: row.state != RequestState.ASKED
    )
    context = {
        "asked": question,
        "terms": Term.objects.all(),
        "lines": shown[::-1],
        "requests": requests,
        "broken": broken_closings(),
        "grants": running_grants(term, now()),
        "changes": PlanChange.objects.live()
        .filter(pledge__term=term, state=RequestState.ASKED)
        .select_related("pledge", "indicator", "section", "asked_by"),
    }
    return render(request, "pledges/closings/list.html", context)


def _line(term: Term, quarter: Quarter, closings: list[Closing]) -> QuarterLine:
    mine = [c for c in closings if (c.year, c.quarter) == (quarter.year, quarter.number)]
    first = min((Quarter(c.year, c.quarter) for c in closings), default=None)
    if first and quarter < first:
        words = f"{first} 마감에 들어 있습니다. 따로 마감하지 않습니다."
        return QuarterLine(quarter, mine, words, is_before=True)
    try:
        check_order(term, quarter, today())
    except CannotClose as error:
        return QuarterLine(quarter, mine, str(error))
    return QuarterLine(quarter, mine, "")


def quarter_at(year: int, number: int) -> Quarter:
    try:
        return Quarter(year, number)
    except ValueError as error:
        raise Http404(str(error)) from error


@allow("close_quarter")
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The checks with their exceptions, then the closing of the quarter for all pledges in one step."""
    question, quarter = asked(request), quarter_at(year, number)
    term, back = question.term, f"{reverse('pledges:closings')}?term={question.term.name}"
    pledges, day = pledges_of(term), quarter_day(quarter, term)
    try:
        check_order(term, quarter, today())
        check_pledges(pledges)
    except CannotClose as error:
        messages.error(request, str(error))
        return redirect(back)
    found = obstacles(pledges, quarter, day)
    form = CloseForm(request.POST or None, obstacles=found)
    if request.method == "POST" and form.is_valid():
        try:
            closing = _close(term, quarter, form, request.user)
        except CannotClose as error:
            messages.error(request, str(error))
        else:
            messages.success(
                request, f"{quarter}를 마감했습니다. 공약 {closing.cards.count()}건의 카드를 고정했습니다."
            )
        return redirect(back)
    context = {
        "asked": question,
        "quarter": quarter,
        "day": day,
        "pledges": pledges,
        "form": form,
        "back": back,
        "covers": covered_too(term, quarter),
    }
    return render(request, "pledges/closings/close.html", context)


@transaction.atomic
def _close(term: Term, quarter: Quarter, form: CloseForm, user: Any) -> Closing:
    """The closing with the explanations that let it happen: both, or neither. CannotClose as ``close_quarter``."""
    for pledge, finding, text in form.explanations:
        explain(pledge, finding, text)
    return close_quarter(term, quarter, user, now(), today(), form.cleaned_data["reason"])


@require_safe
@allow("view")
def closing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version of a closed quarter: its cards with their digests, and what it changed."""
    closing = get_object_or_404(Closing.objects.select_related("term", "closed_by", "previous"), pk=pk)
    cards = closing.cards.order_by("pledge__position", "pledge__number")
    changes = changes_of_version(closing)
    rows = [
        {"row": row, "card": Card.model_validate_json(row.content), "changes": changes.get(row.pledge_id, [])}
        for row in cards
    ]
    return render(request, "pledges/closings/detail.html", {"closing": closing, "rows": rows})


def _closed(pk: int, pledge: int) -> tuple[ClosedCard, Card]:
    """A card of one version, as it was closed; older versions stay readable. 404 where there is none."""
    rows = ClosedCard.objects.select_related("closing__term", "pledge__term")
    # Keys too great for the database are asked of their own tables, which know none.
    of = {"closing__in": Closing.objects.filter(pk=pk), "pledge__in": Pledge.objects.filter(pk=pledge)}
    row = get_object_or_404(rows, **of)
    return row, Card.model_validate_json(row.content)


@require_safe
@allow("view")
def closed_card(request: HttpRequest, pk: int, pledge: int) -> HttpResponse:
    """The card of one version on the screen, and which version holds now."""
    row, card = _closed(pk, pledge)
    closing = row.closing
    holds = latest_closing(closing.term, Quarter(closing.year, closing.quarter))
    context = {
        "asked": Asked(closing.term, card.as_of, chosen=True),
        "pledge": row.pledge,
        "old_version": closing,
        "holds": holds if holds != closing else None,
    }
    return render(request, "pledges/card.html", context | card_context(card, request))


@require_safe
@allow("export")
def closed_json(request: HttpRequest, pk: int, pledge: int) -> HttpResponse:
    """The card of one version as the contract's JSON."""
    return json_response(_closed(pk, pledge)[1])


@require_safe
@allow("export")
def closed_file(request: HttpRequest, pk: int, pledge: int, form: str) -> HttpResponse:
    """The card of one version as an office document (``xlsx`` or ``hwpx``)."""
    row, card = _closed(pk, pledge)
    header, version = card.header, row.closing.version
    name = f"공약카드 {header.number} {header.title}({card.as_of:%Y%m%d} {version}판)"
    return document_response(card, form, name)
