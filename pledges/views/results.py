"""분기 실적: indicator by quarter, what was recorded beside what the records count."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import allow, can
from common.clock import now, today
from common.editing import locked, save_grid
from common.fields import plain
from common.history import changes
from common.periods import Quarter, quarters_of
from common.voiding import void_view
from documents.responses import xlsx_response
from pledges.exports import RESULTS_NAME, results_of, results_sheet
from pledges.forms.results import ResultForm
from pledges.measures import rule_in_words
from pledges.models import Indicator, Pledge, Result, Term
from pledges.quarters import closed_through, counted_beside, lock_of
from pledges.selection import asked, pledge_numbered
from pledges.targets import plans
from pledges.unlocking import lock_of_result, locked_among, opened_to

from .editing import address, page, pledge_at


@dataclass(frozen=True)
class Cell:
    """One quarter of an indicator: target (None is "no target"), and the form that holds the result."""

    form: ResultForm
    target: Decimal | None


@dataclass(frozen=True)
class Row:
    indicator: Indicator
    rule: str
    year_target: Decimal | None
    cells: list[Cell]


@allow("view")
@require_safe
def results(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number, "year")
    year = _shown_year(request, pledge)
    return _page(request, pledge, year, _rows(pledge, year, request.user))


@allow("export")
@require_safe
def results_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The term's recorded results as the sheet that can be imported again; ``?pledge=`` and ``?year=`` narrow it."""
    term = asked(request, "pledge", "year").term
    number, year = request.GET.get("pledge", ""), _year(request, term)
    if number:
        pledge_numbered(term, number)
    told = (str(term), number and f"공약: {number}", f"{year}년" if year else "")
    rows = results_of(term, number, year)
    return xlsx_response(results_sheet(rows, today(), ", ".join(filter(None, told))), RESULTS_NAME)


def _page(request: HttpRequest, pledge: Pledge, year: int, rows: list[Row]) -> HttpResponse:
    recorded = Result.objects.filter(indicator__pledge=pledge, year=year).select_related("indicator")
    context = {
        "rows": rows,
        "year": year,
        "quarters": quarters_of(year),
        "may_record": can(request.user, "record_result"),
        "changes": changes(*recorded),
    }
    return page(request, "results", pledge, "results", **context)


def _shown_year(request: HttpRequest, pledge: Pledge) -> int:
    """``?year=``; without it the year of today, or the term's last."""
    return _year(request, pledge.term) or min(today(), pledge.term.ends_on).year


def _year(request: HttpRequest, term: Term) -> int | None:
    """``?year=``, or None. 400 for a year outside the term."""
    text = request.GET.get("year", "")
    if not text:
        return None
    if len(text) != 4 or not text.isdecimal() or int(text) not in term.years:
        raise BadRequest(f"{term}에 없는 연도입니다: {text[:10]}")
    return int(text)


def _rows(pledge: Pledge, year: int, user: Any, data: Any = None) -> list[Row]:
    """The grid: a fixed number of queries, however many indicators."""
    day, quarters = today(), quarters_of(year)
    indicators = list(pledge.indicators.live())
    stored = {
        (row.indicator_id, row.quarter): row
        for row in Result.objects.live().filter(indicator__in=indicators, year=year)
    }
    closed = closed_through(pledge.term)
    counted = counted_beside(indicators, quarters, min(day, pledge.term.ends_on), closed)
    planned = plans(indicators, min(day, pledge.term.ends_on))
    opened = opened_to(user, now())

    def cell(indicator: Indicator, quarter: Quarter) -> Cell:
        row = stored.get((indicator.pk, quarter.number))
        if row is None:
            row = Result(indicator=indicator, year=year, quarter=quarter.number)
        row.indicator = indicator
        form = ResultForm(
            data,
            instance=row,
            prefix=f"i{indicator.pk}q{quarter.number}",
            counted=counted[indicator.pk, quarter],
            lock=lock_of_result(
                row, lock_of(quarter, pledge.term, closed), (pledge.term_id, quarter) in opened
            ),
            today=day,
        )
        return Cell(form, planned[indicator.pk].quarters.get((year, quarter.number)))

    return [
        Row(
            indicator,
            rule_in_words(indicator),
            planned[indicator.pk].years.get(year),
            [cell(indicator, quarter) for quarter in quarters],
        )
        for indicator in indicators
    ]


@allow("record_result")
@require_POST
def results_save(request: HttpRequest, number: str) -> HttpResponse:
    """The changed cells, all or none; ``as_counted`` records one cell's counted value as it is."""
    pledge = pledge_at(request, number, "year")
    year = _shown_year(request, pledge)
    with transaction.atomic():
        # Who closes a quarter holds the term: what is locked is decided after.
        locked(pledge.term), locked(pledge)
        rows = _rows(pledge, year, request.user, _typed(request, _rows(pledge, year, request.user)))
        forms = [cell.form for row in rows for cell in row.cells if _was_sent(cell.form)]
        for form in forms:
            form.instance.recorded_by = request.user
        saved = save_grid(forms)
    if not saved:
        return _page(request, pledge, year, rows)
    changed = sum(form.has_changed() for form in forms)
    messages.success(request, f"실적 {changed}칸을 저장했습니다." if changed else "바뀐 실적이 없습니다.")
    return redirect(address("results", pledge, year=year))


def _was_sent(form: ResultForm) -> bool:
    return form.add_prefix("value") in form.data and not form.locked_because


def _typed(request: HttpRequest, rows: list[Row]) -> Any:
    """What was sent, with the counted value put into the cell whose button was pressed."""
    data = request.POST.copy()
    wanted = data.get("as_counted", "")
    for form in (cell.form for row in rows for cell in row.cells):
        if form.prefix == wanted and form.offers_count and form.counted.value is not None:
            data[form.add_prefix("value")] = plain(form.counted.value)
            data[form.add_prefix("reason")] = ""
    return data


@allow("record_result")
@require_http_methods(["GET", "POST"])
def result_void(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Takes a recorded result back; the quarter is then counted again. Not where its cell is locked."""
    pledge = pledge_at(request, number)
    row = get_object_or_404(
        Result.objects.live().filter(indicator__pledge=pledge).select_related("indicator__pledge__term"),
        pk=pk,
    )
    back = address("results", pledge, year=row.year)
    for _, lock in locked_among([row], request.user, now()):
        messages.error(request, lock.reason)
        return redirect(back)
    what = f"{row.indicator.name} {row.year}년 {row.quarter}분기 실적 {plain(row.value)}"
    return void_view(request, row, what=what, back=back)
