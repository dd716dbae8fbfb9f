"""내가 할 것 on the dashboard: what waits for the one who looks, of whatever term, in few queries."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from pledges.models import (
    ChangeKind,
    CorrectionRequest,
    Goal,
    PlanChange,
    Pledge,
    RequestState,
    ResultState,
    Term,
)
from pledges.views.dashboard import desk
from tests.conftest import ClientAs, PinToday

from . import factories as make

AT = datetime(2024, 7, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _autumn(pin_today: PinToday) -> None:
    pin_today(2026, 11, 22)


@pytest.fixture
def pledge(db: None) -> Pledge:
    return make.pledge()


def correction(pledge: Pledge, by: User, quarter: int = 1, **fields: Any) -> CorrectionRequest:
    return CorrectionRequest.objects.create(
        pledge=pledge,
        year=2024,
        quarter=quarter,
        reason="늦은 보고(예시)",
        asked_by=by,
        asked_at=AT,
        **fields,
    )


def plan_change(pledge: Pledge, by: User, **fields: Any) -> PlanChange:
    return PlanChange.objects.create(
        pledge=pledge, kind=ChangeKind.WEIGHT, content="내용(예시)", ground="방침(예시)", reason="비율 조정(예시)",
        valid_from=date(2024, 7, 1), asked_by=by, **fields,
    )  # fmt: skip


def next_term() -> Term:
    """민선9기 with a pledge, so that the dashboard opens with it."""
    term = Term.objects.create(name="민선9기", starts_on=date(2026, 7, 1), ends_on=date(2030, 6, 30))
    make.pledge("나-1", term=term, goal=Goal.objects.create(term=term, number="1", name="목표(예시)"))
    return term


class TestDecisions:
    def test_wait_for_the_coordinator(
        self, pledge: Pledge, users: dict[str, User], coordinator: Client
    ) -> None:
        asked = correction(pledge, users["staff"]), plan_change(pledge, users["staff"])
        page = coordinator.get("/").content.decode()
        assert "결정할 정정 요청 (1건)" in page
        assert "늦은 보고(예시)" in page
        assert "결정할 계획 변경 (1건)" in page
        assert "비율 조정(예시)" in page
        assert f'href="/pledges/corrections/{asked[0].pk}/"' in page
        assert f'href="/pledges/plan-changes/{asked[1].pk}/"' in page

    @pytest.mark.parametrize("role", ["staff", "manager", "auditor", "admin"])
    def test_are_nobody_elses(
        self, pledge: Pledge, users: dict[str, User], client_as: ClientAs, role: str
    ) -> None:
        correction(pledge, users["staff"]), plan_change(pledge, users["staff"])
        page = client_as(role).get("/").content.decode()
        assert "결정할" not in page

    def test_once_made_are_gone(self, pledge: Pledge, users: dict[str, User], coordinator: Client) -> None:
        decided: dict[str, Any] = {"decided_by": users["coordinator"], "decided_at": AT}
        correction(pledge, users["staff"], state=RequestState.REFUSED, **decided)
        plan_change(pledge, users["staff"], state=RequestState.APPROVED, **decided)
        assert "결정할" not in coordinator.get("/").content.decode()

    def test_of_the_last_term_are_seen_while_the_next_is_open(
        self, pledge: Pledge, users: dict[str, User], coordinator: Client
    ) -> None:
        next_term()
        correction(pledge, users["staff"])
        page = coordinator.get("/").content.decode()
        assert "나-1" in page
        assert "민선8기 가-1" in page
        assert "늦은 보고(예시)" in page


class TestResults:
    def test_returned_of_the_last_term_are_seen_while_the_next_is_open(
        self, pledge: Pledge, staff: Client
    ) -> None:
        next_term()
        make.result(
            make.indicator(pledge), 2026, 2, "3", state=ResultState.RETURNED, return_reason="증빙(예시)"
        )
        page = staff.get("/").content.decode()
        assert "내가 고칠 것 (반려 1건)" in page
        assert (
            "/pledges/%EA%B0%80-1/confirm/?term=%EB%AF%BC%EC%84%A08%EA%B8%B0&amp;year=2026&amp;quarter=2"
            in page
        )

    @pytest.mark.parametrize(
        ("state", "role", "words"),
        [(ResultState.RETURNED, "staff", "내가 고칠 것"), (ResultState.SUBMITTED, "manager", "확인할 것")],
    )
    def test_of_a_closed_quarter_wait_for_nobody(
        self, pledge: Pledge, client_as: ClientAs, state: str, role: str, words: str
    ) -> None:
        make.result(make.indicator(pledge), 2026, 1, "3", state=state)
        client = client_as(role)
        assert words in client.get("/").content.decode()
        make.closed(pledge, 2025, 4)
        assert words in client.get("/").content.decode()
        make.closed(pledge, 2026, 1)
        page = client.get("/").content.decode()
        assert words not in page
        assert "반려된 실적" not in page
        assert "확인을 기다리는 실적" not in page


def test_what_is_returned_together_is_one_line(pledge: Pledge, staff: Client) -> None:
    state = {"state": ResultState.RETURNED, "return_reason": "증빙(예시)"}
    for no in (1, 2, 3):
        make.result(make.indicator(pledge, no), 2026, 2, "3", **state)
    make.result(pledge.indicators.get(no=1), 2026, 1, "3", **state)
    page = staff.get("/").content.decode()
    assert "내가 고칠 것 (반려 2건)" in page
    assert "지표 1, 지표 2, 지표 3" in page
    assert page.count("증빙(예시)") == 2


def test_three_queries_however_much_waits(
    pledge: Pledge, users: dict[str, User], django_assert_num_queries: Any
) -> None:
    for quarter in (1, 2, 3, 4):
        other = make.pledge(f"다-{quarter}")
        make.result(make.indicator(other), 2024, quarter, "1", state=ResultState.SUBMITTED)
        correction(other, users["staff"], quarter), plan_change(other, users["staff"])
    coordinator = User.objects.get(role="coordinator")
    with django_assert_num_queries(3):
        found = desk(coordinator)
        shown = [str((row.pledge.term, row.pledge, row.asked_by)) for row in found["corrections"]]
        shown += [str((row.pledge.term, row.place, row.asked_by)) for row in found["changes"]]
        shown += [str((item.pledge.term, item.results[0].recorded_by)) for item in found["submitted"]]
    assert len(shown) == 12
    with django_assert_num_queries(0):
        assert desk(AnonymousUser()) == {"returned": [], "submitted": []}
