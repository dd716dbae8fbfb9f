"""분기 실적: recorded beside counted."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Office, User
from common.clock import now
from common.periods import Quarter
from pledges.models import ClosedResult, Indicator, Pledge, Result, ResultState
from pledges.unlocking import grant
from pledges.views.results import Cell

from . import factories as make

URL = "/pledges/가-1/results/"
SAVE = "/pledges/가-1/results/save/?term=민선8기&year=2024"


@pytest.fixture
def pledge(db: None, pin_today: Callable[..., date]) -> Pledge:
    pin_today(2024, 8, 15)
    return make.pledge()


@pytest.fixture
def days(pledge: Pledge) -> Indicator:
    """Two held days in the second quarter."""
    indicator = make.market_days(pledge)
    make.target(indicator, "10", 2024)
    make.target(indicator, "4", 2024, 2)
    make.target(indicator, None, 2024, 1)
    make.held(date(2024, 4, 25), date(2024, 4, 26))
    return indicator


def cell(client: Client, quarter: int, row: int = 0) -> Cell:
    found: Cell = client.get(URL + "?year=2024").context["rows"][row].cells[quarter - 1]
    return found


def typed(
    indicator: Indicator, quarter: int, value: str, reason: str = "", revision: int = 0
) -> dict[str, Any]:
    prefix = f"i{indicator.pk}q{quarter}"
    return {f"{prefix}-value": value, f"{prefix}-reason": reason, f"{prefix}-revision": revision}


def test_target_counted_and_recorded_stand_side_by_side(staff: Client, days: Indicator) -> None:
    make.result(days, 2024, 2, "3", reason="천막만 친 날 포함")
    found = cell(staff, 2)
    assert (found.target, found.form.counted.value, found.form.instance.value) == (4, 2, 3)
    assert found.form.differs
    assert "집계와 다름" in staff.get(URL + "?year=2024").content.decode()


def test_no_target_not_recorded_and_zero_look_different(
    staff: Client, auditor: Client, days: Indicator
) -> None:
    make.result(days, 2024, 1, "0")
    text = auditor.get(URL + "?year=2024").content.decode()
    assert "<strong>0</strong>" in text
    assert '<span class="badge">미기록</span>' in text
    assert '<dd class="num">-</dd>' in text


def test_recording_what_is_counted_asks_nothing(staff: Client, days: Indicator) -> None:
    staff.post(SAVE, typed(days, 2, "2"))
    row = Result.objects.get()
    assert (row.value, row.year, row.quarter, row.state) == (2, 2024, 2, ResultState.DRAFT)
    assert row.recorded_by is not None
    assert row.recorded_by.username == "staff"


def test_another_value_asks_its_reason_beside_the_cell(staff: Client, days: Indicator) -> None:
    response = staff.post(SAVE, typed(days, 2, "3"))
    assert "집계값 2과(와) 다릅니다" in response.content.decode()
    assert 'value="3"' in response.content.decode()
    assert not Result.objects.exists()
    staff.post(SAVE, typed(days, 2, "3", reason="기획단 집계에는 하루 더 있음"))
    assert Result.objects.get().reason == "기획단 집계에는 하루 더 있음"


def test_the_counted_value_is_recorded_by_one_click(staff: Client, days: Indicator) -> None:
    assert cell(staff, 2).form.offers_count
    staff.post(SAVE, typed(days, 2, "") | {"as_counted": f"i{days.pk}q2"})
    assert Result.objects.get().value == 2
    assert not cell(staff, 2).form.offers_count


def test_a_quarter_that_has_not_ended_warns(staff: Client, days: Indicator) -> None:
    assert "아직 끝나지 않은 분기" in staff.post(SAVE, typed(days, 3, "0")).content.decode()
    staff.post(SAVE, typed(days, 3, "0", reason="9월 행사는 취소됨"))
    assert Result.objects.get().quarter == 3


def test_a_quarter_within_the_opening_asks_nothing(staff: Client, days: Indicator) -> None:
    make.opening(days, date(2024, 3, 31), "16")
    assert "도입 전 누계의 상세" in staff.get(URL + "?year=2024").content.decode()
    staff.post(SAVE, typed(days, 1, "2"))
    assert Result.objects.get().value == 2


@pytest.mark.parametrize("value", ["많음", "-1", "24.394", "1.23456", "99999999999999"])
def test_values_that_cannot_be_are_refused_and_stay_typed(staff: Client, days: Indicator, value: str) -> None:
    response = staff.post(SAVE, typed(days, 2, value, reason="x"))
    assert response.status_code == 200
    assert f'value="{value}"' in response.content.decode()
    assert not Result.objects.exists()


def test_a_recorded_value_is_not_emptied(staff: Client, days: Indicator) -> None:
    make.result(days, 2024, 2, "2")
    response = staff.post(SAVE, typed(days, 2, "", revision=1))
    assert "‘무효’를 누릅니다" in response.content.decode()
    assert Result.objects.live().count() == 1


def test_a_closed_quarter_is_locked_and_says_why(staff: Client, days: Indicator) -> None:
    make.closed(days.pledge, 2024, 2)
    assert "마감한 분기입니다" in staff.get(URL + "?year=2024").content.decode()
    staff.post(SAVE, typed(days, 2, "2"))
    assert not Result.objects.exists()


@pytest.mark.parametrize("state", [ResultState.SUBMITTED, ResultState.CONFIRMED])
def test_a_submitted_or_confirmed_value_is_locked(staff: Client, days: Indicator, state: str) -> None:
    row = make.result(days, 2024, 2, "3", state=state)
    staff.post(SAVE, typed(days, 2, "2", revision=1))
    row.refresh_from_db()
    assert (row.value, row.state, row.revision) == (3, state, 1)


def test_a_returned_value_is_changed_and_starts_anew(staff: Client, days: Indicator) -> None:
    row = make.result(days, 2024, 2, "3", state=ResultState.RETURNED, return_reason="근거 첨부")
    staff.post(SAVE, typed(days, 2, "4", reason="현장 집계", revision=1))
    row.refresh_from_db()
    assert (row.value, row.state) == (4, ResultState.DRAFT)


def test_a_grant_opens_a_closed_quarter_to_its_holder(
    staff: Client, days: Indicator, users: dict[str, User]
) -> None:
    row = make.result(days, 2024, 1, "3")
    make.closed(days.pledge, 2024, 1)
    staff.post(SAVE, typed(days, 1, "4", reason="정정", revision=1))
    row.refresh_from_db()
    assert row.value == 3
    grant(
        days.pledge, Quarter(2024, 1), users["staff"], users["coordinator"], now(), days=3, reason="정정 준비"
    )
    staff.post(SAVE, typed(days, 1, "4", reason="정정", revision=1))
    row.refresh_from_db()
    assert row.value == 4


def test_the_second_saver_is_told(staff: Client, days: Indicator) -> None:
    make.result(days, 2024, 2, "2")
    staff.post(SAVE, typed(days, 2, "3", reason="첫째", revision=1))
    response = staff.post(SAVE, typed(days, 2, "4", reason="둘째", revision=1))
    assert "먼저 고쳤습니다" in response.content.decode()
    assert Result.objects.get().value == 3


def test_two_results_for_one_quarter_are_impossible(staff: Client, days: Indicator) -> None:
    """Both opened the page while nothing was recorded."""
    staff.post(SAVE, typed(days, 2, "2"))
    response = staff.post(SAVE, typed(days, 2, "5", reason="둘째"))
    assert "먼저 고쳤습니다" in response.content.decode()
    assert Result.objects.get().value == 2


def test_one_bad_cell_saves_none(staff: Client, days: Indicator) -> None:
    staff.post(SAVE, typed(days, 2, "2") | typed(days, 1, "많음"))
    assert not Result.objects.exists()


def test_only_the_refused_cell_shows_its_fault(staff: Client, days: Indicator) -> None:
    others = typed(days, 1, "") | typed(days, 3, "") | typed(days, 4, "")
    response = staff.post(SAVE, typed(days, 2, "9") | others)
    faults = [bool(cell.form.errors) for cell in response.context["rows"][0].cells]
    assert faults == [False, True, False, False]


def test_voiding_gives_the_quarter_back_to_the_count(staff: Client, days: Indicator) -> None:
    row = make.result(days, 2024, 2, "2")
    staff.post(f"/pledges/가-1/results/{row.pk}/void/", {"reason": "잘못 기록"})
    assert cell(staff, 2).form.instance.pk is None


def test_a_closed_result_is_not_voided(staff: Client, days: Indicator) -> None:
    row = make.result(days, 2024, 1, "0")
    make.closed(days.pledge, 2024, 1)
    response = staff.post(f"/pledges/가-1/results/{row.pk}/void/", {"reason": "x"}, follow=True)
    assert "마감한 분기입니다" in response.content.decode()
    assert Result.objects.live().count() == 1


@pytest.mark.parametrize("role", ["manager", "coordinator", "auditor", "admin"])
def test_only_staff_records(client_as: Callable[[str], Client], days: Indicator, role: str) -> None:
    row = make.result(days, 2024, 2, "2")
    client = client_as(role)
    assert client.get(URL).status_code == 200
    assert "실적 저장" not in client.get(URL).content.decode()
    assert client.post(SAVE, typed(days, 1, "1")).status_code == 403
    assert client.post(f"/pledges/가-1/results/{row.pk}/void/", {"reason": "x"}).status_code == 403


def test_addresses(staff: Client, days: Indicator) -> None:
    assert staff.get("/pledges/없음/results/").status_code == 404
    assert staff.get(URL + "?year=2019").status_code == 400
    assert staff.get(URL + "?jahr=2024").status_code == 400
    assert staff.post(URL).status_code == 405
    assert staff.get(SAVE).status_code == 405
    assert staff.get("/pledges/가-1/results/987654321/void/").status_code == 404


def test_more_indicators_ask_no_more_queries(staff: Client, pledge: Pledge, days: Indicator) -> None:
    make.supported(pledge)
    make.enterprises(pledge)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(URL + "?year=2024")
        return len(captured)

    make.result(days, 2024, 1, "0")
    before = queries()
    for no in range(4, 9):
        made = make.indicator(pledge, no, weight=None)
        make.result(made, 2024, 1, "1")
        make.target(made, "3", 2024, 1)
    assert queries() == before


class TestAsCounted:
    """Whether a recorded value is the counted one, so that a correction of its quarter counts it anew."""

    def test_the_counted_value_is_marked_until_another_is_typed(self, staff: Client, days: Indicator) -> None:
        staff.post(SAVE, {"as_counted": f"i{days.pk}q2"} | typed(days, 2, ""))
        row = Result.objects.get()
        assert (row.value, row.as_counted) == (2, True)
        staff.post(SAVE, typed(days, 2, "3", reason="현장 집계", revision=row.revision))
        row.refresh_from_db()
        assert (row.value, row.as_counted) == (3, False)

    def test_typing_the_same_value_is_the_same(self, staff: Client, days: Indicator) -> None:
        staff.post(SAVE, typed(days, 2, "2"))
        assert Result.objects.get().as_counted

    def test_a_quarter_that_goes_on_is_not_counted_whole(self, staff: Client, days: Indicator) -> None:
        staff.post(SAVE, typed(days, 3, "0", reason="미리"))
        assert not Result.objects.get().as_counted


def test_a_closed_quarter_stands_beside_what_its_records_count_now(staff: Client, days: Indicator) -> None:
    make.result(days, 2024, 2, "2", as_counted=True)
    closing = make.closed(days.pledge, 2024, 2)
    ClosedResult.objects.create(closing=closing, indicator=days, value=2)
    make.held(date(2024, 5, 30))
    found = cell(staff, 2).form
    assert (found.instance.value, found.counted.value, found.differs) == (2, 3, True)


def test_another_terms_closing_locks_nothing(staff: Client, days: Indicator) -> None:
    """The new term's first quarters may close before the old term's last ones do."""
    Office.objects.create(pk=1, closed_through=date(2026, 9, 30))
    staff.post(SAVE, typed(days, 2, "2"))
    assert Result.objects.exists()
