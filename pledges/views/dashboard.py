"""The first page: the term's pledges with their three named rates, trend, money, what is behind, what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.permissions import allow, can
from common.clock import today
from common.money import MILLION
from common.periods import Quarter
from documents.responses import xlsx_response
from pledges import board, dashboard
from pledges.confirmers import is_theirs
from pledges.deadlines import upcoming
from pledges.footnotes import of_means
from pledges.models import CorrectionRequest, PlanChange, Pledge, RequestState, Result, ResultState, Term
from pledges.quarters import of_open_quarters
from pledges.selection import Asked, asked, day_in

# How many pledges the dashboard shows with their indicators spelt out.
FEW = 5
FILTERS = ("q", "goal", "department", "status", "officer", "flag", "sort")


def asked_board(request: HttpRequest, *also: str) -> dict[str, Any]:
    """The rows the address asks for, with the forms that asked. ``also``: what else the page reads."""
    question = asked(request, *FILTERS, *also)
    every = board.all_rows(question.term, question.as_of, today())
    filters, order = board.BoardFilters(request.GET or None), board.Order(request.GET.get("sort", ""))
    filters.offer(every)
    rows = order.of([row for row in every if filters.keeps(row)])
    return {
        "asked": question,
        "terms": Term.objects.all(),
        "filters": filters,
        "filtered": bool(filters.chosen()),
        "order": order,
        "every": every,
        "rows": rows,
    }


@require_safe
@allow("view")
def dashboard_page(request: HttpRequest) -> HttpResponse:
    if not Term.objects.exists():
        return render(request, "pledges/no_term.html")
    context = asked_board(request)
    question, rows = context["asked"], context["rows"]
    context |= {
        "default_day": day_in(question.term, None, today()),
        "goals": dashboard.by_goal(rows),
        "few": len(context["every"]) <= FEW,
        "summary": dashboard.summary(rows),
        "money": dashboard.money_table([row.execution for row in rows], question.term, MILLION),
        "behind": dashboard.behind(rows),
        "desk": desk(request.user),
    }
    return render(request, "pledges/dashboard.html", context)


@require_safe
@allow("view")
def due_page(request: HttpRequest) -> HttpResponse:
    """곧 할 일: all that is due in the office; alone for the dashboard, which loads it after itself."""
    name = "pledges/_due.html" if "HX-Request" in request.headers else "pledges/due.html"
    return render(request, name, {"due": upcoming(today()), "today": today()})


def desk(user: Any) -> dict[str, Any]:
    """내가 할 것, whatever term the page shows: what came back to 담당, what waits for 확인자, what 총괄부서 decides.

    One query each for results, corrections and plan changes; of results those of open quarters, the own ones.
    """
    may = {"record_result": ResultState.RETURNED, "confirm_result": ResultState.SUBMITTED}
    wanted = [state for verb, state in may.items() if can(user, verb)]
    mine = [row for row in _waiting(wanted) if is_mine(row, user)] if wanted else []
    found: dict[str, Any] = {
        "returned": _by_quarter(row for row in mine if row.state == ResultState.RETURNED),
        "submitted": _by_quarter(row for row in mine if row.state == ResultState.SUBMITTED),
    }
    if can(user, "approve_change"):
        asked_for = {"state": RequestState.ASKED, "pledge__voided_at__isnull": True}
        requests = CorrectionRequest.objects.live().filter(**asked_for).order_by("asked_at", "pk")
        changes = PlanChange.objects.live().filter(**asked_for).order_by("pk")
        found["corrections"] = list(requests.select_related("pledge__term", "asked_by"))
        found["changes"] = list(changes.select_related("pledge__term", "indicator", "section", "asked_by"))
    return found


@dataclass(frozen=True)
class Waiting:
    """The results of one pledge's quarter that wait, for one reason."""

    pledge: Pledge
    quarter: Quarter
    reason: str
    results: list[Result]

    @property
    def names(self) -> str:
        return ", ".join(row.indicator.name for row in self.results)


def _by_quarter(rows: Iterable[Result]) -> list[Waiting]:
    """One line for what is confirmed or returned together."""
    found: dict[tuple[int, Quarter, str], Waiting] = {}
    for row in rows:
        quarter, pledge = Quarter(row.year, row.quarter), row.indicator.pledge
        key = pledge.pk, quarter, row.return_reason
        found.setdefault(key, Waiting(pledge, quarter, row.return_reason, [])).results.append(row)
    return list(found.values())


def _waiting(states: list[ResultState]) -> Any:
    """Results of open quarters in one of ``states``, of every term, in order of their quarters."""
    rows = Result.objects.live().filter(state__in=states, indicator__voided_at__isnull=True)
    return (
        of_open_quarters(rows.filter(indicator__pledge__voided_at__isnull=True))
        .select_related("indicator__pledge__department", "indicator__pledge__term", "recorded_by")
        .order_by("year", "quarter", "indicator__pledge__number", "indicator__no")
    )


def is_mine(row: Result, user: User) -> bool:
    """Recorded by the user, or of the user's department; of everybody where either has no department."""
    return row.recorded_by_id == user.pk or is_theirs(row.indicator.pledge, user)


@require_safe
@allow("view")
def pledge_list(request: HttpRequest) -> HttpResponse:
    """All pledges of a term in one table, with the dashboard's filters and orders."""
    if not Term.objects.exists():
        return render(request, "pledges/no_term.html")
    return render(request, "pledges/list.html", asked_board(request))


@require_safe
@allow("export")
def pledge_list_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The filtered pledges as a sheet, in the order of the page."""
    if not Term.objects.exists():
        raise Http404("등록된 임기가 없습니다.")
    found = asked_board(request)
    question: Asked = found["asked"]
    table = board.sheet(found["rows"], question.term, question.as_of, board.in_words(found["filters"]))
    return xlsx_response(table, f"공약 현황({question.as_of:%Y%m%d})")


@require_safe
@allow("view")
def means_page(request: HttpRequest) -> HttpResponse:
    """Why a mean of the dashboard is what it is: each pledge's rate, their sum, how many; of the office or a goal."""
    if not Term.objects.exists():
        return render(request, "pledges/no_term.html")
    context = asked_board(request)
    summary, lines = dashboard.summary(context["rows"]), dashboard.counted_rows(context["rows"])
    known = {
        "rate": [row.figures.overall.rate for row in lines],
        "progress": [row.figures.progress.rate for row in lines],
    }
    rates = {name: [rate for rate in found if rate is not None] for name, found in known.items()}
    counts = {name: len(found) for name, found in rates.items()}
    fulfilled, question = sum(1 for row in lines if row.is_fulfilled), context["asked"]
    among = f"{question.term} 공약" + (
        f"({board.in_words(context['filters'])})" if context["filtered"] else ""
    )
    context |= {
        "summary": summary,
        "lines": lines,
        "sums": {name: sum(found, Fraction(0)) for name, found in rates.items()},
        "counts": counts,
        "fulfilled": fulfilled,
        "footnotes": of_means(question, among, summary, counts, fulfilled),
    }
    return render(request, "pledges/means.html", context)
