"""Narrative sections, 일정별 추진실적, 주민 참여 실적."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Office
from markets.models import MarketEvent
from pledges.models import Activity, Engagement, Pledge, Section, SectionKind

from . import factories as make

BASE = "/pledges/가-1"


@pytest.fixture
def pledge(db: None) -> Pledge:
    return make.pledge()


@pytest.fixture
def section(pledge: Pledge) -> Section:
    return Section.objects.create(pledge=pledge, kind=SectionKind.FUTURE, body="- 하나\n - 둘", position=3)


def line(no: int = 1, **changes: Any) -> dict[str, Any]:
    values = {"no": no, "date_text": "2024. 3. 29.", "title": "꿈시장 운영", "detail": "- 3. 29. 구청 광장"}
    return values | {"revision": 0} | changes


def activity(pledge: Pledge, no: int = 1, **fields: Any) -> Activity:
    fields = {
        "date_text": "2024. 3. 29.",
        "starts_on": date(2024, 3, 29),
        "title": "일",
        "detail": "- 일",
    } | fields
    return Activity.objects.create(pledge=pledge, no=no, **fields)


def test_a_section_is_added_after_the_last(staff: Client, section: Section) -> None:
    assert staff.get(f"{BASE}/sections/new/").context["form"]["position"].value() == 4
    values = {
        "kind": "plan",
        "heading": "재정지원",
        "position": "4",
        "body": "- 공모\n  - 심사",
        "revision": "0",
    }
    staff.post(f"{BASE}/sections/new/", values)
    made = Section.objects.get(kind="plan")
    assert made.body == "- 공모\n  - 심사"
    assert "추진계획: 재정지원" in staff.get(f"{BASE}/sections/").content.decode()


def test_a_section_is_changed_and_the_second_saver_told(staff: Client, section: Section) -> None:
    url = f"{BASE}/sections/{section.pk}/"
    values = {"kind": "future", "position": "3", "body": "- 셋", "revision": "1"}
    staff.post(url, values)
    section.refresh_from_db()
    assert section.body == "- 셋"
    response = staff.post(url, values | {"body": "- 넷"})
    assert "먼저 고쳤습니다" in response.content.decode()
    assert "- 넷" in response.content.decode()


def test_a_section_of_its_own_needs_a_name(staff: Client, pledge: Pledge) -> None:
    response = staff.post(
        f"{BASE}/sections/new/", {"kind": "other", "position": "1", "body": "x", "revision": "0"}
    )
    assert "heading" in response.context["form"].errors


def test_the_preview_shows_levels(staff: Client, pledge: Pledge) -> None:
    text = staff.post(f"{BASE}/sections/preview/", {"body": "- 하나\n - 둘 <b>"}).content.decode()
    assert "level-2" in text
    assert "&lt;b&gt;" in text
    assert "<html" not in text
    assert staff.get(f"{BASE}/sections/preview/").status_code == 405


def test_section_numbers_are_a_setting(staff: Client, pledge: Pledge) -> None:
    url = f"{BASE}/sections/numbers/"
    keys = ("present", "plan", "indicators", "results", "future", "cooperation", "effect")
    typed = {key: str(no) for no, key in enumerate(keys, 1)} | {"revision": "1"}
    staff.post(url, typed)
    pledge.refresh_from_db()
    assert (pledge.section_numbers["indicators"], pledge.section_numbers["effect"]) == (3, 7)
    assert "먼저 고쳤습니다" in staff.post(url, typed).content.decode()
    assert "plan" in staff.post(url, typed | {"plan": "둘"}).context["numbers"].errors
    assert staff.get(url).status_code == 405


def test_a_section_is_voided(staff: Client, section: Section) -> None:
    staff.post(f"{BASE}/sections/{section.pk}/void/", {"reason": "옮김"})
    section.refresh_from_db()
    assert section.is_void


def test_a_line_keeps_its_date_as_typed_and_is_read(staff: Client, pledge: Pledge) -> None:
    staff.post(f"{BASE}/activities/new/", line(date_text="2022. 8. 17.~9. 1."))
    row = Activity.objects.get()
    assert (row.date_text, row.starts_on, row.ends_on) == (
        "2022. 8. 17.~9. 1.",
        date(2022, 8, 17),
        date(2022, 9, 1),
    )


def test_one_day_has_no_last_day(staff: Client, pledge: Pledge) -> None:
    staff.post(f"{BASE}/activities/new/", line())
    assert Activity.objects.get().ends_on is None


@pytest.mark.parametrize("text", ["3. 29.", "2024. 2. 30.", "작년 봄", "2024. 9. 1.~8. 1.", ""])
def test_a_date_that_cannot_be_read_is_refused_with_its_reason(
    staff: Client, pledge: Pledge, text: str
) -> None:
    response = staff.post(f"{BASE}/activities/new/", line(date_text=text))
    assert response.context["form"].errors["date_text"]
    assert not Activity.objects.exists()


def test_a_new_line_takes_the_next_number_and_a_number_is_used_once(staff: Client, pledge: Pledge) -> None:
    activity(pledge, no=27)
    assert staff.get(f"{BASE}/activities/new/").context["form"]["no"].value() == 28
    assert "같은 연번이 이미 있습니다" in staff.post(f"{BASE}/activities/new/", line(no=27)).content.decode()


def test_lines_keep_their_numbers_or_sort_by_date(staff: Client, pledge: Pledge) -> None:
    activity(pledge, no=1, starts_on=date(2022, 10, 18))
    activity(pledge, no=2, starts_on=date(2022, 8, 17))

    def numbers(query: str) -> list[int]:
        return [row.no for row in staff.get(f"{BASE}/activities/{query}").context["activities"]]

    assert (numbers(""), numbers("?sort=date")) == ([1, 2], [2, 1])


def test_a_line_names_the_record_it_tells_of(staff: Client, pledge: Pledge) -> None:
    pledge.markets.add(make.market())
    event = MarketEvent.objects.create(market=make.market(), name="봄 장터")
    staff.post(f"{BASE}/activities/new/", line(event=event.pk))
    assert Activity.objects.get().event == event
    assert "기록 연결" in staff.get(f"{BASE}/activities/").content.decode()


def test_payments_near_its_days_are_offered(staff: Client, pledge: Pledge) -> None:
    pledge.programs.add(make.program())
    firm = make.designated("나무(예시)", date(2020, 1, 1))
    near, far = make.paid(firm, date(2024, 3, 20)), make.paid(firm, date(2024, 9, 1))
    row = activity(pledge)
    offered = staff.get(f"{BASE}/activities/{row.pk}/").context["form"].fields["disbursement"].queryset
    assert near in offered
    assert far not in offered


def test_the_second_saver_of_a_line_is_told(staff: Client, pledge: Pledge) -> None:
    row = activity(pledge)
    url = f"{BASE}/activities/{row.pk}/"
    staff.post(url, line(title="첫째", revision=1))
    assert "먼저 고쳤습니다" in staff.post(url, line(title="둘째", revision=1)).content.decode()
    row.refresh_from_db()
    assert row.title == "첫째"


def test_a_line_in_a_closed_quarter_is_saved_and_marked(staff: Client, pledge: Pledge) -> None:
    Office.objects.create(pk=1, closed_through=date(2024, 3, 31))
    response = staff.post(f"{BASE}/activities/new/", line(), follow=True)
    assert "마감 뒤 입력(미반영)" in response.content.decode()
    assert Activity.objects.exists()


def test_a_line_is_voided_and_its_number_free_again(staff: Client, pledge: Pledge) -> None:
    row = activity(pledge)
    staff.post(f"{BASE}/activities/{row.pk}/void/", {"reason": "두 번 적음"})
    row.refresh_from_db()
    assert row.is_void
    staff.post(f"{BASE}/activities/new/", line())
    assert Activity.objects.live().get().no == 1


def test_engagements_likewise(staff: Client, pledge: Pledge) -> None:
    url = f"{BASE}/engagements/new/"
    assert staff.get(url).status_code == 200
    staff.post(url, line(kind="언론보도"))
    row = Engagement.objects.get()
    assert row.kind == "언론보도"
    assert 'value="언론보도"' in staff.get(url).content.decode()  # offered next time
    staff.post(f"{BASE}/engagements/{row.pk}/", line(kind="주민홍보", revision=1))
    staff.post(f"{BASE}/engagements/{row.pk}/void/", {"reason": "아님"})
    row.refresh_from_db()
    assert (row.kind, row.is_void) == ("주민홍보", True)


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_others_do_not_write(
    client_as: Callable[[str], Client], pledge: Pledge, section: Section, role: str
) -> None:
    row = activity(pledge)
    client = client_as(role)
    pages = ["sections/new/", "sections/preview/", f"sections/{section.pk}/", f"sections/{section.pk}/void/"]
    pages += ["activities/new/", f"activities/{row.pk}/", f"activities/{row.pk}/void/", "engagements/new/"]
    for page in pages:
        assert client.post(f"{BASE}/{page}", {}).status_code == 403


def test_rows_of_another_pledge_are_not_found(staff: Client, pledge: Pledge) -> None:
    row = activity(make.pledge("가-2"))
    assert staff.get(f"{BASE}/activities/{row.pk}/").status_code == 404
    assert staff.get(f"{BASE}/activities/{row.pk}/void/").status_code == 404
    assert staff.get(f"{BASE}/engagements/987654321/").status_code == 404
    assert staff.get(f"{BASE}/sections/987654321/").status_code == 404


def test_more_lines_ask_no_more_queries(staff: Client, pledge: Pledge, section: Section) -> None:
    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(f"{BASE}/{page}/")
        return len(captured)

    activity(pledge)
    before = queries("activities"), queries("sections")
    for no in range(2, 9):
        activity(pledge, no)
        Section.objects.create(pledge=pledge, kind=SectionKind.PLAN, body="- x", position=no)
    assert (queries("activities"), queries("sections")) == before
