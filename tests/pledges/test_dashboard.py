"""The dashboard: three named figures, trend, flags, filters in the address, and a fixed number of queries."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import DeadlineRule, Office, User
from common.clock import today
from pledges import board, dashboard
from pledges.dashboard import Row
from pledges.flags import PAGES, Sign
from pledges.models import Pledge, ResultState, Status, Term
from tests import factories as people

from . import factories as make

DAY = date(2024, 6, 30)


@pytest.fixture(autouse=True)
def summer(pin_today: Callable[..., date]) -> date:
    return pin_today(2024, 8, 15)


def counted_pledge(number: str, target: str = "10", value: str | None = "5", **fields: Any) -> Pledge:
    """A pledge with one indicator of full weight: a term target, one of 2024's first half, one quarter's result."""
    pledge = make.pledge(number, **fields)
    indicator = make.indicator(pledge, weight=Decimal(100))
    make.target(indicator, target)
    make.target(indicator, target, 2024)
    make.target(indicator, target, 2024, 2)
    if value is not None:
        for year, quarter in [(2022, 3), (2022, 4), *((2023, n) for n in (1, 2, 3, 4)), (2024, 1)]:
            make.result(indicator, year, quarter, "0", state=ResultState.CONFIRMED)
        make.result(indicator, 2024, 2, value, state=ResultState.CONFIRMED)
    return pledge


def rows(as_of: date = DAY) -> dict[str, Row]:
    return {row.pledge.number: row for row in board.all_rows(make.term(), as_of, today())}


def signs(row: Row) -> set[Sign]:
    return {flag.sign for flag in row.flags}


@pytest.mark.django_db
class TestFigures:
    def test_means_count_every_pledge_once_without_dropped_and_merged_ones(self) -> None:
        first = counted_pledge("1-1", value="10", status=Status.DONE)
        counted_pledge("1-2", value="5", status=Status.ON_TRACK)
        counted_pledge("1-3", value="0", status=Status.DROPPED)
        counted_pledge("1-4", value="0", merged_into=first)
        found = dashboard.summary(list(rows().values()))
        assert (found.pledges, found.rate, found.progress, found.fulfilled) == (2, 75, 75, 50)

    def test_a_pledge_without_a_rate_stays_out_of_the_mean_and_is_counted_apart(self) -> None:
        counted_pledge("1-1", value="10")
        make.pledge("1-2")
        found = dashboard.summary(list(rows().values()))
        assert (found.rate, found.unknown) == (100, 1)

    def test_trend_is_the_rate_at_the_last_quarters_ends(self) -> None:
        counted_pledge("1-1")
        trend = rows()["1-1"].trend
        assert trend is not None
        assert trend.days == (
            date(2023, 6, 30),
            date(2023, 9, 30),
            date(2023, 12, 31),
            date(2024, 3, 31),
            DAY,
        )
        assert trend.rates == (0, 0, 0, 0, 50)

    def test_trend_begins_with_the_term(self) -> None:
        counted_pledge("1-1")
        trend = rows(date(2022, 11, 1))["1-1"].trend
        assert trend is not None
        assert trend.days == (date(2022, 9, 30), date(2022, 11, 1))

    def test_money_is_compared_with_cost_and_with_what_is_secured(self) -> None:
        pledge = counted_pledge("1-1", cost_district=10_000_000)
        pledge.secured.create(year=2024, source="district", amount=4_000_000)
        pledge.programs.add(make.program())
        make.paid(make.designated("㈜가나(예시)", date(2020, 1, 1)), date(2024, 5, 2), 1_000_000)
        row = rows()["1-1"]
        assert (row.spent_of_cost, row.spent_of_secured) == (10, 25)


@pytest.mark.django_db
class TestFlags:
    def test_behind_its_plan(self) -> None:
        counted_pledge("1-1", value="5")
        counted_pledge("1-2", value="10")
        assert Sign.BEHIND in signs(rows()["1-1"])
        assert Sign.BEHIND not in signs(rows()["1-2"])

    def test_an_ended_quarter_without_a_result_is_missing(self) -> None:
        counted_pledge("1-1", value=None)
        assert Sign.MISSING in signs(rows()["1-1"])
        counted_pledge("1-2")
        assert Sign.MISSING not in signs(rows()["1-2"])

    def test_a_quarter_still_running_is_not_missing(self) -> None:
        counted_pledge("1-1")
        assert Sign.MISSING not in signs(rows(date(2024, 8, 15))["1-1"])

    def test_money_without_results_and_results_without_money(self) -> None:
        still = counted_pledge("1-1", value="0")
        still.programs.add(make.program())
        make.paid(make.designated("㈜가나(예시)", date(2020, 1, 1)), date(2024, 5, 2))
        counted_pledge("1-2", value="5")
        assert Sign.MONEY_ONLY in signs(rows()["1-1"])
        assert signs(rows()["1-2"]) >= {Sign.RESULTS_ONLY}
        assert Sign.MONEY_ONLY not in signs(rows()["1-2"])

    def test_returned_and_submitted_results(self) -> None:
        pledge = counted_pledge("1-1")
        pledge.indicators.get().results.filter(quarter=2, year=2024).update(state=ResultState.RETURNED)
        assert Sign.RETURNED in signs(rows()["1-1"])

    def test_a_flag_about_results_leads_to_their_quarter(self, staff: Client) -> None:
        pledge = counted_pledge("1-1")
        pledge.indicators.get().results.filter(year=2023).update(state=ResultState.RETURNED)
        flag = next(flag for flag in rows()["1-1"].flags if flag.sign is Sign.RETURNED)
        assert flag.why.startswith("반려된 실적 2023년 1분기 1건, 2023년 2분기 1건, ")
        page = staff.get("/pledges/?as_of=2024-06-30").content.decode()
        address = reverse("pledges:confirm", args=["1-1"]) + "?term=민선8기&as_of=2024-06-30"
        shown = staff.get(f"{address}&year=2023&quarter=1").context
        assert "&amp;year=2023&amp;quarter=1" in page
        assert [row.result.state for row in shown["rows"]] == [ResultState.RETURNED]

    def test_money_without_results_opens_what_moved(self, staff: Client) -> None:
        pledge = counted_pledge("1-1", value="0")
        pledge.programs.add(make.program())
        make.paid(make.designated("㈜가나(예시)", date(2020, 1, 1)), date(2024, 5, 2), 1_234_567)
        flag = next(flag for flag in rows()["1-1"].flags if flag.sign is Sign.MONEY_ONLY)
        assert "1,234,567원을 집행했으나" in flag.why
        money, result = staff.get("/pledges/1-1/why/moved/?as_of=2024-06-30").context["derivations"]
        assert (money.value, money.known) == (1_234_567, 1_234_567)
        assert (result.value, result.known) == (0, 0)

    def test_what_moved_since_an_unknown_day_is_not_given_as_known(self, seed: Pledge, staff: Client) -> None:
        answer = staff.get("/pledges/1-3/why/moved/?as_of=2024-03-31")
        assert {one.value for one in answer.context["derivations"]} == {None}
        page = answer.content.decode()
        assert "2023. 3. 31.의 값을 알 수 없어 견줄 수 없음" in page
        assert "확인분" not in page

    def test_money_after_the_term_is_not_said_to_lack_results(self) -> None:
        pledge = counted_pledge("1-1", value="0")
        pledge.programs.add(make.program())
        make.paid(make.designated("㈜다라(예시)", date(2020, 1, 1)), date(2026, 9, 2), 7_000_000)
        assert Sign.MONEY_ONLY not in signs(rows(date(2026, 9, 30))["1-1"])

    def test_a_quarter_unconfirmed_after_its_due_day_is_urgent(self) -> None:
        DeadlineRule.objects.create(
            code="quarter_result", title="분기 실적", base="분기 마지막 날", offset=10
        )
        pledge = counted_pledge("1-1")
        assert Sign.DUE not in signs(rows()["1-1"])
        pledge.indicators.get().results.filter(quarter=2, year=2024).update(state=ResultState.DRAFT)
        due = next(flag for flag in rows()["1-1"].flags if flag.sign is Sign.DUE)
        assert due.urgent
        assert "2024년 2분기" in due.why
        assert "2024. 7. 10." in due.why

    def test_what_another_term_closed_leaves_the_quarter_due(self) -> None:
        DeadlineRule.objects.create(
            code="quarter_result", title="분기 실적", base="분기 마지막 날", offset=10
        )
        pledge = counted_pledge("1-1")
        pledge.indicators.get().results.filter(quarter=2, year=2024).update(state=ResultState.DRAFT)
        Office.objects.update_or_create(pk=1, defaults={"closed_through": date(2026, 9, 30)})
        assert Sign.DUE in signs(rows()["1-1"])

    def test_every_flag_leads_to_a_page_that_opens(self, staff: Client) -> None:
        pledge = counted_pledge("1-1")
        for sign, name in PAGES.items():
            assert staff.get(reverse(f"pledges:{name}", args=[pledge.number])).status_code == 200, sign
        page = staff.get("/pledges/?as_of=2024-06-30").content.decode()
        assert 'href="/pledges/1-1/why/?term=' in page
        assert set(PAGES) == set(Sign)

    def test_a_plan_not_confirmed_says_only_that(self) -> None:
        counted_pledge("1-1", value=None, confirmed_plan=False)
        assert signs(rows()["1-1"]) == {Sign.PLAN}


@pytest.mark.django_db
class TestPage:
    def test_three_named_figures(self, manager: Client) -> None:
        counted_pledge("1-1", value="5", status=Status.DONE)
        page = manager.get("/?as_of=2024-06-30").content.decode()
        for name in ("임기 이행률(평균)", "계획 대비 진도율(평균)", "완료 공약 비율"):
            assert name in page

    def test_a_capped_total_stands_beside_the_one_without_the_cap(self, manager: Client) -> None:
        pledge = make.pledge("1-1")
        for no, value in ((1, "15"), (2, "5")):
            make.target(make.indicator(pledge, no), "10")
            make.result(pledge.indicators.get(no=no), 2024, 2, value)
        for address in ("/", "/pledges/"):
            page = manager.get(f"{address}?as_of=2024-06-30").content.decode()
            assert re.search(
                r">75\.0</a>\s*<br><small>상한 없이 <a href=\"[^\"]*/why/[^\"]*\">100\.0</a>", page
            )

    def test_what_the_ended_periods_make_is_spelt_out(self, manager: Client) -> None:
        pledge = counted_pledge("1-1")
        make.target(pledge.indicators.get(), "3", 2023)
        page = manager.get("/pledges/1-1/why/1/?as_of=2024-06-30").content.decode()
        assert "13</span>(끝난 기간의 목표: 2023년 3 + 2024년 2분기 10)" in page

    @pytest.mark.parametrize(
        ("query", "kept"),
        [
            ("goal=2", ["2-1"]),
            ("status=done", ["1-1"]),
            ("officer=김담당(예시)", ["1-2"]),
            ("flag=behind", ["1-1"]),
            ("q=2-1", ["2-1"]),
            ("q=김 담당", ["1-2"]),
            ("q=-", ["1-1", "1-2", "2-1"]),
            ("goal=9", []),
            ("sort=-rate", ["2-1", "1-2", "1-1"]),
            ("sort=rate", ["1-1", "1-2", "2-1"]),
        ],
    )
    def test_filters_and_order_stand_in_the_address(
        self, manager: Client, query: str, kept: list[str]
    ) -> None:
        counted_pledge("1-1", value="5", status=Status.DONE)
        officer = counted_pledge("1-2", value="11")
        officer.officers.create(role="주무관", name="김담당(예시)")
        counted_pledge("2-1", value="20", goal=make.goal("2"))
        officer.term.caps_at_100 = False
        officer.term.save()
        found = manager.get(f"/pledges/?as_of=2024-06-30&{query}").context["rows"]
        assert [row.pledge.number for row in found] == kept

    def test_department_filter(self, manager: Client) -> None:
        own = people.department("기획예산과(예시)")
        counted_pledge("1-1", department=own)
        counted_pledge("1-2")
        found = manager.get(f"/pledges/?as_of=2024-06-30&department={own.pk}").context["rows"]
        assert [row.pledge.number for row in found] == ["1-1"]

    @pytest.mark.parametrize("query", ["colour=red", "sort=colour", "status=gone", "flag=x"])
    def test_a_condition_that_is_unknown_is_refused(self, manager: Client, query: str) -> None:
        counted_pledge("1-1")
        assert manager.get(f"/?{query}").status_code == 400

    def test_sheet_holds_what_is_filtered(self, manager: Client) -> None:
        counted_pledge("1-1", value="5")
        counted_pledge("1-2", value="10")
        answer: Any = manager.get("/pledges/list.xlsx?as_of=2024-06-30&flag=behind")
        sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert "1-1" in cells
        assert "1-2" not in cells
        assert Decimal(str(cells[cells.index("1-1") + 4])) == 50

    def test_the_administrator_takes_no_figures_out(self, sysadmin: Client) -> None:
        counted_pledge("1-1")
        assert sysadmin.get("/pledges/list.xlsx").status_code == 403

    def test_the_reporter_sees_what_came_back_first(self, staff: Client, manager: Client) -> None:
        pledge = counted_pledge("1-1")
        pledge.indicators.get().results.filter(quarter=2, year=2024).update(
            state=ResultState.RETURNED, return_reason="증빙이 없습니다"
        )
        page = staff.get("/").content.decode()
        assert page.index("내가 고칠 것") < page.index("임기 이행률(평균)")
        assert "증빙이 없습니다" in page
        assert "내가 고칠 것" not in manager.get("/").content.decode()

    def test_another_department_does_not_see_it_as_its_own(
        self, staff: Client, users: dict[str, User]
    ) -> None:
        pledge = counted_pledge("1-1", department=people.department("기획예산과(예시)"))
        pledge.indicators.get().results.filter(quarter=2).update(state=ResultState.RETURNED)
        assert "내가 고칠 것" not in staff.get("/").content.decode()

    def test_the_manager_sees_what_waits_for_a_check(self, manager: Client) -> None:
        pledge = counted_pledge("1-1")
        pledge.indicators.get().results.filter(quarter=2).update(state=ResultState.SUBMITTED)
        assert "확인할 것" in manager.get("/").content.decode()

    @pytest.mark.parametrize("address", ["/", "/pledges/", "/pledges/means/"])
    def test_sixty_pledges_ask_no_more_than_five(self, manager: Client, address: str) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                assert manager.get(f"{address}?as_of=2024-06-30").status_code == 200
            return len(found)

        for number in range(5):
            counted_pledge(f"1-{number}", value=None, goal=make.goal(str(number)))
        queries()
        few = queries()
        for number in range(5, 60):
            counted_pledge(f"1-{number}", value=None, goal=make.goal(str(number % 5)))
        assert queries() == few
        assert few <= 24

    def test_means_page_adds_up_to_the_mean(self, manager: Client) -> None:
        counted_pledge("1-1", value="10")
        counted_pledge("1-2", value="5")
        context = manager.get("/pledges/means/?as_of=2024-06-30").context
        assert context["sums"]["rate"] / context["counts"]["rate"] == context["summary"].rate == 75

    def test_what_is_due_is_loaded_after_the_page(self, manager: Client) -> None:
        Term.objects.create(name="민선8기", starts_on=date(2022, 7, 1), ends_on=date(2026, 6, 30))
        DeadlineRule.objects.create(
            code="quarter_result", title="분기 실적", base="분기 마지막 날", offset=10, notice_days=60
        )
        counted_pledge("1-1")
        assert 'hx-get="/pledges/due/"' in manager.get("/").content.decode()
        whole, part = (
            manager.get("/pledges/due/"),
            manager.get("/pledges/due/", headers={"HX-Request": "true"}),
        )
        for answer in (whole, part):
            assert "분기 실적" in answer.content.decode()
        assert ("<html" in whole.content.decode(), "<html" in part.content.decode()) == (True, False)

    def test_a_term_without_pledges_says_what_to_do(self, coordinator: Client) -> None:
        Term.objects.create(name="민선9기", starts_on=date(2026, 7, 1), ends_on=date(2030, 6, 30))
        assert "공약 등록" in coordinator.get("/?term=민선9기").content.decode()
