"""The ledger against budgets, agreements, the execution table and 총사업비. Won."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from common.models import OpeningMethod
from common.money import printed_unit
from common.periods import korean_date
from pledges.models import ExecutionOpening
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity
from pledges.spent import is_after_term
from subsidies.models import SOURCES, Source
from subsidies.splits import SOURCE_LABELS, Shares


def over_budget(facts: Facts) -> Iterator[Finding]:
    """A programme's year executed more than its 예산현액, as a whole or of one source. No budget, no limit."""
    mine = {program.pk: program for program in facts.programs}
    for (key, year), budget in facts.batch.budgets.items():
        program = mine.get(key)
        if program is None or year < facts.term.starts_on.year:
            continue
        used = facts.batch.executed.get((key, year), Shares())
        whole = (("예산", Severity.SERIOUS, used.total, budget.total),)
        parts = (
            (f"{SOURCE_LABELS[s]} 예산", Severity.WARNING, getattr(used, s), getattr(budget, s))
            for s in SOURCES
        )
        over = whole if whole[0][2] > whole[0][3] else tuple(part for part in parts if part[2] > part[3])
        for what, severity, spent, given in over:
            yield Finding(
                "over_budget",
                f"over_budget:{program.pk}:{year}:{what}",
                severity,
                f"{program} {year} 회계연도",
                f"집행이 {what}보다 많습니다.",
                Amount("집행 장부", spent),
                Amount("예산현액", given),
                "빠진 추경·이월 예산을 입력하거나 장부의 금액·회계연도를 고치세요.",
                links.program(program.pk, "budgets"),
            )


def over_agreement(facts: Facts) -> Iterator[Finding]:
    """What was paid under a 민간위탁 협약 or a 용역 계약, less returns, is more than its sum."""
    for name, page, found in (
        ("entrustment", "subsidies:entrustment_detail", facts.batch.entrustments),
        ("contract", "subsidies:contract_detail", facts.batch.contracts),
    ):
        paid = facts.batch.paid_under[name]
        for agreement in (one for program in facts.programs for one in found.get(program.pk, ())):
            if agreement.amount is None or paid.get(agreement.pk, 0) <= agreement.amount:
                continue
            yield Finding(
                "over_agreement",
                f"over_agreement:{name}:{agreement.pk}",
                Severity.SERIOUS,
                f"{agreement._meta.verbose_name} ‘{agreement.title}’",
                "지급 합계가 약정한 금액보다 많습니다.",
                Amount("지급 합계", paid[agreement.pk]),
                Amount("약정 금액", agreement.amount),
                "변경 협약·계약의 금액을 입력하거나 지급 기록을 고치세요.",
                links.record(page, agreement.pk),
            )


def execution_details(facts: Facts) -> Iterator[Finding]:
    """Ledger rows that itemise an opening of 집행액: 상세 합계 초과 by year and source, the rest by year.

    A figure printed in 백만 원 holds details up to one unit above it: tables that foot round up or down (§4.5).
    """
    openings = facts.batch.execution_openings.get(facts.pledge.pk, [])
    base = [row for row in openings if row.on == openings[-1].on]
    whole: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for opening in base:
        details, margin = _details(facts, opening), margin_of(facts, opening)
        for at, won in enumerate((details, opening.amount, margin)):
            whole[opening.year][at] += won
        if details - opening.amount > margin:
            yield _excess(facts, opening, details)
    for year, (details, amount, margin) in sorted(whole.items()):
        if 0 < details < amount - margin:
            yield _rest(facts, year, details, amount, base[0])


def _details(facts: Facts, opening: ExecutionOpening) -> int:
    paid = sum(
        getattr(row, opening.fund)
        for row in facts.paid
        if facts.counts_paid(row)
        and row.day <= opening.on
        and row.year == opening.year
        and (row.day > facts.term.ends_on) == opening.after_term
    )
    return paid + sum(
        getattr(row.shares, opening.fund)
        for row in facts.spent
        if row.day <= opening.on
        and row.year == opening.year
        and is_after_term(row, facts.term.ends_on) == opening.after_term
    )


def margin_of(facts: Facts, opening: ExecutionOpening) -> int:
    """How far a figure printed in the table's unit may be from its won: tables that foot round up or down (§4.5)."""
    step = printed_unit(facts.pledge.execution_unit, facts.pledge.unit_decimals).step
    rounded = opening.method != OpeningMethod.DETAILS and opening.amount % step == 0
    return step - 1 if rounded else 0


def _excess(facts: Facts, opening: ExecutionOpening, details: int) -> Finding:
    what = f"{'임기 후' if opening.after_term else opening.year} {Source(opening.fund).label}"
    return Finding(
        "execution_excess",
        f"execution_excess:{what}",
        Severity.SERIOUS,
        f"예산 집행액 표 {what}",
        f"장부의 상세 합계가 도입 전 누계({korean_date(opening.on)})를 넘습니다(상세 합계 초과).",
        Amount("집행 장부 상세", details),
        Amount("도입 전 누계", opening.amount),
        "장부의 재원·회계연도가 맞으면 도입 전 누계를 정정하거나 상세로 대체하세요.",
        links.of_pledge("openings", facts.pledge),
    )


def _rest(facts: Facts, year: int, details: int, amount: int, opening: ExecutionOpening) -> Finding:
    return Finding(
        "execution_rest",
        f"execution_rest:{year}",
        Severity.NOTE,
        f"예산 집행액 표 {year}년",
        f"도입 전 누계({korean_date(opening.on)})의 일부만 장부에 있습니다(상세 미등록분).",
        Amount("집행 장부 상세", details),
        Amount("도입 전 누계", amount),
        "나머지 교부·지급을 아는 대로 장부에 입력하세요. 집계는 바뀌지 않습니다.",
        links.of_pledge("openings", facts.pledge),
    )


def beyond_cost(facts: Facts) -> Iterator[Finding]:
    """More was executed than the whole 총사업비, or than its part of one source."""
    pledge, execution = facts.pledge, facts.execution
    if not pledge.cost_total:
        return
    whole = [("", Severity.SERIOUS, execution.total, int(pledge.cost_total))]
    parts = [
        (f" {SOURCE_LABELS[s]}", Severity.WARNING, execution.of_source(s), int(getattr(pledge, f"cost_{s}")))
        for s in SOURCES
    ]
    for what, severity, spent, cost in whole + parts:
        if spent is not None and spent > cost:
            yield Finding(
                "beyond_cost",
                f"beyond_cost:{what.strip()}",
                severity,
                f"총사업비{what}",
                f"예산 집행액{what} 합계가 총사업비{what} 금액을 넘습니다.",
                Amount(f"예산 집행액{what}", spent),
                Amount(f"총사업비{what}", cost),
                "총사업비를 바뀐 계획으로 고치거나 집행액의 단위·재원을 확인하세요.",
                links.of_pledge("edit", pledge),
            )
            if not what:
                return


CHECKS = (over_budget, over_agreement, execution_details, beyond_cost)
