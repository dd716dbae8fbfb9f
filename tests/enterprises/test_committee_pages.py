from datetime import date

import pytest

from accounts.models import AccessLog
from enterprises.models import Committee, Meeting, Member, MemberOpening
from tests.enterprises import factories
from tests.enterprises.factories import SEED_DAY

URL = "/enterprises/committees/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee():
    made = factories.committee("사회적경제위원회(예시)", functions="심의")
    MemberOpening.objects.create(committee=made, on=SEED_DAY, count=12)
    return made


@pytest.fixture
def member(committee):
    return Member.objects.create(
        committee=committee,
        name="홍길동",
        position="위원장",
        appointed_on=date(2023, 1, 1),
        term_ends_on=date(2024, 12, 31),
    )


def page(committee):
    return f"{URL}{committee.pk}/"


def test_the_list_shows_members_beside_the_opening(staff, committee, member):
    assert "사회적경제위원회(예시)" in staff.get(URL).content.decode()
    level = staff.get(URL).context["rows"][0][1]
    assert (level.value, level.itemised, level.remaining) == (12, 1, 11)


def test_members_are_masked_until_asked_for_and_that_is_logged(staff, committee, member):
    html = staff.get(page(committee)).content.decode()
    assert "홍○○" in html
    assert "홍길동" not in html
    assert not AccessLog.objects.exists()
    assert "홍길동" in staff.get(f"{page(committee)}?names=1").content.decode()
    log = AccessLog.objects.get()
    assert (log.subject, log.rows) == ("위원: 사회적경제위원회(예시)", 1)


def test_who_may_not_see_persons_cannot_ask(coordinator, committee, member):
    html = coordinator.get(f"{page(committee)}?names=1").content.decode()
    assert "홍길동" not in html
    assert "이름 보기" not in html
    assert not AccessLog.objects.exists()


def test_a_committee_is_made_and_changed(staff):
    data = {"name": "위원회(예시)", "term_years": "2", "renewals": "1", "most_members": "15"}
    assert staff.post(f"{URL}new/", data).status_code == 302
    made = Committee.objects.get()
    staff.post(f"{page(made)}edit/", data | {"meets": "필요시", "revision": 1})
    late = staff.post(f"{page(made)}edit/", data | {"meets": "분기", "revision": 1})
    assert "먼저 고쳤습니다" in late.content.decode()
    made.refresh_from_db()
    assert made.meets == "필요시"


def test_a_member_is_added_and_counts(staff, committee):
    data = {"name": "김새봄", "appointed_on": "2024. 4. 1.", "term_ends_on": "2026. 3. 31.", "renewed": "0"}
    assert staff.post(f"{page(committee)}members/new/", data).status_code == 302
    assert staff.get(page(committee)).context["level"].value == 13


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"term_ends_on": "2026. 4. 1."}, "임기가 2년(2026. 3. 31.까지)을 넘습니다"),
        ({"renewed": "2"}, "연임은 1회까지"),
    ],
)
def test_what_the_ordinance_does_not_foresee_is_asked_about(staff, committee, values, told):
    data = {"name": "김새봄", "appointed_on": "2024. 4. 1.", "renewed": "0"} | values
    form = staff.post(f"{page(committee)}members/new/", data).context["form"]
    assert told in " ".join(form.found_doubts)
    data |= {"doubts_seen": form.data["doubts_seen"], "change_reason": "위촉장 확인"}
    assert staff.post(f"{page(committee)}members/new/", data).status_code == 302


def test_one_member_too_many_is_asked_about(staff, committee):
    for n in range(15):
        Member.objects.create(committee=committee, name=f"위원{n}", appointed_on=date(2024, 1, 1))
    data = {"name": "김새봄", "appointed_on": "2024. 4. 1.", "renewed": "0"}
    assert "16명이 되어 정원 15명" in staff.post(f"{page(committee)}members/new/", data).content.decode()


def test_opening_a_members_form_is_logged(staff, member):
    staff.get(f"/enterprises/members/{member.pk}/edit/")
    assert "홍길동" in AccessLog.objects.get().subject


def test_a_member_leaves_and_is_voided(staff, committee, member):
    data = {
        "name": "홍길동",
        "appointed_on": "2023. 1. 1.",
        "left_on": "2024. 4. 30.",
        "renewed": "0",
        "revision": 1,
    }
    staff.post(f"/enterprises/members/{member.pk}/edit/", data)
    assert staff.get(f"{page(committee)}?as_of=2024-05-01").context["level"].value == 11
    html = staff.get(f"/enterprises/members/{member.pk}/void/").content.decode()
    assert "홍길동" not in html
    staff.post(f"/enterprises/members/{member.pk}/void/", {"reason": "잘못 입력"})
    member.refresh_from_db()
    assert member.is_void


def test_masked_names_stay_masked_in_the_history(staff, committee, member):
    data = {"name": "홍길순", "appointed_on": "2023. 1. 1.", "renewed": "0", "revision": 1}
    staff.post(f"/enterprises/members/{member.pk}/edit/", data)
    html = staff.get(page(committee)).content.decode()
    assert "성명: 홍○○ → 홍○○" in html
    assert "길순" not in html


def test_a_meeting_is_kept(staff, committee):
    data = {"held_on": "2024. 4. 5.(금)", "form": "서면", "agenda": "지원 대상 심의", "attended": "9"}
    assert staff.post(f"{page(committee)}meetings/new/", data).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.held_on == date(2024, 4, 5)
    assert "지원 대상 심의" in staff.get(page(committee)).content.decode()
    late = data | {"revision": 1, "outcome": "원안 가결"}
    staff.post(f"/enterprises/meetings/{meeting.pk}/edit/", late)
    assert "먼저 고쳤습니다" in staff.post(f"/enterprises/meetings/{meeting.pk}/edit/", late).content.decode()
    staff.post(f"/enterprises/meetings/{meeting.pk}/void/", {"reason": "잘못 입력"})
    meeting.refresh_from_db()
    assert (meeting.outcome, meeting.is_void) == ("원안 가결", True)


def test_a_committee_with_members_is_not_voided(staff, committee, member):
    response = staff.post(f"{page(committee)}void/", {"reason": "폐지"})
    assert response.status_code == 409


@pytest.mark.parametrize(
    "path",
    ["committees/new/", "committees/{c}/edit/", "committees/{c}/void/",
     "committees/{c}/members/new/", "committees/{c}/meetings/new/",
     "members/{m}/edit/", "members/{m}/void/", "meetings/{g}/edit/", "meetings/{g}/void/"],
)  # fmt: skip
def test_wrong_roles_numbers_and_methods_are_refused(staff, auditor, committee, member, path):
    meeting = Meeting.objects.create(committee=committee, held_on=date(2024, 1, 1), agenda="심의")
    url = "/enterprises/" + path.format(c=committee.pk, m=member.pk, g=meeting.pk)
    assert auditor.get(url).status_code == 403
    assert auditor.post(url).status_code == 403
    assert staff.get(url).status_code == (
        409 if url.endswith(f"{committee.pk}/void/") and "committees" in url else 200
    )
    assert staff.delete(url).status_code == 405
    if "{" in path:
        assert staff.get("/enterprises/" + path.format(c=9876543, m=9876543, g=9876543)).status_code == 404


def test_everybody_reads(auditor, committee):
    assert auditor.get(URL).status_code == 200
    assert auditor.get(page(committee)).status_code == 200
    assert auditor.get(f"{URL}987654321/").status_code == 404
    assert auditor.post(page(committee)).status_code == 405


def test_queries_do_not_grow_with_the_rows(staff, committee, member, django_assert_max_num_queries):
    def count():
        with django_assert_max_num_queries(25) as found:
            staff.get(page(committee))
        return len(found)

    Meeting.objects.create(committee=committee, held_on=date(2024, 1, 1), agenda="심의")
    few = count()
    for n in range(9):
        Member.objects.create(committee=committee, name=f"위원{n}", appointed_on=date(2024, 1, 1))
        Meeting.objects.create(committee=committee, held_on=date(2024, 2, 1 + n), agenda="심의")
    assert count() == few
