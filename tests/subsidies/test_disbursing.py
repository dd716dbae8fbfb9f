from datetime import date

import pytest
from django.db import IntegrityError, transaction

from common.voiding import void
from subsidies.budgets import budget_state
from subsidies.checks import Warning
from subsidies.disbursing import (
    HasReturns,
    OverBudget,
    give_back,
    log_line,
    mark_checked,
    record,
    returnable,
    shares_by_ratio,
    void_row,
)
from subsidies.models import Disbursement, LedgerKind
from subsidies.splits import Shares
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
DOUBT = Warning("unit", "amount", "단위를 확인하세요.")
OVER = Warning("over_budget", "amount", "예산보다 많습니다.")


def draft(program, amount=1_000_000, **fields):
    values = {"fiscal_year": 2024, "paid_on": date(2024, 4, 25), "district": amount, **fields}
    return Disbursement(program=program, enterprise=make.enterprise(), **values)


def test_the_worked_case_splits_by_the_ratio_of_the_year():
    program = make.program()
    make.year(program)
    assert shares_by_ratio(program, 2024, 9_487_000) == Shares(7_115_250, 1_660_225, 711_525)
    assert shares_by_ratio(program, 2025, 9_487_000) is None


def test_recording_keeps_the_doubts_and_the_programmes_budget_lines():
    program = make.program(detail_business="사회적경제 육성", statistics_item="307-02")
    row = record(draft(program), warnings=[DOUBT])
    row.refresh_from_db()
    assert (row.amount, row.needs_check, row.detail_business) == (1_000_000, DOUBT.message, "사회적경제 육성")
    assert list(Disbursement.objects.unchecked()) == [row]


def test_recording_leaves_a_history_row():
    row = record(draft(make.program()))
    assert row.history.count() == 1


def test_above_the_budget_is_saved_when_it_was_confirmed():
    program = make.program()
    make.budget(make.year(program), 999_999)
    assert record(draft(program), warnings=[OVER]).pk


def test_above_the_budget_is_refused_where_the_office_blocks_it():
    program = make.program()
    make.budget(make.year(program), 999_999)
    with pytest.raises(OverBudget, match="1원 많습니다"):
        record(draft(program), warnings=[OVER], blocks_over_budget=True)
    assert not Disbursement.objects.exists()


def test_money_that_went_to_somebody_else_meanwhile_is_told():
    program = make.program()
    make.budget(make.year(program), 1_000_000)
    record(draft(program))
    with pytest.raises(OverBudget):
        record(draft(program))


def test_without_a_budget_row_there_is_no_limit():
    program = make.program()
    make.year(program)
    assert record(draft(program, 10**12), blocks_over_budget=True).pk


def test_a_return_mirrors_its_payment_and_frees_the_budget():
    program, firm = make.program(), make.enterprise()
    make.budget(make.year(program), 10_000_000)
    paid = make.disbursement(program, enterprise=firm, national=750_000, city=175_000, district=75_000)
    back = give_back(paid, 400_000, date(2024, 6, 1), "잔액")
    back.refresh_from_db()
    assert (back.kind, back.amount, back.returns) == (LedgerKind.RESTORED, -400_000, paid)
    assert back.shares == Shares(-300_000, -70_000, -30_000)
    assert returnable(paid) == Shares(450_000, 105_000, 45_000)
    assert budget_state(program, 2024).executed.total == 600_000


def test_a_late_return_leaves_the_execution():
    program = make.program()
    paid = make.disbursement(program, 1_000_000)
    back = give_back(paid, 1_000_000, date(2025, 1, 21))
    assert back.kind == LedgerKind.REVENUE
    assert budget_state(program, 2024).executed.total == 1_000_000
    assert returnable(paid).total == 0


def test_returns_do_not_exceed_the_payment_together():
    paid = make.disbursement(make.program(), 1_000_000)
    give_back(paid, 600_000, date(2024, 6, 1))
    with pytest.raises(ValueError, match="400000원까지"):
        give_back(paid, 400_001, date(2024, 7, 1))


def test_a_payment_with_returns_is_voided_after_them():
    staff, paid = make.user(), make.disbursement(make.program())
    back = give_back(paid, 1, date(2024, 6, 1))
    with pytest.raises(HasReturns):
        void_row(paid, staff, "두 번 입력")
    void_row(back, staff, "잘못")
    void_row(paid, staff, "두 번 입력")
    assert not Disbursement.objects.live().exists()


def test_marking_a_row_checked_keeps_what_was_doubtful():
    row = record(draft(make.program()), warnings=[DOUBT])
    mark_checked(row, date(2024, 5, 1), "지출결의서와 맞음")
    row.refresh_from_db()
    assert (row.checked_on, row.needs_check, row.revision) == (date(2024, 5, 1), DOUBT.message, 2)
    assert not Disbursement.objects.unchecked().exists()
    with pytest.raises(ValueError, match="reason"):
        mark_checked(row, date(2024, 5, 1), " ")


def test_new_doubts_make_a_checked_row_unchecked_again():
    row = record(draft(make.program()), warnings=[DOUBT])
    row.checked_on = date(2024, 5, 1)
    record(row, warnings=[DOUBT])
    assert row.checked_on
    record(row, warnings=[DOUBT, OVER])
    assert row.checked_on is None


def test_the_sentence_of_every_kind_of_row():
    trust = make.program("위탁", log_phrase="민간위탁금 교부", log_noun="민간위탁금", pays_enterprises=False)
    paid = make.disbursement(trust, 53_495_000, entrustment=make.entrustment(trust), installment="2분기")
    assert log_line(paid).text == "- 2024년도 2분기 민간위탁금 교부(53,495천 원)"
    contract = make.disbursement(trust, 1_000, contract=make.contract(trust))
    assert log_line(contract).text == "- 2024년 민간위탁금 지급(1천 원)"
    firm = make.disbursement(make.program(), 9_487_000, enterprise=make.enterprise("㈜가나다"))
    assert log_line(firm).text == "- 2024년 일자리창출사업 지원금 교부(㈜가나다, 9,487천 원)"
    assert log_line(give_back(firm, 1_000, date(2024, 6, 1))).text.startswith(
        "- 2024년 일자리창출사업 지원금 반납(㈜가나다"
    )


def test_the_database_refuses_a_negative_payment_and_two_recipients():
    program, firm = make.program(), make.enterprise()
    with pytest.raises(IntegrityError), transaction.atomic():
        make.disbursement(program, district=-1, enterprise=firm)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.disbursement(program, enterprise=firm, entrustment=make.entrustment(program))


def test_voided_rows_are_not_executed():
    program = make.program()
    row = make.disbursement(program)
    void(row, make.user(), "잘못")
    assert budget_state(program, 2024).executed.total == 0
