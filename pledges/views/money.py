"""예산 집행액의 근거: the opening and the ledger rows behind every cell of the execution table."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.listing import listed
from pledges.execution import Execution, base_rows, executions
from pledges.selection import asked, pledge_numbered
from subsidies.models import SOURCES, Source

SORTS = {"date": ("paid_on",), "amount": ("amount",), "year": ("fiscal_year", "paid_on")}


@require_safe
@allow("view")
def money_why(request: HttpRequest, number: str) -> HttpResponse:
    """Exact won by year and source, the opening they start from, and the rows added since."""
    question = asked(request, "sort", "page")
    pledge = pledge_numbered(question.term, number)
    rows = base_rows(pledge, question.as_of)
    listing = listed(
        request,
        rows["rows"].select_related("program", "enterprise", "entrustment", "contract"),
        SORTS,
        default="date",
        also=("term", "as_of"),
    )
    execution = executions([pledge], question.as_of)[pledge.pk]
    context = {
        "asked": question,
        "pledge": pledge,
        "execution": execution,
        "lines": lines(execution),
        "columns": execution.columns,
        "listing": listing,
        "totals": rows["rows"].totals(),
        "itemising": rows["itemising"].totals()["amount"],
        "base": rows["base"],
        "openings": rows["openings"],
    }
    return render(request, "pledges/money_why.html", context)


def lines(execution: Execution) -> list[tuple[str, list[int | None], int | None]]:
    """The table in won: the total and a line a source; all columns, and its sum."""
    total = ("계", [execution.of_year(column) for column in execution.columns], execution.total)
    return [
        total,
        *(
            (
                str(Source(source).label),
                [execution.cell(column, source) for column in execution.columns],
                execution.of_source(source),
            )
            for source in SOURCES
        ),
    ]
