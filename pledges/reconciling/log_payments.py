"""추진실적 against the ledger: payments told of beside those recorded, one by one and by year (DOMAIN §4.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from common.money import unit
from common.periods import korean_date
from pledges.models import Activity
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.ledger import Paid
from pledges.reconciling.log_text import fiscal_year, nearest, pays, tells, told, told_by
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.models import LedgerKind
from subsidies.models.programs import Basis

ROW = "추진실적 연번"


def on_its_days(facts: Facts, row: Activity) -> list[Paid]:
    """Payments made on the days of a log row."""
    first, last = row.starts_on, row.ends_on or row.starts_on
    if first == last:
        return facts.payments_on.get(first, [])
    return [paid for day, rows in facts.payments_on.items() if first <= day <= last for paid in rows]


def behind(facts: Facts, row: Activity) -> list[Paid]:
    """The payments an unlinked row tells of: made on its days, one of them or several together; none: empty."""
    amounts, near = told_by(row), on_its_days(facts, row)
    together = [near, *_by_program(near), *([paid] for paid in near)]
    return next((rows for rows in together if rows and tells(amounts, _won(rows))), [])


def paid_together(facts: Facts, row: Activity) -> list[Paid]:
    """The payments a row linked to one of them tells of: with those of its programme on its days; none: empty."""
    payment = row.disbursement
    same = [paid for paid in on_its_days(facts, row) if payment and paid.program == payment.program_id]
    return same if len(same) > 1 and tells(told_by(row), _won(same)) else []


def _by_program(rows: Iterable[Paid]) -> Iterable[list[Paid]]:
    found: dict[int, list[Paid]] = defaultdict(list)
    for row in rows:
        found[row.program].append(row)
    return found.values()


def _won(rows: Iterable[Paid]) -> int:
    return sum(row.amount for row in rows)


def without_record(facts: Facts) -> Iterator[Finding]:
    """A payment is told in the log, and the ledger has none of that day and amount.

    Until the day of an opening the ledger is not the whole: what it does not hold lies within the opening.
    """
    openings = facts.batch.execution_openings.get(facts.pledge.pk, [])
    opened = openings[-1].on if openings else date.min
    for row in facts.activities:
        if not pays(row) or behind(facts, row):
            continue
        what, right = _otherwise(facts, row)
        if right is None and row.starts_on <= opened:
            continue
        yield Finding(
            "log_unrecorded",
            f"log_unrecorded:{row.pk}",
            Severity.WARNING,
            f"{ROW} {row.no}",
            what,
            Amount(
                "추진실적", told_by(row)[0].value_won if not right else nearest(told_by(row), right.amount)
            ),
            _recorded(row, right),
            "틀린 쪽의 금액이나 날짜를 고치고 추진실적 줄에서 그 기록을 고르세요."
            if right
            else "교부를 장부에 입력하고 추진실적 줄에서 그 기록을 고르세요.",
            links.of_pledge("activity_edit", facts.pledge, row.pk),
        )


def _otherwise(facts: Facts, row: Activity) -> tuple[str, Paid | None]:
    """What the ledger has instead: that amount on another day of the year, another amount on that day, or nothing."""
    taken = {one.disbursement_id for one in facts.activities}
    free = [paid for paid in facts.payments if paid.pk not in taken and not paid.log_text]
    years = {row.starts_on.year, row.starts_on.year - 1}
    elsewhere = [paid for paid in free if paid.year in years and tells(told_by(row), paid.amount)]
    if elsewhere:
        near = min(elsewhere, key=lambda paid: abs(paid.day - row.starts_on))
        return "추진실적에 적힌 지급이 집행 장부에는 다른 날짜로 있습니다.", near
    same_day = [paid for paid in on_its_days(facts, row) if paid in free]
    if same_day:
        first = told_by(row)[0].value_won
        near = min(same_day, key=lambda paid: abs(paid.amount - first))
        return "추진실적에 적힌 금액이 그날의 집행 장부 금액과 다릅니다.", near
    return "추진실적에 적힌 지급이 집행 장부에 없습니다.", None


def _recorded(row: Activity, paid: Paid | None) -> Amount:
    if paid is None:
        return Amount("집행 장부", "기록 없음")
    return Amount(f"집행 장부 {korean_date(paid.day)}", paid.amount)


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
    """Won that the log says were handed out within the term, by fiscal year; each payment once.

    A payment that is told as recorded counts as recorded, not as rounded. Payments of programmes that count what
    was spent (실집행액) stay out: the table does not show them.
    """
    totals: dict[int, int] = defaultdict(int)
    by_spent = {program.pk for program in facts.programs if program.basis == Basis.SPENT}
    is_over = facts.as_of > facts.term.ends_on
    taken = {
        row.pk for row in facts.paid if row.program in by_spent or (is_over and facts.is_after_term(row))
    }
    for row in facts.activities:
        payments, year, won = _tells_of(facts, row)
        new = [paid for paid in payments if paid.pk not in taken]
        taken.update(paid.pk for paid in payments)
        if not payments or not tells(told_by(row), _won(payments)):
            totals[year] += won if new or not payments else 0
            continue
        for paid in new:
            totals[paid.year] += paid.amount
    for paid in facts.payments:
        if paid.log_text and paid.pk not in taken and told(paid.log_text):
            totals[paid.year] += paid.amount
    return totals


def _tells_of(facts: Facts, row: Activity) -> tuple[list[Paid], int, int]:
    """The payments that a log row tells of, and the year and won it tells where they are others (0: none)."""
    payment, amounts = row.disbursement, told_by(row)
    if payment is not None:
        if payment.is_void or payment.kind != LedgerKind.PAYMENT or not amounts:
            return [], row.starts_on.year, 0
        won, mine = int(payment.amount), facts.payments_by_key.get(payment.pk)
        alone = [mine] if mine else []
        rows = alone if tells(amounts, won) else paid_together(facts, row) or alone
        return rows, payment.fiscal_year, nearest(amounts, won)
    if not pays(row):
        return [], row.starts_on.year, 0
    is_late = row.starts_on > facts.term.ends_on
    return behind(facts, row), fiscal_year(row), 0 if is_late else amounts[0].value_won


CHECKS = (without_record, years)
