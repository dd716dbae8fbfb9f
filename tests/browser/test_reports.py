"""의회·보고 in a real browser: accessible at both widths, and a table copied with its merges and borders."""

from __future__ import annotations

from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Page, expect

from pledges.models import CouncilRequest
from pledges.reports import REPORTS
from tests.browser.axe import faults_at
from tests.browser.conftest import Login
from tests.pledges import factories as make
from tests.subsidies import factories as money

READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const text = async (kind) => await (await item.getType(kind)).text();
  return {html: await text("text/html"), plain: await text("text/plain")};
}"""


@pytest.fixture
def paid() -> None:
    program = money.program("마을기업 사업비")
    money.budget(money.year(program), 90_000_000)
    money.disbursement(program, 50_000_000, enterprise=money.enterprise("가온 & 나무(예시)"))


def test_the_reports_are_accessible(page: Page, logged_in: Login, paid: None) -> None:
    row = CouncilRequest.objects.create(number="15", content="보조금 내역", due_on=date(2024, 4, 20))
    logged_in(page, "staff")
    paths = [
        "/reports/", "/reports/requests/", "/reports/requests/new/", f"/reports/requests/{row.pk}/",
        "/reports/committees/personal/", "/reports/cards/", *(f"/reports/{slug}/?request={row.pk}" for slug in REPORTS),
    ]  # fmt: skip
    assert [fault for path in paths for fault in faults_at(page, path)] == []


def test_a_copied_table_keeps_its_merges_and_borders(page: Page, logged_in: Login, paid: None) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    logged_in(page, "staff")
    page.goto("/reports/budgets/?unit=백만원")
    page.get_by_role("button", name="표 복사").first.click()
    expect(page.get_by_role("status").first).to_have_text(
        "복사했습니다. 한글이나 엑셀에서 붙여 넣으세요(Ctrl+V)."
    )
    copied: dict[str, Any] = page.evaluate(READ)
    assert 'colspan="2"' in copied["html"]
    assert 'rowspan="2"' in copied["html"]
    assert copied["html"].count("border:1px solid") > 20 or "border-width" in copied["html"]
    lines = copied["plain"].splitlines()
    assert lines[2].split("\t")[0] == "계"
    assert lines[3].split("\t")[:7] == ["1", "2024", "마을기업 사업비", "90", "90", "50", "40"]


def test_cards_are_made_while_one_watches_and_the_file_is_saved(page: Page, logged_in: Login) -> None:
    for number in ("가-1", "가-2"):
        make.pledge(number)
    logged_in(page, "staff")
    page.goto("/reports/cards/")
    page.get_by_role("button", name="한글(HWPX) 묶음").click()
    expect(page.get_by_role("log")).to_contain_text("2/2 가-2")
    with page.expect_download() as saved:
        page.get_by_role("link", name="파일 저장").click()
    assert saved.value.suggested_filename.endswith(".zip")
    assert len(ZipFile(saved.value.path()).namelist()) == 2


def test_what_is_copied_is_text_not_markup(page: Page, logged_in: Login, paid: None) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    logged_in(page, "staff")
    page.goto("/reports/disbursements/")
    page.get_by_role("button", name="표 복사").nth(1).click()
    copied: dict[str, Any] = page.evaluate(READ)
    assert "가온 &amp; 나무(예시)" in copied["html"]
    assert "가온 & 나무(예시)" in copied["plain"]
