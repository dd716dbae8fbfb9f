"""Takes the manual's screenshots: `make manual`.

Serves the seed card from a temporary SQLite on a free port, on a pinned day, plays one quarter through in Debian's
chromium, and writes docs/manual/img/*.png. Run again, it gives the same pictures.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from stage import IMAGES, ROOT, Desk, choose, desks, save, served, shoot

MARCH = "?term=민선8기&as_of=2024-03-31"
QUARTER = "?term=민선8기&year=2024&quarter=2"


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="manual-") as folder,
        served(Path(folder)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--font-render-hinting=none"],
        )
        for tell in STORY:
            tell(desks(browser, address))
        browser.close()


def door(desk: Desk) -> None:
    shoot(desk(""), "login", 560)


def overview(desk: Desk) -> None:
    page = desk("staff")
    page.goto(f"/{MARCH}")
    shoot(page, "dashboard", 1050)
    page.goto(f"/pledges/1-3/{MARCH}")
    shoot(page, "card", 1000)
    shoot(page, "card-results", 760, "#results")
    page.goto(f"/pledges/1-3/why/{MARCH}")
    shoot(page, "why", 820)
    page.goto(f"/pledges/1-3/why/2/{MARCH}")
    shoot(page, "why-indicator", 760)
    page.goto(f"/pledges/1-3/reconcile/{MARCH}")
    shoot(page, "reconcile", 800)


def register(desk: Desk) -> None:
    page = desk("staff")
    page.goto("/enterprises/new/")
    page.locator("[name=name]").fill("㈜새로움(예시)")
    page.locator("[name=kind]").select_option(label="협동조합")
    page.locator("[name=starts_on]").fill("2024. 4. 1.")
    shoot(page, "enterprise-new")
    save(page)
    page.get_by_role("link", name="유형·자격 더하기").wait_for()
    shoot(page, "enterprise", 900)
    page.goto("/enterprises/")
    shoot(page, "enterprises", 1050)


def payment(desk: Desk) -> None:
    page = desk("staff")
    page.goto("/subsidies/disbursements/new/")
    page.locator("[name=program]").select_option(label="일자리창출사업")
    page.locator("[name=recipient_q]").fill("새로움")
    page.wait_for_function("() => document.querySelector('[name=recipient]').value !== ''")
    page.locator("[name=paid_on]").fill("2024. 4. 25.")
    page.locator("[name=amount]").fill("9,487천 원")
    page.locator("#preview").get_by_text("7,115,250").first.wait_for()
    shoot(page, "payment-entry", 980)
    save(page)
    page.locator(".question").wait_for()
    page.get_by_label("아니오, 새로 셉니다").check()
    page.locator("[name=check_reason]").fill("교부결정 입력 예정(예시)")
    shoot(page, "payment-question", 1150)
    save(page)
    page.get_by_text("이 기록이 들어가는 곳").wait_for()
    shoot(page, "payment-saved", 1000)
    page.get_by_role("link", name="반납 기록").click()
    page.locator("[name=paid_on]").fill("2024. 6. 20.")
    page.locator("[name=amount]").fill("1,000,000")
    page.locator("[name=note]").fill("집행 잔액 반납(예시)")
    page.get_by_role("button", name="구분 다시 보기").click()
    page.get_by_text("위 반납일이면").wait_for()
    shoot(page, "refund", 760)
    page.goto("/subsidies/disbursements/")
    shoot(page, "ledger", 900)


def market(desk: Desk) -> None:
    page = desk("staff")
    page.goto("/markets/events/new/")
    page.locator("[name=name]").fill("2024년 4월 꿈시장(예시)")
    page.locator("[name=days_text]").fill("2024. 4. 25.~4. 26.")
    page.locator("[name=days_text]").blur()
    page.get_by_text("저장할 운영일 2일").wait_for()
    shoot(page, "market-new")
    save(page)
    for state in page.locator("select[name$=state]").all():
        state.select_option("held")
    if page.get_by_role("button", name="운영일 저장").count() == 0:
        save(page)
        for state in page.locator("select[name$=state]").all():
            state.select_option("held")
    page.locator("input[name$=vendors]").first.fill("36")
    shoot(page, "market-days", 900)
    page.get_by_role("button", name="운영일 저장").click()


def quarter(desk: Desk) -> None:
    staff, manager = desk("staff"), desk("manager")
    staff.goto("/pledges/1-3/results/?term=민선8기&year=2024")
    shoot(staff, "results", 900)
    staff.goto(f"/pledges/1-3/confirm/{QUARTER}")
    shoot(staff, "submit", 720)
    staff.get_by_role("button", name="제출", exact=True).click()
    manager.goto(f"/pledges/1-3/confirm/{QUARTER}")
    shoot(manager, "confirm", 760)
    manager.get_by_role("button", name="확인", exact=True).click()


def closing(desk: Desk) -> None:
    page = desk("coordinator")
    for number in (1, 2):
        page.goto(f"/pledges/closings/2024/{number}/close/?term=민선8기")
        for box in page.locator("input[name^=explain-]").all():
            box.fill("문서에 적힌 대로임(예시)")
        page.get_by_label("의견").fill("예외 확인(예시)")
        page.get_by_label("확인했습니다.").check()
        if number == 2:
            shoot(page, "close", 1000)
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="마감", exact=True).click()
        page.locator(".message.success").wait_for()
    page.goto("/pledges/closings/?term=민선8기")
    shoot(page, "closings", 760)


def correction(desk: Desk) -> None:
    staff, coordinator = desk("staff"), desk("coordinator")
    staff.goto("/markets/events/new/")
    staff.locator("[name=name]").fill("2024년 5월 꿈시장(예시)")
    staff.locator("[name=days_text]").fill("2024. 5. 30.")
    staff.locator("[name=days_text]").blur()
    staff.get_by_text("저장할 운영일 1일").wait_for()
    staff.locator("select[name^=state], select[aria-label$=상태]").first.select_option("held")
    save(staff)
    staff.goto("/pledges/1-3/changes/?term=민선8기")
    shoot(staff, "late", 560, "h2:has-text('마감 뒤')")
    staff.get_by_role("link", name="2024년 2분기 정정 요청").click()
    staff.get_by_label("정정 사유").fill("5월 30일 행사가 늦게 보고됨(예시)")
    staff.get_by_role("button", name="정정 요청").click()
    coordinator.goto("/pledges/closings/?term=민선8기")
    coordinator.get_by_role("link", name="5월 30일 행사가 늦게 보고됨(예시)").click()
    shoot(coordinator, "correction", 800)


def openings(desk: Desk) -> None:
    page = desk("staff")
    page.goto("/pledges/1-3/openings/?term=민선8기")
    shoot(page, "openings", 640)
    page.get_by_role("link", name="새 기준일로").first.click()
    shoot(page, "opening-renew", 900)


def imports(desk: Desk) -> None:
    page = desk("staff")
    page.goto("/imports/new/enterprises/")
    shoot(page, "import-upload", 900)
    choose(page, ROOT / "fixtures/imports/마을기업(예시).xlsx")
    page.locator("[name=designation]").select_option(label="마을기업")
    page.get_by_role("button", name="읽어서 보기").click()
    page.locator(".import-counts").wait_for()
    shoot(page, "import-preview", 1000)
    page.goto("/pledges/import/")
    choose(page, ROOT / "tests/data/cards/library.txt")
    shoot(page, "card-import", 800)
    page.get_by_role("button", name="읽어서 보기").click()
    page.locator(".import-counts").wait_for()
    shoot(page, "card-import-preview", 900)


def council(desk: Desk) -> None:
    page = desk("staff")
    page.goto("/reports/requests/new/")
    page.locator("[name=number]").fill("2024-17(예시)")
    page.locator("[name=content]").fill("최근 3년간 사회적경제기업 지원 현황(예시)")
    page.locator("[name=received_on]").fill("2024. 7. 8.")
    page.locator("[name=due_on]").fill("2024. 7. 15.")
    save(page)
    page.get_by_role("heading", name="쓴 보고서").wait_for()
    shoot(page, "request", 820)
    page.goto("/reports/")
    shoot(page, "reports", 700)
    page.locator(".report-list a").nth(2).click()
    page.locator(".report-table").first.wait_for()
    shoot(page, "report", 820)


def administration(desk: Desk) -> None:
    page = desk("admin")
    page.goto("/admin/")
    shoot(page, "admin", 900)
    page = desk("staff")
    page.goto("/subsidies/programs/")
    page.get_by_role("link", name="일자리창출사업").first.click()
    shoot(page, "program", 900)


STORY = (
    door,
    overview,
    register,
    payment,
    market,
    imports,
    quarter,
    closing,
    correction,
    openings,
    council,
    administration,
)

if __name__ == "__main__":
    main()
