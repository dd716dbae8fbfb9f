"""The question of the opening, for one payment (the form) and for a whole file (the import): the same answer."""

from datetime import date

import pytest

from enterprises.models import Enterprise
from pledges.models import Goal, Indicator, IndicatorOpening, Pledge, Term
from subsidies import questions
from subsidies.models import Program
from tests.imports.conftest import Run
from tests.imports.sheets import xlsx
from tests.subsidies import factories as ledger

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture
def jobs() -> Program:
    """A programme whose pledge counted three firms by the end of March 2024, one of them known by name."""
    program = ledger.program()
    ledger.year(program)
    term = Term.objects.create(name="민선8기", starts_on=date(2022, 7, 1), ends_on=date(2026, 6, 30))
    goal = Goal.objects.create(term=term, number="1", name="목표")
    pledge = Pledge.objects.create(term=term, goal=goal, number="가-1", title="공약(예시)")
    pledge.programs.add(program)
    indicator = Indicator.objects.create(
        pledge=pledge, no=1, name="재정지원", aggregation="yearly_distinct", measure="supported"
    )
    IndicatorOpening.objects.create(indicator=indicator, on=date(2024, 3, 31), value=43, year_value=3)
    ledger.disbursement(program, enterprise=ledger.enterprise("가온(예시)"), paid_on=date(2024, 2, 1))
    ledger.enterprise("나래(예시)")
    return program


@pytest.mark.parametrize("name", ["가온(예시)", "나래(예시)"])
@pytest.mark.parametrize("day", [date(2024, 3, 31), DAY, date(2025, 6, 3)])
def test_one_and_many_agree(jobs: Program, name: str, day: date) -> None:
    firm = Enterprise.objects.get(name=name)
    asked = questions.must_ask(jobs, firm, day)
    assert questions.asker(jobs, day.year)(firm, day) is asked
    assert asked is (name == "나래(예시)" and day == DAY)


def test_nobody_is_asked_when_the_opening_is_itemised(jobs: Program) -> None:
    for name in ("다솜(예시)", "라온(예시)"):
        ledger.disbursement(jobs, enterprise=ledger.enterprise(name), paid_on=date(2024, 2, 1))
    firm = Enterprise.objects.get(name="나래(예시)")
    assert questions.must_ask(jobs, firm, DAY) is questions.asker(jobs, DAY.year)(firm, DAY) is False


def test_the_import_asks_once_a_firm(jobs: Program, import_rows: Run) -> None:
    rows = [["교부일", "사업", "수령자", "금액"]]
    rows += [[day, jobs.name, "나래(예시)", 1_000_000] for day in ("2024-06-03", "2024-06-04")]  # type: ignore[list-item]
    ran = import_rows("disbursements", xlsx(rows))
    assert (ran.code, len(ran.of("doubt"))) == (2, 1)
    assert "이미 포함" in ran.of("doubt")[0]
