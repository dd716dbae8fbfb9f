"""Openings of registers, 지원현황, 집행액 against details, later ones against earlier (DOMAIN §3.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django.urls import reverse

from common.money import printed_unit
from common.periods import korean_date
from enterprises.register import KINDS, MEMBERS, TENANTS, Register
from pledges.models import ExecutionOpening
from pledges.reconciling import links
from pledges.reconciling.awards import inside
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity
from pledges.reconciling.money import margin_of
from pledges.reconciling.openings import compared
from subsidies.models import SupportOpening

LABELS = {KINDS.key: ("기업 현황", "개소"), TENANTS.key: ("입주기업", "개"), MEMBERS.key: ("위원", "명")}

# Where the page of the register's openings shows them.
PARTS = {KINDS.key: "enterprises", TENANTS.key: "tenants", MEMBERS.key: "members"}


def _of_pledge(facts: Facts) -> Iterator[tuple[Register, set[int] | None]]:
    """The registers that stand on the card, with the keys that are the pledge's own (None: all)."""
    pledge = facts.pledge
    if facts.uses_register:
        yield KINDS, None
    yield TENANTS, {space.pk for space in pledge.spaces.all()}
    yield MEMBERS, {pledge.committee_id} if pledge.committee_id else set()


def levels(facts: Facts) -> Iterator[Finding]:
    """Rows of a register that itemise its opening: more than it, or a part of it."""
    for which, keys in _of_pledge(facts):
        name, unit = LABELS[which.key]
        for key, openings in facts.batch.registers.openings(which).items():
            if keys is not None and key not in keys:
                continue
            opening = openings[-1]
            known = facts.batch.registers.details(which, opening.on)[key]
            where = f"{name} {_named(opening)}"
            link = f"{reverse('enterprises:openings')}#part-{PARTS[which.key]}"
            yield from compared(facts, f"{which.key}:{key}", where, opening, known, opening.count, unit, link)


def renewed_levels(facts: Facts) -> Iterator[Finding]:
    """A later opening of a register is not the earlier one plus starts, minus ends."""
    for which, keys in _of_pledge(facts):
        name, unit = LABELS[which.key]
        for key, openings in facts.batch.registers.openings(which).items():
            for earlier, later in pairwise(openings) if keys is None or key in keys else ():
                made = earlier.count + facts.batch.registers.change(which, earlier.on, later.on)[key]
                if made != later.count:
                    yield _gap(
                        f"{which.key}:{key}:{later.on}",
                        f"{name} {_named(later)}",
                        (earlier.on, later.on),
                        Amount("앞의 누계 + 기록", made, unit),
                        Amount("뒤의 도입 전 누계", later.count, unit),
                        f"{reverse('enterprises:openings')}#part-{PARTS[which.key]}",
                    )


def _named(opening: Any) -> str:
    owner = getattr(opening, "kind", None) or getattr(opening, "space", None) or opening.committee
    return str(owner)


def _gap(key: str, where: str, days: tuple[date, date], left: Amount, right: Amount, link: str) -> Finding:
    earlier, later = (korean_date(day) for day in days)
    return Finding(
        "opening_gap",
        f"opening_gap:{key}",
        Severity.WARNING,
        where,
        f"뒤의 도입 전 누계({later})가 앞의 것({earlier})에 그 사이 기록을 더한 값과 다릅니다.",
        left,
        right,
        "빠진 기록을 입력하거나 뒤의 누계를 정정하세요.",
        link,
    )


def support(facts: Facts) -> Iterator[Finding]:
    """Awards that itemise an opening of 지원현황, by programme and year: enterprises, people, won.

    People and won are asked for where every enterprise is named, else the enterprises say what is missing; more of
    them than the opening counts is said in any case.
    """
    for program in facts.programs:
        for year, openings in _by_year(facts.batch.support_openings.get(program.pk, ())).items():
            opening = openings[-1]
            details = inside(facts.batch.awards.get(program.pk, ()), opening)
            where, link = f"지원현황 {year}년 {program}", links.program(program.pk, "support")
            key = f"support:{program.pk}:{year}"
            firms = len({award.enterprise for award in details})
            if opening.enterprises is not None:
                yield from compared(facts, key, where, opening, firms, opening.enterprises, "개소", link)
            complete = opening.enterprises in (None, firms)
            people = sum(award.headcount or 0 for award in details)
            won, margin = sum(award.amount for award in details), _printed_margin(facts, opening)
            for part, made, stated, unit, off in (
                ("people", people, opening.headcount, "명", 0),
                ("won", won, opening.amount, "원", margin),
            ):
                if stated is not None and (complete or made > stated):
                    yield from compared(facts, f"{key}:{part}", where, opening, made, stated, unit, link, off)


def _printed_margin(facts: Facts, opening: SupportOpening) -> int:
    """A table printed in 천 원 or 백만 원 holds awards that are not whole units."""
    step = printed_unit(facts.pledge.support_unit, facts.pledge.unit_decimals).step
    return step - 1 if opening.amount is not None and opening.amount % step == 0 else 0


def renewed_support(facts: Facts) -> Iterator[Finding]:
    """A later opening of 지원현황 is not the earlier one plus the awards between them."""
    for program in facts.programs:
        for year, openings in _by_year(facts.batch.support_openings.get(program.pk, ())).items():
            for earlier, later in pairwise(openings):
                awards = facts.batch.awards.get(program.pk, ())
                added = [row for row in inside(awards, later) if row not in inside(awards, earlier)]
                made = (earlier.amount or 0) + sum(row.amount for row in added)
                if earlier.amount is None or later.amount is None:
                    continue
                if abs(made - later.amount) > sum(_printed_margin(facts, row) for row in (earlier, later)):
                    yield _gap(
                        f"support:{program.pk}:{year}:{later.on}",
                        f"지원현황 {year}년 {program}",
                        (earlier.on, later.on),
                        Amount("앞의 누계 + 교부결정", made),
                        Amount("뒤의 도입 전 누계", later.amount),
                        links.program(program.pk, "support"),
                    )


def _by_year(openings: Iterable[SupportOpening]) -> dict[int, list[SupportOpening]]:
    found: dict[int, list[SupportOpening]] = defaultdict(list)
    for opening in openings:
        found[opening.year].append(opening)
    return found


def renewed_execution(facts: Facts) -> Iterator[Finding]:
    """A later opening of 집행액 is not the earlier one plus the ledger rows between them, by year."""
    tables: dict[date, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    margins: dict[tuple[date, int], int] = defaultdict(int)
    rows: list[ExecutionOpening] = facts.batch.execution_openings.get(facts.pledge.pk, [])
    for row in rows:
        if not row.after_term:
            tables[row.on][row.year] += row.amount
            margins[row.on, row.year] += margin_of(facts, row)
    for earlier, later in pairwise(sorted(tables)):
        for year in facts.term.years:
            made = tables[earlier][year] + _moved(facts, year, earlier, later)
            if abs(made - tables[later][year]) > margins[earlier, year] + margins[later, year]:
                yield _gap(
                    f"execution:{year}:{later}",
                    f"예산 집행액 표 {year}년",
                    (earlier, later),
                    Amount("앞의 누계 + 장부", made),
                    Amount("뒤의 도입 전 누계", tables[later][year]),
                    links.of_pledge("openings", facts.pledge),
                )


def _moved(facts: Facts, year: int, after: date, upto: date) -> int:
    """Won of a fiscal year that 집행액 counts between two days: paid, or spent where the programme says so."""
    paid = sum(
        row.amount
        for row in facts.paid
        if facts.counts_paid(row)
        and row.year == year
        and after < row.day <= upto
        and not facts.is_after_term(row)
    )
    return paid + sum(row.shares.total for row in facts.spent if row.year == year and after < row.day <= upto)


CHECKS = (levels, renewed_levels, support, renewed_support, renewed_execution)
