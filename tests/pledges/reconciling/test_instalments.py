"""Quarters that a label names, and instalments unlike their plan."""

from datetime import date

import pytest

from pledges.reconciling.instalments import quarters_named
from subsidies.models import Disbursement, Entrustment, Instalment

from .conftest import Clean, Found, told


@pytest.mark.parametrize(
    ("label", "quarters"),
    [
        ("3분기", {3}),
        ("3/4분기", {3}),
        ("제2분기 위탁금", {2}),
        ("1~3분기", {1, 2, 3}),
        ("1·2분기", {1, 2}),
        ("1분기, 2분기", {1, 2}),
        ("하반기", {3, 4}),
        ("2차", set()),
        ("", set()),
    ],
)
def test_quarters_that_a_label_names(label: str, quarters: set[int]) -> None:
    assert quarters_named(label) == quarters


def test_two_quarters_paid_at_once_are_both_paid(clean: Clean, found: Found) -> None:
    Disbursement.objects.filter(pk=clean.second.pk).update(installment="2·3분기")
    Entrustment.objects.update(ends_on=date(2024, 9, 30))
    assert found(on=date(2024, 10, 31)) == []


def test_an_instalment_unlike_its_plan(clean: Clean, found: Found) -> None:
    plan = Instalment.objects.create(entrustment=clean.centre, year=2024, label="2/4분기", amount=12_000_000)
    assert found(on=date(2024, 6, 29)) == []
    (one,) = found()
    assert (one.code, told(one)) == (
        "instalment_amount",
        ("주의", "10,000,000원", "12,000,000원", "△2,000,000원"),
    )
    plan.amount = 9_000_000
    plan.save()
    assert [told(one)[3] for one in found(on=date(2024, 6, 29))] == ["1,000,000원"]
