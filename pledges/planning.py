"""계획(안) → 확정, changes of a confirmed plan by procedure, and a pledge taken over from the term before.

[rule: 관악구 구청장공약관리규칙 제865호, 2024-06-13; DOMAIN §3.13]
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from common.editing import locked
from common.fields import plain
from pledges.editing import Change, save_targets, version_of
from pledges.models import ChangeKind, Goal, Indicator, PlanChange, Pledge, RequestState, Section
from pledges.targets import plans

# What a new term's pledge takes over from the one before; money, status and results begin anew.
HEADER = (
    *(
        "title",
        "summary",
        "department",
        "nature",
        "completion",
        "central_help",
        "central_help_needed",
        "host",
    ),
    *("cost_unit", "execution_unit", "support_unit", "unit_decimals", "center", "committee"),
    *("shows_register", "section_numbers", "position"),
)
LINKS = ("programs", "program_groups", "markets", "spaces")
INDICATOR = ("no", "plan", "name", "unit", "weight", "aggregation", "measure", "counting_rule", "note")
SECTION = ("kind", "heading", "body", "shows_programs", "position")


class NotNow(Exception):
    """Why the plan cannot be confirmed or the change not decided, in Korean."""


@transaction.atomic
def confirm_plan(pledge: Pledge, on: date) -> None:
    """계획 확정: from now on the card prints its results, and changes go by procedure. NotNow if not ready."""
    row: Any = locked(pledge)
    if row.confirmed_plan:
        raise NotNow("이미 확정한 계획입니다.")
    indicators = list(row.indicators.live())
    found = plans(indicators, max(on, row.term.starts_on))
    missing = [indicator.name for indicator in indicators if found[indicator.pk].term is None]
    if not indicators or missing:
        raise NotNow(
            f"임기 목표가 없는 지표가 있습니다: {', '.join(missing)}." if missing else "확인지표가 없습니다."
        )
    weights = sum(indicator.weight or 0 for indicator in indicators)
    if weights != 100:
        raise NotNow(f"전체사업 대비비율의 합이 {weights:f}입니다. 100으로 맞추고 확정하세요.")
    row.confirmed_plan, row.revision, row._change_reason = True, row.revision + 1, "계획 확정"
    row.save()


def current_value(change: PlanChange, on: date) -> str:
    """What the change would replace, in words; empty for a text."""
    if change.indicator is None:
        return ""
    if change.kind == ChangeKind.WEIGHT:
        return _said(change.indicator.weight)
    plan = plans([change.indicator], on)[change.indicator.pk]
    if change.year is None:
        return _said(plan.term)
    if change.quarter is None:
        return _said(plan.years.get(change.year))
    return _said(plan.quarters.get((change.year, change.quarter)))


def _said(value: Any) -> str:
    return "-" if value is None else plain(value)


@transaction.atomic
def approve(change: PlanChange, user: User, at: datetime, decision: str) -> None:
    """Approves the change and puts a target or weight into force. NotNow if somebody decided before."""
    row = _open(change)
    if row.kind == ChangeKind.TARGET:
        _new_target(row, user)
    elif row.kind == ChangeKind.WEIGHT:
        _new_weight(row)
    _decide(row, RequestState.APPROVED, user, at, decision)


@transaction.atomic
def refuse(change: PlanChange, user: User, at: datetime, decision: str) -> None:
    """Leaves the plan as it is, with the reason."""
    _decide(_open(change), RequestState.REFUSED, user, at, decision)


def _open(change: PlanChange) -> PlanChange:
    row: PlanChange = locked(change)
    if row.state != RequestState.ASKED or row.is_void:
        raise NotNow("다른 사람이 먼저 결정했습니다.")
    return row


def _new_target(row: PlanChange, user: User) -> None:
    indicator = row.indicator
    assert indicator is not None
    how = Change(row.valid_from, row.reason, row.ground, row.panel_on, row.notice_on)
    version = version_of(indicator.targets.live())
    save_targets(indicator, {(row.year, row.quarter): row.value}, how, version, user)


def _new_weight(row: PlanChange) -> None:
    indicator: Any = locked(row.indicator) if row.indicator else None
    indicator.weight, indicator.revision = row.value, indicator.revision + 1
    indicator._change_reason = f"계획 변경: {row.reason}"[:100]
    indicator.save()


def _decide(row: PlanChange, state: str, user: User, at: datetime, decision: str) -> None:
    row.state, row.decided_by, row.decided_at, row.decision = state, user, at, decision
    row.revision += 1
    row.save()


@transaction.atomic
def copy_pledge(source: Pledge, goal: Goal, number: str) -> Pledge:
    """A 계획(안) of ``goal``'s term made from an earlier pledge: head, sections, indicators, what it names.

    Targets, results, money and status are not taken over: they belong to the term they were made in.
    """
    copy = Pledge(term=goal.term, goal=goal, number=number, confirmed_plan=False)
    for name in HEADER:
        setattr(copy, name, getattr(source, name))
    copy.save()
    for name in LINKS:
        getattr(copy, name).set(getattr(source, name).all())
    for section in source.sections.live():
        Section(pledge=copy, **{name: getattr(section, name) for name in SECTION}).save()
    for indicator in source.indicators.live():
        Indicator(pledge=copy, **{name: getattr(indicator, name) for name in INDICATOR}).save()
    return copy
