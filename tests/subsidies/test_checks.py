"""One rule, one test: what is doubtful about a payment, on unsaved rows and given facts."""

from dataclasses import replace
from datetime import date

import pytest

from enterprises.models import Enterprise
from subsidies import checks
from subsidies.budgets import BudgetState
from subsidies.facts import Facts
from subsidies.models import Award, Disbursement, Entrustment, Program
from subsidies.splits import Shares

PROGRAM = Program(pk=1, name="일자리창출사업")
FIRM = Enterprise(pk=1, name="㈜가나다")
AWARD = Award(program=PROGRAM, enterprise=FIRM, year=2024, amount=10_000_000, decided_on=date(2024, 2, 1))
FINE = Facts(today=date(2024, 4, 30), awards=[AWARD], usual=9_000_000)


@pytest.fixture(autouse=True)
def _only_own_rules(monkeypatch):
    """The rules of apps above look into the database; they are tested there."""
    monkeypatch.setattr(checks, "_further", [])


def payment(**fields) -> Disbursement:
    values = {
        "program": PROGRAM,
        "enterprise": FIRM,
        "fiscal_year": 2024,
        "paid_on": date(2024, 4, 25),
        "national": 7_115_250,
        "city": 1_660_225,
        "district": 711_525,
        **fields,
    }
    return Disbursement(**values)


def codes(row: Disbursement, facts: Facts) -> list[str]:
    return [warning.code for warning in checks.warnings(row, facts)]


def test_a_plain_payment_raises_no_doubt():
    assert codes(payment(), FINE) == []


@pytest.mark.parametrize(
    ("year", "day", "doubtful"),
    [
        (2024, date(2025, 1, 20), False),
        (2024, date(2025, 1, 21), True),
        (2024, date(2023, 12, 31), True),
        (2023, date(2024, 1, 20), False),
    ],
)
def test_the_books_of_a_year_close_on_20_january(year, day, doubtful):
    found = checks.outside_fiscal_year(payment(fiscal_year=year, paid_on=day), FINE)
    assert bool(found) is doubtful


def test_a_future_day():
    assert checks.future(payment(paid_on=date(2024, 5, 1)), FINE).field == "paid_on"
    assert checks.future(payment(paid_on=date(2024, 4, 30)), FINE) is None


def test_a_closed_quarter():
    facts = replace(FINE, closed_through=date(2024, 3, 31))
    assert "마감 뒤 입력(미반영)" in checks.closed_quarter(payment(paid_on=date(2024, 3, 31)), facts).message
    assert checks.closed_quarter(payment(paid_on=date(2024, 4, 1)), facts) is None


def test_a_firm_without_designation():
    assert codes(payment(), replace(FINE, designated=False)) == ["not_designated"]


def test_no_award_on_file():
    assert codes(payment(), replace(FINE, awards=[])) == ["without_award"]


def test_an_award_decided_later():
    later = Award(
        program=PROGRAM, enterprise=FIRM, year=2024, amount=10_000_000, decided_on=date(2024, 4, 26)
    )
    assert codes(payment(award=later), FINE) == ["award_later"]
    assert codes(payment(), replace(FINE, awards=[later])) == ["without_award"]


def test_an_undated_award_is_on_file():
    undated = Award(program=PROGRAM, enterprise=FIRM, year=2024, amount=10_000_000)
    assert codes(payment(), replace(FINE, awards=[undated])) == []


def test_more_than_the_award():
    found = checks.above_award(payment(award=AWARD), replace(FINE, paid_under_award=1_000_000))
    assert "487,000원 많아집니다" in found.message
    assert checks.above_award(payment(award=AWARD), replace(FINE, paid_under_award=513_000)) is None


def test_outside_the_agreement_and_above_its_sum():
    trust = Entrustment(
        title="위탁", starts_on=date(2023, 1, 1), ends_on=date(2024, 12, 31), amount=10_000_000
    )
    row = payment(enterprise=None, entrustment=trust)
    assert codes(row, FINE) == []
    assert codes(row, replace(FINE, paid_under_agreement=1_000_000)) == ["above_agreement"]
    row.paid_on = date(2025, 1, 2)
    assert "outside_agreement" in codes(row, replace(FINE, today=date(2025, 1, 2)))


def budget(**left: int) -> Facts:
    return replace(FINE, budget=BudgetState(True, Shares(**left), Shares()))


def test_above_the_budget_as_a_whole():
    found = checks.over_budget(payment(), budget(national=7_115_250, city=1_660_225, district=711_524))
    assert (found.code, "1원 많습니다" in found.message) == ("over_budget", True)


def test_above_the_budget_of_one_source():
    found = checks.over_budget(payment(), budget(national=7_000_000, city=2_000_000, district=1_000_000))
    assert (found.code, "국비" in found.message) == ("over_budget_source", True)


def test_exactly_the_budget_is_fine_and_no_budget_is_no_limit():
    assert checks.over_budget(payment(), budget(national=7_115_250, city=1_660_225, district=711_525)) is None
    assert checks.over_budget(payment(), FINE) is None


@pytest.mark.parametrize(
    ("usual", "amount", "doubtful"),
    [
        (9_487_000, 9_487, True),
        (9_487, 9_487_000, True),
        (50_000_000, 53_495, True),
        (9_000_000, 300_000, False),
        (1_000_000, 80_000_000, False),
        (None, 9_487, True),
        (None, 9_487_000, False),
    ],
)
def test_a_slip_of_the_unit(usual, amount, doubtful):
    row = payment(national=0, city=0, district=amount)
    assert bool(checks.unit_suspicion(row, replace(FINE, usual=usual))) is doubtful


def test_the_same_payment_twice():
    assert codes(payment(), replace(FINE, twins=1)) == ["duplicate"]


def test_an_app_above_adds_a_rule(monkeypatch):
    monkeypatch.setattr(checks, "_further", [])
    checks.register(lambda row, facts: checks.Warning("cost", "amount", "총사업비보다 많습니다."))
    assert codes(payment(), FINE) == ["cost"]
