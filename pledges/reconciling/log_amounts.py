"""추진실적 against the books: amounts told in the log beside the records they tell of (DOMAIN §4.6, §10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from common.periods import korean_date
from pledges.models import Activity
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.log_payments import paid_together
from pledges.reconciling.log_text import nearest, tells, told, told_by
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.wording import thousands


def row_of(activity: Activity) -> str:
    return f"추진실적 연번 {activity.no}"


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
        record, amounts = linked(row), told_by(row)
        if record is None or record.is_void or record.won is None or not amounts:
            continue
        if not tells(amounts, record.won) and not (row.disbursement and paid_together(facts, row)):
            yield Finding(
                "log_amount",
                f"log_amount:{row.pk}",
                Severity.SERIOUS if row.disbursement else Severity.WARNING,
                row_of(row),
                f"추진실적에 적힌 금액이 {record.label}의 금액과 다릅니다.",
                Amount("추진실적", nearest(amounts, record.won)),
                Amount(record.label, record.won),
                "틀린 쪽을 고치세요: 추진실적의 글 또는 이어진 기록.",
                record.link,
            )


def own_sentences(facts: Facts) -> Iterator[Finding]:
    """A ledger row whose own log sentence tells another amount: it was edited after the sentence was made."""
    for row in facts.paid:
        if not row.log_text or says(row.log_text, abs(row.amount)):
            continue
        amounts = told(row.log_text)
        if amounts and not tells(amounts, abs(row.amount)):
            yield Finding(
                "sentence_amount",
                f"sentence_amount:{row.pk}",
                Severity.SERIOUS,
                f"{row.where} 추진실적 문구",
                "장부의 추진실적 문구에 적힌 금액이 그 줄의 금액과 다릅니다.",
                Amount("추진실적 문구", nearest(amounts, abs(row.amount))),
                Amount("집행 장부", abs(row.amount)),
                "장부에서 추진실적 문구를 고치세요.",
                links.ledger_row(row.pk),
            )


def says(text: str, won: int) -> bool:
    """Whether a sentence holds the very words that tell of ``won``: quicker than to read it."""
    words = thousands(won)
    at = text.find(words)
    return at > 0 and not (text[at - 1].isdigit() or text[at - 1] in ",.")


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


CHECKS = (told_amounts, own_sentences, void_records, dates)
