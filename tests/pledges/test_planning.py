"""계획(안) → 확정, changes by procedure, and a pledge taken over into a new term."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from pledges.figures import pledge_figures
from pledges.models import PlanChange, Pledge, RequestState, Term

from . import factories as make

CHANGE = {
    "kind": "target",
    "value": "32",
    "content": "행사 축소(예시)",
    "reason": "계획 변경(예시)",
    "ground": "변경계획 방침(예시)",
    "opinion": "주민설명회(예시)",
    "panel_on": "2024-06-10",
    "notice_on": "2024-06-20",
    "valid_from": "2024-07-01",
    "revision": "0",
}


def asked(client: Client, seed: Pledge, **fields: Any) -> PlanChange:
    data = CHANGE | {"indicator": seed.indicators.get(no=3).pk} | fields
    answer = client.post("/pledges/1-3/plan/changes/new/?term=민선8기", data)
    assert answer.status_code == 302, answer.context["form"].errors
    return PlanChange.objects.get()


def test_a_change_takes_force_with_its_approval(seed: Pledge, staff: Client, coordinator: Client) -> None:
    change = asked(staff, seed)
    assert change.before == "40"
    assert pledge_figures([seed], date(2024, 7, 1))[0].indicators[2].rate == 40
    coordinator.post(f"/pledges/plan-changes/{change.pk}/", {"decision": "승인함", "approve": "1"})
    change.refresh_from_db()
    assert change.state == RequestState.APPROVED
    seed = Pledge.objects.get(pk=seed.pk)
    assert pledge_figures([seed], date(2024, 6, 30))[0].indicators[2].rate == 40
    assert pledge_figures([seed], date(2024, 7, 1))[0].indicators[2].rate == 50
    target = seed.indicators.get(no=3).targets.get(valid_from=date(2024, 7, 1))
    assert (target.panel_on, target.notice_on) == (date(2024, 6, 10), date(2024, 6, 20))


def test_a_refused_change_changes_nothing(seed: Pledge, staff: Client, coordinator: Client) -> None:
    change = asked(staff, seed)
    coordinator.post(f"/pledges/plan-changes/{change.pk}/", {"decision": "보완", "refuse": "1"})
    assert not seed.indicators.get(no=3).targets.filter(value=32).exists()


def test_who_asks_does_not_approve(seed: Pledge, staff: Client) -> None:
    change = asked(staff, seed)
    staff.post(f"/pledges/plan-changes/{change.pk}/", {"decision": "내가", "approve": "1"})
    change.refresh_from_db()
    assert change.state == RequestState.ASKED


def test_a_weight_changes_by_the_same_procedure(seed: Pledge, staff: Client, coordinator: Client) -> None:
    change = asked(staff, seed, kind="weight", value="15")
    coordinator.post(f"/pledges/plan-changes/{change.pk}/", {"decision": "승인함", "approve": "1"})
    indicator = seed.indicators.get(no=3)
    assert indicator.weight == 15
    assert indicator.history.count() >= 2


def test_a_figure_needs_its_indicator(seed: Pledge, staff: Client) -> None:
    answer = staff.post("/pledges/1-3/plan/changes/new/?term=민선8기", CHANGE)
    assert "indicator" in answer.context["form"].errors


@pytest.mark.django_db
class TestConfirming:
    def test_a_plan_with_targets_and_whole_weights_is_confirmed(self, coordinator: Client) -> None:
        pledge = make.pledge(confirmed_plan=False)
        make.target(make.indicator(pledge, weight=Decimal(100)), "10")
        coordinator.post("/pledges/가-1/plan/confirm/?term=민선8기")
        pledge.refresh_from_db()
        assert pledge.confirmed_plan

    def test_weights_that_are_not_100_are_told(self, coordinator: Client) -> None:
        pledge = make.pledge(confirmed_plan=False)
        make.target(make.indicator(pledge, weight=Decimal(50)), "10")
        page = coordinator.post("/pledges/가-1/plan/confirm/?term=민선8기", follow=True).content.decode()
        pledge.refresh_from_db()
        assert not pledge.confirmed_plan
        assert "100으로 맞추고" in page

    def test_only_the_coordinator_confirms(self, staff: Client) -> None:
        make.pledge(confirmed_plan=False)
        assert staff.post("/pledges/가-1/plan/confirm/?term=민선8기").status_code == 403


def test_a_pledge_is_taken_over_without_its_results(seed: Pledge, coordinator: Client) -> None:
    ninth = Term.objects.get(name="민선9기")
    goal = ninth.goals.create(number="2", name="예시 목표")
    coordinator.post("/pledges/1-3/copy/?term=민선8기", {"goal": goal.pk, "number": "2-5"})
    copy = Pledge.objects.get(number="2-5", term=ninth)
    assert (copy.title, copy.confirmed_plan, copy.status, copy.cost_total) == (seed.title, False, "", 0)
    assert copy.indicators.count() == 3
    assert copy.sections.count() == seed.sections.live().count()
    assert set(copy.programs.all()) == set(seed.programs.all())
    assert not any(indicator.targets.exists() for indicator in copy.indicators.all())
    page = coordinator.get("/pledges/2-5/?term=민선9기").content.decode()
    assert "계획(안)" in page
    assert "추진실적 총괄" not in page


def test_a_number_already_taken_is_refused(seed: Pledge, coordinator: Client) -> None:
    ninth = Term.objects.get(name="민선9기")
    goal = ninth.goals.create(number="2", name="예시 목표")
    for _ in range(2):
        answer = coordinator.post("/pledges/1-3/copy/?term=민선8기", {"goal": goal.pk, "number": "2-5"})
    assert "number" in answer.context["form"].errors
