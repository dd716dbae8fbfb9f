from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from subsidies.models import LedgerKind
from subsidies.refunds import left_to_return, return_kind, return_shares
from subsidies.splits import Shares

PAID = Shares(7_115_250, 1_660_225, 711_525)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2024, 6, 1), LedgerKind.RESTORED),
        (date(2024, 12, 31), LedgerKind.RESTORED),
        (date(2025, 1, 20), LedgerKind.RESTORED),
        (date(2025, 1, 21), LedgerKind.REVENUE),
    ],
)
def test_the_day_decides_what_a_return_is(day, kind):
    assert return_kind(2024, day) == kind


def test_everything_back_is_the_mirror():
    assert return_shares(PAID, 9_487_000) == Shares(-7_115_250, -1_660_225, -711_525)


def test_a_part_back_in_the_payments_proportions():
    assert return_shares(PAID, 1_000_000) == Shares(-750_000, -175_000, -75_000)


def test_the_last_won_is_the_districts():
    assert return_shares(PAID, 1) == Shares(0, 0, -1)


def test_a_source_that_has_nothing_left_gives_nothing():
    assert return_shares(Shares(0, 5, 0), 3) == Shares(0, -3, 0)


@pytest.mark.parametrize("amount", [0, -1, 9_487_001])
def test_more_than_is_left_is_refused(amount):
    with pytest.raises(ValueError, match="반납할 수 있는"):
        return_shares(PAID, amount)


@given(
    st.tuples(*[st.integers(0, 10**9)] * 4)
    .filter(any)
    .flatmap(lambda parts: st.tuples(st.just(Shares(*parts)), st.integers(1, sum(parts))))
)
def test_no_source_gives_more_than_it_has_and_the_sum_is_exact(case):
    left, amount = case
    back = return_shares(left, amount)
    assert back.total == -amount
    assert all(part >= 0 for part in left_to_return(left, back))
