"""정정 요청 and its decision: before and after side by side; and 마감 예외 for one person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import allow, can, refusal
from common.clock import now, today
from common.periods import Quarter
from common.voiding import void_view
from pledges import corrections, unlocking
from pledges.closing import CannotClose, latest_closing
from pledges.comparing import Difference
from pledges.forms.workflow import CorrectionForm, DecisionForm, GrantForm
from pledges.late import late_records
from pledges.models import CorrectionRequest, Pledge, RequestState, UnlockGrant
from pledges.quarters import closed_through, lock_of
from pledges.recounting import differing
from pledges.views.closings import quarter_at
from pledges.views.editing import address, pledge_at


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, number: str, year: int, quarter: int) -> HttpResponse:
    """A request to make one closed card anew, with what would change."""
    pledge, wanted = pledge_at(request, number), quarter_at(year, quarter)
    closing = latest_closing(pledge.term, wanted)
    back = f"{reverse('pledges:closings')}?term={pledge.term.name}"
    if closing is None:
        return _elsewhere(request, pledge, wanted, back)
    if standing := corrections.waiting(pledge, wanted):
        messages.info(request, f"{wanted} 정정은 이미 요청되어 결정을 기다립니다.")
        return redirect(reverse("pledges:correction", args=[standing.pk]))
    recounts = differing([pledge], wanted)
    form = CorrectionForm(request.POST or None, recounts=recounts)
    if request.method == "POST" and form.is_valid() and "look" not in request.POST:
        user: Any = request.user
        try:
            corrections.ask(pledge, wanted, user, now(), form.cleaned_data["reason"], form.taken)
        except CannotClose as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{wanted} 정정을 요청했습니다. 총괄부서가 승인하면 새 판이 됩니다.")
        return redirect(back)
    context = {
        "pledge": pledge,
        "quarter": wanted,
        "closing": closing,
        "form": form,
        "back": back,
        "recounts": recounts,
        "taken": form.taken,
        "differences": _preview(request, pledge, wanted, form.taken),
        "late": late_records(pledge, wanted),
        "later": corrections.closed_after(pledge.term, wanted),
    }
    return render(request, "pledges/closings/correction.html", context)


def _elsewhere(request: HttpRequest, pledge: Pledge, wanted: Quarter, back: str) -> HttpResponse:
    """An open quarter needs no correction; one before the first closing is corrected with it."""
    first = corrections.first_closed(pledge.term)
    if first is None or wanted > first:
        messages.error(request, f"{wanted}는 마감하지 않은 분기입니다. 기록을 바로 고치면 됩니다.")
        return redirect(back)
    messages.info(request, f"{wanted}는 첫 마감({first})에 들어 있습니다. 그 마감의 정정을 요청합니다.")
    return redirect(address("correction_new", pledge, first.year, first.number))


def _preview(request: HttpRequest, pledge: Pledge, quarter: Quarter, taken: list[int]) -> list[Difference]:
    user: Any = request.user
    return corrections.preview(pledge, quarter, user, now(), today(), taken)


@allow("view")
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The request with its before and after; the coordinator approves or refuses."""
    row = get_object_or_404(
        CorrectionRequest.objects.select_related("pledge__term", "asked_by", "closing"), pk=pk
    )
    may = can(request.user, "approve_change") and row.state == RequestState.ASKED and not row.is_void
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        return _decide(request, row, form.cleaned_data["decision"])
    if request.method == "POST" and not may:
        return _too_late(request, row)
    context = {
        "row": row,
        "form": form,
        "may": may,
        "later": corrections.closed_after(row.pledge.term, row.period),
    }
    return render(request, "pledges/closings/decision.html", context | _changes(request, row))


def _too_late(request: HttpRequest, row: CorrectionRequest) -> HttpResponse:
    if not can(request.user, "approve_change"):
        raise PermissionDenied(refusal("approve_change"))
    messages.warning(request, "다른 사람이 먼저 결정했습니다.")
    return redirect(reverse("pledges:correction", args=[row.pk]))


def _changes(request: HttpRequest, row: CorrectionRequest) -> dict[str, Any]:
    """What the approval would change; after it what it changed."""
    if row.state == RequestState.ASKED:
        return {
            "differences": _preview(request, row.pledge, row.period, row.take_counted),
            "recounts": differing([row.pledge], row.period),
            "taken": row.take_counted,
            "unconfirmed": corrections.unconfirmed(row.pledge, row.period),
        }
    return {"differences": corrections.version_changes(row.closing, row.pledge) if row.closing else []}


def _decide(request: HttpRequest, row: CorrectionRequest, decision: str) -> HttpResponse:
    user = request.user
    try:
        if "approve" in request.POST:
            closing = corrections.approve(row, user, now(), today(), decision)  # type: ignore[arg-type]
            messages.success(request, f"승인했습니다. {closing}이 되었고 앞 판은 그대로 볼 수 있습니다.")
        else:
            corrections.refuse(row, user, now(), decision)  # type: ignore[arg-type]
            messages.success(request, "승인하지 않았습니다. 마감한 카드는 그대로입니다.")
    except corrections.AlreadyDecided:
        messages.warning(request, "다른 사람이 먼저 결정했습니다.")
    return redirect(reverse("pledges:correction", args=[row.pk]))


@allow("approve_change")
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, number: str, year: int, quarter: int) -> HttpResponse:
    """마감 예외: the results of one closed quarter may be changed by one person for some days."""
    pledge, wanted = pledge_at(request, number), quarter_at(year, quarter)
    if (lock := lock_of(wanted, pledge.term, closed_through(pledge.term))).is_outside or not lock:
        messages.error(request, lock.reason or f"{wanted}는 마감하지 않은 분기입니다. 예외가 필요 없습니다.")
        return redirect(f"{reverse('pledges:closings')}?term={pledge.term.name}")
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        by: Any = request.user
        made = unlocking.grant(
            pledge, wanted, chosen["user"], by, now(), days=chosen["days"], reason=chosen["reason"]
        )
        messages.success(
            request, f"{made.user}에게 {wanted} 실적을 {chosen['days']}일 동안 고칠 수 있게 했습니다."
        )
        return redirect(f"{reverse('pledges:closings')}?term={pledge.term.name}")
    return render(request, "pledges/closings/grant.html", {"pledge": pledge, "quarter": wanted, "form": form})


@allow("approve_change")
@require_http_methods(["GET", "POST"])
def grant_void(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes 마감 예외 back before it runs out."""
    row = get_object_or_404(UnlockGrant.objects.live().select_related("term", "user"), pk=pk)
    back = f"{reverse('pledges:closings')}?term={row.term.name}"
    return void_view(request, row, what=f"마감 예외: {row}", back=back)
