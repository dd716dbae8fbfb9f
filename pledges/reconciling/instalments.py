"""Instalments of entrustments: quarters that were never paid, and amounts other than planned (DOMAIN §4.8)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from common.notation import NotationError, read_quarter
from common.periods import Quarter
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.models import Entrustment, Instalment

SEVERAL = re.compile(r"([1-4])\s*(?:분기)?\s*([·,~∼및와+-])\s*([1-4])\s*(?:분기|/\s*4)")
QUARTER = re.compile(r"(?:제\s*)?[1-4ⅠⅡⅢⅣ]\s*(?:/\s*4|사)?\s*분기|[1-4]\s*/\s*4")
HALVES = {"상반기": {1, 2}, "하반기": {3, 4}}


def missing_instalments(facts: Facts) -> Iterator[Finding]:
    """An entrustment paid by quarter lacks a quarter's instalment: between two that were paid, or of an ended quarter.

    The label counts, not the date (DOMAIN §4.8). Quarters before the term or outside the agreement are not asked for.
    """
    paid = _paid_quarters(facts)
    for program in facts.programs:
        for agreement in facts.batch.entrustments.get(program.pk, ()):
            by_year = paid[agreement.pk]
            if sum(len(numbers) for numbers in by_year.values()) < 2:
                continue
            planned = _planned_quarters(facts, agreement)
            for year in sorted({*planned, *by_year}):
                for quarter in _expected(facts, agreement, year, by_year[year]):
                    yield _missing(facts, agreement, quarter, by_year[year])


def _paid_quarters(facts: Facts) -> dict[int, dict[int, set[int]]]:
    """By entrustment and fiscal year: the quarters that instalments were labelled with."""
    found: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in facts.payments:
        if row.entrustment and (numbers := quarters_named(row.installment)):
            found[row.entrustment][row.year] |= numbers
    return found


def _planned_quarters(facts: Facts, agreement: Entrustment) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for row in facts.batch.instalments.get(agreement.pk, ()):
        if numbers := quarters_named(row.label):
            found[row.year] |= numbers
    return found


def quarters_named(label: str) -> set[int]:
    """``3분기`` -> {3}, ``1~2분기``, ``1·2분기`` and ``상반기`` -> {1, 2}; none where the label names no quarter."""
    for half, numbers in HALVES.items():
        if half in label:
            return numbers
    if several := SEVERAL.search(label):
        first, sign, last = int(several[1]), several[2], int(several[3])
        return set(range(first, last + 1)) if sign in "~∼-" else {first, last}
    words = QUARTER.search(label)
    try:
        return {read_quarter(words[0])} if words else set()
    except NotationError:
        return set()


def _expected(facts: Facts, agreement: Entrustment, year: int, paid: set[int]) -> Iterator[Quarter]:
    for number in {1, 2, 3, 4} - paid:
        quarter = Quarter(year, number)
        before = quarter.last_day < max(facts.term.starts_on, agreement.starts_on or date.min)
        after = agreement.ends_on is not None and quarter.first_day > agreement.ends_on
        due = quarter.last_day <= facts.as_of or number < max(paid, default=0)
        if due and not before and not after:
            yield quarter


def _missing(facts: Facts, agreement: Entrustment, quarter: Quarter, paid: set[int]) -> Finding:
    there = "·".join(f"{number}분기" for number in sorted(paid))
    return Finding(
        "missing_instalment",
        f"missing_instalment:{agreement.pk}:{quarter.year}:{quarter.number}",
        Severity.WARNING,
        f"집행 장부 {agreement.title} {quarter.year}년",
        f"{quarter} 위탁금의 교부 기록이 없습니다.",
        Amount("교부한 분기", there or "없음"),
        Amount("빠진 분기", f"{quarter.number}분기"),
        "교부했으면 장부에 입력하고, 교부하지 않았으면 까닭을 설명에 적으세요.",
        links.record("subsidies:entrustment_detail", agreement.pk),
    )


def other_amounts(facts: Facts) -> Iterator[Finding]:
    """What was paid of an instalment is more than planned, or less once its quarter has ended."""
    paid: dict[tuple[int, int, str], int] = defaultdict(int)
    for row in facts.payments:
        if row.entrustment:
            paid[row.entrustment, row.year, _label(row.installment)] += row.amount
    for program in facts.programs:
        for agreement in facts.batch.entrustments.get(program.pk, ()):
            for plan in facts.batch.instalments.get(agreement.pk, ()):
                won = paid.get((agreement.pk, plan.year, _label(plan.label)), 0)
                if not plan.amount or not won or won == plan.amount:
                    continue
                if won > plan.amount or _ended(facts, plan):
                    yield _other(agreement, plan, won)


def _label(text: str) -> str:
    """What a plan and a payment call one instalment: its quarters, else its words."""
    numbers = quarters_named(text)
    return "·".join(map(str, sorted(numbers))) if numbers else "".join(text.split())


def _ended(facts: Facts, plan: Instalment) -> bool:
    last = Quarter(plan.year, max(quarters_named(plan.label) or {4})).last_day
    return last <= facts.as_of


def _other(agreement: Entrustment, plan: Instalment, won: int) -> Finding:
    return Finding(
        "instalment_amount",
        f"instalment_amount:{plan.pk}",
        Severity.WARNING,
        f"{agreement.title} {plan.year}년 {plan.label}",
        "지급한 위탁금이 협약의 차수별 예정액과 다릅니다.",
        Amount("지급액", won),
        Amount("예정액", plan.amount),
        "변경 협약의 예정액을 입력하거나 장부의 금액·차수를 고치세요.",
        links.record("subsidies:entrustment_detail", agreement.pk),
    )


CHECKS = (missing_instalments, other_amounts)
