"""The head of a card, what the pledge names, and a new pledge."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from markets.models import Market
from pledges.models import Goal, Pledge, Status, Term

from . import factories as make

URL = "/pledges/가-1/edit/"
OTHERS = ["manager", "auditor", "admin"]


@pytest.fixture
def pledge(db: None) -> Pledge:
    return make.pledge(cost_national=1_894_000_000, cost_city=517_000_000, cost_district=1_296_000_000)


def typed(pledge: Pledge, **changes: Any) -> dict[str, Any]:
    """The form as the page sends it, unchanged."""
    values = {
        "number": pledge.number,
        "title": pledge.title,
        "goal": pledge.goal_id,
        "nature": "계속",
        "completion": "임기 내",
        "period": "2018.~2026.",
        "host": "자치구",
        "entry_unit": "백만원",
        "cost_stated": "3,707",
        "cost_national": "1,894",
        "cost_city": "517",
        "cost_district": "1,296",
        "cost_other": "-",
        "cost_unit": "백만원",
        "execution_unit": "백만원",
        "support_unit": "천원",
        "unit_decimals": "0",
        "revision": pledge.revision,
    }
    return values | changes


def test_the_form_shows_the_cost_in_the_cards_unit(staff: Client, pledge: Pledge) -> None:
    form = staff.get(URL).context["form"]
    assert (form["entry_unit"].value(), form["cost_national"].value(), form["cost_stated"].value()) == (
        "백만원",
        "1,894",
        "3,707",
    )


def test_an_amount_that_is_not_whole_in_that_unit_is_shown_in_won(staff: Client, pledge: Pledge) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(cost_other=1_500)
    form = staff.get(URL).context["form"]
    assert (form["entry_unit"].value(), form["cost_other"].value()) == ("원", "1,500")


def test_it_saves_the_head(staff: Client, pledge: Pledge) -> None:
    changes = {
        "central_help_needed": "on",
        "central_help": ["재정", "권한"],
        "cost_other": "10",
        "cost_stated": "3,717",
    }
    response = staff.post(URL, typed(pledge, **changes))
    assert response.status_code == 302
    pledge.refresh_from_db()
    assert (pledge.nature, pledge.period, pledge.central_help) == ("계속", "2018.~2026.", ["재정", "권한"])
    assert (pledge.cost_other, pledge.cost_total) == (10_000_000, 3_717_000_000)
    assert pledge.history.count() == 2


def test_amounts_may_carry_their_own_unit(staff: Client, pledge: Pledge) -> None:
    changes = {"cost_national": "18억 9,400만원", "cost_district": "1,296,000,000원", "cost_stated": ""}
    staff.post(URL, typed(pledge, **changes))
    pledge.refresh_from_db()
    assert pledge.cost_total == 3_707_000_000


def test_a_whole_that_its_parts_do_not_make_is_refused(staff: Client, pledge: Pledge) -> None:
    response = staff.post(URL, typed(pledge, cost_stated="3,708"))
    told = response.context["form"].errors["cost_stated"][0]
    assert "차이 1,000,000원" in told
    assert 'value="3,708"' in response.content.decode()
    pledge.refresh_from_db()
    assert pledge.revision == 1


def test_a_total_too_small_is_asked_about(staff: Client, pledge: Pledge) -> None:
    small = {"cost_national": "1,894원", "cost_city": "517원", "cost_district": "1,296원", "cost_stated": ""}
    response = staff.post(URL, typed(pledge, **small))
    assert "적는 단위를 확인하세요" in response.content.decode()
    seen = response.context["form"].data["doubts_seen"]
    staff.post(URL, typed(pledge, **small, doubts_seen=seen, change_reason="시험 사업"))
    pledge.refresh_from_db()
    assert pledge.cost_total == 3_707


def test_another_unit_above_the_same_figures_is_refused(staff: Client, pledge: Pledge) -> None:
    response = staff.post(URL, typed(pledge, entry_unit="천원"))
    assert "값은 전의 단위" in response.context["form"].errors["entry_unit"][0]
    pledge.refresh_from_db()
    assert pledge.cost_total == 3_707_000_000


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"cost_national": "많음"}, "cost_national"),
        ({"cost_city": "-5", "cost_stated": ""}, "__all__"),
        ({"central_help": ["재정"]}, "central_help_needed"),
        ({"host": "외계"}, "host"),
    ],
)
def test_bad_input_is_told_beside_its_field(staff: Client, pledge: Pledge, changes: Any, field: str) -> None:
    response = staff.post(URL, typed(pledge, **changes))
    assert field in response.context["form"].errors
    pledge.refresh_from_db()
    assert pledge.revision == 1


def test_a_number_of_the_term_is_used_once(staff: Client, pledge: Pledge) -> None:
    make.pledge("가-2")
    response = staff.post(URL, typed(pledge, number="가-2"))
    assert "같은 번호의 공약이 이미 있습니다" in response.content.decode()


def test_the_second_saver_is_told(staff: Client, pledge: Pledge) -> None:
    staff.post(URL, typed(pledge, period="2018.~2025."))
    response = staff.post(URL, typed(pledge, period="2018.~2027."))
    assert "먼저 고쳤습니다" in response.content.decode()
    assert 'value="2018.~2027."' in response.content.decode()
    pledge.refresh_from_db()
    assert pledge.period == "2018.~2025."


def test_staff_proposes_the_status_and_cannot_confirm_it(staff: Client, pledge: Pledge) -> None:
    staff.post(URL, typed(pledge, proposed_status=Status.CONTINUING, status=Status.DONE))
    pledge.refresh_from_db()
    assert (pledge.proposed_status, pledge.status) == (Status.CONTINUING, "")


def test_the_coordinator_confirms_the_status(coordinator: Client, pledge: Pledge) -> None:
    coordinator.post(URL, typed(pledge, status=Status.CONTINUING, status_words="계속추진"))
    pledge.refresh_from_db()
    assert (pledge.status, pledge.status_words) == (Status.CONTINUING, "계속추진")


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("page", ["edit", "links", "officers", "secured", "sections", "activities"])
def test_others_do_not_edit(client_as: Callable[[str], Client], pledge: Pledge, role: str, page: str) -> None:
    client = client_as(role)
    assert client.get(f"/pledges/가-1/{page}/").status_code == 403
    assert client.post(f"/pledges/가-1/{page}/", {}).status_code == 403


@pytest.mark.parametrize(
    "page", ["edit", "links", "officers", "secured", "sections", "activities", "indicators"]
)
def test_unknown_pledges_and_parameters(staff: Client, pledge: Pledge, page: str) -> None:
    assert staff.get(f"/pledges/가-1/{page}/").status_code == 200
    assert staff.get(f"/pledges/가-9/{page}/").status_code == 404
    assert staff.get(f"/pledges/가-1/{page}/?term=없는기").status_code == 404
    assert staff.get(f"/pledges/가-1/{page}/?tern=1").status_code == 400


def test_the_term_stays_in_the_address(staff: Client, pledge: Pledge) -> None:
    later = Term.objects.create(name="민선9기", starts_on=date(2026, 7, 1), ends_on=date(2030, 6, 30))
    goal = Goal.objects.create(term=later, number="1", name="다음 임기의 목표")
    other = make.pledge(term=later, goal=goal, title="같은 번호의 다음 임기")
    assert "같은 번호의 다음 임기" in staff.get(URL + "?term=민선9기").content.decode()
    response = staff.post(URL + "?term=민선9기", typed(other))
    assert "term=%EB%AF%BC%EC%84%A09%EA%B8%B0" in response.headers["Location"]


def test_what_the_pledge_names(staff: Client, pledge: Pledge) -> None:
    market = make.market()
    staff.post(
        "/pledges/가-1/links/", {"markets": [market.pk], "programs": [make.program().pk], "revision": 1}
    )
    pledge.refresh_from_db()
    assert (list(pledge.markets.all()), pledge.programs.count(), pledge.revision) == ([market], 1, 2)
    response = staff.post("/pledges/가-1/links/", {"revision": 1})
    assert "먼저 고쳤습니다" in response.content.decode()
    assert pledge.markets.count() == 1


def test_a_market_switched_off_stays_where_it_is_named(staff: Client, pledge: Pledge) -> None:
    pledge.markets.add(make.market())
    Market.objects.update(active=False)
    Market.objects.create(name="끝난 장터(예시)", short_name="끝", active=False)
    text = staff.get("/pledges/가-1/links/").content.decode()
    assert "가나장터(예시)" in text
    assert "끝난 장터(예시)" not in text


def new(**changes: Any) -> dict[str, Any]:
    values = {"goal": make.goal().pk, "number": "III-①-1", "title": "새 공약(예시)", "nature": "신규"}
    return values | {"completion": "임기 내"} | changes


def test_the_coordinator_adds_a_pledge_as_a_plan(coordinator: Client, pledge: Pledge) -> None:
    assert coordinator.get("/pledges/new/").status_code == 200
    response = coordinator.post("/pledges/new/?term=민선8기", new())
    made = Pledge.objects.get(number="III-①-1")
    assert (made.confirmed_plan, made.term, made.host) == (False, make.term(), "자치구")
    assert coordinator.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("number", ["", "가-1", "new", "1/3"])
def test_a_number_that_cannot_be_is_refused(coordinator: Client, pledge: Pledge, number: str) -> None:
    response = coordinator.post("/pledges/new/", new(number=number))
    assert response.status_code == 200
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize("role", ["staff", *OTHERS])
def test_only_the_coordinator_adds_pledges(
    client_as: Callable[[str], Client], pledge: Pledge, role: str
) -> None:
    assert client_as(role).get("/pledges/new/").status_code == 403
    assert client_as(role).post("/pledges/new/", new()).status_code == 403
