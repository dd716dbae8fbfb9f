"""Indicators and their targets: weights against 100, versions with reason and dates."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pledges.forms.targets import field_name, periods_of, value_of
from pledges.models import Aggregation, Indicator, Measure, Pledge, Target
from pledges.targets import plans

from . import factories as make

BASE = "/pledges/가-1"
OTHERS = ["staff", "manager", "auditor", "admin"]


@pytest.fixture
def pledge(db: None) -> Pledge:
    return make.pledge(confirmed_plan=False)


@pytest.fixture
def days(pledge: Pledge) -> Indicator:
    """40 = 4 + 12 + 10 + 10 + 4, of which 2024's quarters are - 4 6 -."""
    indicator = make.market_days(pledge, weight=Decimal(100))
    make.target(indicator, "40")
    for year, value in {2022: "4", 2023: "12", 2024: "10", 2025: "10", 2026: "4"}.items():
        make.target(indicator, value, year)
    for quarter, value in {1: None, 2: "4", 3: "6", 4: None}.items():
        make.target(indicator, value, 2024, quarter)
    return indicator


def form_of(client: Client, indicator: Indicator) -> dict[str, Any]:
    """The page's form as it would be sent unchanged."""
    form = client.get(f"{BASE}/targets/{indicator.pk}/").context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def save(client: Client, indicator: Indicator, **changes: str) -> Any:
    data = form_of(client, indicator) | {"valid_from": "2024. 6. 14.", "reason": "의회 의견"} | changes
    return client.post(f"{BASE}/targets/{indicator.pk}/", data)


def in_force(indicator: Indicator, day: date) -> Any:
    return plans([indicator], day)[indicator.pk]


def test_targets_are_shown_with_no_target_as_a_dash(auditor: Client, days: Indicator) -> None:
    text = auditor.get(f"{BASE}/targets/").content.decode()
    assert '<td class="num">-</td><td class="num">4</td><td class="num">6</td><td class="num">-</td>' in text
    assert "목표의 판 1개" in text


def test_a_change_is_a_new_version_and_the_old_one_stays(coordinator: Client, days: Indicator) -> None:
    dates = {"panel_on": "2024. 6. 1.", "notice_on": "2024. 6. 13.", "ground": "변경계획 방침"}
    save(coordinator, days, term="44", y2024="14", y2024q4="4", **dates)
    made = Target.objects.filter(valid_from=date(2024, 6, 14))
    assert sorted((row.year or 0, row.quarter or 0, row.value) for row in made) == [
        (0, 0, 44),
        (2024, 0, 14),
        (2024, 4, 4),
    ]
    row = made.first()
    assert row is not None
    assert (row.reason, row.ground, row.panel_on) == ("의회 의견", "변경계획 방침", date(2024, 6, 1))
    assert in_force(days, date(2024, 6, 13)).term == 40
    assert in_force(days, date(2024, 6, 14)).term == 44
    text = coordinator.get(f"{BASE}/targets/").content.decode()
    assert "의회 의견" in text
    assert "2024. 6. 13." in text


def test_targets_that_do_not_add_up_are_asked_about(coordinator: Client, days: Indicator) -> None:
    response = save(coordinator, days, term="44")
    assert "연도 목표의 합 40이(가) 임기 목표 44과(와) 다릅니다" in response.content.decode()
    assert Target.objects.count() == 10
    seen = response.context["form"].data["doubts_seen"]
    save(coordinator, days, term="44", doubts_seen=seen, change_reason="연도 목표는 뒤에 정함")
    assert in_force(days, date(2024, 6, 14)).term == 44


def test_a_change_of_what_is_there_needs_a_reason(coordinator: Client, days: Indicator) -> None:
    response = save(coordinator, days, y2024q1="4", y2024q2="-", reason="")
    assert "reason" in response.context["form"].errors
    assert Target.objects.count() == 10


def test_a_dash_takes_a_target_away_and_a_blank_does_not(coordinator: Client, days: Indicator) -> None:
    response = save(coordinator, days, y2024q2="")
    assert "‘-’를 적습니다" in response.context["form"].errors["y2024q2"][0]
    save(coordinator, days, y2024q2="-", y2024q3="10")
    assert in_force(days, date(2024, 7, 1)).quarters[2024, 2] is None


def test_nothing_changed_is_said(coordinator: Client, days: Indicator) -> None:
    assert "바뀐 목표가 없습니다" in save(coordinator, days).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"y2024": "많음"}, "y2024"),
        ({"y2024": "-1"}, "y2024"),
        ({"term": "44", "valid_from": "2021. 1. 1."}, "valid_from"),
        ({"term": "44", "valid_from": "언젠가"}, "valid_from"),
        ({"term": "44", "panel_on": "2024. 13. 1."}, "panel_on"),
    ],
)
def test_bad_input_is_told_beside_its_field(
    coordinator: Client, days: Indicator, changes: dict[str, str], field: str
) -> None:
    response = save(coordinator, days, **changes)
    assert field in response.context["form"].errors
    assert Target.objects.count() == 10


def test_a_version_before_the_one_in_force_is_refused(coordinator: Client, days: Indicator) -> None:
    save(coordinator, days, y2024q2="5", y2024q3="5")
    response = save(coordinator, days, y2024q2="6", y2024q3="4", valid_from="2024. 5. 1.")
    assert "valid_from" in response.context["form"].errors


def test_a_version_of_the_same_day_is_corrected_in_place(coordinator: Client, days: Indicator) -> None:
    save(coordinator, days, y2024q2="5", y2024q3="5")
    save(coordinator, days, y2024q2="3", y2024q3="7", reason="오타 정정")
    row = Target.objects.get(year=2024, quarter=2, valid_from=date(2024, 6, 14))
    assert (row.value, row.revision, row.history.count()) == (3, 2, 2)


def test_first_targets_hold_from_the_terms_start_and_need_no_reason(
    coordinator: Client, pledge: Pledge
) -> None:
    indicator = make.indicator(pledge)
    data = form_of(coordinator, indicator)
    assert data["valid_from"] == "2022. 7. 1."
    coordinator.post(
        f"{BASE}/targets/{indicator.pk}/",
        data | {"term": "10", "y2026": "10", "y2026q1": "-", "y2026q2": "10"},
    )
    rows = {(row.year, row.quarter): row.value for row in Target.objects.all()}
    assert rows == {(None, None): 10, (2026, None): 10, (2026, 1): None, (2026, 2): 10}


def test_the_second_saver_is_told(coordinator: Client, days: Indicator) -> None:
    stale = form_of(coordinator, days) | {
        "valid_from": "2024. 6. 14.",
        "reason": "둘째",
        "y2024q2": "6",
        "y2024q3": "4",
    }
    save(coordinator, days, y2024q2="5", y2024q3="5")
    response = coordinator.post(f"{BASE}/targets/{days.pk}/", stale)
    assert "먼저 고쳤습니다" in response.content.decode()
    assert in_force(days, date(2024, 7, 1)).quarters[2024, 2] == 5


def test_periods_end_with_the_term(pledge: Pledge) -> None:
    periods = periods_of(make.term())
    assert periods[0] == (None, None)
    assert (2026, 2) in periods
    assert (2026, 3) not in periods
    assert (2022, 2) not in periods
    assert field_name((2026, 2)) == "y2026q2"


def test_only_the_coordinator_changes_targets(client_as: Callable[[str], Client], days: Indicator) -> None:
    for role in OTHERS:
        client = client_as(role)
        assert client.get(f"{BASE}/targets/").status_code == 200
        pages = [
            f"targets/{days.pk}/",
            "indicators/new/",
            f"indicators/{days.pk}/",
            f"indicators/{days.pk}/void/",
        ]
        for page in pages:
            assert client.get(f"{BASE}/{page}").status_code == 403
            assert client.post(f"{BASE}/{page}", {}).status_code == 403


def test_unknown_indicators_and_methods(coordinator: Client, days: Indicator) -> None:
    other = make.indicator(make.pledge("가-2"))
    for page in ("targets", "indicators"):
        assert coordinator.get(f"{BASE}/{page}/{other.pk}/").status_code == 404
        assert coordinator.post(f"{BASE}/{page}/").status_code == 405


def indicator_typed(**changes: Any) -> dict[str, Any]:
    values = {"no": "1", "name": "횟수", "unit": "회", "weight": "20", "aggregation": Aggregation.SUM}
    return values | {"measure": Measure.MARKET_DAYS, "counting_rule": "enterprise", "revision": "0"} | changes


def test_an_indicator_states_its_rule_and_the_weights(coordinator: Client, pledge: Pledge) -> None:
    response = coordinator.post(f"{BASE}/indicators/new/", indicator_typed(), follow=True)
    text = response.content.decode()
    assert "오프라인 운영일을 하루 1회로" in text
    assert "대비비율의 합이 20입니다" in text
    row = Indicator.objects.get()
    coordinator.post(f"{BASE}/indicators/{row.pk}/", indicator_typed(weight="100", revision="1"))
    assert "100이 아니면 총 이행률을" not in coordinator.get(f"{BASE}/indicators/").content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"weight": "120"}, "대비비율은 0보다 크고 100 이하입니다"),
        ({"weight": "많음"}, "숫자로 읽을 수 없습니다"),
        ({"aggregation": Aggregation.LEVEL}, "세는 기록과 집계 방식이 맞지 않습니다"),
        ({"no": "2"}, "같은 번호의 확인지표가 이미 있습니다"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused(
    coordinator: Client, pledge: Pledge, changes: dict[str, str], told: str
) -> None:
    make.indicator(pledge, no=2)
    assert told in coordinator.post(f"{BASE}/indicators/new/", indicator_typed(**changes)).content.decode()
    assert Indicator.objects.count() == 1


def test_an_indicators_second_saver_is_told_and_it_can_be_voided(
    coordinator: Client, days: Indicator
) -> None:
    url = f"{BASE}/indicators/{days.pk}/"
    coordinator.post(url, indicator_typed(weight="90", revision="1"))
    assert (
        "먼저 고쳤습니다"
        in coordinator.post(url, indicator_typed(weight="80", revision="1")).content.decode()
    )
    coordinator.post(f"{url}void/", {"reason": "잘못 만듦"})
    days.refresh_from_db()
    assert (days.weight, days.is_void) == (90, True)


def test_more_indicators_ask_no_more_queries(staff: Client, pledge: Pledge, days: Indicator) -> None:
    def queries(page: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(f"{BASE}/{page}/")
        return len(captured)

    before = queries("targets"), queries("indicators")
    for no in range(2, 7):
        made = make.indicator(pledge, no, weight=None)
        make.target(made, "3")
    assert (queries("targets"), queries("indicators")) == before


def test_what_is_typed_unchanged_is_what_is_in_force(coordinator: Client, days: Indicator) -> None:
    data, plan = form_of(coordinator, days), in_force(days, date(2024, 1, 1))
    shown = {period: data[field_name(period)] for period in periods_of(make.term())}
    for period, text in shown.items():
        value = value_of(plan, period)
        assert text in ("", "-") if value is None else text == str(int(value))
