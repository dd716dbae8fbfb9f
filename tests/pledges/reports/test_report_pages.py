"""The reports' pages and files: who may open them, what the address keeps, persons masked, time and queries."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from accounts.models import AccessLog
from documents.xlsx import table_bytes
from enterprises.models import Member
from pledges.models import CouncilRequest
from pledges.reports import REPORTS
from subsidies.models import Award, Settlement
from tests.conftest import ClientAs
from tests.documents.hwpx_reader import blocks_of
from tests.documents.office import assert_computed_alike, needs_office
from tests.enterprises import factories as register
from tests.factories import department
from tests.markets import factories as fair
from tests.pledges.reports.asking import printed
from tests.subsidies import factories as money

# The longest: pledges with their figures, at each year's end too.
MOST_QUERIES = 35


def text(response: Any) -> str:
    assert response.status_code == 200, response.content[:500]
    return response.content.decode()


def words(content: bytes) -> str:
    book = load_workbook(BytesIO(content))
    return "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )


def member(name: str = "홍길동") -> Member:
    of = register.committee("사회적경제위원회(예시)")
    return Member.objects.create(committee=of, name=name, appointed_on=date(2024, 1, 1))


@pytest.mark.parametrize("slug", REPORTS)
@pytest.mark.parametrize("role", ["staff", "manager", "coordinator", "auditor", "admin"])
def test_every_role_reads_every_report_even_an_empty_one(client_as: ClientAs, role: str, slug: str) -> None:
    page = text(client_as(role).get(f"/reports/{slug}/"))
    assert REPORTS[slug].title in page
    assert "해당 없음" in page


@pytest.mark.parametrize("slug", REPORTS)
@pytest.mark.parametrize("form", ["xlsx", "hwpx"])
def test_files_are_for_those_who_may_take_figures_out(client_as: ClientAs, slug: str, form: str) -> None:
    response = client_as("staff").get(f"/reports/{slug}.{form}")
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert client_as("admin").get(f"/reports/{slug}.{form}").status_code == 403


def test_no_such_report_or_form(staff: Client) -> None:
    assert staff.get("/reports/nothing/").status_code == 404
    assert staff.get("/reports/pledges.pdf").status_code == 404
    assert staff.get("/reports/spaces/personal/").status_code == 404


def test_the_period_is_the_last_three_years_unless_it_is_asked(staff: Client) -> None:
    assert "기간: 2022. 1. 1.~2024. 4. 1." in text(staff.get("/reports/disbursements/"))
    assert "기간: 2020. 1. 1.~2024. 4. 1." in text(staff.get("/reports/history/"))
    assert "기간: 2020. 1. 1.~2022. 6. 30." in text(staff.get("/reports/markets/", {"end": "2022-06-30"}))
    asked = text(staff.get("/reports/disbursements/", {"start": "2023. 1. 1.", "end": "2023. 12. 31."}))
    assert "기간: 2023. 1. 1.~12. 31." in asked
    assert "reports/disbursements.xlsx?start=2023" in asked


@pytest.mark.parametrize(
    "address",
    [{"start": "어제"}, {"start": "2024-05-01", "end": "2024-04-01"}, {"wrong": "1"}, {"unit": "달러"}],
)
def test_what_cannot_be_read_is_refused(staff: Client, address: dict[str, str]) -> None:
    assert staff.get("/reports/disbursements/", address).status_code == 400


def test_the_unit_is_chosen_and_named(staff: Client) -> None:
    money.disbursement(money.program(), 1_234_567)
    assert "(단위: 천 원)" in text(staff.get("/reports/disbursements/"))
    page = text(staff.get("/reports/disbursements/", {"unit": "원"}))
    assert "1,234,567" in page
    assert "(단위: 원)" in page


def test_own_filters_stay_in_the_address(staff: Client) -> None:
    first, second = money.program("가 사업"), money.program("나 사업")
    money.disbursement(first, enterprise=money.enterprise("하나(예시)"))
    money.disbursement(second, enterprise=money.enterprise("둘(예시)"))
    page = text(staff.get("/reports/disbursements/", {"program": first.pk}))
    assert "하나(예시)" in page
    assert "둘(예시)" not in page
    assert f"disbursements.xlsx?program={first.pk}" in page
    assert "사업: 가 사업" in page


def test_a_box_that_is_not_ticked_is_no_condition(staff: Client) -> None:
    assert "중복지원만:" not in text(staff.get("/reports/history/"))
    ticked = text(staff.get("/reports/history/", {"double": "on"}))
    assert '<p class="conditions">기간: 2020. 1. 1.~2024. 4. 1., 중복지원만</p>' in ticked


def test_persons_are_masked_on_the_page_and_in_the_files(staff: Client) -> None:
    member()
    assert "홍○○" in text(staff.get("/reports/committees/"))
    for name in ("committees.xlsx", "committees.hwpx"):
        content = staff.get(f"/reports/{name}").content
        found = words(content) if name.endswith("xlsx") else str(blocks_of(content))
        assert "홍○○" in found
        assert "홍길동" not in found
    assert not AccessLog.objects.exists()


def test_names_are_given_with_a_reason_that_is_logged(staff: Client) -> None:
    member()
    address = "/reports/committees/personal/"
    assert "필수" in text(staff.get(address))
    assert "홍길동" not in text(staff.post(address, {"form": "xlsx", "reason": ""}))
    response = staff.post(address, {"form": "xlsx", "reason": "의회 요구 제12호"})
    assert "홍길동" in words(response.content)
    log = AccessLog.objects.get()
    assert (log.reason, log.action) == ("의회 요구 제12호", "개인정보 포함 보고서 내려받기")
    assert "위원회 현황" in log.subject


def test_names_are_not_for_everybody(client_as: ClientAs) -> None:
    assert client_as("coordinator").get("/reports/committees/personal/").status_code == 403
    assert client_as("admin").get("/reports/committees/personal/").status_code == 403


def test_the_block_names_the_request_that_is_answered(staff: Client) -> None:
    row = CouncilRequest.objects.create(
        number="2024-행정-15",
        content="보조금",
        department=department("사회적경제과"),
        writer="김담당(예시)",
        phone="879-5754",
    )
    page = text(staff.get("/reports/disbursements/", {"request": row.pk}))
    assert "2024-행정-15" in page
    sheet = words(staff.get("/reports/disbursements.xlsx", {"request": row.pk}).content)
    line = "요구번호: 2024-행정-15 · 제출부서: 사회적경제과 · 작성자: 김담당(예시) · 전화: 879-5754"
    assert sheet.count(line) == 3
    assert staff.get("/reports/disbursements/", {"request": "987"}).status_code == 404


def test_text_that_begins_like_a_formula_stays_text(staff: Client) -> None:
    money.disbursement(money.program("=1+1 사업"), enterprise=money.enterprise("@SUM(A1)(예시)"))
    book = load_workbook(BytesIO(staff.get("/reports/disbursements.xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value in ("=1+1 사업", "@SUM(A1)(예시)")} == {"s"}
    assert "=1+1 사업" in {cell.value for cell in cells}


def fill(number: int) -> None:
    """``number`` more of everything that a report prints."""
    program = money.program(f"사업 {number}")
    year = money.year(program, ratio="50:25:25")
    money.budget(year, 5_000_000 * number)
    for _ in range(number):
        firm = money.enterprise(dong="청룡동")
        money.award(program, firm)
        money.disbursement(program, enterprise=firm)
        event = fair.event(f"장터 {firm.pk}")
        fair.took_part(event, firm, fair.day(event, date(2024, 3, 2)))
        register.designation(firm, starts_on=date(2023, 5, 1))
    agreement = money.entrustment(program, title=f"위탁 {number}")
    money.disbursement(program, entrustment=agreement)
    register.space(f"공간 {number}", capacity=5)


def test_a_document_too_long_for_hangul_is_refused_in_words(
    staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pledges.views.reports.MOST_LINES", 1)
    money.disbursement(money.program())
    page = text(staff.get("/reports/disbursements/"))
    assert "기간이나 조건을 좁히거나 엑셀로 내려받으세요" in page
    assert "disbursements.hwpx" not in page
    response = staff.get("/reports/disbursements.hwpx")
    assert response.status_code == 400
    assert "엑셀로 내려받으세요" in response.content.decode()
    assert staff.get("/reports/disbursements.xlsx").status_code == 200


@pytest.mark.any_database
@needs_office
def test_libreoffice_agrees_on_full_tables(db: None) -> None:
    """The seed has no settlement and no firm by name: here they have."""
    fill(4)
    award = Award.objects.order_by("pk")[0]
    Settlement.objects.create(
        award=award, year=2024, granted=3_000_400, spent=2_500_700, disallowed=100_300, interest=1_000
    )
    slugs = ("settlements", "history", "budgets", "disbursements", "markets")
    books = [
        table_bytes(*(table for slug in slugs for table in printed(slug, unit=unit).tables))
        for unit in ("원", "천원", "백만원")
    ]
    assert all(assert_computed_alike(*books))


@pytest.mark.parametrize("slug", REPORTS)
def test_queries_do_not_grow_with_the_data(
    seed: Any, staff: Client, django_assert_max_num_queries: Any, slug: str
) -> None:
    fill(2)
    with django_assert_max_num_queries(MOST_QUERIES) as few:
        text(staff.get(f"/reports/{slug}/"))
    fill(9)
    with django_assert_max_num_queries(len(few)):
        text(staff.get(f"/reports/{slug}/"))
