"""One pledge in charts, each with its table: rates over time, targets and results, money, markets, enterprises."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from pledges.selection import asked, pledge_numbered
from pledges.trends import figures_on, quarter_ends


@require_safe
@allow("view")
def figures_page(request: HttpRequest, number: str) -> HttpResponse:
    """The charts of a pledge as of a day."""
    question = asked(request)
    pledge = pledge_numbered(question.term, number)
    days = quarter_ends(pledge.term, question.as_of, 16)
    context = {
        "asked": question,
        "pledge": pledge,
        "points": figures_on([pledge], days)[pledge.pk],
    }
    return render(request, "pledges/trends/page.html", context)
