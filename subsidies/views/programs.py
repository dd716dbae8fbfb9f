"""사업: ratios, budgets, receipts, execution and balance; the support table's openings and what itemises them."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow, can
from common.clock import today
from common.history import changes
from common.listing import FilterForm, refuse_unknown, spelled_like
from common.money import grouped
from common.voiding import void_view
from documents.responses import xlsx_response
from subsidies.balances import Balance, balances
from subsidies.exports import PROGRAMS_NAME, programs_sheet
from subsidies.forms.programs import BudgetForm, RatioForm, ReceiptForm
from subsidies.models import Budget, Disbursement, Program, ProgramYear, Receipt
from subsidies.support import support_table
from subsidies.views.openings import opening_rows
from subsidies.views.pages import form_page, posted, void_unused_page


class ProgramFilters(FilterForm):
    q = forms.CharField(label="검색", widget=forms.SearchInput(attrs={"placeholder": "사업·주관"}))
    year = forms.TypedChoiceField(label="회계연도", coerce=int, empty_value=None)

    def __init__(self, data: Mapping[str, str], this_year: int) -> None:
        asked = data.get("year") or ""
        # Another year than those with ratios may be asked for: that is where the first is registered.
        self.shown = int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
        super().__init__({**data, "year": self.shown})
        known = ProgramYear.objects.live().order_by().values_list("year", flat=True).distinct()
        years = sorted({*known, self.shown, this_year}, reverse=True)
        self.fields["year"].choices = [(year, f"{year}년") for year in years]  # type: ignore[attr-defined]


def filtered(filters: ProgramFilters) -> list[Balance]:
    """Budget and execution of the chosen year, programme by programme."""
    programs = Program.objects.filter(active=True).select_related("group")
    if "q" in filters.chosen():
        programs = programs.filter(spelled_like(filters.chosen()["q"], "name", "host"))
    return balances(programs, [filters.shown])


@allow("export")
@require_safe
def program_xlsx(request: HttpRequest) -> HttpResponseBase:
    refuse_unknown(request, ProgramFilters.base_fields)
    filters = ProgramFilters(request.GET.dict(), today().year)
    return xlsx_response(programs_sheet(filtered(filters), today(), filters.conditions()), PROGRAMS_NAME)


@allow("view")
@require_safe
def program_list(request: HttpRequest) -> HttpResponse:
    refuse_unknown(request, ProgramFilters.base_fields)
    filters = ProgramFilters(request.GET.dict(), today().year)
    lines = filtered(filters)
    context = {
        "filters": filters,
        "lines": lines,
        "year": filters.shown,
        "budget": sum(line.budget.total for line in lines),
        "executed": sum(line.executed.total for line in lines),
        "left": sum(line.left.total for line in lines if line.registered),
    }
    return render(request, "subsidies/program_list.html", context)


@allow("view")
@require_safe
def program_detail(request: HttpRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(Program.objects.select_related("group"), pk=pk)
    ratios = list(ProgramYear.objects.live().filter(program=program).order_by("-year"))
    years = sorted({*(row.year for row in ratios), *program.awards.live().values_list("year", flat=True)})
    openings = opening_rows(program)
    table = support_table([program], {*years, *(row.opening.year for row in openings)}, today())
    of_years = {"program_year__program": program}
    context = {
        "program": program,
        "ratios": ratios,
        "balances": balances([program]),
        "budgets": Budget.objects.live().filter(**of_years).select_related("kind", "program_year"),
        "receipts": Receipt.objects.live().filter(**of_years).select_related("program_year"),
        "openings": openings,
        "can_edit": can(request.user, "edit_openings"),
        "support": [(row.year, row.cells[0]) for row in reversed(table)],
        "payments": _latest_payments(program),
        "changes": changes(program, *ratios, *(row.opening for row in openings)),
    }
    return render(request, "subsidies/program_detail.html", context)


def _latest_payments(program: Program) -> list[Disbursement]:
    rows = Disbursement.objects.live().filter(program=program)
    return list(rows.select_related("program", "enterprise", "entrustment", "contract")[:10])


def address(program: int) -> str:
    return reverse("subsidies:program_detail", args=[program])


@allow("edit_budgets")
@require_http_methods(["GET", "POST"])
def ratio_new(request: HttpRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(Program, pk=pk)
    form = RatioForm(
        posted(request), program=program, initial={"year": request.GET.get("year", today().year)}
    )
    return form_page(request, form, title="분담률 등록", parent=program.name, back=address(pk))


@allow("edit_budgets")
@require_http_methods(["GET", "POST"])
def ratio_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ProgramYear.objects.live().select_related("program"), pk=pk)
    form = RatioForm(posted(request), instance=row, program=row.program)
    note = "이미 저장한 교부의 재원은 바뀌지 않습니다. 앞으로 입력하는 교부부터 새 비율로 나눕니다."
    back = address(row.program_id)
    return form_page(
        request, form, title=f"{row.year}년 분담률", parent=row.program.name, back=back, note=note
    )


@allow("edit_budgets")
@require_http_methods(["GET", "POST"])
def ratio_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(ProgramYear.objects.select_related("program"), pk=pk)
    return void_unused_page(request, row, what=f"{row} 분담률", back=address(row.program_id))


@allow("edit_budgets")
@require_http_methods(["GET", "POST"])
def budget_new(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk`` is the ProgramYear that the row belongs to."""
    year = get_object_or_404(ProgramYear.objects.live().select_related("program"), pk=pk)
    form = BudgetForm(posted(request), year=year)
    back = f"{address(year.program_id)}#budgets"
    return form_page(request, form, title=f"{year.year}년 예산 더하기", parent=year.program.name, back=back)


@allow("edit_budgets")
@require_http_methods(["GET", "POST"])
def budget_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Budget.objects.select_related("kind", "program_year__program"), pk=pk)
    what = f"{row.program_year} {row.kind} {row.get_source_display()} {grouped(row.amount)}원"
    return void_view(request, row, what=what, back=address(row.program_year.program_id))


@allow("edit_budgets")
@require_http_methods(["GET", "POST"])
def receipt_new(request: HttpRequest, pk: int) -> HttpResponse:
    year = get_object_or_404(ProgramYear.objects.live().select_related("program"), pk=pk)
    form = ReceiptForm(posted(request), year=year)
    back = f"{address(year.program_id)}#receipts"
    return form_page(
        request, form, title=f"{year.year}년 내시·수령 더하기", parent=year.program.name, back=back
    )


@allow("edit_budgets")
@require_http_methods(["GET", "POST"])
def receipt_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Receipt.objects.select_related("program_year__program"), pk=pk)
    what = f"{row.program_year} {row.get_kind_display()} {row.get_source_display()} {grouped(row.amount)}원"
    return void_view(request, row, what=what, back=address(row.program_year.program_id))
