"""계획(안) → 확정, changes by procedure, and a pledge taken over into a new term."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from common.voiding import void
from pledges.figures import pledge_figures
from pledges.models import PlanChange, Pledge, RequestState, Term
from pledges.planning import missing_steps
from tests.conftest import PinToday

from . import factories as make

PROCEDURE = {
    "content": "행사 축소(예시)",
    "reason": "계획 변경(예시)",
    "ground": "변경계획 방침(예시)",
    "opinion": "주민설명회(예시)",
    "panel_on": "2024. 6. 10.",
    "notice_on": "2024. 6. 20.",
    "valid_from": "2024. 7. 1.",
}
PLAN = "/pledges/1-3/plan"


def sent(client: Client, url: str, **changes: str) -> Any:
    """The page's form with the procedure filled in and ``changes`` typed over what stood there."""
    form = client.get(url).context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    return client.post(url, shown | PROCEDURE | changes)


def asked(client: Client, url: str, **changes: str) -> PlanChange:
    answer = sent(client, url, **changes)
    assert answer.status_code == 302, answer.context["form"].errors
    return PlanChange.objects.get()


def targets_url(seed: Pledge) -> str:
    return f"{PLAN}/changes/targets/{seed.indicators.get(no=3).pk}/?term=민선8기"


def smaller(client: Client, seed: Pledge) -> PlanChange:
    """40 → 32 days, of which 2025 2 instead of 10."""
    return asked(client, targets_url(seed), term="32", y2025="2")


def decide(client: Client, change: PlanChange, deed: str = "approve") -> Any:
    return client.post(
        f"/pledges/plan-changes/{change.pk}/", {"decision": "결정(예시)", deed: "1"}, follow=True
    )


class TestTargets:
    def test_take_force_with_the_approval(self, seed: Pledge, staff: Client, coordinator: Client) -> None:
        change = smaller(staff, seed)
        assert [(line.place, line.before, line.after) for line in change.lines] == [
            ("임기 목표", "40", "32"),
            ("2025년 목표", "10", "2"),
        ]
        assert pledge_figures([seed], date(2024, 7, 1))[0].indicators[2].rate == 40
        decide(coordinator, change)
        change.refresh_from_db()
        assert change.state == RequestState.APPROVED
        seed = Pledge.objects.get(pk=seed.pk)
        assert pledge_figures([seed], date(2024, 6, 30))[0].indicators[2].rate == 40
        assert pledge_figures([seed], date(2024, 7, 1))[0].indicators[2].rate == 50
        target = seed.indicators.get(no=3).targets.get(valid_from=date(2024, 7, 1), year=None)
        assert (target.panel_on, target.notice_on) == (date(2024, 6, 10), date(2024, 6, 20))

    def test_show_the_rates_on_both_bases(self, seed: Pledge, staff: Client, coordinator: Client) -> None:
        change = smaller(staff, seed)
        found = coordinator.get(f"/pledges/plan-changes/{change.pk}/").context["bases"]
        assert (found[0].before, found[0].after) == (40, 50)
        assert found[-1].indicator is None
        assert found[-1].after - found[-1].before == 2

    def test_refused_change_nothing(self, seed: Pledge, staff: Client, coordinator: Client) -> None:
        decide(coordinator, smaller(staff, seed), "refuse")
        assert not seed.indicators.get(no=3).targets.filter(value=32).exists()

    def test_who_asks_does_not_approve(self, seed: Pledge, staff: Client) -> None:
        change = smaller(staff, seed)
        decide(staff, change)
        change.refresh_from_db()
        assert change.state == RequestState.ASKED

    def test_changed_since_are_not_overwritten(
        self, seed: Pledge, staff: Client, coordinator: Client
    ) -> None:
        change = smaller(staff, seed)
        seed.indicators.get(no=3).targets.filter(year=None).update(value=38)
        page = decide(coordinator, change).content.decode()
        change.refresh_from_db()
        assert change.state == RequestState.ASKED
        assert "40에서 38(으)로 바뀌었습니다" in page

    def test_that_do_not_add_up_are_asked_about(self, seed: Pledge, staff: Client) -> None:
        answer = sent(staff, targets_url(seed), term="32")
        assert answer.context["form"].found_doubts
        assert not PlanChange.objects.exists()

    @pytest.mark.parametrize("name", ["content", "reason", "ground", "valid_from"])
    def test_need_the_procedure(self, seed: Pledge, staff: Client, name: str) -> None:
        answer = sent(staff, targets_url(seed), term="32", y2025="2", **{name: ""})
        assert name in answer.context["form"].errors

    def test_wait_where_the_coordinator_closes(
        self, seed: Pledge, staff: Client, coordinator: Client
    ) -> None:
        change = smaller(staff, seed)
        address, url = f"/pledges/plan-changes/{change.pk}/", "/pledges/closings/?term=민선8기"
        assert address in coordinator.get(url).content.decode()
        decide(coordinator, change)
        assert address not in coordinator.get(url).content.decode()

    def test_are_announced_among_what_changed(
        self, seed: Pledge, staff: Client, coordinator: Client, auditor: Client
    ) -> None:
        decide(coordinator, smaller(staff, seed))
        page = auditor.get("/pledges/1-3/changes/?term=민선8기").content.decode()
        assert "임기 목표: 40 → 32" in page


class TestProcedure:
    """Its days make sense, nothing is endless, and what is missing is told to who decides."""

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"valid_from": "1999. 1. 1."}, "valid_from"),
            ({"valid_from": "2026. 7. 1."}, "valid_from"),
            ({"panel_on": "2024. 6. 20.", "notice_on": "2024. 6. 10."}, "notice_on"),
            ({"content": "가" * 2_001}, "content"),
            ({"reason": "가" * 301}, "reason"),
        ],
    )
    def test_is_refused_where_it_cannot_be(
        self, seed: Pledge, staff: Client, changes: dict[str, str], field: str
    ) -> None:
        section = seed.sections.live()[0]
        first, _, third = seed.indicators.live()
        for url, moved in (
            (targets_url(seed), {"term": "32", "y2025": "2"}),
            (TestWeights.URL, {f"w{first.pk}": "20", f"w{third.pk}": "30"}),
            (f"{PLAN}/changes/text/{section.pk}/?term=민선8기", {"body": "○ 새 계획(예시)"}),
        ):
            assert field in sent(staff, url, **moved, **changes).context["form"].errors, url
        assert not PlanChange.objects.exists()

    def test_an_endless_text_is_refused(self, seed: Pledge, staff: Client) -> None:
        section = seed.sections.live()[0]
        url = f"{PLAN}/changes/text/{section.pk}/?term=민선8기"
        assert "body" in sent(staff, url, body="가" * 20_001).context["form"].errors

    @pytest.mark.parametrize("name", ["term", "y2025"])
    def test_a_target_has_four_decimals_at_most(self, seed: Pledge, staff: Client, name: str) -> None:
        answer = sent(staff, targets_url(seed), **{"term": "32", "y2025": "2", name: "1.23456"})
        assert name in answer.context["form"].errors

    def test_what_is_missing_is_told_to_who_decides(
        self, seed: Pledge, staff: Client, coordinator: Client, pin_today: PinToday
    ) -> None:
        change = smaller(staff, seed)
        assert missing_steps(change, date(2024, 6, 20)) == []
        assert missing_steps(change, date(2024, 6, 15)) == ["공고일이 아직 오지 않았습니다(2024. 6. 20.)."]
        change.panel_on, change.opinion = None, ""
        assert missing_steps(change, date(2024, 6, 20)) == [
            "주민배심원 심의일이 없습니다.",
            "의견수렴이 없습니다.",
        ]
        pin_today(2024, 6, 15)
        assert "공고일이 아직" in coordinator.get(f"/pledges/plan-changes/{change.pk}/").content.decode()

    def test_a_second_decision_is_told(self, seed: Pledge, staff: Client, coordinator: Client) -> None:
        change = smaller(staff, seed)
        decide(coordinator, change, "refuse")
        assert "다른 사람이 먼저 결정했습니다" in decide(coordinator, change).content.decode()
        change.refresh_from_db()
        assert change.state == RequestState.REFUSED

    def test_a_draft_leads_to_the_plan_before_anything_is_typed(self, seed: Pledge, staff: Client) -> None:
        section = seed.sections.live()[0]
        Pledge.objects.filter(pk=seed.pk).update(confirmed_plan=False)
        for url in (
            targets_url(seed),
            TestWeights.URL,
            f"{PLAN}/changes/text/{section.pk}/?term=민선8기",
        ):
            answer = staff.get(url, follow=True)
            assert answer.redirect_chain[-1][0].startswith("/pledges/1-3/plan/?term=")
            assert "절차 없이 바로 고치면 됩니다" in answer.content.decode()


class TestWeights:
    URL = f"{PLAN}/changes/weights/?term=민선8기"

    def test_change_together(self, seed: Pledge, staff: Client, coordinator: Client) -> None:
        first, _, third = seed.indicators.live()
        change = asked(staff, self.URL, **{f"w{first.pk}": "20", f"w{third.pk}": "30"})
        decide(coordinator, change)
        assert [row.weight for row in seed.indicators.live()] == [20, 50, 30]
        assert seed.indicators.get(no=3).history.first().history_change_reason.startswith("계획 변경")

    @pytest.mark.parametrize(("no", "words"), [(1, "무효가 되었습니다"), (2, "합이 50")])
    def test_an_indicator_that_is_gone_since_stops_the_approval(
        self, seed: Pledge, users: dict[str, User], staff: Client, coordinator: Client, no: int, words: str
    ) -> None:
        first, _, third = seed.indicators.live()
        change = asked(staff, self.URL, **{f"w{first.pk}": "20", f"w{third.pk}": "30"})
        void(seed.indicators.get(no=no), users["coordinator"], "잘못 만듦(예시)")
        assert words in decide(coordinator, change).content.decode()
        change.refresh_from_db()
        assert change.state == RequestState.ASKED
        assert seed.indicators.get(no=3).weight == 20

    def test_show_both_bases_after_the_approval_too(
        self, seed: Pledge, staff: Client, coordinator: Client
    ) -> None:
        first, _, third = seed.indicators.live()
        change = asked(staff, self.URL, **{f"w{first.pk}": "20", f"w{third.pk}": "30"})
        address = f"/pledges/plan-changes/{change.pk}/"
        waiting = coordinator.get(address).context["bases"][-1]
        decide(coordinator, change)
        page = coordinator.get(address)
        assert page.context["bases"][-1] == waiting
        assert waiting.before != waiting.after
        assert "앞 계획으로" in page.content.decode()

    def test_that_are_not_100_are_refused(self, seed: Pledge, staff: Client) -> None:
        answer = sent(staff, self.URL, **{f"w{seed.indicators.get(no=3).pk}": "15"})
        assert "100으로 맞추십시오" in str(answer.context["form"].errors)

    @pytest.mark.parametrize("weight", ["-10", "33.3335", "1000", "많이"])
    def test_that_cannot_be_are_refused(self, seed: Pledge, staff: Client, weight: str) -> None:
        answer = sent(staff, self.URL, **{f"w{seed.indicators.get(no=3).pk}": weight})
        assert answer.context["form"].errors
        assert not PlanChange.objects.exists()


class TestText:
    def test_applies_itself(self, seed: Pledge, staff: Client, coordinator: Client) -> None:
        section = seed.sections.live()[0]
        change = asked(staff, f"{PLAN}/changes/text/{section.pk}/?term=민선8기", body="○ 새 계획(예시)")
        assert section.body != "○ 새 계획(예시)"
        decide(coordinator, change)
        section.refresh_from_db()
        assert section.body == "○ 새 계획(예시)"
        change.refresh_from_db()
        assert change.lines[0].after == "○ 새 계획(예시)"

    def test_edited_since_is_not_overwritten(self, seed: Pledge, staff: Client, coordinator: Client) -> None:
        section = seed.sections.live()[0]
        change = asked(staff, f"{PLAN}/changes/text/{section.pk}/?term=민선8기", body="○ 새 계획(예시)")
        seed.sections.filter(pk=section.pk).update(body="○ 그 사이(예시)")
        decide(coordinator, change)
        section.refresh_from_db()
        assert section.body == "○ 그 사이(예시)"


class TestConfirmedPlan:
    """Beside the procedure only what was copied wrongly is put right, with a reason."""

    def test_a_target_is_put_right_in_place(self, seed: Pledge, coordinator: Client) -> None:
        indicator = seed.indicators.get(no=3)
        url = f"/pledges/1-3/targets/{indicator.pk}/?term=민선8기"
        before = indicator.targets.count()
        assert "reason" in sent(coordinator, url, y2025="11", term="41", reason="").context["form"].errors
        sent(coordinator, url, y2025="11", term="41", reason="계획서 12쪽(예시)")
        row = indicator.targets.get(year=2025, quarter=None)
        assert (row.value, row.valid_from, indicator.targets.count()) == (11, seed.term.starts_on, before)
        assert row.history.first().history_change_reason == "오기 정정: 계획서 12쪽(예시)"

    def test_a_weight_needs_a_reason(self, seed: Pledge, coordinator: Client) -> None:
        url = f"/pledges/1-3/indicators/{seed.indicators.get(no=3).pk}/?term=민선8기"
        assert "weight" in sent(coordinator, url, weight="15").context["form"].errors
        sent(coordinator, url, weight="15", change_reason="잘못 옮김(예시)")
        assert seed.indicators.get(no=3).weight == 15

    def test_a_text_needs_a_reason(self, seed: Pledge, staff: Client) -> None:
        section = seed.sections.live().filter(kind="plan")[0]
        url = f"/pledges/1-3/sections/{section.pk}/?term=민선8기"
        assert "body" in sent(staff, url, body="○ 바꿈").context["form"].errors
        sent(staff, url, body="○ 바꿈", change_reason="오탈자(예시)")
        section.refresh_from_db()
        assert section.body == "○ 바꿈"

    def test_a_draft_is_edited_freely(self, seed: Pledge, coordinator: Client) -> None:
        Pledge.objects.filter(pk=seed.pk).update(confirmed_plan=False)
        section = seed.sections.live().filter(kind="plan")[0]
        sent(coordinator, f"/pledges/1-3/sections/{section.pk}/?term=민선8기", body="○ 바꿈")
        section.refresh_from_db()
        assert section.body == "○ 바꿈"


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

    def test_the_page_says_what_is_missing(self, coordinator: Client) -> None:
        pledge = make.pledge(confirmed_plan=False)
        make.indicator(pledge, weight=Decimal(50))
        page = coordinator.get("/pledges/가-1/plan/?term=민선8기").content.decode()
        assert "임기 목표가 없는 지표: 지표 1." in page
        assert "합이 50입니다" in page
        assert "plan/confirm" not in page

    def test_the_head_does_not_confirm(self, coordinator: Client) -> None:
        make.pledge(confirmed_plan=False)
        page = coordinator.get("/pledges/가-1/edit/?term=민선8기")
        assert "confirmed_plan" not in page.context["form"].fields

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
    assert (copy.nature, copy.officers.count()) == ("계속", seed.officers.live().count())
    # The state of the register goes on; the counts of the new term begin at nothing.
    values = [figure.value for figure in pledge_figures([copy], date(2026, 7, 31))[0].indicators]
    assert values == [233, 0, 0]
    assert copy.sections.count() == seed.sections.live().count()
    assert set(copy.programs.all()) == set(seed.programs.all())
    assert not any(indicator.targets.exists() for indicator in copy.indicators.all())
    page = coordinator.get("/pledges/2-5/?term=민선9기").content.decode()
    assert "계획(안)" in page
    assert "추진실적 총괄" not in page


def test_the_goal_comes_along_where_the_new_term_has_none(seed: Pledge, coordinator: Client) -> None:
    ninth = Term.objects.get(name="민선9기")
    url = "/pledges/1-3/copy/?term=민선8기"
    page = coordinator.get(url)
    assert f"민선9기 · {seed.goal} (새로 만듦)" in page.content.decode()
    coordinator.post(url, {"goal": f"new{ninth.pk}", "number": "1-3"})
    made = Pledge.objects.get(number="1-3", term=ninth)
    assert (made.goal.term, made.goal.name) == (ninth, seed.goal.name)
    assert "새로 만듦" not in coordinator.get(url).content.decode()


def test_a_number_already_taken_is_refused(seed: Pledge, coordinator: Client) -> None:
    ninth = Term.objects.get(name="민선9기")
    goal = ninth.goals.create(number="2", name="예시 목표")
    for _ in range(2):
        answer = coordinator.post("/pledges/1-3/copy/?term=민선8기", {"goal": goal.pk, "number": "2-5"})
    assert "number" in answer.context["form"].errors
