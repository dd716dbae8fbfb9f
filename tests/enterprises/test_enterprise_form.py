from datetime import date

import pytest

from accounts.models import AccessLog, Office
from enterprises.models import Designation, Enterprise
from tests.enterprises import factories

NEW = "/enterprises/new/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed():
    return {
        "name": "㈜나무와숲(예시)", "business_number": "124-81-00998", "kind": factories.kind("certified").pk,
        "number": "제2024-1호", "starts_on": "2024. 4. 25.", "expires_on": "’27. 4. 24.", "dong": "신림동",
    }  # fmt: skip


def confirmed(client, url, data, reason="확인함"):
    """Posts, and posts again what the page then holds, with a reason: what an officer does after a doubt."""
    response = client.post(url, data)
    form = response.context["form"]
    assert form.found_doubts, form.errors
    return client.post(url, data | {"doubts_seen": form.data["doubts_seen"], "change_reason": reason})


def test_the_form_opens(staff):
    assert "사업자등록번호" in staff.get(NEW).content.decode()


def test_an_enterprise_and_its_first_designation_are_saved_together(staff, typed):
    response = staff.post(NEW, typed)
    firm = Enterprise.objects.get()
    assert response.headers["Location"] == f"/enterprises/{firm.pk}/"
    assert (firm.business_number, firm.name_key) == ("1248100998", "나무와숲예시")
    held = firm.designations.get()
    assert (held.kind.code, held.number) == ("certified", "제2024-1호")
    assert (held.starts_on, held.expires_on) == (date(2024, 4, 25), date(2027, 4, 24))
    assert held.history.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("name", "", "필수"),
        ("business_number", "124-81-0099", "10자리"),
        ("kind", "", "필수"),
        ("starts_on", "2024. 2. 30.", "2024"),
        ("expires_on", "2024. 4. 24.", "앞섭니다"),
        ("email", "hong", "이메일"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_what_was_typed_stays(staff, typed, field, value, told):
    response = staff.post(NEW, typed | {field: value})
    assert told in " ".join(response.context["form"].errors[field])
    assert "제2024-1호" in response.content.decode()
    assert not Enterprise.objects.exists()
    assert not Designation.objects.exists()


def test_a_wrong_check_digit_is_asked_about_and_may_be_kept(staff, typed):
    typed["business_number"] = "124-81-00997"
    response = staff.post(NEW, typed)
    assert "124-81-00997" in response.context["form"].found_doubts[0]
    assert not Enterprise.objects.exists()
    confirmed(staff, NEW, typed, "등록증과 같음")
    firm = Enterprise.objects.get()
    assert firm.business_number == "1248100997"
    assert firm.history.first().history_change_reason == "등록증과 같음"


def test_a_known_number_is_refused_with_a_link(staff, typed):
    known = factories.enterprise("나무(예시)", business_number="1248100998")
    html = staff.post(NEW, typed).content.decode()
    assert f'<a href="/enterprises/{known.pk}/">나무(예시)</a>' in html
    assert Enterprise.objects.count() == 1
    confirmed(staff, NEW, typed | {"branch_number": "0001"})
    assert Enterprise.objects.count() == 2


def test_a_voided_ones_number_is_free_again(staff, typed):
    factories.enterprise(
        business_number="1248100998", voided_at="2024-01-01T00:00:00+09:00", void_reason="잘못"
    )
    assert staff.post(NEW, typed).status_code == 302


def test_a_known_name_is_asked_about_with_a_link(staff, typed):
    known = factories.enterprise("(주) 나무와 숲 (예시)", dong="청룡동")
    html = staff.post(NEW, typed).content.decode()
    assert f'<a href="/enterprises/{known.pk}/">(주) 나무와 숲 (예시)</a> (청룡동)' in html
    confirmed(staff, NEW, typed)
    assert Enterprise.objects.count() == 2


def test_a_name_with_markup_is_shown_as_text(staff, typed):
    factories.enterprise("<b>나무와숲</b>(예시)")
    html = staff.post(NEW, typed | {"name": "<b>나무와숲</b>(예시)"}).content.decode()
    assert "<b>나무와숲</b>" not in html


def test_a_day_in_a_closed_quarter_is_asked_about(staff, typed):
    Office.objects.create(pk=1, closed_through=date(2024, 6, 30))
    response = staff.post(NEW, typed)
    assert "마감 뒤 입력(미반영)" in response.context["form"].found_doubts[0]


def test_a_day_that_itemises_the_opening_is_not_asked_about(staff, typed):
    Office.objects.create(pk=1, closed_through=date(2024, 3, 31))
    factories.seed_register()
    typed |= {"starts_on": "2020. 1. 1.", "expires_on": ""}
    assert staff.post(NEW, typed).status_code == 302


@pytest.mark.parametrize("role", ["manager", "coordinator", "auditor", "admin"])
def test_only_staff_may(client_as, role, typed):
    assert client_as(role).post(NEW, typed).status_code == 403
    assert client_as(role).get("/enterprises/1/edit/").status_code == 403
    assert not Enterprise.objects.exists()


def test_it_is_not_put(staff):
    assert staff.put(NEW).status_code == 405


# An enterprise that is there


@pytest.fixture
def firm():
    return factories.enterprise("나무(예시)", business_number="1248100998", representative="홍길동")


def edit(firm):
    return f"/enterprises/{firm.pk}/edit/"


def test_editing_keeps_the_rest_and_the_number_as_shown(staff, firm):
    response = staff.get(edit(firm))
    assert 'value="124-81-00998"' in response.content.decode()
    assert AccessLog.objects.get().action == "기업 수정 화면 조회"
    data = {name: value or "" for name, value in response.context["form"].initial.items()} | {
        "dong": "청룡동"
    }
    staff.post(edit(firm), data)
    firm.refresh_from_db()
    assert (firm.dong, firm.business_number, firm.representative, firm.revision) == (
        "청룡동",
        "1248100998",
        "홍길동",
        2,
    )


def test_the_second_saver_is_told_and_nothing_is_overwritten(staff, firm):
    staff.post(edit(firm), {"name": "먼저(예시)", "revision": 1})
    response = staff.post(edit(firm), {"name": "나중(예시)", "revision": 1})
    assert "먼저 고쳤습니다" in response.content.decode()
    assert "나중(예시)" in response.content.decode()
    firm.refresh_from_db()
    assert firm.name == "먼저(예시)"


def test_one_voided_meanwhile_is_told_too(staff, firm):
    Enterprise.objects.filter(pk=firm.pk).update(voided_at="2024-01-01T00:00:00+09:00", void_reason="잘못")
    assert "무효 처리된 자료" in staff.post(edit(firm), {"name": "나무", "revision": 1}).content.decode()
    assert staff.get(edit(firm)).status_code == 404


def test_an_unknown_number_is_not_found(staff):
    assert staff.get("/enterprises/987654321/edit/").status_code == 404


# Voiding


def test_a_free_enterprise_is_voided_with_a_reason(staff, firm, users):
    assert "사유" in staff.get(f"/enterprises/{firm.pk}/void/").content.decode()
    staff.post(f"/enterprises/{firm.pk}/void/", {"reason": ""})
    firm.refresh_from_db()
    assert not firm.is_void
    staff.post(f"/enterprises/{firm.pk}/void/", {"reason": "두 번 입력함"})
    firm.refresh_from_db()
    assert (firm.void_reason, firm.voided_by) == ("두 번 입력함", users["staff"])


def test_one_in_use_is_not_and_the_page_says_by_what(staff, firm):
    factories.designation(firm, "certified", starts_on=date(2020, 1, 1))
    response = staff.post(f"/enterprises/{firm.pk}/void/", {"reason": "두 번 입력함"})
    assert response.status_code == 409
    assert "유형·자격 1건: 나무(예시) 인증" in response.content.decode()
    firm.refresh_from_db()
    assert not firm.is_void
