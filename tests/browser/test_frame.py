"""The frame that every page shares: door, header, menu, at a desk and on a telephone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import scrolls_sideways, violations
from tests.browser.conftest import Login

WIDTHS = [1280, 390]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_login_page_is_accessible(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/accounts/login/")
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_a_wrong_password_is_told_beside_the_form(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("사용자 이름").fill("staff")
    page.get_by_label("비밀번호").fill("wrong")
    page.get_by_role("button", name="로그인").click()
    expect(page.get_by_role("alert")).to_contain_text("맞지 않습니다")
    assert violations(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_the_frame_is_accessible(page: Page, login: Login, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    login(page, "staff")
    expect(
        page.get_by_role("navigation", name="주 메뉴").get_by_role("link", name="현황판")
    ).to_have_attribute("aria-current", "page")
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_the_skip_link_leads_past_the_menu(page: Page, login: Login) -> None:
    login(page, "staff")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="본문 바로가기")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_logout_closes_the_door(page: Page, login: Login) -> None:
    login(page, "staff")
    page.get_by_role("button", name="로그아웃").click()
    page.goto("/")
    assert "/accounts/login/" in page.url


def test_unsaved_typing_is_asked_about(page: Page, login: Login) -> None:
    login(page, "staff")
    page.goto("/accounts/password/")
    page.get_by_label("기존 비밀번호").fill("something")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="현황판").first.click()
    page.wait_for_url("**/")
    assert asked == ["beforeunload"]


def test_a_list_waits_with_the_cursor_in_its_search(page: Page, login: Login) -> None:
    login(page, "staff")
    page.goto("/subsidies/disbursements/")
    page.keyboard.type("나무")
    page.keyboard.press("Enter")
    page.wait_for_url("**/disbursements/?q=*")
    expect(page.get_by_label("검색")).to_be_focused()
    page.keyboard.type("집")
    expect(page.get_by_label("검색")).to_have_value("나무집")
    page.goto("/subsidies/disbursements/?page=2")
    expect(page.get_by_label("검색")).not_to_be_focused()


def test_the_way_up_stays_on_a_telephone(page: Page, login: Login) -> None:
    login(page, "staff")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/subsidies/awards/new/")
    way = page.get_by_role("navigation", name="현재 경로").get_by_role("link", name="교부결정")
    assert (way.bounding_box() or {"width": 0})["width"] > 30
