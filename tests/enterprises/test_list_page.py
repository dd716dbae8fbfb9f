from datetime import date

import pytest

from enterprises.models import Enterprise
from tests.enterprises import factories

URL = "/enterprises/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def firms():
    """Four enterprises in as many states on 2024-04-01, the tests' today."""
    namu = factories.enterprise(
        "㈜나무와숲(예시)", business_number="1248100998", dong="신림동", industry="목공"
    )
    factories.designation(namu, "certified", starts_on=date(2020, 1, 1), expires_on=date(2024, 5, 1))
    gone = factories.enterprise("옛가게(예시)", dong="청룡동")
    factories.designation(
        gone, "village", starts_on=date(2015, 1, 1), ended_on=date(2020, 1, 1), end_reason="폐업"
    )
    coop = factories.enterprise("나무 협동조합(예시)", dong="신림동")
    factories.designation(coop, "cooperative")
    factories.enterprise("지운곳(예시)", voided_at="2024-01-01T00:00:00+09:00", void_reason="잘못 입력")
    return {"namu": namu, "gone": gone, "coop": coop}


def names(response):
    assert response.status_code == 200
    return [enterprise.name for enterprise, _ in response.context["rows"]]


def test_it_works(staff, firms):
    response = staff.get(URL)
    assert names(response) == ["㈜나무와숲(예시)", "나무 협동조합(예시)", "옛가게(예시)"]
    html = response.content.decode()
    assert "124-81-00998" in html
    assert "2024. 5. 1." in html
    assert "만료 임박" in html
    assert "지정일 모름" in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=(주) 나무와숲", ["namu"]),
        ("q=나무", ["namu", "coop"]),
        ("q=124-81-00998", ["namu"]),
        ("q=목공", ["namu"]),
        ("kind=village", ["gone"]),
        ("dong=신림동", ["namu", "coop"]),
        ("state=active", ["namu"]),
        ("state=active&as_of=2024. 5. 2.", []),
        ("state=active&kind=certified&as_of=2024. 5. 1.", ["namu"]),
        ("state=soon", ["namu"]),
        ("state=soon&as_of=2023-01-01", []),
        ("state=ended", ["gone"]),
        ("state=undated", ["coop"]),
        ("state=undated&kind=certified", []),
        ("sort=-name", ["gone", "coop", "namu"]),
        ("sort=starts", ["gone", "namu", "coop"]),
        ("sort=expires", ["namu", "coop", "gone"]),
    ],
)
def test_filters_and_order_stand_in_the_address(staff, firms, query, found):
    assert names(staff.get(f"{URL}?{query}")) == [firms[name].name for name in found]


def test_voided_ones_are_found_only_when_asked_for(staff, firms):
    assert names(staff.get(f"{URL}?state=void")) == ["지운곳(예시)"]


@pytest.mark.parametrize("query", ["nonsense=1", "kind=none", "as_of=tomorrow", "sort=phone", "state=x"])
def test_what_the_page_does_not_know_is_refused(staff, firms, query):
    assert staff.get(f"{URL}?{query}").status_code == 400


def test_the_counts_are_those_of_the_day(staff):
    factories.seed_register()
    html = staff.get(URL).content.decode()
    assert "유형별 합계 <strong>233</strong>" in html
    assert "상세 미등록분 <strong>233</strong>" in html
    before = staff.get(f"{URL}?as_of=2024-03-30").content.decode()
    assert "집계 불가" in before
    assert "기준일 이전" in before


def test_an_empty_register_says_what_to_do(staff):
    assert "기업 등록’으로 시작" in staff.get(URL).content.decode()


def test_only_those_who_may_register_are_offered_it(auditor, staff):
    assert "/enterprises/new/" in staff.get(URL).content.decode()
    assert "/enterprises/new/" not in auditor.get(URL).content.decode()


def test_persons_are_not_on_the_list(staff, firms):
    Enterprise.objects.update(representative="홍길동", phone="010-1234-5678")
    html = staff.get(URL).content.decode()
    assert "홍길동" not in html
    assert "5678" not in html


def test_it_is_read_only(staff):
    assert staff.post(URL).status_code == 405


def test_queries_do_not_grow_with_the_rows(staff, firms, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(20) as found:
            staff.get(URL)
        return len(found)

    few = count()
    for _ in range(30):
        factories.designation(code="certified", starts_on=date(2020, 1, 1))
    assert count() == few
