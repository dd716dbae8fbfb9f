"""Who confirms or returns: 확인자 the results of the own department, 총괄부서 those of anybody (DOMAIN §1)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from common.periods import Quarter
from pledges import corrections, unlocking, workflow
from pledges.closing import close_quarter
from pledges.confirmers import confirmers, may_confirm
from pledges.models import Pledge, Result, ResultState
from tests import factories
from tests.conftest import ClientAs, PinToday
from tests.pledges import factories as make

QUERY = "?term=민선8기&year=2024&quarter=1"


@pytest.fixture
def pledge(db: None) -> Pledge:
    """Its one result waits for 확인자; its department is the one of all accounts of the tests."""
    made = make.pledge(department=factories.department())
    make.result(make.indicator(made), 2024, 1, "5", state=ResultState.SUBMITTED)
    return made


def elsewhere(pledge: Pledge) -> Pledge:
    pledge.department = factories.department("공원녹지과")
    pledge.save()
    return pledge


def state() -> str:
    return str(Result.objects.get().state)


@pytest.mark.parametrize(
    ("role", "user_of", "pledge_of", "may"),
    [
        ("manager", "가과", "가과", True),
        ("manager", "가과", "나과", False),
        ("manager", "가과", "", True),
        ("manager", "", "나과", True),
        ("coordinator", "가과", "나과", True),
        ("coordinator", "", "나과", True),
        ("staff", "가과", "가과", False),
        ("auditor", "", "", False),
        ("admin", "", "", False),
    ],
)
def test_the_rule(db: None, role: str, user_of: str, pledge_of: str, may: bool) -> None:
    user = factories.user(role, department=factories.department(user_of) if user_of else None)
    pledge = make.pledge(department=factories.department(pledge_of) if pledge_of else None)
    assert may_confirm(user, pledge) is may


class TestNames:
    def test_of_the_department(self, pledge: Pledge) -> None:
        factories.user("manager", "m1", full_name="김팀장(예시)")
        factories.user(
            "manager", "m2", full_name="박과장(예시)", department=factories.department("공원녹지과")
        )
        factories.user("manager", "m3", full_name="떠난이(예시)", is_active=False)
        assert confirmers(pledge) == "일자리벤처과 확인자(김팀장(예시))나 총괄부서"

    def test_one_without_department_confirms_everywhere(self, pledge: Pledge) -> None:
        factories.user("manager", "m1", full_name="이국장(예시)", department=None)
        assert confirmers(pledge) == "확인자(이국장(예시))나 총괄부서"

    def test_nobody(self, pledge: Pledge) -> None:
        assert confirmers(pledge) == "총괄부서(일자리벤처과에는 확인자 계정이 없습니다)"

    def test_a_pledge_of_no_department(self, pledge: Pledge) -> None:
        pledge.department = None
        factories.user("manager", "m1", full_name="김팀장(예시)")
        assert confirmers(pledge) == "확인자(김팀장(예시))나 총괄부서"


class TestPage:
    @pytest.fixture(autouse=True)
    def _april(self, pin_today: PinToday) -> None:
        pin_today(2024, 4, 3)

    def act(self, client: Client, deed: str, **data: Any) -> Any:
        return client.post(f"/pledges/가-1/confirm/{deed}/{QUERY}", data, follow=True)

    def page(self, client: Client) -> str:
        return str(client.get(f"/pledges/가-1/confirm/{QUERY}").content.decode())

    @pytest.mark.parametrize("deed", ["confirm", "return"])
    def test_of_the_own_department(self, pledge: Pledge, manager: Client, deed: str) -> None:
        assert 'id="deed-confirm"' in self.page(manager)
        assert self.act(manager, deed, reason="근거(예시)").status_code == 200
        assert state() != ResultState.SUBMITTED

    @pytest.mark.parametrize("deed", ["confirm", "return"])
    def test_another_departments_is_refused_and_says_who_may(
        self, pledge: Pledge, manager: Client, deed: str
    ) -> None:
        factories.user(
            "manager", "green", full_name="박과장(예시)", department=factories.department("공원녹지과")
        )
        elsewhere(pledge)
        page = self.page(manager)
        assert 'id="deed-confirm"' not in page
        assert 'id="deed-return"' not in page
        assert "확인·반려는 공원녹지과 확인자(박과장(예시))나 총괄부서가 합니다" in page
        response = self.act(manager, deed, reason="근거(예시)")
        assert response.status_code == 403
        assert "공원녹지과 확인자(박과장(예시))나 총괄부서" in response.content.decode()
        assert state() == ResultState.SUBMITTED

    @pytest.mark.parametrize("deed", ["confirm", "return"])
    def test_the_coordinator_may_anywhere(self, pledge: Pledge, coordinator: Client, deed: str) -> None:
        elsewhere(pledge)
        assert f'id="deed-{deed}"' in self.page(coordinator)
        assert self.act(coordinator, deed, reason="근거(예시)").status_code == 200
        assert state() != ResultState.SUBMITTED

    @pytest.mark.parametrize("role", [Role.STAFF, Role.AUDITOR, Role.ADMIN])
    def test_who_never_confirms_reads_who_does(
        self, pledge: Pledge, users: dict[str, User], client_as: ClientAs, role: str
    ) -> None:
        page = self.page(client_as(role))
        assert 'id="deed-confirm"' not in page
        assert "확인·반려는 일자리벤처과 확인자(manager)나 총괄부서가 합니다" in page
        assert self.act(client_as(role), "confirm").status_code == 403

    def test_what_is_confirmed_another_department_cannot_return_either(
        self, pledge: Pledge, manager: Client, staff: Client
    ) -> None:
        Result.objects.update(state=ResultState.CONFIRMED)
        elsewhere(pledge)
        assert "확인·반려는 총괄부서(공원녹지과에는" in self.page(manager)
        assert "확인을 기다립니다" not in self.page(manager)
        assert "확인·반려는" not in self.page(staff)

    def test_nothing_is_said_where_nothing_waits(self, pledge: Pledge, staff: Client) -> None:
        workflow.withdraw(list(Result.objects.all()))
        assert "확인·반려는" not in self.page(staff)


class TestClosedQuarter:
    """By 마감 예외 a closed quarter's results go their way once more, until it runs out."""

    @pytest.fixture(autouse=True)
    def _closed(self, pin_today: PinToday, pledge: Pledge) -> None:
        pin_today(2024, 4, 12)
        closer = factories.user("coordinator", "closer")
        close_quarter(pledge.term, Quarter(2024, 1), closer, timezone.now(), date(2024, 4, 12))

    def act(self, client: Client, deed: str, **data: Any) -> str:
        return str(client.post(f"/pledges/가-1/confirm/{deed}/{QUERY}", data, follow=True).content.decode())

    def test_without_it_nothing_moves(self, pledge: Pledge, staff: Client, manager: Client) -> None:
        for client, deed in ((staff, "withdraw"), (manager, "confirm"), (manager, "return")):
            assert "정정을 요청하세요" in self.act(client, deed, reason="늦음(예시)")
        assert state() == ResultState.SUBMITTED

    def test_with_it_the_holder_and_the_confirmer_act(
        self, pledge: Pledge, users: dict[str, User], staff: Client, manager: Client
    ) -> None:
        unlocking.grant(
            pledge,
            Quarter(2024, 1),
            users["staff"],
            users["coordinator"],
            timezone.now(),
            3,
            "늦은 보고(예시)",
        )
        assert "마감 예외가 있어" in staff.get(f"/pledges/가-1/confirm/{QUERY}").content.decode()
        self.act(manager, "return", reason="값이 다름(예시)")
        assert state() == ResultState.RETURNED
        self.act(staff, "submit")
        self.act(manager, "confirm")
        assert state() == ResultState.CONFIRMED

    def test_another_officer_may_not(self, pledge: Pledge, users: dict[str, User], staff: Client) -> None:
        other = factories.user("staff", "other")
        unlocking.grant(
            pledge, Quarter(2024, 1), other, users["coordinator"], timezone.now(), 3, "늦은 보고(예시)"
        )
        assert "정정을 요청하세요" in self.act(staff, "withdraw")

    def test_the_decision_names_what_nobody_confirmed(
        self, pledge: Pledge, users: dict[str, User], coordinator: Client
    ) -> None:
        asked = corrections.ask(pledge, Quarter(2024, 1), users["staff"], timezone.now(), "늦음(예시)")
        address, words = f"/pledges/corrections/{asked.pk}/", "확인되지 않은 실적이 있습니다"
        page = coordinator.get(address).content.decode()
        assert words in page
        assert "1. 지표 1 2024년 1분기 5 (제출)" in page
        Result.objects.update(state=ResultState.CONFIRMED)
        assert words not in coordinator.get(address).content.decode()
