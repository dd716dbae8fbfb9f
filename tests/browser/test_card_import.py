"""Importing a card in a real browser: look, choose the unit, confirm; on a desk and on a telephone."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pledges.models import Pledge
from tests.browser.axe import scrolls_sideways, violations
from tests.browser.conftest import Login
from tests.pledges.reading.helpers import CARDS

pytestmark = pytest.mark.usefixtures("live_server", "users")
TABLE = "사회적경제기업 지원현황"


def _look(page: Page) -> None:
    page.goto("/pledges/import/")
    page.get_by_label("공약카드 파일").set_input_files(CARDS / "seed-1-3.txt")
    page.get_by_role("button", name="읽어서 보기").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1-3 사회적경제 활성화")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_preview_is_accessible_and_fits(page: Page, logged_in: Login, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    logged_in(page, "staff")
    page.goto("/pledges/import/")
    assert violations(page) == []
    _look(page)
    assert violations(page) == []
    assert not scrolls_sideways(page)


def test_a_card_is_looked_at_decided_and_made(page: Page, logged_in: Login) -> None:
    logged_in(page, "staff")
    _look(page)
    expect(page.get_by_text("단위가 천 원일 수 있습니다")).to_have_count(2)
    page.get_by_label(TABLE, exact=True).select_option("천원")
    page.get_by_label(f"{TABLE}/사업개발비", exact=True).select_option("백만원")
    page.get_by_role("button", name="정한 대로 다시 보기").click()
    expect(page.get_by_text("일 수 있습니다")).to_have_count(0)
    expect(page.get_by_label(TABLE, exact=True)).to_have_value("천원")
    page.get_by_role("button", name="이대로 공약 만들기").click()
    expect(page).to_have_url(re.compile(r"/pledges/1-3/\?"))
    expect(page.get_by_text("만들었습니다")).to_be_visible()
    made: Any = Pledge.objects.get()
    assert (made.support_unit, made.activities.count()) == ("천원", 27)
