from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from common.periods import Quarter
from documents.reading.card_file import document_text
from pledges import workflow
from pledges.closing import close_quarter, correct_quarter
from pledges.models import Pledge, Result, ResultState
from tests import factories
from tests.conftest import ClientAs, PinToday
from tests.pledges.test_worked_cases import held

Q2 = Quarter(2024, 2)
DAY = date(2024, 7, 3)
QUERY = "?term=민선8기&year=2024&quarter=2"


def states(pledge: Pledge) -> set[str]:
    return set(
        Result.objects.live().filter(indicator__pledge=pledge, quarter=2).values_list("state", flat=True)
    )


class TestVerbs:
    def test_submitting_takes_the_counted_values(self, seed: Pledge) -> None:
        assert workflow.submit(seed, Q2, factories.user(), DAY) == 3
        values = (
            Result.objects.filter(indicator__pledge=seed)
            .order_by("indicator__no")
            .values_list("value", flat=True)
        )
        assert list(values) == [233, 0, 0]
        assert states(seed) == {ResultState.SUBMITTED}

    def test_submitting_keeps_what_was_recorded(self, seed: Pledge) -> None:
        mine = Result.objects.create(
            indicator=seed.indicators.get(no=3), year=2024, quarter=2, value=4, reason="현장"
        )
        workflow.submit(seed, Q2, factories.user(), DAY)
        mine.refresh_from_db()
        assert (mine.value, mine.state) == (4, ResultState.SUBMITTED)

    def test_a_quarter_that_has_not_ended_is_not_submitted(self, seed: Pledge) -> None:
        with pytest.raises(workflow.NotNow, match="끝나지"):
            workflow.submit(seed, Q2, factories.user(), date(2024, 6, 29))
        assert states(seed) == set()

    def test_an_indicator_without_value_is_named(self, seed: Pledge) -> None:
        seed.indicators.filter(no=3).update(measure="")
        with pytest.raises(workflow.NotNow, match="횟수"):
            workflow.submit(seed, Q2, factories.user(), DAY)

    def test_confirmed_results_cannot_be_withdrawn(self, seed: Pledge) -> None:
        user = factories.user()
        workflow.submit(seed, Q2, user, DAY)
        results = list(Result.objects.filter(indicator__pledge=seed))
        workflow.confirm(results, user, DAY)
        with pytest.raises(workflow.NotNow):
            workflow.withdraw(results)

    def test_every_step_is_in_the_history(self, seed: Pledge) -> None:
        user = factories.user()
        workflow.submit(seed, Q2, user, DAY)
        results = list(Result.objects.filter(indicator__pledge=seed))
        workflow.send_back(results, "근거 첨부")
        reasons = (
            Result.history.filter(id=results[0].pk)
            .order_by("history_id")
            .values_list("history_change_reason", flat=True)
        )
        assert [reason for reason in reasons if reason] == ["제출", "반려: 근거 첨부"]


class TestPage:
    @pytest.fixture(autouse=True)
    def _july(self, pin_today: PinToday) -> None:
        pin_today(2024, 7, 3)

    def act(self, client: Client, deed: str, **data: Any) -> Any:
        return client.post(f"/pledges/1-3/confirm/{deed}/{QUERY}", data, follow=True)

    def test_walks_from_entry_to_confirmation(self, seed: Pledge, staff: Client, manager: Client) -> None:
        assert "제출했습니다" in self.act(staff, "submit").content.decode()
        page = self.act(manager, "return", reason="집계표를 붙이세요").content.decode()
        assert "반려: 집계표를 붙이세요" in page
        self.act(staff, "submit")
        self.act(manager, "confirm")
        assert states(seed) == {ResultState.CONFIRMED}

    def test_a_return_needs_a_reason(self, seed: Pledge, staff: Client, manager: Client) -> None:
        self.act(staff, "submit")
        response = self.act(manager, "return", reason=" ")
        assert response.context["return_form"].errors
        assert states(seed) == {ResultState.SUBMITTED}

    def test_what_changed_since_the_page_was_opened_is_not_confirmed(
        self, seed: Pledge, staff: Client, manager: Client
    ) -> None:
        self.act(staff, "submit")
        seen = manager.get(f"/pledges/1-3/confirm/{QUERY}").context["seen"]
        self.act(staff, "withdraw")
        Result.objects.filter(indicator__no=3).update(value=5, as_counted=False)
        self.act(staff, "submit")
        assert "바뀌었습니다" in self.act(manager, "confirm", seen=seen).content.decode()
        assert states(seed) == {ResultState.SUBMITTED}

    def test_after_closing_nothing_is_returned(self, seed: Pledge, staff: Client, manager: Client) -> None:
        self.act(staff, "submit")
        user = factories.user("coordinator", "closer")
        close_quarter(seed.term, Q2, user, datetime(2024, 7, 3, tzinfo=UTC), date(2024, 7, 3))
        assert "정정을 요청하세요" in self.act(manager, "return", reason="늦음").content.decode()
        assert states(seed) == {ResultState.SUBMITTED}

    def test_an_approval_on_paper_is_marked_so(self, seed: Pledge, staff: Client) -> None:
        self.act(staff, "submit")
        page = self.act(
            staff, "approve", approval_number="사회적경제-123", approval_on="2024. 7. 2."
        ).content.decode()
        assert "결재 사회적경제-123" in page
        assert states(seed) == {ResultState.CONFIRMED}

    @pytest.mark.parametrize(
        ("on", "words"),
        [("2024. 7. 4.", "오늘보다 뒤"), ("2024. 6. 29.", "보다 앞섭니다"), ("어제", "결재일"), ("", "필수")],
    )
    def test_an_approval_is_dated_between_the_quarters_end_and_today(
        self, seed: Pledge, staff: Client, on: str, words: str
    ) -> None:
        self.act(staff, "submit")
        page = self.act(staff, "approve", approval_number="일자리-1(예시)", approval_on=on).content.decode()
        assert words in page
        assert 'value="일자리-1(예시)"' in page
        assert states(seed) == {ResultState.SUBMITTED}

    def test_what_was_typed_stays_when_the_results_changed_meanwhile(
        self, seed: Pledge, staff: Client, manager: Client
    ) -> None:
        self.act(staff, "submit")
        seen = manager.get(f"/pledges/1-3/confirm/{QUERY}").context["seen"]
        self.act(staff, "withdraw")
        self.act(staff, "submit")
        page = self.act(manager, "return", reason="사진을 붙이세요", seen=seen).content.decode()
        assert "바뀌었습니다" in page
        assert "사진을 붙이세요</textarea>" in page
        assert states(seed) == {ResultState.SUBMITTED}

    def test_links_of_a_page_that_refused_still_lead_on(
        self, seed: Pledge, staff: Client, manager: Client
    ) -> None:
        self.act(staff, "submit")
        page = self.act(manager, "return", reason=" ").content.decode()
        assert 'href="?' not in page
        assert 'href="/pledges/1-3/confirm/?term=' in page

    @pytest.mark.parametrize(("year", "quarter", "word"), [(2022, 3, "앞 분기"), (2026, 2, "다음 분기")])
    def test_the_terms_first_and_last_quarter_lead_no_further(
        self, seed: Pledge, staff: Client, year: int, quarter: int, word: str
    ) -> None:
        page = staff.get(f"/pledges/1-3/confirm/?term=민선8기&year={year}&quarter={quarter}")
        assert word not in page.content.decode()

    @pytest.mark.parametrize(
        ("role", "deed"),
        [("manager", "submit"), ("staff", "confirm"), ("coordinator", "submit"), ("auditor", "withdraw")],
    )
    def test_the_wrong_role_is_refused(self, seed: Pledge, client_as: ClientAs, role: str, deed: str) -> None:
        assert self.act(client_as(role), deed).status_code == 403

    def test_an_unknown_deed_is_refused(self, seed: Pledge, staff: Client) -> None:
        assert self.act(staff, "burn").status_code == 400

    def test_a_term_that_has_just_begun_opens_with_its_first_quarter(
        self, seed: Pledge, staff: Client, pin_today: PinToday
    ) -> None:
        pin_today(2022, 8, 1)
        page = staff.get("/pledges/1-3/confirm/?term=민선8기")
        assert page.context["quarter"] == Quarter(2022, 3)

    def test_a_look_changes_nothing(self, seed: Pledge, client_as: ClientAs) -> None:
        for role in Role.values:
            assert client_as(role).get(f"/pledges/1-3/confirm/{QUERY}").status_code == 200
        assert states(seed) == set()


def test_an_older_version_stays_readable(seed: Pledge, staff: Client) -> None:
    """Every closed card opens by its closing, whatever version holds now (DOMAIN §3.15)."""
    user, at = factories.user("coordinator", "closer"), datetime(2024, 7, 9, tzinfo=UTC)
    first = close_quarter(seed.term, Q2, user, at, date(2024, 7, 9))
    second = correct_quarter(seed.term, Q2, [seed], user, at, date(2024, 7, 9), "정정(예시)")
    for closing in (first, second):
        page = staff.get(f"/pledges/closings/{closing.pk}/cards/{seed.pk}/")
        assert f"{closing.version}판" in page.content.decode()


class TestVersions:
    """Both versions of a corrected quarter: on the screen, as JSON, XLSX and HWPX."""

    @pytest.fixture
    def versions(self, seed: Pledge) -> list[str]:
        user, at, day = (
            factories.user("coordinator", "closer"),
            datetime(2024, 7, 9, tzinfo=UTC),
            date(2024, 7, 9),
        )
        first = close_quarter(seed.term, Q2, user, at, day)
        held(date(2024, 5, 30))
        second = correct_quarter(seed.term, Q2, [seed], user, at, day, "정정(예시)")
        return [f"/pledges/closings/{closing.pk}/cards/{seed.pk}/" for closing in (first, second)]

    def test_as_json(self, versions: list[str], staff: Client) -> None:
        rates = [staff.get(f"{address}card.json").json()["overall_rate"] for address in versions]
        assert rates == ["82.5", "83.0"]

    @pytest.mark.parametrize("form", ["xlsx", "hwpx"])
    def test_as_documents_that_say_which(self, versions: list[str], staff: Client, form: str) -> None:
        found = []
        for version, address in enumerate(versions, start=1):
            response = staff.get(f"{address}card.{form}")
            assert f"20240630%20{version}%ED%8C%90" in response.headers["Content-Disposition"]
            found.append(document_text(f"카드.{form}", response.content)[0])
        assert "82.5" in found[0]
        assert "83.0" in found[1]
        assert "83.0" not in found[0]

    def test_the_old_one_names_the_one_that_holds(self, versions: list[str], staff: Client) -> None:
        old, new = (staff.get(address).content.decode() for address in versions)
        assert f'<a href="{versions[1]}">2판</a>으로 정정되었습니다' in old
        assert "왜 82.5%?" not in old
        assert f"{versions[0]}card.xlsx" in old
        assert "정정되었습니다" not in new
        assert "왜 83.0%?" in new

    def test_who_takes_no_figures_out_gets_none(self, versions: list[str], sysadmin: Client) -> None:
        assert sysadmin.get(versions[0]).status_code == 200
        for form in ("json", "xlsx", "hwpx"):
            assert sysadmin.get(f"{versions[0]}card.{form}").status_code == 403

    def test_what_is_not_there_is_not_found(self, versions: list[str], staff: Client) -> None:
        assert staff.get(f"{versions[0]}card.pdf").status_code == 404
        assert staff.get("/pledges/closings/987654/cards/1/card.json").status_code == 404


@pytest.mark.parametrize("number", ["9" * 5, "9" * 30])
def test_addresses_of_no_quarter_or_row_are_not_found(seed: Pledge, coordinator: Client, number: str) -> None:
    term = "?term=민선8기"
    for address in (
        f"closings/{number}/",
        f"closings/{number}/cards/{number}/",
        f"closings/{number}/1/close/{term}",
        f"1-3/unlock/{number}/1/{term}",
        f"1-3/corrections/{number}/1/new/{term}",
        f"corrections/{number}/",
        f"plan-changes/{number}/",
    ):
        assert coordinator.get(f"/pledges/{address}").status_code == 404, address
    for page in ("results", "confirm"):
        year = number * 200
        assert coordinator.get(f"/pledges/1-3/{page}/{term}&year={year}&quarter=1").status_code == 400
