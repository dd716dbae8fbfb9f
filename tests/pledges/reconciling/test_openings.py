"""Indicators' openings against their details, and a later one against the earlier."""

from datetime import date
from decimal import Decimal

from pledges.models import IndicatorOpening
from tests.pledges import factories as make
from tests.subsidies import factories as money

from .conftest import OPENED, Clean, Found, recorded, told


def set_opening(indicator: object, **values: object) -> None:
    IndicatorOpening.objects.filter(indicator=indicator).update(**values)


def test_more_days_than_the_opening_counts(clean: Clean, found: Found) -> None:
    make.held(date(2024, 3, 20))
    (one,) = found()
    assert (one.code, told(one)) == ("opening_excess", ("중대", "2회", "1회", "1회"))


def test_a_part_of_the_days_itemised(clean: Clean, found: Found) -> None:
    set_opening(clean.days, value=3)
    (one,) = found()
    assert (one.code, told(one)) == ("opening_rest", ("참고", "1회", "3회", "△2회"))


def test_an_opening_without_any_details_is_no_finding(clean: Clean, found: Found) -> None:
    set_opening(clean.days, on=date(2024, 3, 29), value=30)
    recorded_days = clean.days.results.get()
    recorded_days.reason = "현장 집계"
    recorded_days.save()
    assert found() == []


def test_more_enterprises_named_than_the_opening_counts(clean: Clean, found: Found) -> None:
    other = money.enterprise("라마바(예시)", designated=date(2024, 4, 1))
    money.award(clean.grants, other, 1_000_000, decided_on=date(2024, 4, 1))
    money.disbursement(clean.grants, 1_000_000, enterprise=other, paid_on=date(2024, 4, 30), in_opening=True)
    (one,) = found()
    assert (one.code, told(one)) == ("opening_excess", ("중대", "2개소", "1개소", "1개소"))


def test_more_enterprises_named_in_its_year_than_the_opening_counts_for_it(
    clean: Clean, found: Found
) -> None:
    set_opening(clean.supported, value=1, year_value=Decimal(0))
    (one,) = found()
    assert (one.where, told(one)[:3]) == ("확인지표 2 2024년 몫", ("중대", "1개소", "0개소"))


def test_a_later_opening_of_days_that_does_not_follow(clean: Clean, found: Found) -> None:
    make.opening(clean.days, date(2024, 4, 30), "4")
    by_code = {one.code: told(one) for one in found()}
    assert by_code == {
        "opening_gap": ("주의", "3회", "4회", "△1회"),
        "opening_rest": ("참고", "3회", "4회", "△1회"),
    }


def test_a_later_opening_that_follows(clean: Clean, found: Found) -> None:
    make.opening(clean.days, date(2024, 4, 30), "3")
    make.opening(clean.enterprises, date(2024, 4, 30), "1")
    assert found() == []


def test_a_later_opening_of_the_level_that_does_not_follow(clean: Clean, found: Found) -> None:
    make.opening(clean.enterprises, date(2024, 5, 31), "5")
    (one,) = found()
    assert (one.code, told(one)) == ("opening_gap", ("주의", "1개소", "5개소", "△4개소"))


def test_a_recorded_quarter_counts_between_two_openings(clean: Clean, found: Found) -> None:
    plain = make.indicator(clean.pledge, 4, weight=None, unit="건")
    make.opening(plain, OPENED, "5")
    recorded(plain, "3", date(2024, 7, 5))
    make.opening(plain, date(2024, 6, 30), "8")
    assert found() == []
    IndicatorOpening.objects.filter(indicator=plain, value=8).update(value=9)
    assert [told(one) for one in found()] == [("주의", "8건", "9건", "△1건")]


def test_the_indicators_opening_and_the_registers_own(clean: Clean, found: Found) -> None:
    set_opening(clean.enterprises, value=2)
    (one,) = found()
    assert (one.code, told(one)) == ("opening_register", ("중대", "2개소", "1개소", "1개소"))


def test_market_days_of_an_earlier_term_itemise_nothing_of_this_one(clean: Clean, found: Found) -> None:
    make.held(date(2021, 5, 5), date(2022, 6, 30), name="지난 임기")
    assert found() == []
