"""Entering and correcting a payment, and what the page says while it is being typed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Office
from accounts.permissions import allow
from common.clock import today
from common.money import grouped
from subsidies.disbursing import OverBudget, record
from subsidies.forms.disbursement import DisbursementForm
from subsidies.models import SOURCES, Disbursement, LedgerKind

# Buttons that show the page again instead of saving it, for a browser without script.
LOOK = ("look", "find")
# What a link may fill in: /subsidies/disbursements/new/?program=1&recipient=enterprise:12
PREFILLED = ("program", "recipient", "award", "fiscal_year", "paid_on", "installment")


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def disbursement_new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        initial = {name: request.GET[name] for name in PREFILLED if name in request.GET}
        return page(request, DisbursementForm(initial=initial, today=today()))
    form = DisbursementForm(request.POST, today=today())
    if looks(request, form) or not saves(form):
        return page(request, form)
    row = form.instance
    messages.success(request, f"{row.recipient_name}에 {grouped(row.shares.total)}원을 기록했습니다.")
    if "again" in request.POST:
        same = {"program": row.program_id, "paid_on": row.paid_on.isoformat()}
        return redirect(f"{reverse('subsidies:disbursement_new')}?{urlencode(same)}")
    return redirect("subsidies:disbursement_detail", row.pk)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def disbursement_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = editable(pk)
    form = DisbursementForm(request.POST if request.method == "POST" else None, instance=row, today=today())
    if request.method != "POST" or looks(request, form) or not saves(form):
        return page(request, form)
    messages.success(request, "고친 내용을 저장했습니다.")
    return redirect("subsidies:disbursement_detail", row.pk)


@allow("edit_ledger")
@require_POST
def disbursement_preview(request: HttpRequest) -> HttpResponse:
    """The fragment beside the form: split, words, budget, doubts, sentence; saves nothing."""
    number = request.GET.get("row", "")
    row = editable(int(number)) if number.isdecimal() else None
    form = DisbursementForm(request.POST, instance=row, today=today())
    form.is_valid()
    faults = [
        (form.fields[name].label, fault)
        for name in ("paid_on", "amount")
        for fault in typed_faults(form, name)
    ]
    # Nobody has pressed save: the fields that come back with the fragment are not accused yet.
    form.errors.clear()
    changed = request.POST.get("changed", "")
    context = {"form": form, "row": row, "live": True, "changed": changed, "faults": faults, **shown(form)}
    return render(request, "subsidies/_preview.html", context)


def typed_faults(form: DisbursementForm, name: str) -> list[str]:
    """What is wrong with a field that something was typed into."""
    return [str(fault) for fault in form.errors.get(name, [])] if form[name].value() else []


def editable(pk: int) -> Disbursement:
    """A live payment; a return has a page of its own, since it mirrors its payment."""
    rows = Disbursement.objects.live().filter(kind=LedgerKind.PAYMENT)
    return get_object_or_404(
        rows.select_related("program", "enterprise", "entrustment", "contract", "award"), pk=pk
    )


def looks(request: HttpRequest, form: DisbursementForm) -> bool:
    """Whether the page was only asked to show itself again; reads the form so that it can."""
    return any(name in request.POST for name in LOOK) and (form.is_valid() or True)


def saves(form: DisbursementForm) -> bool:
    """Checks and writes in one transaction; False leaves the errors in the form."""
    with transaction.atomic():
        form.lock()
        if not form.is_valid():
            return False
        try:
            record(
                form.save(commit=False),
                warnings=form.outlook.warnings,
                blocks_over_budget=Office.current().blocks_over_budget,
            )
        except OverBudget as refusal:
            form.add_error("amount", str(refusal))
            return False
    return True


def page(request: HttpRequest, form: DisbursementForm) -> HttpResponse:
    row = form.instance if form.instance.pk else None
    return render(request, "subsidies/disbursement_form.html", {"form": form, "row": row, **shown(form)})


def shown(form: DisbursementForm) -> dict[str, Any]:
    """The outlook as its fragment reads it."""
    seen = form.outlook
    shares, budget, after = seen.shares, seen.budget, seen.left_after
    lines = [
        {
            "label": str(form.fields[name].label).removesuffix("(원)"),
            "percent": getattr(seen.ratio, name) if seen.ratio else None,
            "share": getattr(shares, name) if shares else None,
            "expected": getattr(seen.expected, name) if seen.expected else None,
            "left": getattr(budget.left, name) if budget and budget.registered else None,
            "after": getattr(after, name) if after else None,
            "field": form[name],
        }
        for name in SOURCES
    ]
    return {"seen": seen, "lines": lines, "choices": form.choices}
