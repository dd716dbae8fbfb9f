"""민간위탁 협약 and 용역 계약: lists, details with payments and deadlines, entry, voiding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.clock import today
from common.history import changes
from common.listing import FilterForm, listed, ordered_by, refuse_unknown
from common.voiding import void_view
from documents.responses import xlsx_response
from subsidies.agreements import instalment_lines, with_paid
from subsidies.deadlines import entrustment_deadlines, rules_in_force
from subsidies.exports import CONTRACTS_NAME, ENTRUSTMENTS_NAME, contracts_sheet, entrustments_sheet
from subsidies.forms.agreements import EntrustmentForm, InstalmentForm, ServiceContractForm
from subsidies.models import Disbursement, Entrustment, Instalment, ServiceContract
from subsidies.models.contracts import ContractQuerySet
from subsidies.views.pages import form_page, posted, void_unused_page

SORTS = {
    "start": ("starts_on", "signed_on"),
    "signed": ("signed_on",),
    "title": ("title",),
    "amount": ("amount",),
}
LATEST, NEWEST = "-start", "-signed"


class AgreementFilters(FilterForm):
    q = forms.CharField(label="검색", widget=forms.SearchInput(attrs={"placeholder": "이름·상대"}))
    void = forms.BooleanField(label="무효 포함")


def filtered(model: type[Entrustment] | type[ServiceContract], filters: AgreementFilters) -> ContractQuerySet:
    chosen = filters.chosen()
    rows = model.objects.all() if chosen.get("void") else model.objects.live()
    return rows.search(chosen["q"]) if "q" in chosen else rows


@allow("view")
@require_safe
def entrustment_list(request: HttpRequest) -> HttpResponse:
    return render(
        request, "subsidies/entrustment_list.html", _listing(request, Entrustment, "entrustment", LATEST)
    )


@allow("export")
@require_safe
def entrustment_xlsx(request: HttpRequest) -> HttpResponseBase:
    """What is filtered, in the list's order, as a sheet."""
    rows, filters = _sheet_rows(request, Entrustment, "entrustment", LATEST)
    return xlsx_response(entrustments_sheet(rows, today(), filters.conditions()), ENTRUSTMENTS_NAME)


def totals(rows: ContractQuerySet, field: str) -> dict[str, int]:
    """Won agreed and paid under the live rows; ``field`` is their name in the ledger."""
    live = rows.live()
    paid = Disbursement.objects.live().filter(**{f"{field}__in": live}).totals()["amount"]
    return {"amount": live.aggregate(all=Sum("amount", default=0))["all"], "paid": paid}


def _listing(request: HttpRequest, model: Any, field: str, default: str) -> dict[str, Any]:
    """One page of what is filtered, with the totals of all of it."""
    filters = AgreementFilters(request.GET or None)
    rows = filtered(model, filters)
    related = ("program", "center") if model is Entrustment else ("program",)
    shown = with_paid(rows, field).select_related(*related)
    listing = listed(request, shown, SORTS, default=default, filters=filters)
    return {"filters": filters, "listing": listing, "totals": totals(rows, field)}


def _sheet_rows(request: HttpRequest, model: Any, field: str, default: str) -> tuple[Any, AgreementFilters]:
    """All that is filtered, in the list's order."""
    filters = AgreementFilters(request.GET or None)
    refuse_unknown(request, {"sort", "page", *filters.fields})
    rows = with_paid(filtered(model, filters), field)
    return ordered_by(rows, SORTS, request.GET.get("sort") or default), filters


@allow("view")
@require_safe
def entrustment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Entrustment.objects.select_related("program", "center", "voided_by"), pk=pk)
    payments = list(
        row.disbursements.live().select_related("program", "entrustment").order_by("paid_on", "pk")
    )
    for payment in payments:
        payment.entrustment = row
    instalments = list(row.instalments.live())
    context = {
        "row": row,
        "payments": payments,
        "paid": sum(payment.amount for payment in payments),
        "lines": instalment_lines(instalments, payments),
        "deadlines": sorted(due for _, due in entrustment_deadlines(row, rules_in_force())),
        "settlements": row.settlements.live(),
        "today": today(),
        "changes": changes(row, *instalments),
    }
    return render(request, "subsidies/entrustment_detail.html", context)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def entrustment_new(request: HttpRequest) -> HttpResponse:
    back = reverse("subsidies:entrustment_list")
    return form_page(
        request, EntrustmentForm(posted(request)), title="협약 입력", parent="민간위탁", back=back
    )


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def entrustment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Entrustment.objects.live(), pk=pk)
    back = reverse("subsidies:entrustment_detail", args=[pk])
    form = EntrustmentForm(posted(request), instance=row)
    return form_page(request, form, title="협약 고치기", parent=row.title, back=back)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def entrustment_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Entrustment, pk=pk)
    return void_unused_page(
        request, row, what=row.title, back=reverse("subsidies:entrustment_detail", args=[pk])
    )


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def instalment_new(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk`` is the entrustment."""
    row = get_object_or_404(Entrustment.objects.live(), pk=pk)
    form = InstalmentForm(posted(request), entrustment=row, initial={"year": today().year})
    back = reverse("subsidies:entrustment_detail", args=[pk])
    return form_page(request, form, title="차수 더하기", parent=row.title, back=back)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def instalment_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Instalment, pk=pk)
    back = reverse("subsidies:entrustment_detail", args=[row.entrustment_id])
    return void_view(request, row, what=f"{row} 예정", back=back)


@allow("view")
@require_safe
def contract_list(request: HttpRequest) -> HttpResponse:
    return render(
        request, "subsidies/contract_list.html", _listing(request, ServiceContract, "contract", NEWEST)
    )


@allow("export")
@require_safe
def contract_xlsx(request: HttpRequest) -> HttpResponseBase:
    """What is filtered, in the list's order, as a sheet."""
    rows, filters = _sheet_rows(request, ServiceContract, "contract", NEWEST)
    return xlsx_response(contracts_sheet(rows, today(), filters.conditions()), CONTRACTS_NAME)


@allow("view")
@require_safe
def contract_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ServiceContract.objects.select_related("program", "voided_by"), pk=pk)
    payments = list(row.disbursements.live().select_related("program", "contract").order_by("paid_on", "pk"))
    paid = sum(payment.amount for payment in payments)
    context = {
        "row": row,
        "payments": payments,
        "paid": paid,
        "left": row.amount - paid if row.amount is not None else None,
        "changes": changes(row),
    }
    return render(request, "subsidies/contract_detail.html", context)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def contract_new(request: HttpRequest) -> HttpResponse:
    back = reverse("subsidies:contract_list")
    return form_page(
        request, ServiceContractForm(posted(request)), title="계약 입력", parent="용역 계약", back=back
    )


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def contract_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ServiceContract.objects.live(), pk=pk)
    back = reverse("subsidies:contract_detail", args=[pk])
    form = ServiceContractForm(posted(request), instance=row)
    return form_page(request, form, title="계약 고치기", parent=row.title, back=back)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def contract_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ServiceContract, pk=pk)
    return void_unused_page(
        request, row, what=row.title, back=reverse("subsidies:contract_detail", args=[pk])
    )
