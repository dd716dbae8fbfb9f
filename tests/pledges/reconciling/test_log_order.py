"""Rows out of date order, and rows that speak of another year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledges.models import Engagement
from pledges.reconciling.log_order import in_order
from tests.subsidies import factories as money

from .conftest import Clean, Found, told

DAYS = st.lists(st.dates(date(2024, 1, 1), date(2024, 1, 20)), max_size=9)


def test_a_row_before_its_day(clean: Clean, found: Found) -> None:
    clean.told(4, date(2024, 2, 1), "- 회의", title="회의")
    (one,) = found()
    assert (one.code, one.where, told(one)) == (
        "log_order",
        "추진실적 연번 4",
        ("참고", "2024. 2. 1.", "2024. 3. 29.", "-"),
    )


def test_one_row_far_ahead_does_not_accuse_all_after_it(clean: Clean, found: Found) -> None:
    clean.pledge.activities.filter(no=1).update(disbursement=None, starts_on=date(2024, 6, 1), detail="-")
    assert [one.where for one in found("log_order")] == ["추진실적 연번 1"]


def test_a_range_of_a_year_has_no_one_place(clean: Clean, found: Found) -> None:
    clean.told(4, date(2024, 1, 1), "온라인 장터", ends_on=date(2024, 12, 31), title="운영")
    assert found() == []


def test_engagements_have_their_order_too(clean: Clean, found: Found) -> None:
    Engagement.objects.create(
        pledge=clean.pledge,
        no=2,
        kind="홍보",
        date_text="2024. 4. 1.",
        starts_on=date(2024, 4, 1),
        detail="-",
    )
    assert [one.where for one in found()] == ["주민 참여 실적 연번 2"]


@given(DAYS)
def test_what_is_kept_never_goes_back_and_nothing_longer_does(days: list[date]) -> None:
    kept = [days[at] for at in sorted(in_order(days))]
    assert kept == sorted(kept)
    assert len(kept) == longest(days)


def longest(days: list[date]) -> int:
    best = [0] * len(days)
    for at, day in enumerate(days):
        best[at] = 1 + max((best[before] for before in range(at) if days[before] <= day), default=0)
    return max(best, default=0)


@pytest.mark.parametrize(
    ("detail", "accused"),
    [
        ("- 2025년 성과포럼 개최", True),
        ("- 2023년도 성과포럼 개최", True),
        ("- 2024년 성과포럼 개최", False),
        ("- 2025년 지원 계획 논의", False),
        ("- 성과포럼 개최(2025년 예고)", False),
    ],
)
def test_a_row_that_opens_with_another_year(clean: Clean, found: Found, detail: str, accused: bool) -> None:
    clean.told(4, date(2024, 4, 2), detail, title="성과포럼")
    assert [one.code for one in found()] == ["log_other_year"] * accused


def test_a_january_payment_speaks_of_its_fiscal_year(clean: Clean, found: Found) -> None:
    late = money.disbursement(
        clean.grants, 1_000_000, enterprise=clean.firm, paid_on=date(2025, 1, 15), fiscal_year=2024
    )
    clean.told(4, date(2025, 1, 15), "- 2024년 지원금 교부(1,000천 원)", disbursement=late)
    assert found(on=date(2025, 1, 31)) == []


def test_a_contract_may_be_made_for_the_next_year(clean: Clean, found: Found) -> None:
    contract = money.contract(clean.centre.program, amount=None)
    clean.told(4, date(2024, 5, 2), "- 2025년 장터 운영 용역", contract=contract)
    assert found() == []
