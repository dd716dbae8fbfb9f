from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.periods import (
    Quarter,
    fiscal_window,
    fiscal_year_can_contain,
    korean_date,
    korean_months,
    korean_period,
    quarters_between,
    quarters_of,
)


def test_a_quarter_knows_its_days():
    quarter = Quarter.of(date(2024, 2, 29))
    assert quarter == Quarter(2024, 1)
    assert (quarter.first_day, quarter.last_day) == (date(2024, 1, 1), date(2024, 3, 31))
    assert quarter.label == str(quarter) == "2024년 1분기"
    assert date(2024, 3, 31) in quarter
    assert date(2024, 4, 1) not in quarter


@pytest.mark.parametrize(("year", "number"), [(2024, 0), (2024, 5), (0, 1), (10_000, 1), (10**30, 1)])
def test_quarters_that_there_are_not(year, number):
    with pytest.raises(ValueError, match="니다"):
        Quarter(year, number)


def test_quarters_run_over_the_new_year():
    assert Quarter(2023, 4).next() == Quarter(2024, 1)
    assert Quarter(2024, 1).previous() == Quarter(2023, 4)
    assert Quarter(2023, 4).last_day == date(2023, 12, 31)
    assert Quarter(2023, 4) < Quarter(2024, 1)


@pytest.mark.parametrize("number", [0, 5, -1])
def test_there_are_four_quarters(number):
    with pytest.raises(ValueError):
        Quarter(2024, number)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_lies_in_its_quarter(day):
    assert day in Quarter.of(day)
    assert Quarter.of(day).next().previous() == Quarter.of(day)


def test_quarters_between():
    term = quarters_between(date(2022, 7, 1), date(2026, 6, 30))
    assert (term[0], term[-1], len(term)) == (Quarter(2022, 3), Quarter(2026, 2), 16)
    assert quarters_between(date(2024, 3, 31), date(2024, 4, 1)) == [Quarter(2024, 1), Quarter(2024, 2)]
    assert quarters_between(date(2024, 4, 1), date(2024, 3, 31)) == []
    assert list(quarters_of(2024)) == quarters_between(date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("day", "possible"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2025, 1, 20), True),
        (date(2025, 1, 21), False),
    ],
)
def test_a_fiscal_year_is_paid_until_20_january(day, possible):
    assert fiscal_window(2024) == (date(2024, 1, 1), date(2025, 1, 20))
    assert fiscal_year_can_contain(2024, day) is possible


def test_dates_as_offices_write_them():
    assert korean_date(date(2023, 10, 18)) == "2023. 10. 18."
    assert korean_date(date(2022, 8, 2)) == "2022. 8. 2."


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (date(2022, 8, 17), date(2022, 9, 1), "2022. 8. 17.~9. 1."),
        (date(2023, 1, 1), date(2024, 12, 31), "2023. 1. 1.~2024. 12. 31."),
        (date(2023, 1, 1), date(2023, 1, 1), "2023. 1. 1."),
        (date(2023, 1, 1), None, "2023. 1. 1.~"),
    ],
)
def test_korean_period(first, last, printed):
    assert korean_period(first, last) == printed


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (date(2022, 7, 1), date(2026, 6, 30), "2022. 7.~2026. 6."),
        (date(2023, 1, 1), date(2023, 12, 31), "2023. 1.~12."),
        (date(2024, 3, 1), date(2024, 3, 31), "2024. 3."),
        (date(2018, 1, 1), None, "2018. 1.~"),
    ],
)
def test_korean_months(first, last, printed):
    assert korean_months(first, last) == printed
