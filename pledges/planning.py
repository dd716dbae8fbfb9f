"""계획(안) → 확정, changes of a confirmed plan by procedure, and a pledge taken over from the term before.

[rule: 관악구 구청장공약관리규칙 제865호, 2024-06-13; DOMAIN §3.13]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction

from accounts.models import User
from common.editing import locked
from common.fields import plain
from common.periods import korean_date
from pledges.achievement import Plan, Weighed, overall
from pledges.editing import Change, Period, save_targets, version_of
from pledges.figures import IndicatorFigure, pledge_figures
from pledges.models import (
    ChangeKind,
    Goal,
    Indicator,
    IndicatorOpening,
    Measure,
    Officer,
    PlanChange,
    Pledge,
    RequestState,
    Section,
)
from pledges.targets import period_label, plans, value_of

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
OFFICER = ("role", "name", "phone", "user", "position")
SECTION = ("kind", "heading", "body", "shows_programs", "position")


class NotNow(Exception):
    """Why the plan cannot be confirmed or the change not decided, in Korean."""


@transaction.atomic
def confirm_plan(pledge: Pledge, on: date) -> None:
    """계획 확정: from now on the card prints its results, and changes go by procedure. NotNow if not ready."""
    row: Any = locked(pledge)
    if row.confirmed_plan:
        raise NotNow("이미 확정한 계획입니다.")
    if missing := unready(row, on):
        raise NotNow(f"아직 확정할 수 없습니다. {' '.join(missing)}")
    row.confirmed_plan, row.revision, row._change_reason = True, row.revision + 1, "계획 확정"
    row.save()


def unready(pledge: Pledge, on: date) -> list[str]:
    """What a plan lacks to be confirmed, in Korean; empty if it is ready."""
    indicators = list(pledge.indicators.live())
    if not indicators:
        return ["확인지표가 없습니다."]
    found = plans(indicators, max(on, pledge.term.starts_on))
    missing = [indicator.name for indicator in indicators if found[indicator.pk].term is None]
    weights = sum(indicator.weight or 0 for indicator in indicators)
    words = [f"임기 목표가 없는 지표: {', '.join(missing)}."] if missing else []
    if weights != 100:
        words.append(f"전체사업 대비비율의 합이 {plain(Decimal(weights))}입니다. 100으로 맞추고 확정하세요.")
    return words


def target_values(
    indicator: Indicator, plan: Plan, changed: Mapping[Period, Decimal | None]
) -> list[dict[str, Any]]:
    """The lines of a change of targets."""
    return [
        _line(period_label(period), _said(value_of(plan, period)), _said(value), indicator, period)
        for period, value in sorted(changed.items(), key=lambda item: _order(item[0]))
    ]


def weight_values(changed: Mapping[Indicator, Decimal | None]) -> list[dict[str, Any]]:
    """The lines of a change of weights."""
    return [
        _line(f"{indicator} 대비비율", _said(indicator.weight), _said(value), indicator)
        for indicator, value in changed.items()
    ]


def text_values(section: Section, body: str) -> list[dict[str, Any]]:
    """The one line of a change of text."""
    return [_line(str(section), section.body, body)]


def _line(
    place: str, before: str, after: str, indicator: Indicator | None = None, period: Period = (None, None)
) -> dict[str, Any]:
    key = indicator.pk if indicator else None
    return {"place": place, "before": before, "after": after,
            "indicator": key, "year": period[0], "quarter": period[1]}  # fmt: skip


def _order(period: Period) -> tuple[bool, int, int]:
    return period[1] is not None, period[0] or 0, period[1] or 0


def _said(value: Decimal | None) -> str:
    return "-" if value is None else plain(value)


def _read(text: str) -> Decimal | None:
    return None if text == "-" else Decimal(text.replace(",", ""))


def missing_steps(change: PlanChange, on: date) -> list[str]:
    """What the procedure asks for and is not there yet on the day ``on``, in Korean (제865호 규칙)."""
    steps = {"주민배심원 심의일": change.panel_on, "공고일": change.notice_on}
    words = [f"{label}이 없습니다." for label, day in steps.items() if day is None]
    words += [
        f"{label}이 아직 오지 않았습니다({korean_date(day)})."
        for label, day in steps.items()
        if day and day > on
    ]
    return words if change.opinion else [*words, "의견수렴이 없습니다."]


@transaction.atomic
def approve(change: PlanChange, user: User, at: datetime, decision: str) -> None:
    """Approves the change and puts it into force. NotNow if somebody decided it, or changed what it replaces."""
    row = _open(change)
    {ChangeKind.TARGET: _put_targets, ChangeKind.WEIGHT: _put_weights, ChangeKind.TEXT: _put_text}[
        ChangeKind(row.kind)
    ](row, user)
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


def _refuse_stale(now: str, row: dict[str, Any]) -> None:
    if now != row["before"]:
        words = f"신청한 뒤에 {row['place']}이(가) {row['before']}에서 {now}(으)로 바뀌었습니다."
        raise NotNow(f"{words} 불승인하고 다시 신청하게 하세요.")


def _refuse_gone(row: Any) -> None:
    if row.is_void:
        raise NotNow(f"신청한 뒤에 {row}이(가) 무효가 되었습니다. 불승인하고 다시 신청하게 하세요.")


def _put_targets(change: PlanChange, user: User) -> None:
    indicator: Any = change.indicator
    _refuse_gone(indicator)
    plan = plans([indicator], indicator.pledge.term.ends_on)[indicator.pk]
    values: dict[Period, Decimal | None] = {}
    for row in change.values:
        period = row["year"], row["quarter"]
        _refuse_stale(_said(value_of(plan, period)), row)
        values[period] = _read(row["after"])
    how = Change(change.valid_from, change.reason, change.ground, change.panel_on, change.notice_on)
    save_targets(indicator, values, how, version_of(indicator.targets.live()), user)


def _put_weights(change: PlanChange, user: User) -> None:
    for row in change.values:
        indicator: Any = locked(Indicator(pk=row["indicator"]))
        _refuse_gone(indicator)
        _refuse_stale(_said(indicator.weight), row)
        indicator.weight, indicator.revision = _read(row["after"]), indicator.revision + 1
        _save(indicator, user, f"계획 변경: {change.reason}")
    total = sum((row.weight or Decimal(0) for row in change.pledge.indicators.live()), Decimal(0))
    if total != 100:
        words = f"신청한 뒤에 확인지표가 바뀌어 대비비율의 합이 {plain(total)}이(가) 됩니다."
        raise NotNow(f"{words} 불승인하고 다시 신청하게 하세요.")


def _put_text(change: PlanChange, user: User) -> None:
    if change.section is None:
        return
    section: Any = locked(change.section)
    if section.is_void or section.body != change.values[0]["before"]:
        raise NotNow("신청한 뒤에 그 글이 바뀌었습니다. 불승인하고 다시 신청하게 하세요.")
    section.body, section.revision = change.values[0]["after"], section.revision + 1
    _save(section, user, f"계획 변경: {change.reason}")


def _save(row: Any, user: User, why: str) -> None:
    row._history_user, row._change_reason = user, why[:100]
    row.save()


def _decide(row: PlanChange, state: str, user: User, at: datetime, decision: str) -> None:
    row.state, row.decided_by, row.decided_at, row.decision = state, user, at, decision
    row.revision += 1
    row.save()


@dataclass(frozen=True)
class Basis:
    """One indicator on both bases, and the total: what a change of targets or weights does to the rates."""

    indicator: Indicator | None
    before: Fraction | None
    after: Fraction | None


def bases(change: PlanChange, on: date) -> list[Basis]:
    """The rates of the pledge on ``on`` by what the change replaces and by what it brings; the total last."""
    found = pledge_figures([change.pledge], on)[0]
    lines = [[_weighed(figure, change, side) for figure in found.indicators] for side in ("before", "after")]
    cap = change.pledge.term.caps_at_100
    rows = [
        Basis(figure.indicator, old.rate, new.rate)
        for figure, old, new in zip(found.indicators, *lines, strict=True)
        if any(row["indicator"] == figure.indicator.pk for row in change.values)
    ]
    return [*rows, Basis(None, overall(lines[0], cap).rate, overall(lines[1], cap).rate)]


def _weighed(figure: IndicatorFigure, change: PlanChange, side: str) -> Weighed:
    """The indicator with the weight or term target of one side of the change."""
    weight, target = figure.indicator.weight, figure.plan.term
    for row in change.values:
        if row["indicator"] == figure.indicator.pk and change.kind == ChangeKind.WEIGHT:
            weight = _read(row[side])
        elif row["indicator"] == figure.indicator.pk and row["year"] is None:
            target = _read(row[side])
    return Weighed(weight, figure.value, target)


@transaction.atomic
def copy_pledge(source: Pledge, goal: Goal, number: str, on: date) -> Pledge:
    """A 계획(안) of ``goal``'s term made from an earlier pledge: head, sections, officers, indicators, what it names.

    Targets, results, money and status are not taken over: they belong to the term they were made in. A ``goal`` that
    is not saved yet is made with it. The number of enterprises goes on from what it was by ``on`` (a state does not
    end with a term).
    """
    if goal.pk is None:
        goal.save()
    copy = Pledge(term=goal.term, goal=goal, number=number, confirmed_plan=False)
    for name in HEADER:
        setattr(copy, name, getattr(source, name))
    copy.nature = "계속"
    copy.save()
    for name in LINKS:
        getattr(copy, name).set(getattr(source, name).all())
    for section in source.sections.live():
        Section(pledge=copy, **{name: getattr(section, name) for name in SECTION}).save()
    for officer in source.officers.live():
        Officer(pledge=copy, **{name: getattr(officer, name) for name in OFFICER}).save()
    states = {figure.indicator.pk: figure for figure in pledge_figures([source], on)[0].indicators}
    for indicator in source.indicators.live():
        made = Indicator(pledge=copy, **{name: getattr(indicator, name) for name in INDICATOR})
        made.save()
        _carry_over(states[indicator.pk], made)
    return copy


def _carry_over(last: IndicatorFigure, made: Indicator) -> None:
    """The state of the register at the end of the old term, as where the new indicator starts."""
    if made.measure == Measure.ENTERPRISES and last.value is not None:
        source = f"{last.indicator.pledge.term} {last.indicator.pledge.number}의 값을 이어받음"
        IndicatorOpening(indicator=made, on=last.as_of, value=last.value, source=source).save()
