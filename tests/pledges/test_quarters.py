"""What the records count for a quarter, and which quarters take a result."""

from datetime import date
from decimal import Decimal

import pytest

from common.periods import Quarter, quarters_of
from pledges.quarters import Counted, counted_quarters, lock_of

from . import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2024, 8, 15)


def test_held_days_by_quarter() -> None:
    indicator = make.market_days(make.pledge())
    make.held(date(2024, 3, 31), date(2024, 4, 25), date(2024, 4, 26), date(2024, 8, 20))
    found = counted_quarters([indicator], quarters_of(2024), TODAY)
    values = [found[indicator.pk, quarter].value for quarter in quarters_of(2024)]
    assert values == [Decimal(1), Decimal(2), Decimal(0), None]  # August 20 is to come, autumn has not begun


def test_an_enterprise_counts_once_a_year() -> None:
    indicator = make.supported(make.pledge())
    firm = make.designated("나무(예시)", date(2020, 1, 1))
    make.paid(firm, date(2024, 2, 1))
    make.paid(firm, date(2024, 5, 1))
    found = counted_quarters([indicator], quarters_of(2024), TODAY)
    assert [found[indicator.pk, quarter].value for quarter in quarters_of(2024)[:3]] == [1, 0, 0]


def test_a_level_is_the_state_at_the_end_whatever_was_recorded() -> None:
    indicator = make.enterprises(make.pledge())
    make.opening(indicator, date(2024, 3, 31), "233")
    make.designated("나무(예시)", date(2024, 5, 1))
    make.result(indicator, 2024, 2, "240")
    found = counted_quarters([indicator], quarters_of(2024), TODAY)
    assert found[indicator.pk, Quarter(2024, 2)].value == 234
    assert found[indicator.pk, Quarter(2024, 3)].value == 234
    assert found[indicator.pk, Quarter(2024, 4)].value is None


def test_quarters_within_the_opening_itemise_it() -> None:
    pledge = make.pledge()
    days, paid = make.market_days(pledge), make.supported(pledge)
    for indicator in (days, paid):
        make.opening(indicator, date(2024, 3, 31), "16")
    make.held(date(2024, 3, 1), date(2024, 4, 25))
    found = counted_quarters([days, paid], quarters_of(2024), TODAY)
    assert found[days.pk, Quarter(2024, 1)] == Counted(Decimal(1), itemises=True)
    assert found[paid.pk, Quarter(2024, 1)] == Counted(None, itemises=True)
    assert found[days.pk, Quarter(2024, 2)] == Counted(Decimal(1))


def test_without_a_measure_nothing_is_counted() -> None:
    indicator = make.indicator(make.pledge())
    assert (
        counted_quarters([indicator], quarters_of(2024), TODAY)[indicator.pk, Quarter(2024, 1)] == Counted()
    )


@pytest.mark.parametrize(
    ("quarter", "closed", "told"),
    [
        (Quarter(2022, 2), None, "임기 시작 전입니다."),
        (Quarter(2026, 3), None, "임기가 끝난 뒤입니다."),
        (Quarter(2024, 1), date(2024, 3, 31), "마감한 분기입니다."),
        (Quarter(2024, 2), date(2024, 3, 31), ""),
        (Quarter(2022, 3), None, ""),
        (Quarter(2026, 2), None, ""),
    ],
)
def test_locked_quarters_say_why(quarter: Quarter, closed: date | None, told: str) -> None:
    assert lock_of(quarter, make.term(), closed).reason.startswith(told)
    assert bool(lock_of(quarter, make.term(), closed)) == bool(told)
