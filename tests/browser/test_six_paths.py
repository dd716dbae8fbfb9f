"""What an officer, a manager and an administrator do all day, clicked through in a real browser on the seed card."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from pledges.models import Pledge
from tests import copies
from tests.browser.axe import scrolls_sideways, violations
from tests.browser.conftest import Login
from tests.conftest import PinToday

AS_OF = "?term=민선8기&as_of=2024-06-30"


@pytest.fixture
def seed(live_server: Any, pin_today: PinToday) -> Pledge:
    pin_today(2024, 6, 30)
    copies.seed()
    return Pledge.objects.get(number="1-3")


def fine(page: Page) -> None:
    """Nothing that axe calls serious, and no page wider than its window."""
    assert violations(page) == []
    assert not scrolls_sideways(page)


def rate_of(page: Page) -> str:
    page.goto(f"/pledges/1-3/why/{AS_OF}")
    return page.locator(".formula strong").first.inner_text()


def new_enterprise(page: Page, name: str) -> None:
    page.goto("/enterprises/new/")
    page.locator("[name=name]").fill(name)
    page.locator("[name=kind]").select_option(label="협동조합")
    page.get_by_role("button", name="저장").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


@pytest.mark.usefixtures("seed")
class TestOfficer:
    def test_sees_the_dashboard(self, page: Page, login: Login) -> None:
        login(page, "staff")
        page.goto("/?term=민선8기&as_of=2024-03-31")
        main = page.locator("main")
        for words in (
            "99.1",
            "89.6",
            "40.0",
            "82.5",
            "이행 후 지속추진",
            "1,120",
            "계획보다 늦거나 계산할 수 없는 것",
            "곧 할 일",
        ):
            expect(main).to_contain_text(words)
        fine(page)
        page.set_viewport_size({"width": 390, "height": 800})
        fine(page)

    def test_records_a_payment_once_and_finds_it_everywhere(self, page: Page, login: Login) -> None:
        login(page, "staff")
        new_enterprise(page, "㈜새로움(예시)")
        page.goto("/subsidies/disbursements/new/")
        page.locator("[name=program]").select_option(label="일자리창출사업")
        page.locator("[name=recipient_q]").fill("새로움")
        expect(page.locator("[name=recipient]")).not_to_have_value("")
        page.locator("[name=paid_on]").fill("2024. 4. 25.")
        page.locator("[name=amount]").fill("9,487천 원")
        preview = page.locator("#preview")
        for words in ("7,115,250", "1,660,225", "711,525", "일금 구백사십팔만칠천원"):
            expect(preview).to_contain_text(words)
        fine(page)
        page.get_by_role("button", name="저장", exact=True).click()
        # What nobody may guess is asked: is the enterprise inside the six of 2024, and why without an award?
        expect(page.get_by_text("도입 전 누계에 이미 포함된 기업입니까?").first).to_be_visible()
        expect(page.locator("[name=amount]")).to_have_value("9,487천 원")
        page.get_by_label("아니오, 새로 셉니다").check()
        page.locator("[name=check_reason]").fill("교부결정 입력 예정(예시)")
        page.get_by_role("button", name="저장", exact=True).click()
        expect(page.locator("main")).to_contain_text("9,487,000")
        expect(page.locator("main")).to_contain_text("재정지원 기업 수")
        fine(page)
        page.goto("/subsidies/disbursements/?q=새로움")
        expect(page.locator("tbody")).to_contain_text("9,487,000")
        page.goto("/enterprises/?q=새로움")
        page.get_by_role("link", name="㈜새로움(예시)").first.click()
        expect(page.locator("main")).to_contain_text("9,487,000")
        page.goto(f"/pledges/1-3/{AS_OF}")
        expect(page.locator("table.log").first).to_contain_text("새로움(예시)")
        row = page.get_by_role("row", name="총 계")
        expect(row).to_contain_text("1,129")
        expect(row).to_contain_text("44")
        assert rate_of(page) == "83.6"

    def test_records_a_market_and_the_rate_moves(self, page: Page, login: Login) -> None:
        login(page, "staff")
        page.goto("/markets/events/new/")
        page.locator("[name=name]").fill("2024년 4월 꿈시장(예시)")
        page.locator("[name=days_text]").fill("2024. 4. 25.~4. 26.")
        page.locator("[name=state]").first.select_option("held") if page.locator(
            "[name=state]"
        ).count() else None
        page.get_by_role("button", name="저장").first.click()
        # The days that were read are listed one by one before they are kept.
        expect(page.locator("main")).to_contain_text("2024. 4. 26.")
        page.get_by_role("button", name="저장").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("2024년 4월 꿈시장(예시)")
        fine(page)
        for state in page.locator("select[name$=state]").all():
            state.select_option("held")
        page.get_by_role("button", name="운영일 저장").click()
        expect(page.get_by_role("status")).to_be_visible()
        assert rate_of(page) == "83.5"

    def test_records_a_designation_an_award_and_a_result(self, page: Page, login: Login) -> None:
        login(page, "staff")
        new_enterprise(page, "㈜새로움(예시)")
        page.get_by_role("link", name="유형").first.click()
        page.locator("[name=kind]").select_option(label="마을기업")
        page.locator("[name=starts_on]").fill("2024. 4. 25.")
        page.get_by_role("button", name="저장").first.click()
        page.goto(f"/pledges/1-3/why/1/{AS_OF}")
        expect(page.locator("main")).to_contain_text("234")
        page.goto("/pledges/1-3/results/?term=민선8기&year=2024")
        fine(page)
        cell = page.locator("input[name$=value][aria-label*='횟수 2024년 2분기']")
        cell.fill("4")
        page.get_by_role("button", name="실적 저장").click()
        reason = page.locator("main").get_by_text("사유").first
        expect(reason).to_be_visible()
        page.locator("input[name$=reason], textarea[name$=reason]").first.fill("현장 집계(예시)")
        page.get_by_role("button", name="실적 저장").click()
        page.goto(f"/pledges/1-3/why/3/{AS_OF}")
        expect(page.locator("main")).to_contain_text("기록")
        expect(page.get_by_role("heading", level=1)).to_contain_text("20")

    def test_opens_prints_and_downloads_the_card(self, page: Page, login: Login, tmp_path: Path) -> None:
        login(page, "staff")
        page.goto("/pledges/1-3/?term=민선8기&as_of=2024-03-31")
        for words in (
            "☑ 이행 후 지속추진",
            "☐ 완료",
            "(기업수는 중복)",
            "75:17.5:7.5",
            "9,487",
            "82.5",
            "향후계획",
        ):
            expect(page.locator("main")).to_contain_text(words)
        expect(page.locator("table.log").first.locator("tbody tr")).to_have_count(27)
        fine(page)
        assert page.pdf(format="A4", path=tmp_path / "card.pdf").startswith(b"%PDF")
        with page.expect_download() as download:
            page.get_by_role("link", name="엑셀").click()
        book = load_workbook(BytesIO(download.value.path().read_bytes()))
        words = {
            str(cell.value)
            for row in book.worksheets[0].iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert {"사회적경제코워킹스페이스", "총 이행률(%)"} <= words
        page.set_viewport_size({"width": 390, "height": 800})
        fine(page)


@pytest.mark.usefixtures("seed")
class TestManager:
    def test_asks_why(self, page: Page, login: Login) -> None:
        login(page, "manager")
        page.goto("/pledges/1-3/?term=민선8기&as_of=2024-03-31")
        page.get_by_role("link", name="왜 82.5%?").click()
        expect(page.locator(".formula").first).to_contain_text(
            "30 × 233/235 + 50 × 43/48 + 20 × 16/40 = 82.5"
        )
        expect(page.locator("main")).to_contain_text("소수 1자리로 반올림")
        fine(page)
        page.get_by_role("link", name="도입 전 누계").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("도입 전 누계")
        fine(page)
        page.goto("/pledges/1-3/why/money/?term=민선8기&as_of=2024-03-31")
        expect(page.locator("main")).to_contain_text("1,120,000,000")
        fine(page)


@pytest.mark.usefixtures("seed")
class TestAdministrator:
    def test_keeps_code_tables_and_users(self, page: Page, login: Login) -> None:
        login(page, "admin")
        page.goto("/admin/")
        tables = (
            "사업",
            "연도별 분담률",
            "예산 구분",
            "유형·자격 종류",
            "구정목표(분야)",
            "임기",
            "기관 설정",
            "기한 규칙",
            "사용자",
        )
        for table in tables:
            expect(page.get_by_role("link", name=table, exact=True).first).to_be_visible()
