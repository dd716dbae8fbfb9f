"""Unit suspicions. The seed's own slip is in ``test_clean``."""

from datetime import date

import pytest

from pledges.models import Pledge
from subsidies.models import SupportOpening
from tests.subsidies import factories as money

from .conftest import Clean, Found, told


def test_a_years_support_above_the_whole_cost(clean: Clean, found: Found) -> None:
    SupportOpening.objects.update(amount=3_000_000_000)
    (one,) = found("unit_support")
    assert told(one) == ("중대", "3,000,000,000원", "300,000,000원", "2,700,000,000원")


def test_awards_alone_above_the_whole_cost(clean: Clean, found: Found) -> None:
    money.award(clean.grants, clean.firm, 400_000_000, decided_on=date(2024, 5, 1))
    assert [one.code for one in found()] == ["unit_support"]


def test_without_a_cost_there_is_nothing_to_compare_with(clean: Clean, found: Found) -> None:
    Pledge.objects.update(cost_district=0)
    SupportOpening.objects.update(amount=3_000_000_000)
    assert found("unit_support", "unit_payment_cost", "beyond_cost") == []


def test_one_payment_above_the_whole_cost(clean: Clean, found: Found) -> None:
    money.disbursement(clean.grants, 300_000_001, enterprise=clean.firm, paid_on=date(2024, 5, 2))
    (one,) = found("unit_payment_cost")
    assert told(one)[0] == "중대"


@pytest.mark.parametrize(("won", "accused"), [(3_000, True), (20_000, False), (590_000_000, False)])
def test_a_payment_far_from_the_usual(clean: Clean, found: Found, won: int, accused: bool) -> None:
    Pledge.objects.update(cost_district=10_000_000_000)
    for number in range(3):
        money.disbursement(clean.grants, 3_000_000, enterprise=clean.firm, paid_on=date(2024, 5, 2 + number))
    money.disbursement(clean.grants, won, enterprise=clean.firm, paid_on=date(2024, 5, 20))
    assert [one.code for one in found("unit_payment")] == ["unit_payment"] * accused


def test_a_payment_that_somebody_looked_into_is_for_knowing(clean: Clean, found: Found) -> None:
    for number in range(3):
        money.disbursement(clean.grants, 3_000_000, enterprise=clean.firm, paid_on=date(2024, 5, 2 + number))
    fields = {"needs_check": "단위", "checked_on": date(2024, 5, 21)}
    money.disbursement(clean.grants, 3_000, enterprise=clean.firm, paid_on=date(2024, 5, 20), **fields)
    assert [told(one)[0] for one in found()] == ["참고"]


def test_few_payments_say_nothing_of_what_is_usual(clean: Clean, found: Found) -> None:
    money.disbursement(clean.grants, 3_000, enterprise=clean.firm, paid_on=date(2024, 5, 20))
    assert found() == []


def test_a_table_read_in_another_unit_than_printed(clean: Clean, found: Found) -> None:
    SupportOpening.objects.update(source="카드(단위를 천 원으로 읽음)")
    (one,) = found()
    assert (one.code, told(one)[:3]) == ("unit_read_otherwise", ("참고", "3,000,000,000원", "3,000,000원"))
