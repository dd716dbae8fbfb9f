"""왜 82.5? — the working of a pledge's total, every number with its kind and its records."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from pledges.footnotes import of_card, of_indicator
from pledges.selection import as_it_stood
from pledges.views.card import asked_card
from pledges.workings import first_total, formula, progress_formula, workings


@require_safe
@allow("view")
@as_it_stood
def why_page(request: HttpRequest, number: str) -> HttpResponse:
    """The formula with its operands, the counting rules in words, the records behind each value."""
    question, pledge, card = asked_card(request, number)
    lines = workings(pledge, card)
    context = {
        "asked": question,
        "pledge": pledge,
        "card": card,
        "formula": formula(card),
        "progress_formula": progress_formula(card),
        "lines": lines,
        "first_total": first_total(lines, pledge),
        "weights": sum((part.weight for part in card.indicators if part.weight), Decimal(0)),
        "footnotes": of_card(card),
    }
    return render(request, "pledges/why.html", context)


@require_safe
@allow("view")
@as_it_stood
def indicator_why(request: HttpRequest, number: str, no: int) -> HttpResponse:
    """One indicator alone, with all its records."""
    question, pledge, card = asked_card(request, number)
    lines = workings(pledge, card, only=no)
    if not lines:
        raise Http404(f"{no}번 확인지표가 없습니다.")
    context = {"asked": question, "pledge": pledge, "card": card, "lines": lines, "only": lines[0].part}
    context["footnotes"] = of_indicator(card, lines[0])
    return render(request, "pledges/why.html", context)
