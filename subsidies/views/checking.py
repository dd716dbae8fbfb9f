"""확인 처리: somebody has looked into the warnings that a record was saved with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.permissions import allow
from common.clock import today
from subsidies.disbursing import mark_checked
from subsidies.models import Award, Disbursement
from subsidies.models.checking import Checkable


@allow("edit_ledger")
@require_POST
def disbursement_check(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request, get_object_or_404(Disbursement.objects.live(), pk=pk))
    return redirect("subsidies:disbursement_detail", pk)


@allow("edit_ledger")
@require_POST
def award_check(request: HttpRequest, pk: int) -> HttpResponse:
    _check(request, get_object_or_404(Award.objects.live(), pk=pk))
    return redirect("subsidies:award_detail", pk)


def _check(request: HttpRequest, row: Checkable) -> None:
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, "확인한 내용을 한 줄 적어야 합니다.")
        return
    mark_checked(row, today(), reason)
    messages.success(request, "확인 처리했습니다.")
