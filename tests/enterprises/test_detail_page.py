from datetime import date

import pytest

from accounts.models import AccessLog
from enterprises.models import Enterprise, Tenancy
from tests.enterprises import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    made = factories.enterprise(
        "나무(예시)", business_number="1248100998", representative="홍길동", phone="02-879-5678",
        email="hong@example.org", is_example=True,
    )  # fmt: skip
    factories.designation(
        made, "preliminary", starts_on=date(2018, 1, 1), ended_on=date(2019, 12, 31), end_reason="전환"
    )
    factories.designation(made, "certified", number="제2020-1호", starts_on=date(2020, 1, 1))
    Tenancy.objects.create(space=factories.space("꿈터(예시)"), enterprise=made, starts_on=date(2021, 1, 1))
    return made


def url(firm):
    return f"/enterprises/{firm.pk}/"


def test_it_works(staff, firm):
    html = staff.get(url(firm)).content.decode()
    for text in ("124-81-00998", "제2020-1호", "2020. 1. 1.", "전환", "꿈터(예시)", "예시 자료", "변경 이력"):
        assert text in html


def test_those_who_may_see_persons_leave_a_trace(staff, firm, users):
    html = staff.get(url(firm)).content.decode()
    assert "홍길동" in html
    log = AccessLog.objects.get()
    assert (log.user, log.subject, log.path) == (users["staff"], "대표자: 나무(예시)", url(firm))


def test_others_see_them_masked(coordinator, firm):
    firm.representative = "김철수"
    firm.save()
    html = coordinator.get(url(firm)).content.decode()
    assert "김○○" in html
    assert "h***@example.org" in html
    assert "02-***-5678" in html
    for text in ("홍길동", "김철수", "hong@", "879-5678"):
        assert text not in html
    assert not AccessLog.objects.exists()


def test_an_office_may_mask_nothing(coordinator, firm):
    from accounts.models import Office

    Office.objects.create(pk=1, masks_personal_data=False)
    assert "홍길동" in coordinator.get(url(firm)).content.decode()
    assert AccessLog.objects.count() == 1


def test_nothing_is_logged_where_there_is_no_person(staff):
    staff.get(url(factories.enterprise()))
    assert not AccessLog.objects.exists()


def test_only_staff_are_offered_to_change_it(auditor, staff, firm):
    assert f"{url(firm)}edit/" in staff.get(url(firm)).content.decode()
    assert f"{url(firm)}edit/" not in auditor.get(url(firm)).content.decode()


def test_a_voided_one_is_shown_with_its_reason(staff):
    gone = factories.enterprise(voided_at="2024-01-01T00:00:00+09:00", void_reason="두 번 입력함")
    html = staff.get(url(gone)).content.decode()
    assert "두 번 입력함" in html
    assert f"{url(gone)}edit/" not in html


def test_an_unknown_number_is_not_found(staff):
    assert staff.get("/enterprises/987654321/").status_code == 404


def test_it_is_read_only(staff, firm):
    assert staff.post(url(firm)).status_code == 405


def test_the_history_says_who_changed_what(staff, firm):
    staff.post(
        f"{url(firm)}edit/", {"name": "나무와숲(예시)", "revision": 1, "business_number": "124-81-00998"}
    )
    html = staff.get(url(firm)).content.decode()
    assert Enterprise.objects.get(pk=firm.pk).name == "나무와숲(예시)"
    assert "기업명: 나무(예시) → 나무와숲(예시)" in html


def test_queries_do_not_grow_with_the_rows(staff, firm, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(30) as found:
            staff.get(url(firm))
        return len(found)

    few = count()
    for year in range(2001, 2011):
        factories.designation(firm, "village", starts_on=date(year, 1, 1), expires_on=date(year, 6, 1))
    assert count() == few
