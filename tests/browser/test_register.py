"""The register in a real browser: every page readable by everybody, and an enterprise typed in moves the count."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from enterprises.models import Enterprise, Meeting, Member, MemberOpening, Tenancy, TenantOpening
from tests.browser.axe import faults_at, scrolls_sideways, violations
from tests.browser.conftest import Login
from tests.enterprises import factories
from tests.enterprises.factories import SEED_DAY

PAGES = [
    "/enterprises/", "/enterprises/?as_of=2024-01-01&state=soon", "/enterprises/new/", "/enterprises/{firm}/",
    "/enterprises/{firm}/edit/", "/enterprises/{firm}/void/", "/enterprises/{firm}/designations/new/",
    "/enterprises/spaces/", "/enterprises/spaces/{space}/", "/enterprises/spaces/{space}/tenancies/new/",
    "/enterprises/committees/", "/enterprises/committees/{committee}/?names=1",
    "/enterprises/committees/{committee}/members/new/", "/enterprises/centers/", "/enterprises/openings/",
    "/enterprises/openings/tenants/{opening}/renew/", "/enterprises/export/personal/",
]  # fmt: skip


@pytest.fixture
def register() -> dict[str, int]:
    """A register with something on every page; the keys of its rows."""
    factories.seed_register()
    firm = factories.enterprise("나무(예시)", representative="홍길동", is_example=True)
    factories.designation(firm, "certified", starts_on=date(2020, 1, 1), expires_on=date(2024, 5, 1))
    space, committee = factories.space("꿈터(예시)"), factories.committee("위원회(예시)")
    opening = TenantOpening.objects.create(space=space, on=SEED_DAY, count=2)
    MemberOpening.objects.create(committee=committee, on=SEED_DAY, count=12)
    Tenancy.objects.create(space=space, enterprise=firm, starts_on=date(2023, 9, 1))
    Member.objects.create(committee=committee, name="홍길동", appointed_on=date(2023, 1, 1))
    Meeting.objects.create(committee=committee, held_on=date(2024, 2, 1), agenda="지원 대상 심의")
    return {"firm": firm.pk, "space": space.pk, "committee": committee.pk, "opening": opening.pk}


def test_every_page_is_accessible(page: Page, logged_in: Login, register: dict[str, int]) -> None:
    logged_in(page, "staff")
    assert [fault for path in PAGES for fault in faults_at(page, path.format(**register))] == []


def test_a_long_name_stays_within_a_telephone(page: Page, logged_in: Login) -> None:
    firm = factories.enterprise("아주긴이름을가진사회적기업" * 5)
    page.set_viewport_size({"width": 390, "height": 900})
    logged_in(page, "staff")
    for path in (f"/enterprises/{firm.pk}/", f"/enterprises/{firm.pk}/void/", "/enterprises/"):
        page.goto(path)
        assert not scrolls_sideways(page)


def test_an_enterprise_typed_in_moves_the_count(
    page: Page, logged_in: Login, register: dict[str, int]
) -> None:
    logged_in(page, "staff")
    page.goto("/enterprises/")
    expect(page.get_by_role("region", name="유형별 기업 수").get_by_role("cell").first).to_have_text("233")
    page.get_by_role("link", name="기업 등록").click()
    expect(page.get_by_label("기업명")).to_be_focused()
    page.keyboard.type("가온협동조합(예시)")
    page.keyboard.press("Tab")
    page.keyboard.type("124-81-00998")
    page.get_by_label("유형 필수").select_option(label="협동조합")
    page.get_by_label("지정일").fill("2024. 4. 1.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="가온협동조합(예시)")).to_be_visible()
    page.goto("/enterprises/")
    expect(page.get_by_role("region", name="유형별 기업 수").get_by_role("cell").first).to_have_text("234")


def test_a_doubt_is_shown_and_confirmed_with_a_reason(
    page: Page, logged_in: Login, register: dict[str, int]
) -> None:
    logged_in(page, "staff")
    page.goto("/enterprises/new/")
    page.get_by_label("기업명").fill("㈜나무(예시)")
    page.get_by_label("유형 필수").select_option(label="인증")
    page.get_by_role("button", name="저장").click()
    alert = page.locator(".warning-box")
    expect(alert.get_by_role("link", name="나무(예시)")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("그대로 저장하는 사유").fill("다른 법인")
    page.get_by_role("button", name="저장").click()
    expect(page.get_by_role("heading", name="㈜나무(예시)")).to_be_visible()
    assert Enterprise.objects.count() == 2
