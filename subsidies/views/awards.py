"""교부결정: the list, one decision with what was paid under it, entry, correction, voiding."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.clock import today
from common.history import changes
from common.listing import FilterForm, listed, ordered_by, refuse_unknown
from common.money import grouped
from documents.responses import xlsx_response
from enterprises.forms.naming import firm_names
from subsidies.exports import AWARDS_NAME, awards_sheet
from subsidies.forms.awards import AwardForm
from subsidies.forms.fields import YearFilter
from subsidies.models import Award, Disbursement, Program
from subsidies.models.programs import AwardQuerySet
from subsidies.views.pages import form_page, posted, void_unused_page

SORTS = {
    "year": ("year", "decided_on"),
    "date": ("decided_on",),
    "program": ("program__position", "enterprise__name"),
    "enterprise": ("enterprise__name", "decided_on"),
    "amount": ("amount",),
}
PREFILLED = ("program", "enterprise", "year")


class AwardFilters(FilterForm):
    q = forms.CharField(label="검색", widget=forms.SearchInput(attrs={"placeholder": "기업명"}))
    year = YearFilter()
    program = forms.ModelChoiceField(
        Program.objects.filter(pays_enterprises=True), label="사업", empty_label="전체"
    )
    check = forms.BooleanField(label="확인 필요만")
    void = forms.BooleanField(label="무효 포함")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years: Any = self.fields["year"]
        years.offer(self.data.get("year", ""), Award.objects.all())


def filtered(filters: AwardFilters) -> AwardQuerySet:
    chosen = filters.chosen()
    rows = Award.objects.all() if chosen.get("void") else Award.objects.live()
    rows = rows.search(chosen["q"]) if "q" in chosen else rows
    rows = rows.unchecked() if chosen.get("check") else rows
    return rows.filter(**{name: chosen[name] for name in ("year", "program") if name in chosen})


def with_paid(rows: QuerySet[Award]) -> QuerySet[Award]:
    """Annotates ``paid``: net won handed out under each decision."""
    paid = Disbursement.objects.live().filter(award=OuterRef("pk")).order_by().values("award")
    return rows.annotate(paid=Coalesce(Subquery(paid.annotate(total=Sum("amount")).values("total")), 0))


@allow("view")
@require_safe
def award_list(request: HttpRequest) -> HttpResponse:
    filters = AwardFilters(request.GET or None)
    rows = filtered(filters)
    shown = with_paid(rows.select_related("program", "enterprise"))
    listing = listed(request, shown, SORTS, default="-year", filters=filters)
    live = rows.live().order_by()
    sums = {name: Sum(name, default=0) for name in ("amount", "headcount")}
    totals = live.aggregate(**sums, firms=Count("enterprise", distinct=True))
    totals["paid"] = Disbursement.objects.live().filter(award__in=live).totals()["amount"]
    context = {"filters": filters, "listing": listing, "totals": totals}
    return render(request, "subsidies/award_list.html", context)


@allow("export")
@require_safe
def award_xlsx(request: HttpRequest) -> HttpResponseBase:
    """What is filtered, in the list's order, as a sheet."""
    filters = AwardFilters(request.GET or None)
    refuse_unknown(request, {"sort", "page", *filters.fields})
    rows = filtered(filters).select_related("program", "enterprise")
    ordered = ordered_by(rows, SORTS, request.GET.get("sort") or "-year")
    return xlsx_response(awards_sheet(ordered.iterator(2000), today(), filters.conditions()), AWARDS_NAME)


@allow("view")
@require_safe
def award_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row: Any = get_object_or_404(
        with_paid(Award.objects.select_related("program", "enterprise", "voided_by")), pk=pk
    )
    context = {
        "row": row,
        "payments": row.disbursements.live().select_related(
            "program", "enterprise", "entrustment", "contract"
        ),
        "settlements": row.settlements.live(),
        "left": row.amount - row.paid,
        "changes": changes(row),
    }
    return render(request, "subsidies/award_detail.html", context)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def award_new(request: HttpRequest) -> HttpResponse:
    initial = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    form = AwardForm(posted(request), initial=initial)
    return award_page(request, form, "교부결정 입력", reverse("subsidies:award_list"))


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def award_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Award.objects.live().select_related("program", "enterprise"), pk=pk)
    form = AwardForm(posted(request), instance=row)
    return award_page(request, form, "교부결정 고치기", reverse("subsidies:award_detail", args=[pk]))


def award_page(request: HttpRequest, form: AwardForm, title: str, back: str) -> HttpResponse:
    return form_page(request, form, title=title, parent="교부결정", back=back, firms=firm_names())


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def award_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Award.objects.select_related("program", "enterprise"), pk=pk)
    what = f"{row.year}년 {row.program} {row.enterprise} {grouped(row.amount)}원"
    return void_unused_page(request, row, what=what, back=reverse("subsidies:award_detail", args=[pk]))
