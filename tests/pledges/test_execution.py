from datetime import date

from pledges.entry_rules import beyond_total_cost
from pledges.execution import AFTER_TERM, executions
from pledges.models import Pledge
from subsidies.facts import Facts
from subsidies.models import Award, Disbursement, Entrustment, Program, Settlement
from subsidies.models.programs import Basis
from tests.pledges.test_worked_cases import firm, pay


def settled(program: str, spent: int, *day: int, year: int = 2024) -> Settlement:
    award = Award.objects.create(
        program=Program.objects.get(name=program),
        enterprise=firm(),
        year=year,
        decided_on=date(2024, 4, 1),
        amount=spent,
    )
    return Settlement.objects.create(
        award=award, year=year, settled_on=date(*day), granted=spent, spent=spent
    )


def of_year(pledge: Pledge, day: date, column: int | str = 2024) -> int | None:
    return executions([pledge], day)[pledge.pk].of_year(column)


class TestBasis:
    """집행 is what was handed out; by the programme's setting, what was spent (DOMAIN §2 [decision])."""

    def test_of_disbursed_money_settlements_do_not_count(self, seed: Pledge) -> None:
        settled("일자리창출사업", 2_000_000, 2024, 8, 1)
        assert of_year(seed, date(2024, 9, 30)) == 35_000_000

    def test_of_spent_money_settlements_count_and_payments_do_not(self, seed: Pledge) -> None:
        Program.objects.filter(name="일자리창출사업").update(basis=Basis.SPENT)
        pay(firm("㈜받음(예시)"), 5_000_000, 2024, 5, 1)
        settled("일자리창출사업", 2_000_000, 2024, 8, 1)
        table = executions([seed], date(2024, 9, 30))[seed.pk]
        assert table.of_year(2024) == 37_000_000
        assert table.cell(2024, "national") == 7_000_000 + 1_500_000

    def test_settlements_up_to_the_opening_itemise_it(self, seed: Pledge) -> None:
        Program.objects.filter(name="일자리창출사업").update(basis=Basis.SPENT)
        settled("일자리창출사업", 2_000_000, 2024, 3, 31)
        assert of_year(seed, date(2024, 9, 30)) == 35_000_000

    def test_last_year_settled_after_the_term_is_after_the_term(self, seed: Pledge) -> None:
        Program.objects.filter(name="일자리창출사업").update(basis=Basis.SPENT)
        settled("일자리창출사업", 2_000_000, 2026, 7, 1, year=2026)
        settled("일자리창출사업", 3_000_000, 2026, 7, 2, year=2025)
        day = date(2026, 11, 22)
        assert [of_year(seed, day, column) for column in (2025, 2026, AFTER_TERM)] == [
            3_000_000,
            0,
            2_000_000,
        ]


def test_fiscal_year_before_the_term_is_not_on_its_card(seed: Pledge) -> None:
    old = Entrustment.objects.order_by("starts_on").first()
    Disbursement.objects.create(
        program=old.program, entrustment=old, fiscal_year=2021, paid_on=date(2024, 5, 2), district=1_000_000
    )
    assert executions([seed], date(2024, 6, 30))[seed.pk].total == 1_120_000_000


def test_payment_above_the_whole_cost_is_doubted(seed: Pledge) -> None:
    row = pay(firm(), 4_000_000_000, 2024, 5, 2)
    found = beyond_total_cost(row, Facts(today=date(2024, 5, 2)))
    assert found is not None
    assert "총사업비 3,707,000,000원" in found.message
    assert (
        beyond_total_cost(pay(firm("㈜작음(예시)"), 4_000_000, 2024, 5, 2), Facts(today=date(2024, 5, 2)))
        is None
    )
