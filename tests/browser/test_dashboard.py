"""The manager's way: the dashboard, why a figure is what it is, one pledge's charts; on a desk and on a telephone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pledges.models import Status
from tests import copies
from tests.browser.axe import faults_at
from tests.browser.conftest import Login
from tests.conftest import PinToday
from tests.pledges import factories as make

pytestmark = pytest.mark.usefixtures("two_goals")
WHEN = "term=민선8기&as_of=2024-03-31"
PAGES = [
    f"/?{WHEN}",
    f"/pledges/?{WHEN}",
    f"/pledges/means/?{WHEN}",
    f"/pledges/1-3/figures/?{WHEN}",
    f"/pledges/1-3/why/?{WHEN}",
    f"/pledges/1-3/why/register/certified/?{WHEN}",
    f"/pledges/1-3/why/support/2024/?{WHEN}",
    f"/pledges/1-3/why/money/?{WHEN}&column=2024&source=district",
    f"/pledges/1-3/why/cost/?{WHEN}&of=cost&source=city",
    f"/pledges/1-3/why/3/target/?{WHEN}&year=2024",
    f"/pledges/money/?{WHEN}&column=2023",
    "/pledges/due/",
    "/pledges/1-3/plan/?term=민선8기",
]


@pytest.fixture
def two_goals(live_server: Any, pin_today: PinToday) -> None:
    """The seed and, under other goals, five pledges that are behind: enough for one line a pledge and a chart."""
    pin_today(2024, 6, 30)
    copies.seed()
    for number in range(2, 7):
        pledge = make.pledge(f"{number}-1", goal=make.goal(str(number)), status=Status.ON_TRACK)
        make.target(make.indicator(pledge, weight=100), "10", 2023)


def test_pages_are_accessible_and_fit(page: Page, logged_in: Login) -> None:
    logged_in(page, "manager")
    assert [fault for address in PAGES for fault in faults_at(page, address)] == []


def test_charts_are_drawn_from_their_tables(page: Page, logged_in: Login) -> None:
    logged_in(page, "manager")
    for address in (PAGES[0], PAGES[3]):
        page.goto(address)
        charts = page.locator(".chart[data-table]")
        expect(charts.first.locator("svg")).to_be_visible()
        for at in range(charts.count()):
            chart = charts.nth(at)
            expect(chart.locator("svg path").first).to_be_attached()
            expect(page.locator(f"#{chart.get_attribute('data-table')}")).to_be_visible()
            assert "값은 옆의 표와 같습니다" in (chart.get_attribute("aria-label") or "")


def test_on_paper_no_chart_runs_over_what_stands_below(page: Page, logged_in: Login) -> None:
    logged_in(page, "manager")
    page.goto(PAGES[3])
    expect(page.locator(".chart svg").last).to_be_visible()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 720, "height": 1000})
    over = page.locator("figure").evaluate_all(
        """figures => figures.filter(figure => {
             const box = figure.getBoundingClientRect(), svg = figure.querySelector("svg").getBoundingClientRect();
             return svg.bottom > box.bottom + 1 || svg.right > box.right + 1;
           }).length"""
    )
    assert over == 0


def test_from_the_mean_to_a_record(page: Page, logged_in: Login) -> None:
    logged_in(page, "manager")
    page.goto(PAGES[0])
    page.get_by_role("link", name="1-3 사회적경제 활성화").first.click()
    page.get_by_role("link", name="233").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("기업 수")
    page.get_by_role("link", name="인증").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("인증")


def test_the_footnote_is_copied(page: Page, logged_in: Login) -> None:
    logged_in(page, "manager")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(PAGES[4])
    page.get_by_role("button", name="총 이행률 각주 복사").click()
    expect(page.get_by_text("복사했습니다")).to_be_visible()
    assert "82.5%" in page.evaluate("navigator.clipboard.readText()")


def test_filters_stay_in_the_address(page: Page, logged_in: Login) -> None:
    logged_in(page, "manager")
    page.goto(PAGES[0])
    page.get_by_label("구정목표", exact=True).select_option("3")
    page.get_by_role("button", name="조회").click()
    page.wait_for_url("**goal=3**")
    expect(page.locator("main")).to_contain_text("조건에 맞는 1건")
    expect(page.get_by_role("link", name="3-1 장터와 기업(예시)").first).to_be_visible()
