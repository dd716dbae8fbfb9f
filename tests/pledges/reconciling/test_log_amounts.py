"""Amounts told in the log beside the records they tell of."""

from datetime import date

import pytest

from accounts.models import Role
from common.notation import money_in_text
from common.voiding import void
from markets.models import MarketEvent
from pledges.models import Activity, ExecutionOpening
from pledges.reconciling.log_text import tells
from subsidies.disbursing import give_back
from subsidies.models import Disbursement
from tests import factories
from tests.subsidies import factories as money

from .conftest import Clean, Found, told


def rewrite(clean: Clean, no: int, detail: str) -> None:
    clean.pledge.activities.filter(no=no).update(detail=detail)


@pytest.mark.parametrize(
    ("text", "won", "same"),
    [
        ("교부(10,000천 원)", 10_000_000, True),
        ("교부(10,000천 원)", 10_000_499, True),
        ("교부(10,000천 원)", 10_000_500, False),
        ("매출 84백만 원", 84_123_000, True),
        ("매출 84백만 원", 84_500_000, False),
        ("국비 6,000천 원, 시비 4,000천 원", 10_000_000, True),
        ("교부(10,000,000원)", 10_000_001, False),
    ],
)
def test_words_tell_of_an_amount_in_their_own_unit(text: str, won: int, same: bool) -> None:
    assert tells(money_in_text(text), won) is same


def test_a_row_that_tells_another_amount_than_its_payment(clean: Clean, found: Found) -> None:
    rewrite(clean, 2, "- 2024년 지원금 교부(3,300천 원)")
    (one,) = found("log_amount")
    assert told(one) == ("중대", "3,300,000원", "3,000,000원", "300,000원")
    assert one.where == "추진실적 연번 2"
    assert one.link == f"/subsidies/disbursements/{clean.grant.pk}/"


def test_a_contract_told_with_another_sum(clean: Clean, found: Found) -> None:
    contract = money.contract(clean.centre.program, amount=43_560_000)
    clean.told(4, date(2024, 4, 1), "- 2024년 용역(계약금: 45,360천 원)", contract=contract)
    (one,) = found()
    assert (one.code, told(one)[0], one.gap_text) == ("log_amount", "주의", "1,800,000원")


def test_sales_of_an_event_told_otherwise(clean: Clean, found: Found) -> None:
    event = MarketEvent.objects.get()
    event.sales = 29_000_000
    event.save()
    clean.told(4, date(2024, 4, 25), "- 4. 25.~4. 26. 매출 92백만 원", event=event)
    assert [one.code for one in found()] == ["log_amount"]


def test_a_row_without_an_amount_is_no_finding(clean: Clean, found: Found) -> None:
    rewrite(clean, 2, "- 2024년 지원금 교부")
    assert found() == []


def test_the_ledgers_own_sentence_after_the_amount_was_edited(clean: Clean, found: Found) -> None:
    Disbursement.objects.filter(pk=clean.grant.pk).update(
        log_text="- 2024년 지원금 교부(㈜가나다, 2,000천 원)"
    )
    (one,) = found("sentence_amount")
    assert told(one) == ("중대", "2,000,000원", "3,000,000원", "△1,000,000원")


def test_a_row_that_tells_of_a_voided_payment(clean: Clean, found: Found) -> None:
    void(clean.grant, factories.user(Role.STAFF), "두 번 적음")
    (one,) = found("log_void")
    assert one.where == "추진실적 연번 2"


def test_a_row_dated_otherwise_than_its_payment(clean: Clean, found: Found) -> None:
    Activity.objects.filter(no=2).update(starts_on=date(2024, 3, 6), date_text="2024. 3. 6.")
    assert [told(one)[:3] for one in found()] == [("주의", "2024. 3. 6.", "2024. 3. 5.")]


def test_a_payment_told_without_a_ledger_row(clean: Clean, found: Found) -> None:
    clean.told(4, date(2024, 5, 2), "- 2024년 지원금 2차 교부(1,500천 원)")
    by_code = {one.code: told(one) for one in found()}
    assert by_code["log_unrecorded"] == ("주의", "1,500,000원", "기록 없음", "-")


def test_a_payment_told_and_recorded_but_not_linked_is_no_finding(clean: Clean, found: Found) -> None:
    Activity.objects.filter(no=2).update(disbursement=None)
    assert found() == []


def test_works_that_tell_of_no_payment_are_left_alone(clean: Clean, found: Found) -> None:
    clean.told(4, date(2024, 5, 2), "- 센터 이전 및 개보수 공사(317백만 원)", title="센터 이전")
    assert found() == []


def test_a_years_log_tells_of_more_than_the_execution_table(clean: Clean, found: Found) -> None:
    ExecutionOpening.objects.update(amount=20_000_000)
    (one,) = found("log_year")
    assert told(one) == ("중대", "23,000,000원", "20,000,000원", "3,000,000원")
    assert one.where == "예산 집행액 표 2024년"


def test_less_told_than_executed_is_no_finding(clean: Clean, found: Found) -> None:
    Activity.objects.filter(no=2).update(detail="-")
    assert found("log_year") == []


def test_a_return_that_the_log_is_silent_of_is_no_finding(clean: Clean, found: Found) -> None:
    give_back(clean.second, 4_000_000, date(2024, 5, 2))
    assert found() == []


def test_rounding_of_the_printed_table_is_no_finding(clean: Clean, found: Found) -> None:
    Disbursement.objects.filter(pk=clean.grant.pk).update(district=3_400_000)
    rewrite(clean, 2, "- 2024년 지원금 교부(3,400천 원)")
    assert found("log_year", "execution_excess") == []


def test_one_sentence_may_tell_of_several_payments(clean: Clean, found: Found) -> None:
    other = money.disbursement(clean.grants, 500_000, enterprise=clean.firm, paid_on=date(2024, 5, 2))
    money.disbursement(clean.grants, 700_000, enterprise=clean.firm, paid_on=date(2024, 5, 2))
    row = clean.told(4, date(2024, 5, 2), "- 2024년 지원금 교부(2건/ 1,200천 원)")
    assert found() == []
    Activity.objects.filter(pk=row.pk).update(disbursement=other)
    assert found() == []


def test_a_payment_told_with_another_amount_or_day_stands_beside_the_ledgers(
    clean: Clean, found: Found
) -> None:
    money.disbursement(clean.grants, 500_000, enterprise=clean.firm, paid_on=date(2024, 5, 2))
    row = clean.told(4, date(2024, 5, 2), "- 2024년 지원금 교부(600천 원)")
    assert [told(one) for one in found("log_unrecorded")] == [("주의", "600,000원", "500,000원", "100,000원")]
    Activity.objects.filter(pk=row.pk).update(detail="- 교부(500천 원)", starts_on=date(2024, 5, 3))
    (one,) = found("log_unrecorded")
    assert (one.right.label, one.gap) == ("집행 장부 2024. 5. 2.", 0)
    assert "다른 날짜" in one.what


def test_what_was_told_after_the_term_is_not_held_against_its_last_year(clean: Clean, found: Found) -> None:
    day = date(2026, 9, 1)
    row = money.disbursement(
        clean.grants, 1_000_000, enterprise=clean.firm, fiscal_year=2026, paid_on=day, installment="1차"
    )
    clean.told(4, day, "- 2026년 지원금 교부(1,000천 원)", disbursement=row)
    assert found("log_year", on=date(2026, 10, 1)) == []


def test_a_payment_of_before_the_opening_lies_within_it(clean: Clean, found: Found) -> None:
    clean.told(4, date(2024, 3, 31), "- 2024년 지원금 2차 교부(1,500천 원)")
    assert found("log_unrecorded") == []
    Activity.objects.filter(no=4).update(starts_on=date(2024, 4, 1))
    assert [told(one)[1] for one in found("log_unrecorded")] == ["1,500,000원"]


def test_what_is_told_in_january_is_of_the_year_it_names(clean: Clean, found: Found) -> None:
    clean.told(4, date(2025, 1, 10), "- 2024년 지원금 교부(1,500천 원)")
    assert [one.where for one in found("log_year", on=date(2025, 1, 31))] == ["예산 집행액 표 2024년"]
