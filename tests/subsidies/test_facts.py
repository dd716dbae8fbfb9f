from datetime import date

import pytest

from enterprises.models import Designation
from subsidies.facts import facts_of, is_designated, usual_amount
from subsidies.models import Disbursement
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
DAY = date(2024, 4, 25)


def draft(program, **fields):
    values = {"fiscal_year": 2024, "paid_on": DAY, "district": 1_000_000, **fields}
    return Disbursement(program=program, **values)


def test_a_designation_counts_through_its_expiry_day():
    firm = make.enterprise()
    Designation.objects.update(expires_on=DAY)
    assert is_designated(firm.pk, DAY)
    assert not is_designated(firm.pk, date(2024, 4, 26))


def test_an_undated_designation_counts_and_none_does_not():
    firm = make.enterprise()
    Designation.objects.update(starts_on=None)
    assert is_designated(firm.pk, DAY)
    assert not is_designated(make.enterprise(designated=None).pk, DAY)


def test_the_usual_amount_is_the_median_of_payments_else_of_awards():
    program = make.program()
    assert usual_amount(program) is None
    make.award(program, make.enterprise(), 5_000_000)
    assert usual_amount(program) == 5_000_000
    for amount in (1_000_000, 2_000_000, 90_000_000):
        row = make.disbursement(program, amount)
    assert usual_amount(program) == 2_000_000
    assert usual_amount(program, leave_out=row.pk) == 1_000_000


def test_what_is_known_of_a_payment():
    program, firm = make.program(), make.enterprise()
    year = make.year(program)
    make.budget(year, 10_000_000)
    award = make.award(program, firm, 3_000_000)
    make.disbursement(program, 1_000_000, enterprise=firm, award=award, paid_on=DAY)
    facts = facts_of(draft(program, enterprise=firm, award=award), today=DAY)
    assert (facts.designated, facts.paid_under_award, facts.twins, facts.usual) == (
        True,
        1_000_000,
        1,
        1_000_000,
    )
    assert (list(facts.awards), facts.budget.left.total) == ([award], 9_000_000)


def test_the_row_being_edited_is_left_out():
    program, firm = make.program(), make.enterprise()
    make.budget(make.year(program), 10_000_000)
    row = make.disbursement(program, 1_000_000, enterprise=firm, paid_on=DAY)
    facts = facts_of(row, today=DAY)
    assert (facts.twins, facts.budget.left.total) == (0, 10_000_000)


def test_what_was_paid_under_an_agreement():
    program = make.program(pays_enterprises=False)
    trust = make.entrustment(program)
    make.disbursement(program, 5_000_000, entrustment=trust)
    assert facts_of(draft(program, entrustment=trust), today=DAY).paid_under_agreement == 5_000_000


def test_a_few_queries_however_long_the_ledger(django_assert_max_num_queries):
    program, firm = make.program(), make.enterprise()
    for _ in range(20):
        make.disbursement(program, enterprise=firm)
    with django_assert_max_num_queries(9):
        facts_of(draft(program, enterprise=firm), today=DAY)
