"""목표: term, years, quarters of each indicator; every change is a version (관악구 구청장공약관리규칙 제865호)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.clock import today
from pledges.achievement import Plan
from pledges.editing import Change, Conflict, Period, mend_targets, save_targets, version_of
from pledges.forms.targets import MendedTargetsForm, TargetsForm
from pledges.models import Indicator, Pledge, Target
from pledges.target_checks import disagreements
from pledges.targets import in_force, period_label, plan, plans

from .editing import address, page, pledge_at

TAKEN = (
    "이 화면을 연 뒤 다른 사람이 이 지표의 목표를 먼저 고쳤습니다. 아직 아무것도 덮어쓰지 않았습니다. "
    "아래의 앞선 판을 확인한 뒤 다시 저장하십시오."
)


@dataclass(frozen=True)
class Row:
    """One indicator with its plan in force, what does not add up, and its versions."""

    indicator: Indicator
    plan: Plan
    quarters: dict[int, list[Decimal | None]]
    disagreements: list[str]
    versions: list[Version]


@dataclass(frozen=True)
class Version:
    """What one change set: its day, reason and ground, and the values by period."""

    valid_from: date
    target: Target
    values: list[tuple[str, Decimal | None]]


@allow("view")
@require_safe
def targets(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    rows = _rows(pledge)
    return page(request, "targets", pledge, "targets", rows=rows, years=list(pledge.term.years))


def _rows(pledge: Pledge) -> list[Row]:
    day = min(today(), pledge.term.ends_on)
    indicators = list(pledge.indicators.live())
    found = plans(indicators, day)
    versions: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.live().filter(indicator__in=indicators):
        versions[target.indicator_id].append(target)
    return [_row(row, found[row.pk], versions[row.pk]) for row in indicators]


def _row(indicator: Indicator, plan: Plan, targets: Sequence[Target]) -> Row:
    years = sorted({year for year, _ in plan.quarters})
    quarters = {year: [plan.quarters.get((year, number)) for number in (1, 2, 3, 4)] for year in years}
    wrong = disagreements(plan, indicator.aggregation)
    return Row(indicator, plan, quarters, wrong, versions_of(targets))


def versions_of(targets: Sequence[Target]) -> list[Version]:
    """The changes, newest first: targets of one day and one reason are one change."""
    groups: dict[tuple[date, str], list[Target]] = defaultdict(list)
    for target in targets:
        groups[target.valid_from, target.reason].append(target)
    return [
        Version(
            valid_from,
            group[0],
            [(period_label((row.year, row.quarter)), row.value) for row in _sorted(group)],
        )
        for (valid_from, _), group in sorted(groups.items(), reverse=True)
    ]


def _sorted(group: Sequence[Target]) -> list[Target]:
    return sorted(group, key=lambda row: (row.quarter is not None, row.year or 0, row.quarter or 0))


@allow("edit_targets")
@require_http_methods(["GET", "POST"])
def targets_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """All targets of one indicator; the periods that differ become a new version.

    Of a confirmed plan only what was copied wrongly is put right here; a change goes by procedure (제865호 규칙).
    """
    pledge = pledge_at(request, number)
    indicator = get_object_or_404(pledge.indicators.live().select_related("pledge__term"), pk=pk)
    mending = pledge.confirmed_plan and indicator.targets.live().exists()
    form = target_form(request, indicator, MendedTargetsForm if mending else TargetsForm)
    if request.method == "POST" and form.is_valid() and (saved := _save(request, indicator, form)):
        messages.success(request, f"‘{indicator.name}’의 목표 {saved}건을 저장했습니다.")
        return redirect(address("targets", pledge))
    versions = versions_of(list(indicator.targets.live()))
    context = {"form": form, "indicator": indicator, "versions": versions, "mending": mending}
    return page(request, "targets_edit", pledge, "targets", **context)


F = TypeVar("F", bound=TargetsForm)


def target_form(request: HttpRequest, indicator: Indicator, form_class: type[F]) -> F:
    """A grid of all targets of the indicator, as they hold at the term's end."""
    rows = list(indicator.targets.live())
    by_period: dict[Period, list[Target]] = defaultdict(list)
    for row in rows:
        by_period[row.year, row.quarter].append(row)
    day = indicator.pledge.term.ends_on
    return form_class(
        request.POST or None,
        indicator=indicator,
        plan=plan(by_period, day),
        starts={period: in_force(found, day).valid_from for period, found in by_period.items()},
        version=version_of(rows),
    )


def _save(request: HttpRequest, indicator: Indicator, form: TargetsForm) -> int:
    data = form.cleaned_data
    try:
        if isinstance(form, MendedTargetsForm):
            values, why = form.changed_values, data["reason"]
            return mend_targets(indicator, values, why, data["version"], request.user)
        how = Change(data["valid_from"], data["reason"], data["ground"], data["panel_on"], data["notice_on"])
        return save_targets(indicator, form.changed_values, how, data["version"], request.user)
    except Conflict:
        form.tell_conflict(version_of(indicator.targets.live()), TAKEN)
        return 0
