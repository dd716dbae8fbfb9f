"""/markets/: year totals and the list of events."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from markets.models import Market, Mode, OnlineChannel, State

from . import factories as make

URL = "/markets/"


@pytest.fixture
def events(db: None) -> None:
    spring = make.event("봄 장터", vendors=36, sales=84_000_000)
    make.day(spring, date(2023, 4, 27))
    make.day(spring, date(2023, 4, 28))
    autumn = make.event("가을 장터", place="별빛광장")
    make.day(autumn, date(2024, 9, 18), State.PLANNED)
    make.took_part(autumn, make.enterprise("㈜ 나무(예시)"))
    make.event("특별전", mode=Mode.ONLINE, starts_on=date(2023, 8, 17), vendors=30)


def names(client: Client, query: str = "") -> list[str]:
    return [event.name for event, _ in client.get(URL + query).context["events"]]


def test_it_shows_markets_years_and_events(staff: Client, events: None) -> None:
    OnlineChannel.objects.create(market=make.market(), name="온라인 상점(예시)")
    response = staff.get(URL)
    text = response.content.decode()
    assert "온라인 상점(예시)" in text
    assert "84,000,000" in text
    row = next(row for row in response.context["year_rows"] if row.year == 2023 and not row.is_online)
    assert (row.held, row.planned, row.vendors.repeated.value) == (2, 2, 36)


def test_held_is_shown_against_planned(staff: Client, events: None) -> None:
    row = next(row for row in staff.get(URL).context["year_rows"] if row.year == 2024)
    assert (row.planned, row.held, row.coming) == (1, 0, 1)


def test_an_empty_register_says_what_to_do(staff: Client) -> None:
    assert "해당 없음" in staff.get(URL).content.decode()


@pytest.mark.parametrize("role", ["manager", "auditor", "coordinator", "admin"])
def test_every_role_reads_but_only_staff_sees_the_buttons(
    client_as: Callable[[str], Client], role: str
) -> None:
    response = client_as(role).get(URL)
    assert response.status_code == 200
    assert "/markets/events/new/" not in response.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?year=2023", ["특별전", "봄 장터"]),
        ("?state=planned", ["가을 장터"]),
        ("?mode=online", ["특별전"]),
        ("?q=별빛", ["가을 장터"]),
        ("?q=(주)나무", ["가을 장터"]),
        ("?sort=name", ["가을 장터", "봄 장터", "특별전"]),
        ("?q=없는말", []),
    ],
)
def test_filters_stand_in_the_address(staff: Client, events: None, query: str, found: list[str]) -> None:
    assert names(staff, query) == found


def test_the_foot_is_of_all_that_is_filtered(staff: Client, events: None) -> None:
    totals = staff.get(URL + "?year=2023").context["totals"]
    assert (totals.events, totals.held, totals.sales.value, totals.repeated.value) == (2, 2, 84_000_000, 66)


@pytest.mark.parametrize("query", ["?yaer=2023", "?year=abc", "?sort=price"])
def test_what_cannot_be_read_is_refused(staff: Client, events: None, query: str) -> None:
    assert staff.get(URL + query).status_code == 400


def test_the_page_is_not_written_to(staff: Client) -> None:
    assert staff.post(URL).status_code == 405


def test_more_events_ask_no_more_queries(staff: Client, events: None) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            staff.get(URL)
        return len(captured)

    before = queries()
    for number in range(10):
        event = make.event(f"장터 {number}")
        day = make.day(event, date(2023, 5, number + 1), vendors=3)
        make.took_part(event, f"업체 {number}", day)
    assert queries() == before


@pytest.mark.parametrize("text", ["봄장터", "별빛 광장", "㈜나 무"])
def test_events_are_found_whatever_the_spaces(staff: Client, events: None, text: str) -> None:
    assert names(staff, f"?q={text}") == ["봄 장터" if text == "봄장터" else "가을 장터"]


def test_many_markets_show_fewer_years_so_that_the_list_stays_near(staff: Client, events: None) -> None:
    assert {row.year for row in staff.get(URL).context["year_rows"]} == {2023, 2024}
    for number in range(20):
        Market.objects.create(name=f"시장 {number}(예시)")
    assert {row.year for row in staff.get(URL).context["year_rows"]} <= {2024}
