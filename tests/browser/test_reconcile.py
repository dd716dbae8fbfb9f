"""대사 in a real browser: readable by everybody, and a serious finding explained."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests import copies
from tests.browser.axe import faults_at
from tests.browser.conftest import Login

ASKED = "?term=민선8기&as_of=2024-03-31"
PAGES = (
    f"/pledges/1-3/reconcile/{ASKED}",
    f"/pledges/1-3/reconcile/note/{ASKED}&key=log_year:2024",
    f"/pledges/reconcile/{ASKED}",
)


@pytest.fixture
def seeded(live_server: Any) -> None:
    copies.seed()


@pytest.mark.usefixtures("seeded")
def test_every_page_is_accessible(page: Page, logged_in: Login) -> None:
    logged_in(page, "staff")
    assert [fault for path in PAGES for fault in faults_at(page, path)] == []


@pytest.mark.usefixtures("seeded")
def test_a_serious_finding_is_explained_from_the_card(page: Page, logged_in: Login) -> None:
    logged_in(page, "staff")
    page.goto(f"/pledges/1-3/{ASKED}")
    page.get_by_role("link", name="대사", exact=True).click()
    row = page.get_by_role("row").filter(has_text="120,550,000원").first
    expect(row).to_contain_text("85,550,000원")
    row.get_by_role("link", name="설명 쓰기").click()
    page.get_by_label("설명").fill("3월 말 결산 전 수치임(예시)")
    page.get_by_label("각주로 인쇄").check()
    page.get_by_role("button", name="저장").click()
    expect(row).to_contain_text("설명됨")
    expect(page.get_by_text("2건, 1건 설명됨")).to_be_visible()
