"""계획(안), its confirmation, changes by procedure, and taking a pledge over into a new term."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import View, allow, can, refusal
from common.clock import now, today
from pledges import planning
from pledges.forms.plans import (
    CopyForm,
    PlanDecisionForm,
    Procedure,
    TargetChangeForm,
    TextChangeForm,
    WeightChangeForm,
)
from pledges.models import ChangeKind, PlanChange, Pledge, RequestState
from pledges.views.editing import address, page, pledge_at
from pledges.views.targets import target_form


@require_safe
@allow("view")
def plan(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the plan is confirmed, and every change of it, newest first."""
    pledge = pledge_at(request, number)
    rows = PlanChange.objects.live().filter(pledge=pledge).select_related("indicator", "section")
    unready = [] if pledge.confirmed_plan else planning.unready(pledge, today())
    return page(request, "plan", pledge, "plan", rows=rows, unready=unready)


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


def of_confirmed(view: View) -> View:
    """A draft is changed without procedure: its pages of a change lead to the plan, which says so."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str, **rest: Any) -> HttpResponseBase:
        pledge = pledge_at(request, number)
        if not pledge.confirmed_plan:
            messages.info(request, "아직 계획(안)입니다. 절차 없이 바로 고치면 됩니다.")
            return redirect(address("plan", pledge))
        return view(request, number, **rest)

    return guarded


@require_safe
@allow("edit_pledge")
def change_new(request: HttpRequest, number: str) -> HttpResponse:
    """What can be changed by procedure: the targets of an indicator, the weights, a text."""
    pledge = pledge_at(request, number)
    context = {"indicators": pledge.indicators.live(), "sections": pledge.sections.live()}
    return page(request, "plan_changes", pledge, "plan", **context)


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
@of_confirmed
def target_change(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The targets of one indicator as they are to be, with the procedure."""
    pledge = pledge_at(request, number)
    indicator = get_object_or_404(pledge.indicators.live().select_related("pledge__term"), pk=pk)
    form = target_form(request, indicator, TargetChangeForm)
    if request.method == "POST" and form.is_valid():
        values = planning.target_values(indicator, form.plan, form.changed_values)
        return _ask(request, pledge, ChangeKind.TARGET, values, form, indicator=indicator)
    return page(request, "plan_targets", pledge, "plan", form=form, indicator=indicator)


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
@of_confirmed
def weight_change(request: HttpRequest, number: str) -> HttpResponse:
    """The weights of all indicators as they are to be, with the procedure."""
    pledge = pledge_at(request, number)
    indicators = list(pledge.indicators.live())
    form = WeightChangeForm(request.POST or None, indicators=indicators, term=pledge.term)
    if request.method == "POST" and form.is_valid():
        return _ask(request, pledge, ChangeKind.WEIGHT, planning.weight_values(form.changed_weights), form)
    return page(request, "plan_weights", pledge, "plan", form=form)


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
@of_confirmed
def text_change(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A section's text as it is to be, with the procedure."""
    pledge = pledge_at(request, number)
    section = get_object_or_404(pledge.sections.live().select_related("pledge__term"), pk=pk)
    form = TextChangeForm(request.POST or None, section=section)
    if request.method == "POST" and form.is_valid():
        values = planning.text_values(section, form.cleaned_data["body"])
        return _ask(request, pledge, ChangeKind.TEXT, values, form, section=section)
    return page(request, "plan_text", pledge, "plan", form=form, section=section)


def _ask(
    request: HttpRequest,
    pledge: Pledge,
    kind: str,
    values: list[dict[str, Any]],
    form: Procedure,
    **subject: Any,
) -> HttpResponse:
    """Keeps the change until the coordinator decides."""
    user: Any = request.user
    row = PlanChange(pledge=pledge, kind=kind, values=values, asked_by=user, **form.stated, **subject)
    row.full_clean()
    row.save()
    messages.success(request, "변경을 신청했습니다. 총괄부서가 승인하면 적용됩니다.")
    return redirect(reverse("pledges:plan_change", args=[row.pk]))


@require_http_methods(["GET", "POST"])
@allow("view")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One change with its ground and its approval; the coordinator decides."""
    rows = PlanChange.objects.select_related("pledge__term", "indicator", "section", "asked_by", "decided_by")
    row = get_object_or_404(rows, pk=pk)
    may = can(request.user, "approve_change") and row.state == RequestState.ASKED and not row.is_void
    form = PlanDecisionForm(request.POST or None)
    if request.method == "POST" and may and form.is_valid():
        return _decide(request, row, form.cleaned_data["decision"])
    if request.method == "POST" and not may:
        if not can(request.user, "approve_change"):
            raise PermissionDenied(refusal("approve_change"))
        messages.warning(request, "다른 사람이 먼저 결정했습니다.")
        return redirect(reverse("pledges:plan_change", args=[row.pk]))
    moves_rates = row.state != RequestState.REFUSED and row.kind != ChangeKind.TEXT
    day = min(today(), row.pledge.term.ends_on)
    context = {
        "row": row,
        "form": form,
        "may": may,
        "bases": planning.bases(row, day) if moves_rates else [],
        "missing": planning.missing_steps(row, today()) if row.state == RequestState.ASKED else [],
    }
    return page(request, "plan_decision", row.pledge, "plan", **context)


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
        made = planning.copy_pledge(pledge, form.cleaned_data["goal"], form.cleaned_data["number"], today())
        messages.success(
            request,
            f"{made.term}의 계획(안)으로 복사했습니다. "
            "앞 임기의 글과 담당을 고치고, 목표와 총사업비를 적은 뒤 확정하세요.",
        )
        return redirect(address("edit", made))
    return render(request, "pledges/edit/plan_copy.html", {"pledge": pledge, "here": "plan", "form": form})
