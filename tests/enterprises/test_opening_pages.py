from datetime import date

import pytest

from common.models import OpeningMethod
from enterprises.models import Member, MemberOpening, RegisterOpening, TenantOpening
from enterprises.register import register_table
from tests.enterprises import factories
from tests.enterprises.factories import SEED_DAY

URL = "/enterprises/openings/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    factories.seed_register()
    return RegisterOpening.objects.get(kind__code="village")


def at(opening, action):
    return f"{URL}enterprises/{opening.pk}/{action}/"


def test_all_openings_stand_beside_their_details(staff, village):
    for _ in range(6):
        factories.designation(code="village", starts_on=date(2020, 1, 1))
    factories.designation(code="certified")
    TenantOpening.objects.create(space=factories.space("꿈터(예시)"), on=SEED_DAY, count=2)
    committee = factories.committee("위원회(예시)")
    MemberOpening.objects.create(committee=committee, on=SEED_DAY, count=12)
    Member.objects.create(committee=committee, name="홍길동", appointed_on=date(2023, 1, 1))
    response = staff.get(URL)
    rows = {row.what: row.figures[0].itemised for _, _, rows, _ in response.context["parts"] for row in rows}
    assert (rows["마을기업"].rest, rows["마을기업"].excess) == (0, 1)
    assert (rows["인증"].details, rows["인증"].rest) == (1, 18)
    assert (rows["꿈터(예시)"].rest, rows["위원회(예시)"].rest) == (2, 11)
    assert "1 초과" in response.content.decode()


def test_correcting_voids_the_old_row_and_keeps_both(staff, village, users):
    assert "정정" in staff.get(at(village, "correct")).content.decode()
    response = staff.post(at(village, "correct"), {"count": "여섯", "reason": "명부 대조"})
    assert list(response.context["form"].errors) == ["count"]
    assert (
        staff.post(at(village, "correct"), {"count": "6", "reason": "명부 대조"}).headers["Location"] == URL
    )
    village.refresh_from_db()
    assert (village.count, village.void_reason, village.voided_by) == (5, "명부 대조", users["staff"])
    fresh = RegisterOpening.objects.live().get(kind=village.kind)
    assert (fresh.count, fresh.on, fresh.method, fresh.reason) == (
        6,
        SEED_DAY,
        OpeningMethod.CORRECTED,
        "명부 대조",
    )
    assert fresh.history.get().history_user == users["staff"]
    assert register_table(SEED_DAY).total == 234
    assert "고치기 전의 값 (1건)" in staff.get(URL).content.decode()


def test_the_details_may_take_its_place(staff, village):
    for _ in range(6):
        factories.designation(code="village", starts_on=date(2020, 1, 1))
    assert "6개소" in staff.get(at(village, "details")).content.decode()
    staff.post(at(village, "details"), {"reason": "명부를 다 옮김"})
    fresh = RegisterOpening.objects.live().get(kind=village.kind)
    assert (fresh.count, fresh.method) == (6, OpeningMethod.DETAILS)
    assert register_table(SEED_DAY).by_code()["village"].level.excess == 0


def test_it_may_be_set_anew_at_a_later_day(staff, village):
    data = {"on": "2024. 12. 31.", "count": "9", "reason": "연말 현황", "source": "현황 보고"}
    staff.post(at(village, "renew"), data)
    assert [register_table(day).by_code()["village"].value for day in (SEED_DAY, date(2024, 12, 31))] == [
        5,
        9,
    ]
    village.refresh_from_db()
    assert not village.is_void
    assert RegisterOpening.objects.get(on=date(2024, 12, 31)).source == "현황 보고"


@pytest.mark.parametrize("on", ["2024. 3. 31.", "2023. 12. 31.", "내일", ""])
def test_not_at_an_earlier_day(staff, village, on):
    form = staff.post(at(village, "renew"), {"on": on, "count": "9", "reason": "착오"}).context["form"]
    assert list(form.errors) == ["on"]


def test_not_twice_at_one_day(staff, village):
    data = {"on": "2024. 12. 31.", "count": "9", "reason": "연말 현황"}
    staff.post(at(village, "renew"), data)
    assert "이미 있습니다" in staff.post(at(village, "renew"), data).content.decode()


@pytest.mark.parametrize("action", ["correct", "details", "renew"])
def test_a_reason_is_needed(staff, village, action):
    response = staff.post(at(village, action), {"count": "6", "on": "2024. 12. 31.", "reason": " "})
    assert "reason" in response.context["form"].errors
    assert RegisterOpening.objects.count() == 5


def test_the_second_corrector_is_told(staff, village):
    staff.post(at(village, "correct"), {"count": "6", "reason": "명부 대조"})
    response = staff.post(at(village, "correct"), {"count": "7", "reason": "다른 명부"}, follow=True)
    assert "다른 사람이 먼저 고쳤습니다" in response.content.decode()
    assert RegisterOpening.objects.live().get(kind=village.kind).count == 6


def test_a_closed_figure_is_not_touched(staff, village):
    closed = RegisterOpening.objects.create(kind=village.kind, on=date(2024, 6, 30), count=7, closed=True)
    assert "마감" in staff.get(URL).content.decode()
    assert staff.post(at(closed, "correct"), {"count": "9", "reason": "착오"}).status_code == 404


def test_an_opening_is_added_where_there_is_none(staff):
    kind = factories.kind("village")
    data = {"kind": kind.pk, "on": "2024. 3. 31.", "count": "5", "source": "공약카드"}
    assert staff.get(f"{URL}enterprises/new/").status_code == 200
    assert staff.post(f"{URL}enterprises/new/", data).status_code == 302
    assert "정정하세요" in staff.post(f"{URL}enterprises/new/", data).content.decode()
    assert RegisterOpening.objects.get().count == 5


def test_coordinators_may_and_others_may_not(client_as, village):
    for role in ("manager", "auditor", "admin"):
        client = client_as(role)
        assert client.get(URL).status_code == 200
        assert "정정</a>" not in client.get(URL).content.decode()
        assert client.get(at(village, "correct")).status_code == 403
        assert client.post(at(village, "correct"), {"count": "6", "reason": "착오"}).status_code == 403
        assert client.get(f"{URL}enterprises/new/").status_code == 403
    assert client_as("coordinator").get(at(village, "correct")).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["enterprises/987654321/correct/", "nothing/1/correct/", "nothing/new/", "enterprises/{pk}/delete/"],
)
def test_what_is_not_there_is_not_found(staff, village, path):
    assert staff.get(URL + path.format(pk=village.pk)).status_code == 404


def test_wrong_methods(staff, village):
    assert staff.post(URL).status_code == 405
    assert staff.delete(at(village, "correct")).status_code == 405
