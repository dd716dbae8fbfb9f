"""Returns of payments: recording one, correcting one."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.permissions import allow
from common.clock import today
from common.editing import locked
from common.money import grouped
from subsidies.forms.refund import RefundForm
from subsidies.models import Disbursement, LedgerKind
from subsidies.refunds import return_kind
from subsidies.views.pages import posted

CONNECTED = ("program", "enterprise", "entrustment", "contract", "award")


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def disbursement_refund(request: HttpRequest, pk: int) -> HttpResponse:
    payments = Disbursement.objects.live().filter(kind=LedgerKind.PAYMENT)
    payment = get_object_or_404(payments.select_related(*CONNECTED), pk=pk)
    return _page(request, payment, None)


@allow("edit_ledger")
@require_http_methods(["GET", "POST"])
def return_edit(request: HttpRequest, pk: int) -> HttpResponse:
    returns = Disbursement.objects.live().filter(returns__isnull=False)
    row = get_object_or_404(returns.select_related(*CONNECTED), pk=pk)
    payment = Disbursement.objects.select_related(*CONNECTED).get(pk=row.returns_id)
    return _page(request, payment, row)


def _page(request: HttpRequest, payment: Disbursement, row: Disbursement | None) -> HttpResponse:
    form = RefundForm(posted(request), payment=payment, instance=row, today=today())
    looks = "look" in request.POST
    if request.method == "POST" and not looks and _saves(form):
        back = form.instance
        messages.success(
            request, f"{back.get_kind_display()} {grouped(-back.shares.total)}원을 기록했습니다."
        )
        return redirect("subsidies:disbursement_detail", back.pk)
    if looks:
        _forgive_missing(form)
    context = {
        "form": form,
        "payment": payment,
        "row": row,
        "left": form.left,
        "kind": return_kind(payment.fiscal_year, form.day) if form.day else None,
        "proposal": form.proposal,
    }
    return render(request, "subsidies/disbursement_refund.html", context)


def _saves(form: RefundForm) -> bool:
    """Checks and writes under the payment's lock, so that two returns cannot exceed it."""
    with transaction.atomic():
        locked(form.payment)
        form.lock()
        if not form.is_valid():
            return False
        form.save()
    return True


def _forgive_missing(form: RefundForm) -> None:
    """Who only looks need not have filled in everything."""
    for name, faults in form.errors.as_data().items():
        if all(fault.code == "required" for fault in faults):
            del form.errors[name]
