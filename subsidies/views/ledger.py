"""The ledger: its list, one row with everything connected, voiding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.clock import today
from common.fields import DayField
from common.history import changes
from common.listing import FilterForm, listed, ordered_by, refuse_unknown
from common.money import signed
from common.periods import korean_date
from common.voiding import void_view
from documents.responses import xlsx_response
from subsidies.disbursing import HasReturns, log_line, returnable, void_row
from subsidies.exports import LEDGER_NAME, ledger_sheet
from subsidies.forms.fields import YearFilter
from subsidies.models import Disbursement, LedgerKind, Program
from subsidies.models.ledger import DisbursementQuerySet

SORTS = {
    "date": ("paid_on",),
    "program": ("program__position", "program__name", "paid_on"),
    "recipient": ("enterprise__name", "entrustment__partner", "contract__partner", "recipient_text"),
    "amount": ("amount",),
    "year": ("fiscal_year", "paid_on"),
}
CONNECTED = ("program", "enterprise", "entrustment", "contract", "award")


class LedgerFilters(FilterForm):
    q = forms.CharField(
        label="검색", widget=forms.SearchInput(attrs={"placeholder": "수령자·적요·지출결의번호"})
    )
    fiscal_year = YearFilter()
    program = forms.ModelChoiceField(Program.objects.all(), label="사업", empty_label="전체")
    kind = forms.ChoiceField(label="구분", choices=[("", "전체"), *LedgerKind.choices])
    start = DayField(label="교부일부터")
    end = DayField(label="교부일까지")
    check = forms.BooleanField(label="확인 필요만")
    void = forms.BooleanField(label="무효 포함")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["fiscal_year"]
        years.offer(self.data.get("fiscal_year", ""), Disbursement.objects.all(), name="fiscal_year")

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, Any] = super().clean() or {}
        start, end = chosen.get("start"), chosen.get("end")
        if start and end and end < start:
            self.add_error("end", "교부일부터보다 앞섭니다. 두 날짜를 확인하세요.")
        return chosen


def filtered(filters: LedgerFilters) -> DisbursementQuerySet:
    """The rows that the filters leave; voided ones only where asked for."""
    chosen = filters.chosen()
    rows = Disbursement.objects.all() if chosen.get("void") else Disbursement.objects.live()
    if "q" in chosen:
        rows = rows.search(chosen["q"])
    if chosen.get("check"):
        rows = rows.unchecked()
    exact = {name: chosen[name] for name in ("fiscal_year", "program", "kind") if name in chosen}
    span = {"paid_on__gte": chosen.get("start"), "paid_on__lte": chosen.get("end")}
    return rows.filter(**exact, **{name: day for name, day in span.items() if day})


@allow("view")
@require_safe
def disbursement_list(request: HttpRequest) -> HttpResponse:
    filters = LedgerFilters(request.GET or None)
    rows = filtered(filters)
    listing = listed(request, rows.select_related(*CONNECTED), SORTS, default="-date", filters=filters)
    context = {
        "filters": filters,
        "listing": listing,
        "totals": rows.live().totals(),
        "unchecked": Disbursement.objects.unchecked().count(),
    }
    return render(request, "subsidies/disbursement_list.html", context)


@allow("export")
@require_safe
def disbursement_xlsx(request: HttpRequest) -> HttpResponseBase:
    """What is filtered, in the list's order, as a sheet."""
    filters = LedgerFilters(request.GET or None)
    refuse_unknown(request, {"sort", "page", *filters.fields})
    rows = filtered(filters).select_related(*CONNECTED)
    ordered = ordered_by(rows, SORTS, request.GET.get("sort") or "-date")
    return xlsx_response(ledger_sheet(ordered.iterator(2000), today(), filters.conditions()), LEDGER_NAME)


@allow("view")
@require_safe
def disbursement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Disbursement.objects.select_related(*CONNECTED, "returns", "voided_by"), pk=pk)
    returns = list(Disbursement.objects.live().filter(returns=row).order_by("paid_on", "pk"))
    context = {
        "row": row,
        "returns": returns,
        "left": returnable(row) if row.kind == LedgerKind.PAYMENT else None,
        "changes": changes(row),
        "log": log_line(row),
    }
    return render(request, "subsidies/disbursement_detail.html", context)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def disbursement_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Disbursement.objects.select_related(*CONNECTED), pk=pk)
    back = reverse("subsidies:disbursement_detail", args=[pk])
    try:
        return void_view(request, row, what=named(row), back=back, undo=void_row)
    except HasReturns:
        messages.error(request, "반납 기록이 있는 교부입니다. 반납 기록을 먼저 무효 처리하세요.")
        return redirect(back)


def named(row: Disbursement) -> str:
    """A row as a question names it."""
    return f"{korean_date(row.paid_on)} {row.recipient_name} {signed(row.shares.total)}원"
