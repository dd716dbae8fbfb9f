"""One quarter in a real browser: entry, return, confirmation, closing, a late record, its correction."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import copies
from tests.browser.conftest import Login
from tests.browser.test_six_paths import fine
from tests.conftest import PinToday

QUARTER = "?term=민선8기&year=2024&quarter=2"


@pytest.fixture
def _seed(live_server: Any, pin_today: PinToday) -> None:
    pin_today(2024, 7, 9)
    copies.seed()


@pytest.fixture
def desk(browser: Browser, live_server: Any, users: Any, login: Login) -> Iterator[Any]:
    """`desk("manager")`: that role's own browser window."""
    windows: dict[str, Page] = {}

    def at(role: str) -> Page:
        if role not in windows:
            context = browser.new_context(
                base_url=live_server.url, locale="ko-KR", viewport={"width": 1280, "height": 900}
            )
            windows[role] = context.new_page()
            windows[role].set_default_timeout(10_000)
            login(windows[role], role)
        return windows[role]

    yield at
    for page in windows.values():
        page.context.close()


def hold_market(page: Page, name: str, days: str) -> None:
    page.goto("/markets/events/new/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=days_text]").fill(days)
    page.get_by_role("button", name="저장").first.click()
    page.get_by_role("button", name="저장").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    for state in page.locator("select[name$=state]").all():
        state.select_option("held")
    page.get_by_role("button", name="운영일 저장").click()
    if page.locator("[name$=change_reason]:visible").count():
        page.locator("[name$=change_reason]:visible").first.fill("늦게 받은 보고(예시)")
        page.get_by_role("button", name="운영일 저장").click()


@pytest.mark.usefixtures("_seed")
def test_a_quarter_from_entry_to_a_corrected_closing(desk: Any) -> None:
    staff, manager, coordinator = desk("staff"), desk("manager"), desk("coordinator")
    hold_market(staff, "2024년 4월 꿈시장(예시)", "2024. 4. 25.~4. 26.")
    staff.goto(f"/pledges/1-3/confirm/{QUARTER}")
    fine(staff)
    staff.get_by_role("button", name="제출", exact=True).click()
    staff.get_by_role("button", name="제출 거두기").click()
    staff.get_by_role("button", name="제출", exact=True).click()

    manager.goto("/")
    manager.get_by_role("region", name="확인할 것").get_by_role("link").first.click()
    manager.get_by_label("반려 사유").fill("행사 사진을 붙이세요(예시)")
    manager.get_by_role("button", name="반려").click()
    staff.goto("/")
    staff.get_by_role("region", name="내가 고칠 것").get_by_role("link").first.click()
    expect(staff.locator("main")).to_contain_text("반려: 행사 사진을 붙이세요(예시)")
    staff.get_by_role("button", name="제출", exact=True).click()
    manager.goto(f"/pledges/1-3/confirm/{QUARTER}")
    manager.get_by_role("button", name="확인", exact=True).click()
    expect(manager.locator("main")).to_contain_text("확인했습니다")
    fine(manager)

    close(coordinator, "2024/1")
    close(coordinator, "2024/2")
    coordinator.goto("/pledges/1-3/?term=민선8기&as_of=2024-06-30")
    expect(coordinator.locator(".card-mark")).to_contain_text("2024년 2분기 마감 1판")
    first = coordinator.locator("main").inner_text()
    assert "83.5" in first
    fine(coordinator)

    hold_market(staff, "2024년 5월 꿈시장(예시)", "2024. 5. 30.")
    staff.goto("/pledges/1-3/?term=민선8기&as_of=2024-06-30")
    assert staff.locator("tfoot").first.inner_text().count("83.5") == 1
    staff.goto("/pledges/1-3/changes/?term=민선8기")
    expect(staff.locator("main")).to_contain_text("2024년 5월 꿈시장(예시)")
    fine(staff)
    ask(staff, "늦음(예시)")
    decide(coordinator, "불승인", "근거를 붙여 다시 요청하세요(예시)")
    expect(coordinator.locator("main")).to_contain_text("마감한 카드는 그대로입니다")
    ask(staff, "5월 30일 행사가 늦게 보고됨(예시)")

    coordinator.goto("/pledges/closings/?term=민선8기")
    fine(coordinator)
    coordinator.get_by_role("link", name="5월 30일 행사가 늦게 보고됨(예시)").click()
    fine(coordinator)
    expect(coordinator.get_by_role("row", name="지표 3. 횟수 누적 실적")).to_contain_text("19")
    expect(coordinator.get_by_role("row", name="총 이행률")).to_contain_text("84.0")
    coordinator.get_by_label("결정 의견").fill("보고서 확인(예시)")
    coordinator.get_by_role("button", name="승인(새 판 마감)").click()
    expect(coordinator.locator("main")).to_contain_text("2판")

    for version, figures in {"2판": ("19", "47.5", "84.0"), "1판": ("18", "45.0", "83.5")}.items():
        coordinator.goto("/pledges/closings/?term=민선8기")
        coordinator.get_by_role("row", name="2024년 2분기").first.get_by_role("link", name=version).click()
        coordinator.get_by_role("link", name="1-3").first.click()
        printed(coordinator, version, *figures)
        taken_out(coordinator, version, figures[-1])
    coordinator.goto("/pledges/1-3/?term=민선8기&as_of=2024-06-30")
    printed(coordinator, "2판", "19", "47.5", "84.0")


def ask(page: Page, reason: str) -> None:
    page.goto("/pledges/1-3/changes/?term=민선8기")
    page.get_by_role("link", name="2024년 2분기 정정 요청").click()
    page.get_by_label("정정 사유").fill(reason)
    page.get_by_role("button", name="정정 요청").click()
    expect(page.get_by_role("status")).to_contain_text("요청했습니다")


def decide(page: Page, deed: str, opinion: str) -> None:
    """From the coordinator's dashboard."""
    page.goto("/")
    page.get_by_role("region", name="결정할 정정 요청").get_by_role("link").click()
    page.get_by_label("결정 의견").fill(opinion)
    page.get_by_role("button", name=deed, exact=True).click()


def taken_out(page: Page, version: str, overall: str) -> None:
    """The version's files, named after it, carry its figures."""
    assert page.request.get(f"{page.url}card.json").json()["overall_rate"] == overall
    for label in ("엑셀 내려받기", "한글(HWPX) 내려받기"):
        with page.expect_download() as download:
            page.get_by_role("link", name=label).click()
        assert version in download.value.suggested_filename


def printed(page: Page, version: str, value: str, rate: str, overall: str) -> None:
    """The version's own figures stand on its paper: the third indicator's value and rate, and the total."""
    page.emulate_media(media="print")
    expect(page.locator(".card-mark")).to_contain_text(f"2024년 2분기 마감 {version}")
    results = page.get_by_role("region", name="추진실적 총괄")
    line = results.get_by_role("row").filter(has_text="횟수")
    expect(line).to_contain_text(value)
    expect(line).to_contain_text(rate)
    expect(results.locator("tfoot")).to_contain_text(overall)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")


def close(page: Page, quarter: str) -> None:
    page.goto(f"/pledges/closings/{quarter}/close/?term=민선8기")
    fine(page)
    for box in page.locator("input[name^=explain-]").all():
        box.fill("문서대로임(예시)")
    if page.get_by_text("아래 의견으로").count():
        page.get_by_label("의견").fill("예외 확인(예시)")
    page.get_by_label("확인했습니다.").check()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="마감", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("마감했습니다")
