"""확인지표: what is counted, how, and with which weight."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.history import changes
from common.voiding import void_view
from pledges.editing import next_no
from pledges.forms.indicators import IndicatorForm
from pledges.measures import rule_in_words
from pledges.models import Indicator, Pledge

from .editing import address, page, pledge_at


def weight_sum(pledge: Pledge) -> Decimal:
    """The weights of the pledge's live indicators; no total is printed unless they are 100 (DOMAIN §3.10)."""
    return sum((row.weight for row in pledge.indicators.live() if row.weight is not None), Decimal(0))


@allow("view")
@require_safe
def indicators(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    rows = [(row, rule_in_words(row)) for row in pledge.indicators.live()]
    context = {"rows": rows, "weights": weight_sum(pledge), "changes": changes(*pledge.indicators.all())}
    return page(request, "indicators", pledge, "indicators", **context)


@allow("edit_targets")
@require_http_methods(["GET", "POST"])
def indicator_new(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _form(request, pledge, Indicator(pledge=pledge, no=next_no(pledge.indicators.all())))


@allow("edit_targets")
@require_http_methods(["GET", "POST"])
def indicator_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _form(request, pledge, get_object_or_404(pledge.indicators.live(), pk=pk))


def _form(request: HttpRequest, pledge: Pledge, row: Indicator) -> HttpResponse:
    form = IndicatorForm(request.POST or None, instance=row)
    if request.method == "POST" and form.saves():
        messages.success(request, f"지표 ‘{row.name}’을(를) 저장했습니다. {rule_in_words(row)}")
        if (weights := weight_sum(pledge)) != 100:
            messages.warning(
                request, f"대비비율의 합이 {weights.normalize():f}입니다. 100이 되어야 총 이행률이 나옵니다."
            )
        return redirect(address("indicators", pledge))
    return page(request, "indicator", pledge, "indicators", form=form, row=row, weights=weight_sum(pledge))


@allow("edit_targets")
@require_http_methods(["GET", "POST"])
def indicator_void(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    row = get_object_or_404(pledge.indicators.live(), pk=pk)
    return void_view(request, row, what=f"확인지표 {row}", back=address("indicators", pledge))
