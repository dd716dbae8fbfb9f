"""New event, change, detail, log line, void."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Office
from markets.models import MarketDay, MarketEvent, Mode, State

from . import factories as make

NEW = "/markets/events/new/"
ROLES = ["manager", "coordinator", "auditor", "admin"]


def typed(**changes: Any) -> dict[str, Any]:
    """A new event as it is typed, its days already listed."""
    values = {
        "market": make.market().pk,
        "name": "2024년 4월 장터",
        "mode": "offline",
        "place": "구청 광장",
        "year": "2024",
        "days_text": "4. 25.~4. 26.",
        "listed": "2024-04-25,2024-04-26",
        "vendors": "36",
        "sales": "84백만 원",
    }
    return values | changes


def test_days_are_listed_one_by_one_before_they_are_saved(staff: Client) -> None:
    response = staff.post(NEW, typed(listed=""))
    text = response.content.decode()
    assert response.status_code == 200
    assert "2024. 4. 25.(목)" in text
    assert "2024. 4. 26.(금)" in text
    assert not MarketEvent.objects.exists()
    assert 'value="2024-04-25,2024-04-26"' in text


def test_the_listed_days_are_saved(staff: Client) -> None:
    response = staff.post(NEW, typed())
    event = MarketEvent.objects.get()
    assert response.headers["Location"] == f"/markets/events/{event.pk}/"
    assert (event.vendors, event.sales) == (36, 84_000_000)
    days = list(event.days.values_list("day", "state", "mode"))
    assert days == [(date(2024, 4, 25), "planned", "offline"), (date(2024, 4, 26), "planned", "offline")]
    assert event.log_text == ""  # nothing was held
    assert MarketDay.history.count() == 2


def test_days_past_are_proposed_as_held_and_the_log_line_follows(
    staff: Client, pin_today: Callable[..., date]
) -> None:
    pin_today(2024, 4, 30)
    staff.post(NEW, typed())
    event = MarketEvent.objects.get()
    assert set(event.days.values_list("state", flat=True)) == {State.HELD}
    assert (event.log_title, event.log_text) == (
        "장터 운영",
        "- 4. 25.~4. 26. 구청 광장 36개업체 매출 84백만 원",
    )


def test_each_listed_day_has_its_own_state(staff: Client, pin_today: Callable[..., date]) -> None:
    pin_today(2024, 4, 30)
    staff.post(NEW, typed(**{"state-2024-04-26": "cancelled"}))
    assert list(MarketDay.objects.values_list("state", flat=True)) == ["held", "cancelled"]


def test_days_that_were_changed_after_the_listing_are_listed_again(staff: Client) -> None:
    response = staff.post(NEW, typed(days_text="4. 25.~4. 27."))
    assert "2024. 4. 27.(토)" in response.content.decode()
    assert not MarketEvent.objects.exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("9월 13일~28일 매주 주말", "되풀이되는 날은 셀 수 없습니다"),
        ("4. 31.", "없는 날입니다"),
        ("4. 25., 4. 25.", "빠르거나 같습니다"),
        ("4월", "일이 없습니다"),
    ],
)
def test_days_that_cannot_be_read_are_refused_with_a_remedy(staff: Client, text: str, told: str) -> None:
    response = staff.post(NEW, typed(days_text=text, listed=""))
    assert told in response.context["days"].errors["days_text"][0]
    assert text in response.content.decode()
    assert not MarketEvent.objects.exists()


def test_a_day_to_come_cannot_have_been_held(staff: Client) -> None:
    response = staff.post(NEW, typed(**{"state-2024-04-25": "held"}))
    assert "아직 오지 않은 날" in response.content.decode()
    assert not MarketEvent.objects.exists()


def test_a_slip_of_the_unit_is_asked_about_once(staff: Client) -> None:
    make.event("작년 장터", sales=84_000_000)
    first = staff.post(NEW, typed(sales="84,000"))
    assert "단위를 확인하세요" in first.content.decode()
    assert MarketEvent.objects.count() == 1
    seen = first.context["form"].data["doubts_seen"]
    without_reason = staff.post(NEW, typed(sales="84,000", doubts_seen=seen))
    assert "사유를 적어" in without_reason.content.decode()
    staff.post(NEW, typed(sales="84,000", doubts_seen=seen, change_reason="비가 와서 거의 팔지 못함"))
    event = MarketEvent.objects.get(sales=84_000)
    assert event.history.latest().history_change_reason == "비가 와서 거의 팔지 못함"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"sales": "많음"}, "sales"),
        ({"sales": "-5"}, "__all__"),
        ({"vendors": "3.5"}, "vendors"),
        ({"mode": "online", "days_text": ""}, "starts_on"),
        ({"starts_on": "2024. 4. 25."}, "starts_on"),
        ({"mode": "online", "starts_on": "2024. 5. 2.", "ends_on": "2024. 5. 1."}, "__all__"),
    ],
)
def test_bad_input_is_told_beside_its_field(staff: Client, changes: dict[str, str], field: str) -> None:
    response = staff.post(NEW, typed(**changes))
    assert field in response.context["form"].errors
    assert not MarketEvent.objects.exists()


def test_an_event_of_the_same_name_is_refused(staff: Client) -> None:
    make.event("2024년 4월 장터")
    response = staff.post(NEW, typed())
    assert "같은 이름의 행사가 이미 있습니다" in response.content.decode()


def test_an_online_event_has_a_period(staff: Client) -> None:
    values = typed(mode="online", starts_on="2022. 8. 17.", ends_on="2022. 9. 1.", days_text="", listed="")
    staff.post(NEW, values)
    event = MarketEvent.objects.get()
    assert (event.mode, event.ends_on) == (Mode.ONLINE, date(2022, 9, 1))
    assert event.log_text.startswith("- 8. 17.~9. 1.")


def test_a_day_in_a_closed_quarter_is_saved_and_marked(staff: Client) -> None:
    Office.objects.create(pk=1, closed_through=date(2024, 6, 30))
    assert "마감 뒤 입력(미반영)" in staff.post(NEW, typed(listed="")).content.decode()
    response = staff.post(NEW, typed(), follow=True)
    assert "마감 뒤 입력(미반영)" in response.content.decode()
    assert MarketDay.objects.count() == 2


@pytest.mark.parametrize("role", ROLES)
def test_only_staff_enters_events(client_as: Callable[[str], Client], role: str) -> None:
    assert client_as(role).get(NEW).status_code == 403
    assert client_as(role).post(NEW, {}).status_code == 403


def test_the_form_opens(staff: Client) -> None:
    assert staff.get(NEW).status_code == 200


def test_detail_shows_everything(staff: Client) -> None:
    event = make.event(sales=84_000_000)
    day = make.day(event, date(2024, 3, 1), vendors=12)
    make.took_part(event, "길모퉁이 공방", day)
    text = staff.get(f"/markets/events/{event.pk}/").content.decode()
    for expected in ("84,000,000", "2024. 3. 1.(금)", "길모퉁이 공방", "변경 이력", "추진실적 문구"):
        assert expected in text


@pytest.mark.parametrize("role", ROLES)
def test_others_read_without_forms(client_as: Callable[[str], Client], role: str) -> None:
    event = make.event()
    make.day(event, date(2024, 3, 1))
    text = client_as(role).get(f"/markets/events/{event.pk}/").content.decode()
    assert "2024. 3. 1.(금)" in text
    assert "운영일 저장" not in text


@pytest.mark.parametrize("page", ["", "edit/", "void/"])
def test_an_unknown_event_is_not_found(staff: Client, page: str) -> None:
    assert staff.get(f"/markets/events/987654321/{page}").status_code == 404


@pytest.mark.parametrize("page", ["days/", "participations/", "participations/add/", "log/"])
def test_addresses_that_write_take_no_get(staff: Client, page: str) -> None:
    assert staff.get(f"/markets/events/{make.event().pk}/{page}").status_code == 405


def test_detail_asks_the_same_queries_however_many_days(staff: Client) -> None:
    event = make.event()
    tree = make.enterprise()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(f"/markets/events/{event.pk}/")
        return len(captured)

    first = make.day(event, date(2024, 3, 1))
    make.took_part(event, tree, first)
    before = queries()
    for number in range(2, 9):
        day = make.day(event, date(2024, 3, number))
        make.took_part(event, tree, day)
        make.took_part(event, f"업체 {number}", day)
    assert queries() == before


def edit(event: MarketEvent, **changes: Any) -> dict[str, Any]:
    return {
        "market": event.market_id,
        "name": event.name,
        "mode": event.mode,
        "revision": event.revision,
    } | changes


def test_a_change_is_kept_with_its_history(staff: Client) -> None:
    event = make.event()
    staff.post(f"/markets/events/{event.pk}/edit/", edit(event, vendors="40"))
    event.refresh_from_db()
    assert (event.vendors, event.revision) == (40, 2)
    assert "40" in staff.get(f"/markets/events/{event.pk}/").content.decode()


def test_the_second_saver_is_told(staff: Client) -> None:
    event = make.event()
    url = f"/markets/events/{event.pk}/edit/"
    staff.post(url, edit(event, vendors="40"))
    response = staff.post(url, edit(event, vendors="50", revision=1))
    assert "먼저 고쳤습니다" in response.content.decode()
    assert 'value="50"' in response.content.decode()
    event.refresh_from_db()
    assert event.vendors == 40


def test_days_follow_a_corrected_mode(staff: Client) -> None:
    event = make.event()
    day = make.day(event, date(2024, 3, 1))
    staff.post(f"/markets/events/{event.pk}/edit/", edit(event, mode="online"))
    day.refresh_from_db()
    assert day.mode == Mode.ONLINE


def test_the_log_line_is_edited_and_can_be_emptied(staff: Client) -> None:
    event = make.event()
    url = f"/markets/events/{event.pk}/log/"
    staff.post(url, {"log_title": "장터 운영", "log_text": "- 성황리에 개최", "revision": 1})
    event.refresh_from_db()
    assert event.log_text == "- 성황리에 개최"
    staff.post(url, {"log_title": "", "log_text": "", "revision": 2})
    event.refresh_from_db()
    assert event.log_text == ""


def test_the_proposal_can_be_taken(staff: Client) -> None:
    event = make.event(log_title="장터", log_text="옛 문구")
    make.day(event, date(2024, 3, 1))
    assert "기록에서 만든 문구" in staff.get(f"/markets/events/{event.pk}/").content.decode()
    staff.post(f"/markets/events/{event.pk}/log/", {"use_proposal": "1", "revision": 1})
    event.refresh_from_db()
    assert event.log_text == "- 3. 1. 구청 광장"


def test_a_text_without_title_is_refused(staff: Client) -> None:
    event = make.event()
    response = staff.post(f"/markets/events/{event.pk}/log/", {"log_text": "- 개최", "revision": 1})
    assert "추진사항 제목" in response.content.decode()


def test_voiding_asks_a_reason_and_takes_days_and_vendors_along(staff: Client) -> None:
    event = make.event()
    part = make.took_part(event, "공방", make.day(event, date(2024, 3, 1)))
    url = f"/markets/events/{event.pk}/void/"
    assert "사유" in staff.get(url).content.decode()
    staff.post(url, {"reason": ""})
    event.refresh_from_db()
    assert not event.is_void
    staff.post(url, {"reason": "두 번 입력함"})
    for row in (event, part, event.days.get()):
        row.refresh_from_db()
        assert row.void_reason == "두 번 입력함"
    assert "무효 처리된 행사입니다" in staff.get(f"/markets/events/{event.pk}/").content.decode()
    assert staff.get(f"/markets/events/{event.pk}/edit/").status_code == 404


def test_the_tables_of_an_event_foot_and_readers_see_no_deeds(
    staff: Client, client_as: Callable[[str], Client]
) -> None:
    event = make.event()
    for day, sales in ((date(2024, 4, 25), 1_000_000), (date(2024, 4, 26), None)):
        make.day(event, day, sales=sales)
    address = f"/markets/events/{event.pk}/"
    page = staff.get(address).content.decode()
    assert "1,000,000<small> 이상</small>" in page
    assert "관리</th>" in page
    assert "관리</th>" not in client_as("auditor").get(address).content.decode()
