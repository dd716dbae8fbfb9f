"""Unit suspicions: amounts about 1,000 times too large or too small (DOMAIN §4.1)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median_low

from common.money import unit
from pledges.reconciling import links
from pledges.reconciling.awards import Granted
from pledges.reconciling.batch import Facts
from pledges.reconciling.ledger import Paid
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.checks import UNIT_SLIP, is_unit_slip
from subsidies.models import SupportOpening

# Fewer payments than this say nothing of what is usual.
ENOUGH = 3
READ_AS = re.compile(r"단위를? ?(?P<unit>[가-힣 ]+원)(?:으로|로) 읽음")


def support_above_cost(facts: Facts) -> Iterator[Finding]:
    """지원현황 of one year is more than the pledge's whole 총사업비, or than a hundredfold of what that year executed:
    천 원 read as 백만 원."""
    cost = facts.pledge.cost_total
    for year, won in sorted(_support(facts).items()):
        executed = facts.execution.of_year(year) if year in facts.execution.years else None
        if cost and won > cost:
            what, other = "총사업비보다 큽니다", Amount("총사업비", cost)
        elif executed and won > executed * UNIT_SLIP:
            what, other = (
                f"{year}년 집행액의 {UNIT_SLIP}배를 넘습니다",
                Amount(f"{year}년 예산 집행액", executed),
            )
        else:
            continue
        yield Finding(
            "unit_support",
            f"unit_support:{year}",
            Severity.SERIOUS,
            f"지원현황 {year}년",
            f"한 해 지원액이 {what}. 천 원을 백만 원으로 읽은 것은 아닙니까?",
            Amount(f"지원현황 {year}년 합계", won),
            other,
            "지원현황의 도입 전 누계와 교부결정의 단위를 확인하세요.",
            links.program(_first_opening(facts, year) or facts.programs[0].pk, "support"),
        )


def _support(facts: Facts) -> dict[int, int]:
    """지원액 by year of the pledge's own programmes: the last opening and the awards after it (won)."""
    totals: dict[int, int] = defaultdict(int)
    for program in facts.programs:
        if not program.in_support_table:
            continue
        last = {row.year: row for row in facts.batch.support_openings.get(program.pk, ())}
        for year, opening in last.items():
            totals[year] += opening.amount or 0
        for award in facts.batch.awards.get(program.pk, ()):
            known = award.year in last and award.is_by(last[award.year].on)
            if award.year in facts.term.years and award.is_by(facts.as_of) and not known:
                totals[award.year] += award.amount
    return totals


def _openings(facts: Facts, year: int) -> list[SupportOpening]:
    return [
        row
        for program in facts.programs
        for row in facts.batch.support_openings.get(program.pk, ())
        if row.year == year
    ]


def _first_opening(facts: Facts, year: int) -> int | None:
    return next((row.program_id for row in _openings(facts, year)), None)


def read_otherwise(facts: Facts) -> Iterator[Finding]:
    """The opening's 출처 says that its table was read in another unit than printed: both readings, side by side."""
    larger = unit(facts.pledge.execution_unit).won // unit(facts.pledge.support_unit).won
    for year in facts.term.years:
        read = [row for row in _openings(facts, year) if READ_AS.search(row.source)]
        won = sum(row.amount or 0 for row in read)
        if not won or larger <= 1:
            continue
        beyond = "(문서대로 읽으면 총사업비를 넘음)" if won * larger > facts.pledge.cost_total else ""
        yield Finding(
            "unit_read_otherwise",
            f"unit_read_otherwise:{year}",
            Severity.NOTE,
            f"지원현황 {year}년",
            f"문서의 단위와 달리 읽은 표입니다{beyond}. 출처: {read[0].source}",
            Amount("문서대로 읽은 값", won * larger),
            Amount("읽은 값", won),
            "다음 판의 문서에서 표의 단위를 바로잡으세요.",
            links.program(read[0].program_id, "support"),
        )


def payment_above_cost(facts: Facts) -> Iterator[Finding]:
    """One payment is more than the pledge's whole 총사업비."""
    cost = facts.pledge.cost_total
    for row in facts.payments:
        if cost and row.amount > cost:
            yield Finding(
                "unit_payment_cost",
                f"unit_payment_cost:{row.pk}",
                Severity.SERIOUS,
                row.where,
                "한 번의 교부가 총사업비보다 큽니다. 단위를 잘못 적은 것은 아닙니까?",
                Amount("집행 장부", row.amount),
                Amount("총사업비", cost),
                "장부의 금액을 확인하세요.",
                links.ledger_row(row.pk),
            )


def decided_above_cost(facts: Facts) -> Iterator[Finding]:
    """One 협약, 계약, or 교부결정 that no table adds up, is more than the pledge's whole 총사업비."""
    cost = facts.pledge.cost_total
    for where, won, link, checked in _decided(facts) if cost else ():
        if won > cost:
            yield Finding(
                "unit_decided_cost",
                f"unit_decided_cost:{link}",
                Severity.NOTE if checked else Severity.SERIOUS,
                where,
                "한 번의 결정·약정이 총사업비보다 큽니다. 단위를 잘못 적은 것은 아닙니까?",
                Amount("결정·약정 금액", won),
                Amount("총사업비", cost),
                "금액의 단위를 확인하세요.",
                link,
            )


def _decided(facts: Facts) -> Iterator[tuple[str, int, str, bool]]:
    """Awards and agreements: what each is called, its won, its page, whether it was looked into."""
    firms = facts.batch.firms
    for program in facts.programs:
        # Those of 지원현황 are told of with their year.
        for award in () if program.in_support_table else facts.batch.awards.get(program.pk, ()):
            if award.year >= facts.term.starts_on.year and award.is_by(facts.as_of):
                name = f"교부결정 {award.year}년 {firms.get(award.enterprise, '')}"
                link = links.record("subsidies:award_detail", award.pk)
                yield name, award.amount, link, award.checked_on is not None
        for agreements, page in (
            (facts.batch.entrustments, "subsidies:entrustment_detail"),
            (facts.batch.contracts, "subsidies:contract_detail"),
        ):
            for row in agreements.get(program.pk, ()):
                yield (
                    f"{row._meta.verbose_name} ‘{row.title}’",
                    row.amount or 0,
                    links.record(page, row.pk),
                    False,
                )


def unusual_award(facts: Facts) -> Iterator[Finding]:
    """A 교부결정 about 1,000 times, or 1/1,000 of, what the programme usually decides."""
    for program in facts.programs:
        awards = [row for row in facts.batch.awards.get(program.pk, ()) if row.is_by(facts.as_of)]
        usual = _usual(awards) or _usual(facts.batch.ledger.get(program.pk, ()))
        for row in awards if usual else ():
            if usual and is_unit_slip(row.amount, usual) and row.year >= facts.term.starts_on.year:
                yield Finding(
                    "unit_award",
                    f"unit_award:{row.pk}",
                    Severity.NOTE if row.checked_on else Severity.SERIOUS,
                    f"교부결정 {row.year}년 {facts.batch.firms.get(row.enterprise, '')}",
                    "이 사업에서 보통 결정하는 금액의 1,000배쯤이거나 1,000분의 1쯤입니다.",
                    Amount("교부결정", row.amount),
                    Amount("보통 금액(중앙값)", usual),
                    "원 단위로 적었는지 확인하고 금액을 고치세요.",
                    links.record("subsidies:award_detail", row.pk),
                )


def _usual(rows: Sequence[Granted | Paid]) -> int | None:
    """The middle of enough amounts that were decided or paid."""
    amounts = [row.amount for row in rows if row.amount > 0]
    return median_low(amounts) if len(amounts) > ENOUGH else None


def unusual_payment(facts: Facts) -> Iterator[Finding]:
    """A payment about 1,000 times, or 1/1,000 of, what the programme usually pays.

    The amount that its 교부결정 decided, or its instalment planned, is borne out by another record.
    """
    by_program: dict[int, list[int]] = defaultdict(list)
    for row in facts.payments:
        by_program[row.program].append(row.amount)
    usual = {program: median_low(won) for program, won in by_program.items() if len(won) > ENOUGH}
    for row in facts.payments:
        middle = usual.get(row.program)
        if middle is None or middle / UNIT_SLIP < row.amount < middle * UNIT_SLIP or _borne_out(facts, row):
            continue
        yield Finding(
            "unit_payment",
            f"unit_payment:{row.pk}",
            Severity.NOTE if row.checked_on else Severity.SERIOUS,
            row.where,
            "이 사업에서 보통 나가는 금액의 1,000배쯤이거나 1,000분의 1쯤입니다.",
            Amount("집행 장부", row.amount),
            Amount("보통 금액(중앙값)", middle),
            "원 단위로 적었는지 확인하고 금액을 고치세요.",
            links.ledger_row(row.pk),
        )


def _borne_out(facts: Facts, row: Paid) -> bool:
    """Whether another record says this very amount; an award that is itself doubtful is a finding of its own."""
    awards = facts.batch.awards.get(row.program, ())
    planned = facts.batch.instalments.get(row.entrustment or 0, ())
    return any(
        one.amount == row.amount and (one.pk == row.award or one.enterprise == row.enterprise)
        for one in awards
        if row.enterprise is not None
    ) or any(one.amount == row.amount and one.year == row.year for one in planned)


CHECKS = (
    support_above_cost, read_otherwise, payment_above_cost, decided_above_cost, unusual_payment, unusual_award,
)  # fmt: skip
