"""Two records of one enterprise in a real browser: shown, merged, parted again; readable by everybody."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from enterprises.models import Designation, Enterprise
from subsidies.models import Disbursement
from tests.browser.axe import faults_at, violations
from tests.browser.conftest import Login
from tests.enterprises import factories
from tests.subsidies import factories as ledger


@pytest.fixture
def twice() -> tuple[Enterprise, Enterprise]:
    """(the one that stays, the one that goes into it), spelled in two ways; the second was paid."""
    stays = factories.enterprise("나무(주)(예시)")
    goes = factories.enterprise("㈜나무(예시)", business_number="1234567891")
    factories.designation(goes, "certified", starts_on=date(2021, 1, 1))
    ledger.disbursement(ledger.program(), enterprise=goes)
    return stays, goes


def test_merge_and_part_again(page: Page, logged_in: Login, twice: tuple[Enterprise, Enterprise]) -> None:
    stays, goes = twice
    logged_in(page, "staff")
    page.goto("/enterprises/")
    page.get_by_role("link", name="중복 합치기").click()
    page.get_by_role("link", name=f"{stays.pk}번으로 합치기").click()
    page.get_by_label("사유").fill("같은 기업을 두 번 등록")
    page.get_by_role("button", name="무엇이 옮겨지는지 보기").click()
    expect(page.get_by_text("의 기록을 ‘나무(주)(예시)’")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="합치기", exact=True).click()
    expect(page.get_by_text("기록 2건을 옮김")).to_be_visible()
    assert (Disbursement.objects.get().enterprise, Designation.objects.get().enterprise) == (stays, stays)

    page.goto("/enterprises/merge/")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="되돌리기").click()
    expect(page.get_by_text("다시 나누었습니다: 기록 2건을 돌려줌.")).to_be_visible()
    assert (Disbursement.objects.get().enterprise, Designation.objects.get().enterprise) == (goes, goes)
    assert Enterprise.objects.live().count() == 2


def test_the_page_is_accessible(page: Page, logged_in: Login, twice: tuple[Enterprise, Enterprise]) -> None:
    logged_in(page, "staff")
    assert faults_at(page, f"/enterprises/merge/?target={twice[0].pk}&source={twice[1].pk}") == []
