from datetime import date

import pytest

from accounts.models import Office
from enterprises.models import Designation
from enterprises.register import register_table
from tests.enterprises import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    return factories.enterprise("나무(예시)")


@pytest.fixture
def held(firm):
    return factories.designation(
        firm, "preliminary", starts_on=date(2020, 1, 1), expires_on=date(2022, 12, 31)
    )


def new(firm):
    return f"/enterprises/{firm.pk}/designations/new/"


def at(row, action):
    return f"/enterprises/designations/{row.pk}/{action}/"


def test_a_designation_is_added_and_counts(staff, firm):
    factories.seed_register()
    assert staff.get(new(firm)).status_code == 200
    response = staff.post(new(firm), {"kind": factories.kind("certified").pk, "starts_on": "2024. 4. 25."})
    assert response.headers["Location"] == f"/enterprises/{firm.pk}/"
    assert [register_table(day).total for day in (date(2024, 4, 24), date(2024, 4, 25))] == [233, 234]


@pytest.mark.parametrize(
    ("starts_on", "expires_on", "refused"),
    [
        ("2022. 12. 31.", "", True),
        ("2023. 1. 1.", "", False),
        ("", "2019. 12. 31.", False),
        ("", "2020. 1. 1.", True),
        ("2018. 1. 1.", "2019. 12. 31.", False),
        ("2021. 1. 1.", "2021. 2. 1.", True),
        ("", "", True),
    ],
)
def test_two_of_one_kind_may_not_overlap(staff, firm, held, starts_on, expires_on, refused):
    data = {"kind": held.kind_id, "starts_on": starts_on, "expires_on": expires_on}
    response = staff.post(new(firm), data)
    assert (response.status_code == 200) is refused
    if refused:
        assert "2020. 1. 1.~2022. 12. 31." in response.context["form"].errors["kind"][0]
    assert Designation.objects.count() == (1 if refused else 2)


def test_another_kind_and_a_voided_row_do_not_stand_in_the_way(staff, firm, held):
    staff.post(new(firm), {"kind": factories.kind("certified").pk, "starts_on": "2020. 1. 1."})
    staff.post(at(held, "void"), {"reason": "잘못 입력"})
    staff.post(new(firm), {"kind": held.kind_id, "starts_on": "2020. 1. 1."})
    assert Designation.objects.live().count() == 2


def test_editing_does_not_stumble_over_itself(staff, held):
    data = {"kind": held.kind_id, "starts_on": "2020. 1. 2.", "expires_on": "2022. 12. 31.", "revision": 1}
    assert staff.post(at(held, "edit"), data).status_code == 302
    held.refresh_from_db()
    assert (held.starts_on, held.revision) == (date(2020, 1, 2), 2)


def test_an_end_before_the_start_is_refused(staff, held):
    data = {"kind": held.kind_id, "starts_on": "2020. 1. 1.", "expires_on": "2019. 1. 1.", "revision": 1}
    assert "앞섭니다" in staff.post(at(held, "edit"), data).content.decode()


def test_ending_needs_a_day_and_a_reason(staff, held):
    response = staff.post(at(held, "end"), {"revision": 1})
    assert set(response.context["form"].errors) == {"ended_on", "end_reason"}
    staff.post(at(held, "end"), {"ended_on": "2021. 6. 30.", "end_reason": "인증 전환", "revision": 1})
    held.refresh_from_db()
    assert (held.ended_on, held.end_reason) == (date(2021, 6, 30), "인증 전환")


def test_an_end_in_a_closed_quarter_is_asked_about(staff, held):
    Office.objects.create(pk=1, closed_through=date(2024, 3, 31))
    response = staff.post(at(held, "end"), {"ended_on": "2021. 6. 30.", "end_reason": "폐업", "revision": 1})
    assert "미반영" in response.content.decode()
    held.refresh_from_db()
    assert held.ended_on is None


def test_the_second_saver_is_told(staff, held):
    staff.post(at(held, "end"), {"ended_on": "2021. 6. 30.", "end_reason": "폐업", "revision": 1})
    response = staff.post(at(held, "end"), {"ended_on": "2021. 7. 31.", "end_reason": "이전", "revision": 1})
    assert "먼저 고쳤습니다" in response.content.decode()
    held.refresh_from_db()
    assert held.end_reason == "폐업"


def test_voiding_keeps_the_row_with_its_reason(staff, held):
    staff.post(at(held, "void"), {"reason": "잘못 입력"})
    held.refresh_from_db()
    assert held.void_reason == "잘못 입력"
    assert "무효 사유: 잘못 입력" in staff.get(f"/enterprises/{held.enterprise_id}/").content.decode()
    assert staff.get(at(held, "edit")).status_code == 404


def test_a_voided_enterprise_takes_no_more(staff):
    gone = factories.enterprise(voided_at="2024-01-01T00:00:00+09:00", void_reason="잘못")
    assert staff.get(new(gone)).status_code == 404


@pytest.mark.parametrize("action", ["edit", "end", "void"])
def test_wrong_roles_numbers_and_methods_are_refused(staff, auditor, held, action):
    assert auditor.get(at(held, action)).status_code == 403
    assert auditor.post(at(held, action)).status_code == 403
    assert staff.get(f"/enterprises/designations/987654321/{action}/").status_code == 404
    assert staff.delete(at(held, action)).status_code == 405
