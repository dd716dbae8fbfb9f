from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidies.splits import SOURCES, Ratio, Shares, ratio_text, split

JOBS = Ratio(Decimal(75), Decimal("17.5"), Decimal("7.5"))
VILLAGE = Ratio(Decimal(50), Decimal(25), Decimal(25))
DISTRICT = Ratio(Decimal(0), Decimal(0), Decimal(100))


def test_the_worked_case():
    assert split(9_487_000, JOBS) == Shares(7_115_250, 1_660_225, 711_525)


@pytest.mark.parametrize(
    ("amount", "ratio", "unit", "shares"),
    [
        (1, JOBS, 1, (0, 0, 1, 0)),
        (1_001, VILLAGE, 1, (500, 250, 251, 0)),
        (20_000_000, VILLAGE, 1_000, (10_000_000, 5_000_000, 5_000_000, 0)),
        (9_487_777, JOBS, 10, (7_115_830, 1_660_360, 711_587, 0)),
        (9_487_777, JOBS, 1_000, (7_115_000, 1_660_000, 712_777, 0)),
        (53_495_000, DISTRICT, 1_000, (0, 0, 53_495_000, 0)),
        (101, Ratio(Decimal(50), Decimal(50), Decimal(0)), 1, (50, 51, 0, 0)),
        (101, Ratio(Decimal(50), Decimal(0), Decimal(0), Decimal(50)), 1, (50, 0, 0, 51)),
        (101, Ratio(Decimal(40), Decimal(20), Decimal(20), Decimal(20)), 1, (40, 20, 21, 20)),
        (101, Ratio(Decimal(100), Decimal(0), Decimal(0)), 10, (101, 0, 0, 0)),
        (0, JOBS, 1, (0, 0, 0, 0)),
    ],
)
def test_the_remainder_goes_to_the_district_or_the_last_source(amount, ratio, unit, shares):
    assert tuple(split(amount, ratio, unit)) == shares


def test_a_return_mirrors_the_payment():
    assert split(-9_487_777, JOBS, 10) == Shares(-7_115_830, -1_660_360, -711_587)


@given(
    st.integers(-(10**12), 10**12), st.integers(0, 1000), st.integers(0, 1000), st.sampled_from([1, 10, 1000])
)
def test_parts_make_the_whole_and_nothing_goes_to_a_source_without_share(amount, national, city, unit):
    city = min(city, 1000 - national)
    ratio = Ratio(Decimal(national) / 10, Decimal(city) / 10, Decimal(1000 - national - city) / 10)
    shares = split(amount, ratio, unit)
    assert shares.total == amount
    for name in SOURCES:
        if not getattr(ratio, name):
            assert getattr(shares, name) == 0
        assert getattr(shares, name) * amount >= 0


@pytest.mark.parametrize("parts", [("75", "17.5", "7.4"), ("110", "-10", "0"), ("0", "0", "0")])
def test_a_ratio_makes_100(parts):
    with pytest.raises(ValueError):
        Ratio(*map(Decimal, parts))


def test_a_split_unit_is_at_least_a_won():
    with pytest.raises(ValueError):
        split(1_000, JOBS, 0)


@pytest.mark.parametrize(
    ("ratio", "printed"),
    [
        (JOBS, "75:17.5:7.5"),
        (Ratio(Decimal("75.00"), Decimal("17.50"), Decimal("7.50")), "75:17.5:7.5"),
        (VILLAGE, "50:25:25"),
        (Ratio(Decimal(50), Decimal(10), Decimal(30), Decimal(10)), "50:10:30:10"),
        (Ratio(Decimal(50), Decimal(50), Decimal(0)), "50:50:0"),
        (DISTRICT, "전액 구비"),
        (Ratio(Decimal(100), Decimal(0), Decimal(0)), "전액 국비"),
        (Ratio(Decimal(0), Decimal(100), Decimal(0)), "전액 시비"),
        (Ratio(Decimal(0), Decimal(0), Decimal(0), Decimal(100)), "전액 기타"),
    ],
)
def test_ratio_text(ratio, printed):
    assert ratio_text(ratio) == printed
