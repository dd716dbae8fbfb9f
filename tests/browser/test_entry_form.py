"""The entry form while it is being typed into: what its script does, and that the page works without it."""

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from subsidies.models import Disbursement
from tests.browser.conftest import Login
from tests.subsidies import factories as make

NEW = "/subsidies/disbursements/new/"


@pytest.fixture
def jobs(live_server):
    program = make.program("일자리창출사업")
    make.year(program)
    firm = make.enterprise("㈜가나다(예시)")
    make.enterprise("나무 협동조합(예시)")
    make.award(program, firm, 20_000_000, decided_on=date(2024, 2, 1))
    return program


def open_form(page: Page, logged_in: Login) -> None:
    logged_in(page, "staff")
    page.goto(NEW)
    page.locator("[name=program]").select_option(label="일자리창출사업")


def test_the_one_that_was_found_is_chosen_and_so_is_its_only_award(
    page: Page, logged_in: Login, jobs
) -> None:
    open_form(page, logged_in)
    page.locator("[name=recipient_q]").fill("가 나다")
    expect(page.locator("[name=recipient]")).not_to_have_value("")
    expect(page.locator("[name=award]")).not_to_have_value("")
    expect(page.locator("[name=recipient]")).not_to_contain_text("나무")


def test_the_sentence_follows_until_it_is_edited(page: Page, logged_in: Login, jobs) -> None:
    open_form(page, logged_in)
    page.locator("[name=recipient]").select_option(label="㈜가나다(예시)")
    page.locator("[name=paid_on]").fill("2024. 3. 25.")
    page.locator("[name=amount]").fill("1,000,000")
    text = page.locator("[name=log_text]")
    expect(text).to_have_value("- 2024년 일자리창출사업 지원금 교부(㈜가나다(예시), 1,000천 원)")
    page.locator("[name=amount]").fill("2,000,000")
    expect(text).to_have_value("- 2024년 일자리창출사업 지원금 교부(㈜가나다(예시), 2,000천 원)")
    text.fill("- 손으로 쓴 문구")
    page.locator("[name=amount]").fill("3,000,000")
    expect(page.locator("#preview")).to_contain_text("일금 삼백만원")
    expect(text).to_have_value("- 손으로 쓴 문구")


def test_a_quick_save_writes_the_sentence_of_what_was_sent(page: Page, logged_in: Login, jobs) -> None:
    open_form(page, logged_in)
    page.locator("[name=recipient]").select_option(label="㈜가나다(예시)")
    page.locator("[name=paid_on]").fill("2024. 3. 25.")
    page.locator("[name=amount]").fill("1,000,000")
    expect(page.locator("[name=log_text]")).not_to_have_value("")
    page.locator("[name=amount]").fill("2,000,000")
    page.locator("[name=amount]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2,000,000원")
    assert Disbursement.objects.get().log_text.endswith("2,000천 원)")


def test_a_correction_says_at_once_what_it_means_and_begins_at_its_first_field(
    page: Page, logged_in: Login, jobs
) -> None:
    row = make.disbursement(
        jobs, enterprise=make.enterprise("다라(예시)"), national=750_000, city=175_000, district=75_000
    )
    logged_in(page, "staff")
    page.goto(f"/subsidies/disbursements/{row.pk}/edit/")
    expect(page.locator("#preview")).to_contain_text("일금 일백만원")
    expect(page.locator("[name=program]")).to_be_focused()
    # A link that names the programme leaves the cursor behind it.
    page.goto(f"{NEW}?program={jobs.pk}")
    expect(page.locator("[name=recipient_q]")).to_be_focused()


def test_without_script_the_page_finds_shows_and_saves(browser: Browser, live_server, users, jobs) -> None:
    context = browser.new_context(base_url=live_server.url, locale="ko-KR", java_script_enabled=False)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("[name=username]").fill("staff")
    page.locator("[name=password]").fill("seed-of-tests-1")
    page.locator(".login-box button").click()
    page.goto(NEW)
    page.locator("[name=program]").select_option(label="일자리창출사업")
    page.locator("[name=recipient_q]").fill("가나다")
    page.get_by_role("button", name="찾기").click()
    expect(page.locator("[name=recipient]")).not_to_contain_text("나무")
    page.locator("[name=recipient]").select_option(label="㈜가나다(예시)")
    page.locator("[name=paid_on]").fill("2024. 3. 25.")
    page.locator("[name=amount]").fill("9,487천 원")
    page.get_by_role("button", name="나눔·예산 보기").click()
    expect(page.locator("#preview")).to_contain_text("7,115,250")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("9,487,000원")
    context.close()
