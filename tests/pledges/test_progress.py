"""One pledge over the term: years and quarters, contributions, 분기당 필요, both bases of targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from enterprises.models import DesignationKind
from markets.models import Market, MarketDay, MarketEvent, State
from pledges.models import Pledge, Target
from pledges.pacing import pace_working
from pledges.progress import progress

from . import factories as make

SEED_DAY = date(2024, 3, 31)


def test_contributions_add_up_to_the_total(seed: Pledge) -> None:
    found = progress(seed, SEED_DAY)
    points = [row.points for row in found.contributions]
    assert None not in points
    assert sum(point for point in points if point is not None) == found.now.overall.rate
    assert [row.missing for row in found.contributions if row.missing is not None][2] == 12


def test_what_is_missing_is_measured_against_the_weights_that_count(db: None) -> None:
    pledge = make.pledge()
    for no, target in ((1, "10"), (2, "0")):
        make.target(make.indicator(pledge, no), target)
        make.result(make.indicator(pledge, no + 2, weight=None), 2023, 4, "1")
    make.result(pledge.indicators.get(no=1), 2023, 4, "6")
    make.result(pledge.indicators.get(no=2), 2023, 4, "6")
    one = progress(pledge, date(2023, 12, 31)).contributions[0]
    assert (one.points, one.whole, one.missing) == (60, 100, 40)


def test_pace_of_the_seed_is_said_in_words(seed: Pledge) -> None:
    words = [course.pace for course in progress(seed, SEED_DAY).courses]
    assert words[2] == "24회 더, 남은 9분기: 분기당 2.7회; 남은 계획 24회, 계획대로 하면 달성"


def test_what_the_running_quarter_brought_is_not_planned_once_more(seed: Pledge) -> None:
    event = MarketEvent.objects.create(market=Market.objects.get(), name="봄 장터(예시)")
    for day in (4, 5, 6):
        MarketDay.objects.create(event=event, day=date(2024, 5, day), state=State.HELD)
    words = progress(seed, date(2024, 5, 15)).courses[2].pace
    assert words == "21회 더, 남은 9분기: 분기당 2.3회; 남은 계획 21회, 계획대로 하면 달성"


def test_pace_of_the_seed_is_worked_out_in_formulas(seed: Pledge) -> None:
    courses = progress(seed, SEED_DAY).courses
    assert pace_working(courses[2].figure) == [
        "모자란 것 = 임기 목표 40 − 누적 실적 16 = 24회",
        "분기당 필요 = 24 ÷ 남은 9분기 = 2.7회",
        "남은 계획 = 2024년 2분기 4 + 2024년 3분기 6 + 2025년 10 + 2026년 4 = 24회",
    ]
    assert pace_working(courses[0].figure)[2] == "남은 계획 = 2026년 목표 235 − 2024년 1분기 목표 232 = 3개소"
    assert courses[0].pace.endswith("남은 계획 3개소, 계획대로 하면 달성")


def test_before_the_term_all_its_sixteen_quarters_remain(seed: Pledge) -> None:
    seed.indicators.get(no=3).openings.update(on=date(2022, 1, 31), value=0)
    figure = progress(seed, date(2022, 2, 1)).courses[2].figure
    assert (figure.value, figure.pace and figure.pace.quarters) == (0, 16)


def test_after_the_term_nothing_remains(seed: Pledge) -> None:
    assert "남은 분기가 없습니다" in progress(seed, date(2026, 11, 22)).courses[2].pace


@pytest.mark.django_db
class TestCourse:
    def course_of(self, as_of: date) -> tuple[dict[str, Any], dict[str, Any]]:
        pledge = make.pledge()
        indicator = make.indicator(pledge, weight=Decimal(100))
        make.target(indicator, "20")
        make.target(indicator, "8", 2023)
        for quarter in (1, 2, 3, 4):
            make.target(indicator, "2", 2023, quarter)
        for (year, quarter), value in {
            (2022, 3): "0",
            (2022, 4): "1",
            (2023, 1): "3",
            (2023, 2): "0",
        }.items():
            make.result(indicator, year, quarter, value)
        course = progress(pledge, as_of).courses[0]
        quarters = {period.label: (period.target, period.result) for period in course.quarters}
        return quarters, {period.label: period.result for period in course.years}

    def test_a_quarter_shows_its_own_and_a_year_their_sum(self) -> None:
        quarters, years = self.course_of(date(2023, 6, 30))
        assert quarters["2023년 1분기"] == (2, 3)
        assert quarters["2023년 2분기"] == (2, 0)
        assert (years["2022년"], years["2023년"]) == (1, 3)

    def test_a_period_to_come_has_a_target_and_no_result(self) -> None:
        quarters, years = self.course_of(date(2023, 6, 30))
        assert quarters["2023년 4분기"] == (2, None)
        assert years["2024년"] is None


def test_years_before_the_opening_are_not_known_unless_recorded(seed: Pledge) -> None:
    years = {period.label: period.result for period in progress(seed, SEED_DAY).courses[2].years}
    assert years["2022년"] is None or years["2022년"] > 0


def test_an_opening_at_a_years_end_says_what_the_terms_first_year_brought(db: None, auditor: Client) -> None:
    pledge = make.pledge()
    indicator = make.indicator(pledge, weight=Decimal(100))
    make.target(indicator, "20")
    make.opening(indicator, date(2022, 12, 31), "7")
    make.result(indicator, 2023, 1, "2")
    years = {period.label: period.result for period in progress(pledge, date(2023, 12, 31)).courses[0].years}
    assert (years["2022년"], years["2023년"]) == (7, 2)
    [found] = auditor.get("/pledges/가-1/why/1/period/?as_of=2023-12-31&year=2022").context["derivations"]
    assert (found.value, found.known) == (7, 7)


def test_a_recorded_quarter_says_who_recorded_and_confirmed_it(
    db: None, auditor: Client, users: dict[str, User]
) -> None:
    pledge = make.pledge()
    indicator = make.indicator(pledge, weight=Decimal(100))
    make.result(
        indicator, 2023, 1, "2", recorded_by=users["staff"], confirmed_by=users["manager"], reason="현장 집계"
    )
    page = auditor.get("/pledges/가-1/why/1/period/?as_of=2023-12-31&year=2023&quarter=1")
    [[line]] = [operand.lines for operand in page.context["derivations"][0].operands]
    assert (line.value, line.by) == (2, f"입력 {users['staff']} · 확인 {users['manager']}")
    assert line.text == "2023년 1분기 작성 중 · 현장 집계"


def test_both_bases_differ_after_a_change_of_targets(seed: Pledge) -> None:
    assert not progress(seed, SEED_DAY).targets_changed
    Target.objects.create(
        indicator=seed.indicators.get(no=3), value=32, valid_from=date(2024, 7, 1), reason="변경(예시)"
    )
    found = progress(seed, date(2024, 7, 1))
    assert found.targets_changed
    figure, plan, first = found.bases[2]
    assert (plan.term, first, figure.plan.term, figure.rate) == (40, 40, 32, 50)
    assert found.now.overall.rate is not None
    assert found.first_overall.rate is not None
    assert found.now.overall.rate - found.first_overall.rate == 2


def test_every_chart_of_the_page_has_its_table(seed: Pledge, auditor: Client) -> None:
    event = MarketEvent.objects.create(market=Market.objects.get(), name="4월 장터(예시)", sales=84_000_000)
    MarketDay.objects.create(event=event, day=date(2024, 4, 25), state=State.HELD)
    page = auditor.get("/pledges/1-3/figures/?term=민선8기&as_of=2024-06-30").content.decode()
    tables = {part.split('"')[0] for part in page.split('data-table="')[1:]}
    assert len(tables) >= 8
    assert all(f'id="{table}"' in page for table in tables)
    assert "84,000,000" in page


def test_a_pledge_without_indicators_has_a_page(coordinator: Client) -> None:
    make.pledge("가-9")
    assert coordinator.get("/pledges/가-9/figures/?term=민선8기&as_of=2024-06-30").status_code == 200


def test_the_markets_of_a_day_hold_nothing_later(seed: Pledge, auditor: Client) -> None:
    def held_days(day: str) -> int:
        rows = auditor.get(f"/pledges/1-3/figures/?as_of={day}").context["markets"]
        return sum(row.held for row in rows if row.year == 2023)

    assert (held_days("2023-06-30"), held_days("2023-12-31")) == (4, 12)


def test_sales_and_vendors_have_a_chart_and_a_table_each(seed: Pledge, auditor: Client) -> None:
    page = auditor.get("/pledges/1-3/figures/?as_of=2024-03-31").content.decode()
    for table in (
        "market-table",
        "vendor-table",
        "money-table",
        "register-table",
        "weights-table",
        "rates-table",
    ):
        assert f'data-table="{table}"' in page
        assert f'id="{table}"' in page


def test_a_period_that_has_begun_and_cannot_be_known_says_so(seed: Pledge, auditor: Client) -> None:
    course = progress(seed, SEED_DAY).courses[2]
    said = {period.label: (period.result, period.begun) for period in course.years}
    assert said["2024년"] == (None, True)
    assert said["2025년"] == (None, False)


def test_a_kind_that_an_ordinance_added_is_empty_before_it(seed: Pledge, auditor: Client) -> None:
    DesignationKind.objects.create(
        code="late_kind", name="뒤에 생긴 유형", short_name="뒤", valid_from=date(2025, 7, 17)
    )
    context = auditor.get("/pledges/1-3/figures/?as_of=2025-12-31").context
    kinds = [line.kind.code for line in context["kinds"]]
    for table, lines in context["register_rows"]:
        assert len(lines) == len(kinds)
        assert (lines[kinds.index("late_kind")] is None) == (table.as_of < date(2025, 7, 17))
