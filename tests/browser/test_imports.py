"""Imports in a real browser: upload, mend a cell, decide a doubt, confirm, undo; readable by everybody."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from enterprises.models import Designation, Enterprise
from tests.browser.axe import faults_at
from tests.browser.conftest import Login
from tests.enterprises import factories
from tests.imports.sheets import xlsx

ROWS = [
    ["기업명", "유형", "지정일", "대표자", "주소"],
    ["가온협동조합(예시)", "협동조합", "2023. 1. 2.", "홍길동(예시)", "관악로 1(예시)"],
    ["나래협동조합(예시)", "협동조합", "2023. 13. 1.", "김나래(예시)", "관악로 2(예시)"],
    ["다솜협동조합(예시)", "협동조합", None, "이다솜(예시)", "관악로 3(예시)"],
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    factories.kind("cooperative")
    path = tmp_path / "협동조합.xlsx"
    path.write_bytes(xlsx(ROWS))
    return path


def read(page: Page, file: Path) -> None:
    page.goto("/imports/new/enterprises/")
    page.get_by_label("파일", exact=True).set_input_files(file)
    page.get_by_role("button", name="읽어서 보기").click()
    page.wait_for_url("**/imports/*/")


def test_upload_fix_a_cell_confirm_undo(page: Page, logged_in: Login, file: Path) -> None:
    logged_in(page, "staff")
    read(page, file)
    expect(page.get_by_text("13월은 없는 달입니다")).to_be_visible()
    page.get_by_label("3행 지정일").fill("2023. 12. 1.")
    page.get_by_role("button", name="고친 값으로 다시 확인").click()
    expect(page.get_by_text("확인할 줄이 1개 있습니다.")).to_be_visible()
    page.get_by_role("button", name="그대로 저장", exact=True).click()
    page.get_by_role("button", name="3줄 저장").click()
    expect(page.get_by_text("저장했습니다: 새로 3줄")).to_be_visible()
    assert Designation.objects.live().filter(starts_on__isnull=False).count() == 2

    page.get_by_role("link", name="이 가져오기 되돌리기").click()
    page.get_by_label("사유").fill("시험 삼아 올림")
    page.get_by_role("button", name="되돌리기").click()
    expect(page.get_by_text("가져오기를 되돌렸습니다: 6건.")).to_be_visible()
    assert not Enterprise.objects.live().exists()


def test_every_page_is_accessible(page: Page, logged_in: Login, file: Path, tmp_path: Path) -> None:
    logged_in(page, "staff")
    read(page, file)
    preview = page.url
    odd = tmp_path / "다른.xlsx"
    odd.write_bytes(xlsx([["이름칸", "뭐하는곳"], ["가", "나"]]))
    read(page, odd)
    paths = ("/imports/", "/imports/new/disbursements/", preview, f"{preview}?edit=명단!2", page.url)
    assert [fault for path in paths for fault in faults_at(page, path)] == []
