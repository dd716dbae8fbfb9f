"""The first page: the term's pledges with their three named rates, money, what is behind, what is due."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.clock import today
from common.money import MILLION
from pledges import dashboard
from pledges.deadlines import upcoming
from pledges.models import Term
from pledges.selection import Asked, asked, day_in

# How many pledges the dashboard shows with their indicators spelt out.
FEW = 5


@require_safe
@allow("view")
def dashboard_page(request: HttpRequest) -> HttpResponse:
    if not Term.objects.exists():
        return render(request, "pledges/no_term.html")
    question = asked(request)
    rows = dashboard.rows_of(dashboard.pledges_of(question.term), question.as_of)
    context = {
        "asked": question,
        "default_day": day_in(question.term, None, today()),
        "terms": Term.objects.all(),
        "goals": dashboard.by_goal(rows),
        "few": len(rows) <= FEW,
        "summary": dashboard.summary(rows),
        "money": dashboard.money_table(rows, question.term, MILLION),
        "behind": dashboard.behind(rows),
        "due": upcoming(today()),
        "today": today(),
    }
    return render(request, "pledges/dashboard.html", context)


@require_safe
@allow("view")
def pledge_list(request: HttpRequest) -> HttpResponse:
    """All pledges of a term, with search by number, title, department or officer."""
    if not Term.objects.exists():
        return render(request, "pledges/no_term.html")
    question: Asked = asked(request, "q", "status")
    rows = dashboard.rows_of(dashboard.pledges_of(question.term), question.as_of)
    context = {
        "asked": question,
        "terms": Term.objects.all(),
        "q": request.GET.get("q", ""),
        "rows": [row for row in rows if _matches(row, request.GET.get("q", "").strip())],
    }
    return render(request, "pledges/list.html", context)


def _matches(row: dashboard.Row, text: str) -> bool:
    pledge = row.pledge
    words = (pledge.number, pledge.title, str(pledge.goal), str(pledge.department or ""))
    return any(text in word for word in words)
