"""Targets of years and quarters, and weights."""

from datetime import date
from decimal import Decimal

from pledges.models import Target
from tests.pledges import factories as make

from .conftest import Clean, Found, told


def test_quarters_that_do_not_make_their_year(clean: Clean, found: Found) -> None:
    Target.objects.filter(indicator=clean.days, quarter=3).update(value=5)
    (one,) = found()
    assert (one.code, one.where, told(one)) == (
        "targets",
        "확인지표 1 2024년 목표",
        ("중대", "9회", "10회", "△1회"),
    )


def test_years_that_do_not_make_the_term(clean: Clean, found: Found) -> None:
    make.target(clean.supported, "5", 2025)
    (one,) = found()
    assert (one.where, told(one)[:3]) == ("확인지표 2 임기 목표", ("중대", "7개소", "2개소"))


def test_of_a_level_the_last_year_is_the_terms(clean: Clean, found: Found) -> None:
    make.target(clean.enterprises, "1", 2025)
    assert found() == []
    make.target(clean.enterprises, "2", 2026)
    assert [told(one)[:3] for one in found()] == [("중대", "2개소", "1개소")]


def test_a_revised_target_is_compared_from_its_day(clean: Clean, found: Found) -> None:
    make.target(clean.days, "12", valid_from=date(2024, 5, 1), reason="변경")
    assert found(on=date(2024, 4, 30)) == []
    assert [one.code for one in found()] == ["targets"]


def test_weights_that_do_not_make_100(clean: Clean, found: Found) -> None:
    clean.days.weight = Decimal("49.5")
    clean.days.save()
    (one,) = found()
    assert (one.code, told(one)) == ("weights", ("중대", "99.5%", "100%", "△0.5%"))


def test_a_voided_indicator_weighs_nothing(clean: Clean, found: Found) -> None:
    other = make.indicator(clean.pledge, 4, weight=Decimal(5))
    assert [one.code for one in found()] == ["weights"]
    other.voided_at, other.void_reason = "2024-05-01T00:00:00Z", "뺌"
    other.save()
    assert found() == []


def test_no_weights_at_all_may_be_meant_so(clean: Clean, found: Found) -> None:
    clean.pledge.indicators.update(weight=None)
    (one,) = found("weights")
    assert (str(one.severity), "없어" in one.what) == ("주의", True)
