"""계획(안), its confirmation, changes by procedure, and taking a pledge over into a new term."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import allow, can
from common.clock import now, today
from pledges import planning
from pledges.forms.plans import CopyForm, PlanChangeForm, PlanDecisionForm
from pledges.models import PlanChange, RequestState
from pledges.views.editing import address, page, pledge_at


@require_safe
@allow("view")
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the plan is confirmed, and every change of it, newest first."""
    pledge = pledge_at(request, number)
    rows = PlanChange.objects.live().filter(pledge=pledge).select_related("indicator", "asked_by", "decided_by")
    return page(request, "plan", pledge, "plan", rows=rows)


@require_POST
@allow("approve_change")
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    try:
        planning.confirm_plan(pledge, today())
        messages.success(request, "계획을 확정했습니다. 이제 목표·대비비율·내용은 변경 절차로 바꿉니다.")
    except planning.NotNow as error:
        messages.error(request, str(error))
    return redirect(address("plan", pledge))


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
def change_new(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    user: Any = request.user
    form = PlanChangeForm(request.POST or None, instance=PlanChange(pledge=pledge, asked_by=user))
    if request.method == "POST" and form.is_valid():
        form.instance.before = planning.current_value(form.instance, min(today(), pledge.term.ends_on))
        form.save()
        messages.success(request, "변경을 신청했습니다. 총괄부서가 승인하면 적용됩니다.")
        return redirect(address("plan", pledge))
    return page(request, "plan_change", pledge, "plan", form=form)


@require_http_methods(["GET", "POST"])
@allow("view")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change with its ground and its approval; the coordinator decides."""
    rows = PlanChange.objects.select_related("pledge__term", "indicator", "asked_by", "decided_by")
    row = get_object_or_404(rows, pk=pk)
    may = can(request.user, "approve_change") and row.state == RequestState.ASKED and not row.is_void
    form = PlanDecisionForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        return _decide(request, row, form.cleaned_data["decision"])
    return page(request, "plan_decision", row.pledge, "plan", row=row, form=form, may=may)


def _decide(request: HttpRequest, row: PlanChange, decision: str) -> HttpResponse:
    user: Any = request.user
    deed = planning.approve if "approve" in request.POST else planning.refuse
    try:
        deed(row, user, now(), decision)
        messages.success(request, "결정을 저장했습니다.")
    except planning.NotNow as error:
        messages.warning(request, str(error))
    return redirect(reverse("pledges:plan_change", args=[row.pk]))


@require_http_methods(["GET", "POST"])
@allow("add_pledge")
def copy(request: HttpRequest, number: str) -> HttpResponse:
    """A new term's 계획(안) from this pledge; its number can be another."""
    pledge = pledge_at(request, number)
    form = CopyForm(request.POST or None, source=pledge)
    if request.method == "POST" and form.is_valid():
        made = planning.copy_pledge(pledge, form.cleaned_data["goal"], form.cleaned_data["number"])
        messages.success(request, f"{made.term}의 계획(안)으로 복사했습니다. 목표를 적고 확정하세요.")
        return redirect(address("edit", made))
    return render(request, "pledges/edit/plan_copy.html", {"pledge": pledge, "here": "plan", "form": form})
