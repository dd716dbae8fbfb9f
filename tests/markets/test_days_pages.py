"""The days of an event: preview, more days, the grid, void."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Office
from markets.models import MarketDay, MarketEvent, State

from . import factories as make

PREVIEW = "/markets/days/preview/"


@pytest.fixture
def event(db: None) -> MarketEvent:
    event = make.event()
    make.day(event, date(2024, 3, 28))
    make.day(event, date(2024, 4, 25), State.PLANNED)
    return event


def grid(event: MarketEvent, **changes: Any) -> dict[str, Any]:
    """The grid as the page sends it; ``changes`` by ``<day of month>_<field>``."""
    data: dict[str, Any] = {}
    for day in event.days.live():
        values = {
            "state": day.state,
            "vendors": "",
            "sales": "",
            "place": "",
            "note": "",
            "revision": day.revision,
        }
        for name, value in values.items():
            data[f"d{day.pk}-{name}"] = changes.get(f"on{day.day.day}_{name}", value)
    return data


def test_preview_lists_the_days(staff: Client) -> None:
    text = staff.get(PREVIEW, {"year": "2024", "days_text": "9. 18., 9. 19., 9. 20."}).content.decode()
    assert "저장할 운영일 3일" in text
    assert "2024. 9. 20.(금)" in text


def test_preview_says_why_it_cannot_read(staff: Client) -> None:
    text = staff.get(PREVIEW, {"year": "2024", "days_text": "매주 토요일"}).content.decode()
    assert "하루씩" in text
    assert "<table" not in text


def test_preview_knows_the_days_that_are_there(staff: Client, event: MarketEvent) -> None:
    query = {"year": "2024", "days_text": "4. 25.", "event": str(event.pk)}
    assert "이미 있는 날입니다" in staff.get(PREVIEW, query).content.decode()


@pytest.mark.parametrize(
    "query", [{}, {"days_text": ""}, {"event": "x"}, {"year": "20", "days_text": "4. 1."}]
)
def test_preview_survives_anything(staff: Client, query: dict[str, str]) -> None:
    assert staff.get(PREVIEW, query).status_code == 200


def test_more_days_are_listed_then_saved(staff: Client, event: MarketEvent) -> None:
    url = f"/markets/events/{event.pk}/days/add/"
    assert staff.get(url).status_code == 200
    data = {"year": "2024", "days_text": "4. 27."}
    assert staff.post(url, data).status_code == 200
    assert event.days.count() == 2
    assert staff.post(url, data | {"listed": "2024-04-27"}).status_code == 302
    assert event.days.count() == 3


def test_no_days_are_refused(staff: Client, event: MarketEvent) -> None:
    response = staff.post(f"/markets/events/{event.pk}/days/add/", {"year": "2024", "days_text": ""})
    assert "days_text" in response.context["days"].errors


def test_the_grid_saves_all_rows_at_once(
    staff: Client, event: MarketEvent, pin_today: Callable[..., date]
) -> None:
    pin_today(2024, 4, 30)
    changes = {"on28_vendors": "12", "on28_sales": "3천만원", "on25_state": "cancelled", "on25_note": "우천"}
    staff.post(f"/markets/events/{event.pk}/days/", grid(event, **changes))
    held, cancelled = event.days.order_by("day")
    assert (held.vendors, held.sales, held.revision) == (12, 30_000_000, 2)
    assert (cancelled.state, cancelled.note) == (State.CANCELLED, "우천")
    event.refresh_from_db()
    assert event.days.filter(revision=1).count() == 0


def test_the_log_line_follows_the_grid(staff: Client, pin_today: Callable[..., date]) -> None:
    pin_today(2024, 4, 30)
    event = make.event()
    make.day(event, date(2024, 4, 25), State.PLANNED)
    staff.post(f"/markets/events/{event.pk}/days/", grid(event, on25_state="held", on25_vendors="36"))
    event.refresh_from_db()
    assert event.log_text == "- 4. 25. 구청 광장 36개업체"


def test_rows_nobody_touched_keep_their_version(staff: Client, event: MarketEvent) -> None:
    staff.post(f"/markets/events/{event.pk}/days/", grid(event, on28_note="맑음"))
    assert sorted(event.days.values_list("revision", flat=True)) == [1, 2]


def test_the_second_saver_of_a_row_is_told(staff: Client, event: MarketEvent) -> None:
    stale = grid(event, on28_note="둘째")
    staff.post(f"/markets/events/{event.pk}/days/", grid(event, on28_note="첫째"))
    text = staff.post(f"/markets/events/{event.pk}/days/", stale).content.decode()
    assert "먼저 고쳤습니다" in text
    assert 'value="둘째"' in text
    assert event.days.get(day=date(2024, 3, 28)).note == "첫째"


def test_one_bad_row_saves_none(staff: Client, event: MarketEvent) -> None:
    changes = {"on28_note": "맑음", "on25_sales": "많음"}
    text = staff.post(f"/markets/events/{event.pk}/days/", grid(event, **changes)).content.decode()
    assert "‘많음’" in text
    assert text.count('class="has-error"') == 1
    assert not event.days.filter(note="맑음").exists()


def test_a_day_to_come_cannot_have_been_held(staff: Client, event: MarketEvent) -> None:
    response = staff.post(f"/markets/events/{event.pk}/days/", grid(event, on25_state="held"))
    assert "아직 오지 않은 날" in response.content.decode()
    assert event.days.get(day=date(2024, 4, 25)).state == State.PLANNED


def test_an_odd_unit_in_the_grid_asks_a_reason(staff: Client, event: MarketEvent) -> None:
    day = event.days.get(day=date(2024, 3, 28))
    first = staff.post(f"/markets/events/{event.pk}/days/", grid(event, on28_sales="84"))
    assert "너무 작습니다" in first.content.decode()
    seen = first.context["day_forms"][0].data[f"d{day.pk}-doubts_seen"]
    answers = {f"d{day.pk}-doubts_seen": seen, f"d{day.pk}-change_reason": "맞는 값임"}
    staff.post(f"/markets/events/{event.pk}/days/", grid(event, on28_sales="84") | answers)
    day.refresh_from_db()
    assert day.sales == 84


def test_a_change_in_a_closed_quarter_is_told(staff: Client, event: MarketEvent) -> None:
    Office.objects.create(pk=1, closed_through=date(2024, 3, 31))
    url = f"/markets/events/{event.pk}/days/"
    text = staff.post(url, grid(event, on28_note="맑음"), follow=True).content.decode()
    assert "마감 뒤 입력(미반영)" in text
    assert event.days.get(day=date(2024, 3, 28)).note == "맑음"


def test_voiding_a_day_takes_its_vendors_along(staff: Client, event: MarketEvent) -> None:
    day = event.days.get(day=date(2024, 3, 28))
    part = make.took_part(event, "공방", day)
    url = f"/markets/days/{day.pk}/void/"
    assert staff.get(url).status_code == 200
    staff.post(url, {"reason": "잘못 적음"})
    day.refresh_from_db()
    part.refresh_from_db()
    assert day.is_void
    assert part.is_void
    assert staff.get(url).status_code == 404


@pytest.mark.parametrize("role", ["manager", "coordinator", "auditor", "admin"])
def test_only_staff_writes_days(client_as: Callable[[str], Client], event: MarketEvent, role: str) -> None:
    client = client_as(role)
    day = MarketDay.objects.first()
    assert day is not None
    for url in (
        f"/markets/events/{event.pk}/days/",
        f"/markets/events/{event.pk}/days/add/",
        f"/markets/days/{day.pk}/void/",
        PREVIEW,
    ):
        assert client.post(url, {}).status_code == 403


def test_unknown_days_are_not_found(staff: Client) -> None:
    assert staff.post("/markets/events/987654321/days/", {}).status_code == 404
    assert staff.get("/markets/events/987654321/days/add/").status_code == 404
    assert staff.get("/markets/days/987654321/void/").status_code == 404
