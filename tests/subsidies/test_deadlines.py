from datetime import date

import pytest

from accounts.models import DeadlineRule
from subsidies.deadlines import due
from subsidies.models import Settlement
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db


def rule(code, offset, unit="days", notice=60):
    return DeadlineRule.objects.create(
        code=code, title=code, base="기준", offset=offset, unit=unit, notice_days=notice, rule="근거"
    )


@pytest.fixture
def program():
    return make.program("민간위탁", pays_enterprises=False)


def days(on):
    return [(found.on, found.title) for found in due(on)]


def test_the_evaluation_90_days_before_the_end_is_told_within_its_notice(program):
    rule("entrust_evaluation", -90)
    trust = make.entrustment(program, title="위탁")
    assert days(date(2024, 8, 2)) == []
    assert days(date(2024, 8, 3)) == [(date(2024, 10, 2), "위탁: entrust_evaluation")]
    assert days(date(2024, 12, 31)) == [(date(2024, 10, 2), "위탁: entrust_evaluation")]
    assert days(date(2025, 1, 1)) == []
    trust.evaluated_on = date(2024, 9, 1)
    trust.save()
    assert days(date(2024, 9, 2)) == []


def test_the_other_deadlines_of_an_entrustment(program):
    rule("entrust_application", -3, "months")
    rule("entrust_decision", -30)
    rule("entrust_inspection", 12, "months")
    rule("entrust_consent", 72, "months")
    make.entrustment(program, title="위탁", inspected_on=date(2023, 12, 1), consented_on=date(2018, 12, 20))
    assert [day for day, _ in days(date(2024, 11, 30))] == [
        date(2024, 9, 30),
        date(2024, 12, 1),
        date(2024, 12, 1),
        date(2024, 12, 20),
    ]


def test_a_rule_that_is_switched_off_says_nothing(program):
    off = rule("entrust_evaluation", -90)
    make.entrustment(program)
    off.active = False
    off.save()
    assert days(date(2024, 10, 1)) == []


def test_a_contract_that_ends(program):
    rule("agreement_end", 0)
    make.contract(program, title="용역", ends_on=date(2024, 12, 20))
    assert days(date(2024, 12, 1)) == [(date(2024, 12, 20), "용역: agreement_end")]


def test_what_nobody_has_settled_two_months_after_the_year(program):
    rule("subsidy_settlement", 2, "months", notice=30)
    trust = make.entrustment(program)
    award = make.award(make.program("일자리"), make.enterprise(), year=2023)
    make.disbursement(program, entrustment=trust, fiscal_year=2023, paid_on=date(2023, 5, 1))
    make.disbursement(program, entrustment=trust, fiscal_year=2023, paid_on=date(2023, 8, 1))
    make.disbursement(award.program, enterprise=award.enterprise, award=award, fiscal_year=2023)
    assert days(date(2024, 1, 29)) == []
    assert days(date(2024, 1, 30)) == [
        (date(2024, 2, 29), "2023년 민간위탁: subsidy_settlement 1건"),
        (date(2024, 2, 29), "2023년 일자리: subsidy_settlement 1건"),
    ]
    Settlement.objects.create(entrustment=trust, year=2023, granted=10, spent=10)
    assert len(days(date(2024, 6, 1))) == 1


def test_recipients_of_five_million_disclose(program):
    rule("disclosure", 4, "months", notice=30)
    jobs = make.program("일자리")
    for amount in (4_999_999, 5_000_000):
        make.disbursement(jobs, amount, fiscal_year=2023)
    assert days(date(2024, 4, 1)) == [(date(2024, 4, 30), "2023년 disclosure 1개 기업")]
    assert days(date(2024, 5, 1)) == []
