"""The ledger against budgets, agreements, the execution table and 총사업비."""

from datetime import date

from enterprises.models import Enterprise
from pledges.models import ExecutionOpening, Pledge
from subsidies.models import Budget, Entrustment
from subsidies.refunds import return_kind
from tests.subsidies import factories as money

from .conftest import Clean, Found, told


def pay(clean: Clean, won: int, *day: int, **fields: object) -> None:
    fields = {"enterprise": clean.firm} | fields
    money.disbursement(clean.grants, won, paid_on=date(*day), **fields)


def test_more_than_the_budget_of_a_programmes_year(clean: Clean, found: Found) -> None:
    Budget.objects.update(amount=2_500_000)
    (one,) = found()
    assert (one.code, told(one)) == ("over_budget", ("중대", "3,000,000원", "2,500,000원", "500,000원"))


def test_more_than_the_budget_of_one_source(clean: Clean, found: Found) -> None:
    Budget.objects.update(source="national")
    (one,) = found()
    assert (one.code, told(one)) == ("over_budget", ("주의", "3,000,000원", "0원", "3,000,000원"))
    assert "구비 예산" in one.what


def test_no_budget_no_limit(clean: Clean, found: Found) -> None:
    Budget.objects.all().update(voided_at="2024-01-01T00:00:00Z", void_reason="잘못 입력")
    assert found() == []


def test_what_is_paid_after_the_day_is_not_held_against_the_budget(clean: Clean, found: Found) -> None:
    pay(clean, 79_000_000, 2024, 7, 5)
    assert found() == []
    assert [one.code for one in found(on=date(2024, 7, 5))] == ["over_budget"]


def test_more_than_the_sum_of_an_agreement(clean: Clean, found: Found) -> None:
    Entrustment.objects.update(amount=19_000_000)
    (one,) = found()
    assert (one.code, told(one)) == (
        "over_agreement",
        ("중대", "20,000,000원", "19,000,000원", "1,000,000원"),
    )
    Entrustment.objects.update(amount=20_000_000)
    assert found() == []


def test_details_above_the_execution_opening_by_source(clean: Clean, found: Found) -> None:
    ExecutionOpening.objects.create(
        pledge=clean.pledge, year=2024, on=date(2024, 3, 31), fund="national", amount=5_000_000
    )
    ExecutionOpening.objects.filter(fund="district").update(amount=18_000_000)
    (one,) = found("execution_excess")
    assert told(one) == ("중대", "23,000,000원", "18,000,000원", "5,000,000원")
    assert one.where == "예산 집행액 표 2024 구비"


def test_details_within_the_rounding_of_the_printed_unit(clean: Clean, found: Found) -> None:
    ExecutionOpening.objects.update(amount=22_000_000)
    assert found("execution_excess") != []
    pay(clean, 500_000, 2024, 3, 6)
    ExecutionOpening.objects.update(amount=23_000_000)
    assert found("execution_excess") == []
    ExecutionOpening.objects.update(method="details")
    assert found("execution_excess") != []


def test_a_part_of_the_opening_itemised_is_for_knowing(clean: Clean, found: Found) -> None:
    ExecutionOpening.objects.update(amount=30_000_000)
    (one,) = found()
    assert (one.code, told(one)) == (
        "execution_rest",
        ("참고", "23,000,000원", "30,000,000원", "△7,000,000원"),
    )


def test_more_executed_than_the_whole_cost(clean: Clean, found: Found) -> None:
    Pledge.objects.update(cost_district=22_000_000)
    (one,) = found("beyond_cost")
    assert told(one) == ("중대", "23,000,000원", "22,000,000원", "1,000,000원")


def test_more_executed_of_one_source_than_planned(clean: Clean, found: Found) -> None:
    Pledge.objects.update(cost_district=22_000_000, cost_city=50_000_000)
    (one,) = found()
    assert (one.code, one.where, told(one)[0]) == ("beyond_cost", "총사업비 구비", "주의")


def test_returns_within_the_year_lower_what_was_executed(clean: Clean, found: Found) -> None:
    kind = return_kind(2024, date(2024, 5, 1))
    money.disbursement(
        clean.grants, -2_000_000, enterprise=Enterprise.objects.get(), paid_on=date(2024, 5, 1), kind=kind
    )
    Pledge.objects.update(cost_district=22_000_000)
    assert found("beyond_cost") == []
