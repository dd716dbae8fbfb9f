"""추진실적 against the books: amounts told in the log beside the records they tell of (DOMAIN §4.6, §10)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from common.money import round_to_step, unit
from common.notation import money_in_text
from common.notation.scan import Found
from common.periods import korean_date
from pledges.models import Activity
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.ledger import Paid
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.models import LedgerKind
from subsidies.models.programs import Basis

PAYING = re.compile(r"교부|지급")
# The unit an amount is told in: 84백만 원 tells of 84,123,000 as well as words can.
STEPS = (("백만", 1_000_000), ("억", 10_000_000), ("만", 10_000), ("천", 1_000))


def row_of(activity: Activity) -> str:
    return f"추진실적 연번 {activity.no}"


@lru_cache(maxsize=32_768)
def told(text: str) -> list[Found]:
    """Amounts that a sentence tells and a reader is sure of. Several checks read the same sentence."""
    return money_in_text(text)


def tells(amounts: list[Found], won: int) -> bool:
    """Whether a sentence tells of ``won``: one of its amounts does, in its own unit, or their sum is it."""
    return sum(found.value_won for found in amounts) == won or any(
        found.value_won == round_to_step(won, step) * step for found in amounts for step in (_step(found),)
    )


def _step(found: Found) -> int:
    return next((won for word, won in STEPS if word in found.text), 1)


def _nearest(amounts: list[Found], won: int) -> int:
    return min((found.value_won for found in amounts), key=lambda value: abs(value - won))


@dataclass(frozen=True)
class Linked:
    """The record a log row names: what it is called, its won (None: no amount of its own), its page."""

    label: str
    won: int | None
    link: str
    is_void: bool


def linked(row: Activity) -> Linked | None:
    if row.disbursement:
        won = abs(int(row.disbursement.amount))
        return Linked("집행 장부", won, links.ledger_row(row.disbursement.pk), row.disbursement.is_void)
    if row.contract:
        page = links.record("subsidies:contract_detail", row.contract.pk)
        return Linked("용역 계약", row.contract.amount, page, row.contract.is_void)
    if row.entrustment:
        page = links.record("subsidies:entrustment_detail", row.entrustment.pk)
        return Linked("민간위탁 협약", row.entrustment.amount, page, row.entrustment.is_void)
    if row.event:
        page = links.record("markets:event", row.event.pk)
        return Linked("시장 행사 매출", row.event.sales, page, row.event.is_void)
    return None


def told_amounts(facts: Facts) -> Iterator[Finding]:
    """A log row that names a record tells another amount than the record."""
    for row in facts.activities:
        record, amounts = linked(row), told(f"{row.title}\n{row.detail}")
        if record is None or record.is_void or record.won is None or not amounts:
            continue
        if not tells(amounts, record.won):
            yield Finding(
                "log_amount",
                f"log_amount:{row.pk}",
                Severity.SERIOUS if row.disbursement else Severity.WARNING,
                row_of(row),
                f"추진실적에 적힌 금액이 {record.label}의 금액과 다릅니다.",
                Amount("추진실적", _nearest(amounts, record.won)),
                Amount(record.label, record.won),
                "틀린 쪽을 고치세요: 추진실적의 글 또는 이어진 기록.",
                record.link,
            )


def own_sentences(facts: Facts) -> Iterator[Finding]:
    """A ledger row whose own log sentence tells another amount: it was edited after the sentence was made."""
    for row in facts.paid:
        amounts = told(row.log_text) if row.log_text else []
        if amounts and not tells(amounts, abs(row.amount)):
            yield Finding(
                "sentence_amount",
                f"sentence_amount:{row.pk}",
                Severity.SERIOUS,
                f"{row.where} 추진실적 문구",
                "장부의 추진실적 문구에 적힌 금액이 그 줄의 금액과 다릅니다.",
                Amount("추진실적 문구", _nearest(amounts, abs(row.amount))),
                Amount("집행 장부", abs(row.amount)),
                "장부에서 추진실적 문구를 고치세요.",
                links.ledger_row(row.pk),
            )


def void_records(facts: Facts) -> Iterator[Finding]:
    """A log row still tells of a record that was voided."""
    for row in facts.activities:
        record = linked(row)
        if record is not None and record.is_void:
            yield Finding(
                "log_void",
                f"log_void:{row.pk}",
                Severity.SERIOUS,
                row_of(row),
                f"무효 처리된 {record.label}을(를) 아직 적고 있습니다.",
                Amount("추진실적", row.title),
                Amount(record.label, "무효"),
                "추진실적 줄도 무효로 하거나 맞는 기록과 이으세요.",
                links.of_pledge("activity_edit", facts.pledge, row.pk),
            )


def dates(facts: Facts) -> Iterator[Finding]:
    """A log row's date is not the day its payment was made."""
    for row in facts.activities:
        payment = row.disbursement
        if payment is None or payment.is_void:
            continue
        if not row.starts_on <= payment.paid_on <= (row.ends_on or row.starts_on):
            yield Finding(
                "log_date",
                f"log_date:{row.pk}",
                Severity.WARNING,
                row_of(row),
                "추진실적의 일자가 장부의 교부일과 다릅니다.",
                Amount("추진실적", row.date_text),
                Amount("집행 장부", korean_date(payment.paid_on)),
                "틀린 쪽의 날짜를 고치세요.",
                links.ledger_row(payment.pk),
            )


def _pays(row: Activity) -> bool:
    """A row that names no record and tells of a payment with its amount."""
    unlinked = not (row.disbursement_id or row.contract_id or row.entrustment_id or row.event_id)
    text = f"{row.title}\n{row.detail}"
    return unlinked and bool(PAYING.search(text)) and bool(told(text))


def _found_in(ledger: list[Paid], row: Activity) -> Paid | None:
    """The ledger row an unlinked log row tells of: paid on its days, with its amount."""
    amounts, last = told(f"{row.title}\n{row.detail}"), row.ends_on or row.starts_on
    near = (paid for paid in ledger if row.starts_on <= paid.day <= last)
    return next((paid for paid in near if tells(amounts, abs(paid.amount))), None)


def without_record(facts: Facts) -> Iterator[Finding]:
    """A payment is told in the log, and the ledger has none of that day and amount."""
    for row in facts.activities:
        if _pays(row) and _found_in(facts.paid, row) is None:
            amounts = told(f"{row.title}\n{row.detail}")
            yield Finding(
                "log_unrecorded",
                f"log_unrecorded:{row.pk}",
                Severity.WARNING,
                row_of(row),
                "추진실적에 적힌 지급이 집행 장부에 없습니다.",
                Amount("추진실적", amounts[0].value_won),
                Amount("집행 장부", "기록 없음"),
                "교부를 장부에 입력하고 추진실적 줄에서 그 기록을 고르세요.",
                links.of_pledge("activity_edit", facts.pledge, row.pk),
            )


def years(facts: Facts) -> Iterator[Finding]:
    """The payments a year's log tells of are more than the execution table shows for that year.

    Less is no finding: a log tells of some payments only. Returns within the year are added back, since the log
    tells what was handed out.
    """
    step = unit(facts.pledge.execution_unit).won
    restored: dict[int, int] = defaultdict(int)
    for paid in facts.paid:
        if paid.kind == LedgerKind.RESTORED and facts.counts_paid(paid):
            restored[paid.year] -= paid.amount
    for year, won in sorted(told_by_year(facts).items()):
        shown = facts.execution.of_year(year) if year in facts.execution.years else None
        if shown is None or won - restored[year] - shown < step:
            continue
        yield Finding(
            "log_year",
            f"log_year:{year}",
            Severity.SERIOUS,
            f"예산 집행액 표 {year}년",
            f"추진실적에 적힌 {year}년 교부·지급 합계가 예산 집행액보다 많습니다.",
            Amount(f"추진실적 {year}년 합계", won),
            Amount(f"집행액 표 {year}년", shown),
            "집행액의 도입 전 누계를 정정하거나 상세로 대체하거나 뒤의 기준일로 새로 정하세요.",
            links.of_pledge("openings", facts.pledge),
        )


def told_by_year(facts: Facts) -> dict[int, int]:
    """Won that the log says were handed out, by fiscal year; each payment once.

    Payments of programmes that count what was spent (실집행액) stay out: the table does not show them.
    """
    totals: dict[int, int] = defaultdict(int)
    by_spent = {program.pk for program in facts.programs if program.basis == Basis.SPENT}
    taken: set[int] = {row.pk for row in facts.paid if row.program in by_spent}
    for row in facts.activities:
        payment = row.disbursement
        if payment is not None and not payment.is_void and payment.kind == LedgerKind.PAYMENT:
            amounts = told(f"{row.title}\n{row.detail}")
            if amounts and payment.pk not in taken:
                totals[payment.fiscal_year] += _nearest(amounts, int(payment.amount))
                taken.add(payment.pk)
        elif _pays(row):
            found = _found_in(facts.paid, row)
            if found is None or (found.is_payment and found.pk not in taken):
                year = found.year if found else row.starts_on.year
                totals[year] += told(f"{row.title}\n{row.detail}")[0].value_won
                taken.update({found.pk} if found else ())
    for paid in facts.payments:
        if paid.log_text and paid.pk not in taken and told(paid.log_text):
            totals[paid.year] += paid.amount
    return totals


CHECKS = (told_amounts, own_sentences, void_records, dates, without_record, years)
