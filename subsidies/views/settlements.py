"""정산·반납: what recipients spent, what is to come back, what went back to the state and the city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.clock import today
from common.listing import FilterForm, listed, ordered_by, refuse_unknown, spelled_like
from common.models import KeptQuerySet
from common.voiding import void_view
from documents.responses import xlsx_response
from enterprises.models import Enterprise
from subsidies.exports import settlements_sheet, upward_sheet
from subsidies.forms.fields import YearFilter
from subsidies.forms.settlements import SettlementForm, UpwardReturnForm
from subsidies.models import Award, Disbursement, Entrustment, LedgerKind, Settlement, UpwardReturn
from subsidies.views.pages import form_page, posted

SORTS = {
    "year": ("year", "settled_on"),
    "settled": ("settled_on",),
    "due": ("refund_due",),
    "granted": ("granted",),
}
LATEST = "-year"
SUMS = ("granted", "spent", "disallowed", "refund_due", "returned", "interest")
UPWARD_SUMS = ("amount", "interest")
CONNECTED = ("award__enterprise", "award__program", "entrustment__program")


class SettlementFilters(FilterForm):
    q = forms.CharField(label="검색", widget=forms.SearchInput(attrs={"placeholder": "기업·협약·사업"}))
    year = YearFilter()
    void = forms.BooleanField(label="무효 포함")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["year"]
        years.offer(self.data.get("year", ""), Settlement.objects.all(), UpwardReturn.objects.all())


def filtered(filters: SettlementFilters) -> KeptQuerySet:
    chosen = filters.chosen()
    rows = Settlement.objects.all() if chosen.get("void") else Settlement.objects.live()
    if "q" in chosen:
        firms, trusts = Enterprise.objects.search(chosen["q"]), Entrustment.objects.search(chosen["q"])
        rows = rows.filter(Q(award__enterprise__in=firms) | Q(entrustment__in=trusts))
    return rows.filter(year=chosen["year"]) if "year" in chosen else rows


def with_returned(rows: KeptQuerySet) -> KeptQuerySet:
    """Annotates ``returned``: won that the ledger says came back of what was settled (positive)."""
    back = Disbursement.objects.live().exclude(kind=LedgerKind.PAYMENT).filter(fiscal_year=OuterRef("year"))
    same = Q(award__isnull=False, award=OuterRef("award")) | Q(entrustment=OuterRef("entrustment"))
    total = back.filter(same).order_by().values("fiscal_year").annotate(total=-Sum("amount")).values("total")
    return rows.annotate(returned=Coalesce(Subquery(total), 0))


@allow("view")
@require_safe
def settlement_list(request: HttpRequest) -> HttpResponse:
    filters = SettlementFilters(request.GET or None)
    rows = with_returned(filtered(filters))
    shown = rows.select_related(*CONNECTED)
    listing = listed(request, shown, SORTS, default=LATEST, filters=filters)
    upward = upward_returns(filters)
    context = {
        "filters": filters,
        "listing": listing,
        "totals": added(rows.live(), SUMS),
        "upward": upward.select_related("program"),
        "upward_totals": added(upward.live(), UPWARD_SUMS),
    }
    return render(request, "subsidies/settlement_list.html", context)


def added(rows: KeptQuerySet, names: Sequence[str]) -> dict[str, int]:
    """Won of each of ``names`` over ``rows``."""
    # Under the name of an annotation (``returned``) a sum would add up itself.
    sums = rows.order_by().aggregate(**{f"sum_{name}": Sum(name, default=0) for name in names})
    return {name: sums[f"sum_{name}"] for name in names}


@allow("export")
@require_safe
def settlement_xlsx(request: HttpRequest) -> HttpResponseBase:
    """What is filtered: the settlements in the list's order, and what went back upward."""
    filters = SettlementFilters(request.GET or None)
    refuse_unknown(request, {"sort", "page", *filters.fields})
    rows = with_returned(filtered(filters)).select_related(*CONNECTED)
    ordered = ordered_by(rows, SORTS, request.GET.get("sort") or LATEST)
    asked = today(), filters.conditions()
    upward = upward_returns(filters).select_related("program")
    return xlsx_response([settlements_sheet(ordered, *asked), upward_sheet(upward, *asked)], "정산·반납")


def upward_returns(filters: SettlementFilters) -> KeptQuerySet:
    """What went back to the state and the city, by the same filters; a search looks at the programme's name."""
    chosen = filters.chosen()
    rows = UpwardReturn.objects.all() if chosen.get("void") else UpwardReturn.objects.live()
    rows = rows.filter(spelled_like(chosen["q"], "program__name")) if "q" in chosen else rows
    return rows.filter(year=chosen["year"]) if "year" in chosen else rows


def prefilled(request: HttpRequest) -> dict[str, object]:
    """``?award=3`` or ``?entrustment=2&year=2023``: what was handed out, for a start."""
    found: dict[str, object] = {"year": today().year - 1}
    for name, model in (("award", Award), ("entrustment", Entrustment)):
        number = request.GET.get(name, "")
        row = model.objects.live().filter(pk=int(number)).first() if number.isdecimal() else None
        if row is None:
            continue
        year = request.GET.get("year", "")
        found["year"] = int(year) if year.isdecimal() else getattr(row, "year", found["year"])
        paid = Disbursement.objects.live().filter(**{name: row}, fiscal_year=found["year"]).totals()["amount"]
        found |= {name: row.pk, "granted": paid}
    return found


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def settlement_new(request: HttpRequest) -> HttpResponse:
    form = SettlementForm(posted(request), initial=prefilled(request))
    back = reverse("subsidies:settlement_list")
    return form_page(request, form, title="정산 입력", parent="정산·반납", back=back)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def settlement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Settlement.objects.live(), pk=pk)
    form = SettlementForm(posted(request), instance=row)
    back = reverse("subsidies:settlement_list")
    return form_page(request, form, title="정산 고치기", parent="정산·반납", back=back)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def settlement_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Settlement.objects.select_related("award__enterprise", "award__program"), pk=pk)
    return void_view(request, row, what=f"{row} 정산", back=reverse("subsidies:settlement_list"))


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def upward_new(request: HttpRequest) -> HttpResponse:
    form = UpwardReturnForm(posted(request), initial={"year": today().year - 1, "on": today()})
    back = reverse("subsidies:settlement_list")
    return form_page(request, form, title="국·시비 반납 입력", parent="정산·반납", back=back)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def upward_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(UpwardReturn.objects.live(), pk=pk)
    form = UpwardReturnForm(posted(request), instance=row)
    back = reverse("subsidies:settlement_list")
    return form_page(request, form, title="국·시비 반납 고치기", parent="정산·반납", back=back)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def upward_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(UpwardReturn.objects.select_related("program"), pk=pk)
    return void_view(request, row, what=f"{row} 국·시비 반납", back=reverse("subsidies:settlement_list"))
