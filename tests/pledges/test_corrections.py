"""A correction brings late records into the indicators whose results were accepted as counted (DOMAIN §3.4, §3.15)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, User
from common.periods import Quarter
from enterprises.models import Designation, DesignationKind
from pledges import corrections, unlocking, workflow
from pledges.card import Card, build_card
from pledges.closing import broken_closings, close_quarter, correct_quarter
from pledges.late import late_records
from pledges.models import ClosedCard, CorrectionRequest, Pledge, Result, ResultState
from pledges.recounting import differing
from tests import factories
from tests.conftest import ClientAs, PinToday
from tests.pledges import factories as make
from tests.pledges.test_worked_cases import firm, held, pay

AT = datetime(2024, 7, 9, 9, tzinfo=UTC)
TODAY = date(2024, 7, 9)
Q1, Q2 = Quarter(2024, 1), Quarter(2024, 2)
NEW = "/pledges/1-3/corrections/2024/2/new/?term=민선8기"


@pytest.fixture
def closer(db: None) -> User:
    return factories.user(Role.COORDINATOR, "closer")


@pytest.fixture
def closed(seed: Pledge, closer: User) -> Pledge:
    """The second quarter submitted as counted (233, 0, 2) and closed."""
    held(date(2024, 4, 25))
    held(date(2024, 4, 26))
    workflow.submit(seed, Q2, closer, TODAY)
    close_quarter(seed.term, Q2, closer, AT, TODAY)
    return seed


def late(pledge: Pledge) -> None:
    """One record of each kind that an indicator counts, dated in the closed quarter."""
    held(date(2024, 5, 30))
    one = firm("㈜늦음(예시)")
    pay(one, 3_000_000, 2024, 5, 10, in_opening=False)
    kind = DesignationKind.objects.get(code="village")
    Designation.objects.create(enterprise=one, kind=kind, starts_on=date(2024, 5, 10))


def values(pledge: Pledge, day: date = Q2.last_day) -> list[Any]:
    return [row.value for row in build_card(Pledge.objects.get(pk=pledge.pk), day).indicators]


def result(pledge: Pledge, no: int) -> Result:
    return Result.objects.get(indicator__pledge=pledge, indicator__no=no, quarter=2)


def typed(pledge: Pledge, no: int, value: int) -> None:
    Result.objects.filter(pk=result(pledge, no).pk).update(
        value=value, as_counted=False, reason="현장 집계(예시)"
    )


class TestFollowing:
    def test_late_records_of_every_kind_move_the_corrected_card(self, closed: Pledge, closer: User) -> None:
        late(closed)
        assert values(closed) == [233, 43, 18]
        correct_quarter(closed.term, Q2, [closed], closer, AT, TODAY, "늦은 기록")
        assert values(closed) == [234, 44, 19]
        assert values(closed, date(2024, 8, 1)) == [234, 44, 19]
        assert broken_closings() == []

    def test_the_first_version_keeps_its_figures(self, closed: Pledge, closer: User) -> None:
        late(closed)
        correct_quarter(closed.term, Q2, [closed], closer, AT, TODAY, "늦은 기록")
        cards = [
            Card.model_validate_json(row.content) for row in ClosedCard.objects.order_by("closing__version")
        ]
        assert [[row.value for row in card.indicators] for card in cards] == [[233, 43, 18], [234, 44, 19]]

    def test_the_result_says_what_happened(self, closed: Pledge, closer: User) -> None:
        late(closed)
        workflow.confirm([result(closed, 3)], closer, TODAY)
        correct_quarter(closed.term, Q2, [closed], closer, AT, TODAY, "늦은 기록")
        row = result(closed, 3)
        assert (row.value, row.as_counted, row.state) == (3, True, ResultState.CONFIRMED)
        last = row.history.first()
        assert last.history_change_reason == "정정 마감: 집계값으로 2 → 3"
        assert last.history_user == closer

    def test_a_record_voided_late_takes_the_count_down(self, closed: Pledge, closer: User) -> None:
        held(date(2024, 5, 30))
        correct_quarter(closed.term, Q2, [closed], closer, AT, TODAY, "늦은 기록")
        from markets.models import MarketDay

        MarketDay.objects.filter(day=date(2024, 5, 30)).update(state="cancelled")
        correct_quarter(closed.term, Q2, [closed], closer, AT, TODAY, "취소됨")
        assert values(closed) == [233, 43, 18]

    def test_another_pledges_results_stay(self, closed: Pledge, closer: User) -> None:
        late(closed)
        other = Pledge.objects.create(
            term=closed.term, goal=closed.goal, number="9-9", title="다른 공약(예시)"
        )
        correct_quarter(closed.term, Q2, [other], closer, AT, TODAY, "다른 공약")
        assert values(closed) == [233, 43, 18]
        assert result(closed, 3).value == 2


class TestTypedOtherwise:
    def test_stays_and_is_told(self, closed: Pledge, closer: User) -> None:
        typed(closed, 3, 4)
        late(closed)
        assert [(str(row), row.follows) for row in differing([closed], Q2)] == [
            ("1. 사회적경제 기업 수 2024년 2분기: 기록 233, 집계 234", True),
            ("2. 재정지원 기업 수 2024년 2분기: 기록 0, 집계 1", True),
            ("3. 횟수 2024년 2분기: 기록 4, 집계 3", False),
        ]
        correct_quarter(closed.term, Q2, [closed], closer, AT, TODAY, "늦은 기록")
        assert values(closed)[2] == 20

    def test_takes_the_count_where_the_request_names_it(self, closed: Pledge, closer: User) -> None:
        typed(closed, 3, 4)
        late(closed)
        key = result(closed, 3).indicator_id
        request = corrections.ask(closed, Q2, closer, AT, "늦은 기록", [key])
        corrections.approve(request, closer, AT, TODAY, "승인")
        row = result(closed, 3)
        assert (row.value, row.as_counted, row.reason) == (Decimal(3), True, "")
        assert values(closed)[2] == 19


class TestPages:
    @pytest.fixture(autouse=True)
    def _july(self, pin_today: PinToday) -> None:
        pin_today(2024, 7, 9)

    def test_the_request_shows_the_moved_figures(self, closed: Pledge, staff: Client) -> None:
        late(closed)
        answer = staff.get(NEW)
        moved = {row.where: (row.before, row.after) for row in answer.context["differences"]}
        assert moved["지표 3. 횟수 누적 실적"] == ("18", "19")
        assert moved["지표 3. 횟수 이행률"] == ("45.0", "47.5")
        assert moved["총 이행률"][0] != moved["총 이행률"][1]
        assert result(closed, 3).value == 2

    def test_the_request_says_how_to_mend_what_was_typed(
        self, closed: Pledge, staff: Client, coordinator: Client
    ) -> None:
        typed(closed, 3, 4)
        late(closed)
        page = staff.get(NEW).content.decode()
        assert "기록 4" in page
        assert "집계 3" in page
        key = result(closed, 3).indicator_id
        looked = staff.post(NEW, {"look": "1", "take_counted": [key], "reason": "늦은 기록"})
        moved = {row.where: row.after for row in looked.context["differences"]}
        assert moved["지표 3. 횟수 누적 실적"] == "19"
        assert not CorrectionRequest.objects.exists()
        staff.post(NEW, {"take_counted": [key], "reason": "늦은 기록"})
        request = CorrectionRequest.objects.get()
        told = coordinator.get(f"/pledges/corrections/{request.pk}/").content.decode()
        assert "요청에 따라" in told
        coordinator.post(f"/pledges/corrections/{request.pk}/", {"decision": "승인", "approve": "1"})
        assert values(closed)[2] == 19

    def test_later_closed_quarters_are_named_and_stay(
        self, closed: Pledge, closer: User, staff: Client, pin_today: PinToday
    ) -> None:
        pin_today(2024, 10, 8)
        close_quarter(closed.term, Quarter(2024, 3), closer, AT, date(2024, 10, 8))
        third = ClosedCard.objects.get(closing__quarter=3).content
        assert "2024년 3분기" in staff.get(NEW).content.decode()
        late(closed)
        correct_quarter(closed.term, Q2, [closed], closer, AT, date(2024, 10, 8), "늦은 기록")
        assert ClosedCard.objects.get(closing__quarter=3).content == third
        assert values(closed, date(2024, 9, 30)) == [233, 43, 18]
        correct_quarter(closed.term, Quarter(2024, 3), [closed], closer, AT, date(2024, 10, 8), "차례로")
        assert values(closed, date(2024, 9, 30)) == [234, 44, 19]


def test_a_card_taken_over_keeps_its_late_records_listed(closed: Pledge, closer: User) -> None:
    """Another pledge's correction makes a new version of the quarter, but not of this card."""
    other = Pledge.objects.create(term=closed.term, goal=closed.goal, number="9-9", title="다른 공약(예시)")
    held(date(2024, 5, 30))
    listed = len(late_records(closed, Q2))
    later = datetime(2099, 1, 1, tzinfo=UTC)
    correct_quarter(closed.term, Q2, [other], closer, later, TODAY, "다른 공약")
    assert len(late_records(closed, Q2)) == listed > 0


class TestSubmittingAgain:
    def test_a_returned_result_takes_the_count_of_now(self, seed: Pledge, closer: User) -> None:
        held(date(2024, 4, 25))
        workflow.submit(seed, Q2, closer, TODAY)
        workflow.send_back([result(seed, 3)], "5월 행사가 빠짐(예시)")
        held(date(2024, 5, 30))
        workflow.submit(seed, Q2, closer, TODAY)
        assert result(seed, 3).value == 2

    def test_a_typed_one_stays(self, seed: Pledge, closer: User) -> None:
        workflow.submit(seed, Q2, closer, TODAY)
        workflow.send_back([result(seed, 3)], "다시(예시)")
        typed(seed, 3, 4)
        workflow.submit(seed, Q2, closer, TODAY)
        assert result(seed, 3).value == 4


class TestDayInsideAClosedQuarter:
    """It was never published: the page says so and leads to the day that was (docs/adr/0005)."""

    @pytest.mark.parametrize(
        ("day", "told"), [("2024-05-31", True), ("2024-06-30", False), ("2024-07-01", False)]
    )
    def test_is_told(self, closed: Pledge, staff: Client, day: str, told: bool) -> None:
        page = staff.get(f"/pledges/1-3/?term=민선8기&as_of={day}").content.decode()
        assert ("마감한 분기 안의 날" in page) is told
        assert ("as_of=2024-06-30" in page) is (told or day == "2024-06-30")


class TestFirstClosing:
    """A quarter before the first closing is corrected with it."""

    @pytest.fixture
    def pledge(self, closer: User) -> Pledge:
        pledge = make.pledge()
        days = make.market_days(pledge)
        make.held(date(2023, 5, 10))
        make.result(days, 2023, 2, "1", as_counted=True)
        close_quarter(pledge.term, Q1, closer, AT, TODAY)
        make.held(date(2023, 6, 10))
        return pledge

    def test_takes_late_records_of_the_quarters_before_it(self, pledge: Pledge, closer: User) -> None:
        assert values(pledge, Q1.last_day) == [1]
        assert [str(row) for row in differing([pledge], Q1)] == ["1. 횟수 2023년 2분기: 기록 1, 집계 2"]
        correct_quarter(pledge.term, Q1, [pledge], closer, AT, TODAY, "늦은 기록")
        assert values(pledge, Q1.last_day) == [2]

    def test_is_where_a_request_for_an_earlier_quarter_leads(self, pledge: Pledge, staff: Client) -> None:
        answer = staff.get("/pledges/가-1/corrections/2023/2/new/?term=민선8기", follow=True)
        assert answer.redirect_chain[-1][0].startswith("/pledges/%EA%B0%80-1/corrections/2024/1/new/")
        assert "첫 마감(2024년 1분기)에 들어 있습니다" in answer.content.decode()


class TestDeciding:
    @pytest.fixture(autouse=True)
    def _july(self, pin_today: PinToday) -> None:
        pin_today(2024, 7, 9)

    def test_a_second_request_leads_to_the_first(self, closed: Pledge, closer: User, staff: Client) -> None:
        first = corrections.ask(closed, Q2, closer, AT, "늦은 기록(예시)")
        for answer in (staff.get(NEW, follow=True), staff.post(NEW, {"reason": "둘째(예시)"}, follow=True)):
            assert answer.redirect_chain[-1][0] == f"/pledges/corrections/{first.pk}/"
            assert "이미 요청되어 결정을 기다립니다" in answer.content.decode()

    def test_the_second_decision_is_told(self, closed: Pledge, closer: User, coordinator: Client) -> None:
        asked = corrections.ask(closed, Q2, closer, AT, "늦은 기록(예시)")
        corrections.refuse(asked, closer, AT, "근거 없음(예시)")
        address = f"/pledges/corrections/{asked.pk}/"
        answer = coordinator.post(address, {"decision": "승인(예시)", "approve": "1"}, follow=True)
        assert "다른 사람이 먼저 결정했습니다" in answer.content.decode()
        assert corrections.latest_closing(closed.term, Q2).version == 1  # type: ignore[union-attr]

    def test_a_refused_request_claims_no_difference(
        self, closed: Pledge, closer: User, staff: Client
    ) -> None:
        late(closed)
        asked = corrections.ask(closed, Q2, closer, AT, "늦은 기록(예시)")
        corrections.refuse(asked, closer, AT, "근거 없음(예시)")
        page = staff.get(f"/pledges/corrections/{asked.pk}/").content.decode()
        assert "바뀐 것이 없습니다" not in page
        assert "승인하지 않아 마감한 카드는 그대로입니다" in page

    def test_what_waits_stands_first(self, closed: Pledge, closer: User, staff: Client) -> None:
        corrections.ask(closed, Q2, closer, AT, "먼저 요청(예시)")
        late_at = AT + timedelta(days=1)
        other = Pledge.objects.create(
            term=closed.term, goal=closed.goal, number="9-9", title="다른 공약(예시)"
        )
        refused = corrections.ask(other, Q2, closer, late_at, "불승인할 것(예시)")
        corrections.refuse(refused, closer, late_at, "근거 없음(예시)")
        page = staff.get("/pledges/closings/?term=민선8기").content.decode()
        assert page.index("먼저 요청(예시)") < page.index("불승인할 것(예시)")

    @pytest.mark.parametrize("role", ["staff", "manager", "auditor"])
    def test_nobody_else_decides(self, closed: Pledge, closer: User, client_as: ClientAs, role: str) -> None:
        asked = corrections.ask(closed, Q2, closer, AT, "늦은 기록(예시)")
        answer = client_as(role).post(f"/pledges/corrections/{asked.pk}/", {"decision": "x", "approve": "1"})
        assert answer.status_code == 403


class TestGrants:
    @pytest.fixture(autouse=True)
    def _july(self, pin_today: PinToday) -> None:
        pin_today(2024, 7, 9)

    def test_an_open_quarter_needs_none(self, closed: Pledge, coordinator: Client) -> None:
        page = coordinator.get("/pledges/1-3/unlock/2024/3/?term=민선8기", follow=True).content.decode()
        assert "마감하지 않은 분기" in page

    def test_what_runs_is_listed_and_what_ran_out_unlocks_nothing(
        self, closed: Pledge, users: dict[str, User], auditor: Client
    ) -> None:
        now = timezone.now()
        by, holder = users["coordinator"], users["staff"]
        unlocking.grant(closed, Q2, holder, by, now, days=3, reason="지금(예시)")
        unlocking.grant(closed, Q1, holder, by, now - timedelta(days=9), days=3, reason="지난(예시)")
        assert set(unlocking.opened_to(holder, now)) == {(closed.term_id, Q2)}
        page = auditor.get("/pledges/closings/?term=민선8기").content.decode()
        assert "지금(예시)" in page
        assert "지난(예시)" not in page

    def test_is_taken_back_before_it_runs_out(
        self, closed: Pledge, users: dict[str, User], staff: Client, coordinator: Client
    ) -> None:
        held_by = users["staff"]
        made = unlocking.grant(
            closed, Q2, held_by, users["coordinator"], timezone.now(), days=3, reason="지금(예시)"
        )
        address = f"/pledges/closings/grants/{made.pk}/void/"
        assert address in coordinator.get("/pledges/closings/?term=민선8기").content.decode()
        assert address not in staff.get("/pledges/closings/?term=민선8기").content.decode()
        assert staff.post(address, {"reason": "내가"}).status_code == 403
        coordinator.post(address, {"reason": "잘못 줌(예시)"})
        assert unlocking.opened_to(held_by, timezone.now()) == {}
        assert coordinator.get(address).status_code == 404
