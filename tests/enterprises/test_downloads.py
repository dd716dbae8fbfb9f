from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from accounts.models import AccessLog
from tests.enterprises import factories

URL = "/enterprises/export"

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms():
    namu = factories.enterprise(
        "나무(예시)",
        business_number="1248100998",
        dong="신림동",
        representative="홍길동",
        phone="02-879-5678",
    )
    factories.designation(namu, "certified", number="제1호", starts_on=date(2020, 1, 1))
    factories.designation(namu, "village", starts_on=date(2021, 1, 1))
    factories.enterprise("=이름(예시)", dong="청룡동")


def content(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def cells(response):
    sheet = load_workbook(BytesIO(content(response))).active
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_sheet_holds_a_row_for_each_designation(staff, firms):
    rows = cells(staff.get(f"{URL}.xlsx"))
    head = next(row for row in rows if "기업명" in row)
    assert head[1:6] == ["기업명", "사업자등록번호", "유형", "인증번호", "지정일"]
    names = [row[1] for row in rows[rows.index(head) + 1 :] if len(row) > 1]
    assert names == ["=이름(예시)", "나무(예시)", "나무(예시)"]
    assert any("124-81-00998" in row and "제1호" in row for row in rows)


def test_it_is_filtered_as_the_list_and_says_so(staff, firms):
    rows = cells(staff.get(f"{URL}.xlsx?dong=신림동&kind=certified"))
    told = " ".join(str(cell) for row in rows for cell in row)
    assert "유형: 인증" in told
    assert "행정동: 신림동" in told
    assert "=이름(예시)" not in told


def test_the_csv_opens_in_excel(staff, firms):
    text = content(staff.get(f"{URL}.csv")).decode()
    assert text.startswith("\ufeff")
    assert "'=이름(예시)" in text
    assert "2020-01-01" in text


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_persons_are_left_out(staff, firms, kind):
    data = content(staff.get(f"{URL}.{kind}"))
    if kind == "csv":
        assert "홍길동" not in data.decode()
    else:
        assert "대표자" not in str(list(load_workbook(BytesIO(data)).active.values))
    assert not AccessLog.objects.exists()


def test_persons_are_given_for_a_reason_that_is_kept(staff, firms):
    url = f"{URL}/personal/?dong=신림동"
    assert "내려받는 사유" in staff.get(url).content.decode()
    assert "reason" in staff.post(url, {"reason": " "}).context["form"].errors
    assert not AccessLog.objects.exists()
    rows = cells(staff.post(url, {"reason": "간담회 안내"}))
    assert any("홍길동" in row and "02-879-5678" in row for row in rows)
    log = AccessLog.objects.get()
    assert (log.subject, log.reason, log.rows) == ("기업 목록: 행정동: 신림동", "간담회 안내", 1)


def test_who_may_take_what_out(client_as, firms):
    assert client_as("admin").get(f"{URL}.xlsx").status_code == 403
    assert client_as("coordinator").get(f"{URL}.xlsx").status_code == 200
    assert client_as("coordinator").post(f"{URL}/personal/", {"reason": "간담회"}).status_code == 403
    assert client_as("auditor").get(f"{URL}/personal/").status_code == 200


@pytest.mark.parametrize("path", [".xlsx", ".csv", "/personal/"])
def test_what_the_list_refuses_is_refused_here(staff, path):
    assert staff.get(f"{URL}{path}?nonsense=1").status_code == 400
    assert staff.get(f"{URL}{path}?sort=phone").status_code == 400
    assert staff.delete(f"{URL}{path}").status_code == 405


def test_queries_do_not_grow_with_the_rows(staff, firms, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(15) as found:
            content(staff.get(f"{URL}.xlsx"))
        return len(found)

    few = count()
    for _ in range(20):
        factories.designation(code="certified", starts_on=date(2020, 1, 1))
    assert count() == few
