"""도입 전 누계 of a pledge: indicators and execution, beside their details, with the three actions (DOMAIN §4.6)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow, can
from common.fields import NumberField, WonField
from common.openings import OpeningFigure, OpeningRow, opening_view
from pledges.models import ExecutionOpening, IndicatorOpening, Pledge
from pledges.openings import execution_itemised, indicator_itemised
from pledges.selection import asked, pledge_numbered

MODELS: dict[str, Any] = {"indicator": IndicatorOpening, "execution": ExecutionOpening}


@require_safe
@allow("view")
def openings_page(request: HttpRequest, number: str) -> HttpResponse:
    """Every opening of the pledge with 상세 등록, 상세 미등록분 and 상세 합계 초과."""
    question = asked(request)
    pledge = pledge_numbered(question.term, number)
    indicators = IndicatorOpening.objects.live().filter(indicator__pledge=pledge).select_related("indicator")
    money = ExecutionOpening.objects.live().filter(pledge=pledge, closed=False)
    context = {
        "asked": question,
        "pledge": pledge,
        "indicators": [indicator_row(opening, pledge) for opening in indicators],
        "money": [execution_row(opening, pledge) for opening in money],
        "can_edit": can(request.user, "edit_openings"),
    }
    return render(request, "pledges/openings.html", context)


def indicator_row(opening: IndicatorOpening, pledge: Pledge) -> OpeningRow:
    figure = OpeningFigure("누적 실적", opening.indicator.unit, indicator_itemised(opening))
    return OpeningRow(opening, str(opening.indicator), [figure], _url("indicator", opening, pledge))


def execution_row(opening: ExecutionOpening, pledge: Pledge) -> OpeningRow:
    what = f"{'임기 후' if opening.after_term else opening.year} {opening.get_fund_display()}"
    figure = OpeningFigure("집행액", "원", execution_itemised(opening))
    return OpeningRow(opening, what, [figure], _url("execution", opening, pledge))


def _url(kind: str, opening: Any, pledge: Pledge) -> str:
    return reverse("pledges:openings", args=[pledge.number]) + f"{kind}/{opening.pk}/"


@allow("edit_openings")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, number: str, kind: str, pk: int, action: str) -> HttpResponse:
    """정정, 상세로 대체, 새 기준일로 of one opening."""
    if kind not in MODELS:
        raise Http404
    opening = get_object_or_404(MODELS[kind], pk=pk)
    pledge = opening.indicator.pledge if kind == "indicator" else opening.pledge
    if pledge.number != number or (opening.is_void and request.method == "GET"):
        raise Http404
    row = indicator_row(opening, pledge) if kind == "indicator" else execution_row(opening, pledge)
    details = row.figures[0].itemised.details
    return opening_view(
        request,
        opening,
        action,
        row=row,
        fields=_fields(kind),
        details={"value": details} if kind == "indicator" else {"amount": int(details)},
        back=reverse("pledges:openings", args=[number]) + f"?term={pledge.term.name}",
    )


def _fields(kind: str) -> dict[str, forms.Field]:
    if kind == "execution":
        return {"amount": WonField(label="집행액(원)")}
    return {
        "value": NumberField(label="누적 실적"),
        "year_value": NumberField(
            label="그 가운데 그해 실적",
            required=False,
            help_text="연도별 실수 지표만. 예: 43 가운데 2024년 6",
        ),
    }
