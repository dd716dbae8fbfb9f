"""Who was paid: without a designation, without or above a 교부결정, under a name that no register holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from common.names import name_key
from pledges.reconciling import links
from pledges.reconciling.awards import Granted
from pledges.reconciling.batch import Facts
from pledges.reconciling.ledger import Paid, days_of
from pledges.reconciling.model import Amount, Finding, Severity

NOBODY = re.compile(
    r"[0-9]+ ?(?:개|곳|업체|기업|팀|명|건)|^20[0-9]{2}년| 외 "
    r"|^(?:참여|선정|지원|신규)? ?(?:마을|사회적)?(?:기업|업체)들?$"
)


def undesignated(facts: Facts) -> Iterator[Finding]:
    """Enterprises paid on a day when they held no designation; one that is undated holds until its end."""
    spans = facts.batch.designated
    rows = [
        row
        for row in facts.payments
        if row.enterprise is not None
        and not any(
            (a is None or a <= row.day) and (z is None or z >= row.day) for a, z in spans[row.enterprise]
        )
    ]
    for firm, mine in _by_firm(rows).items():
        yield Finding(
            "undesignated",
            f"undesignated:{firm}",
            _severity(mine),
            f"집행 장부 {mine[0].payee}",
            f"교부일에 유효한 유형·자격이 없는 기업입니다({days_of(mine)}).",
            Amount("교부액", sum(row.amount for row in mine)),
            Amount("교부일의 유형·자격", "없음"),
            "기업의 지정일·만료일을 확인해 유형·자격을 입력하세요.",
            links.record("enterprises:detail", firm),
        )


def unawarded(facts: Facts) -> Iterator[Finding]:
    """Enterprises paid without a 교부결정 made by that day, of the year or carried over from the year before."""
    first: dict[tuple[int, int, int], date] = {}
    by_pk: dict[int | None, date] = {}
    for program in facts.programs:
        for award in facts.batch.awards.get(program.pk, ()):
            day = by_pk[award.pk] = award.decided_on or date.min
            for year in (award.year, award.year + 1):
                key = program.pk, award.enterprise, year
                first[key] = min(day, first.get(key, day))
    rows = []
    for row in facts.payments:
        if row.enterprise is None:
            continue
        decided = by_pk.get(row.award) or first.get((row.program, row.enterprise, row.year), date.max)
        if decided > row.day:
            rows.append(row)
    for firm, mine in _by_firm(rows).items():
        yield Finding(
            "unawarded",
            f"unawarded:{firm}",
            _severity(mine),
            f"집행 장부 {mine[0].payee}",
            f"교부일까지 교부결정이 없습니다({days_of(mine)}).",
            Amount("교부액", sum(row.amount for row in mine)),
            Amount("교부결정", "없음"),
            "교부결정을 입력하거나 장부의 줄에 이으세요.",
            links.ledger_row(mine[0].pk),
        )


def above_award(facts: Facts) -> Iterator[Finding]:
    """More was paid under a 교부결정 than was decided, net of what came back."""
    paid: dict[int | None, int] = defaultdict(int)
    for row in facts.all_paid:
        paid[row.award] += row.amount
    for program in facts.programs:
        for award in facts.batch.awards.get(program.pk, ()):
            if award.pk in paid and paid[award.pk] > award.amount:
                yield _above(award, paid[award.pk], facts.batch.firms.get(award.enterprise, ""))


def _above(award: Granted, won: int, firm: str) -> Finding:
    return Finding(
        "over_award",
        f"over_award:{award.pk}",
        Severity.SERIOUS,
        f"교부결정 {award.year}년 {firm}",
        "이 교부결정으로 나간 돈이 결정액보다 많습니다.",
        Amount("교부액", won),
        Amount("교부결정액", award.amount),
        "변경 결정을 교부결정에 입력하거나 장부의 금액을 고치세요.",
        links.record("subsidies:award_detail", award.pk),
    )


def unregistered(facts: Facts) -> Iterator[Finding]:
    """Names that only a ledger row tells, of programmes that pay enterprises: nobody can look for a designation or an
    award. Words that name nobody (9개 기업) are left alone."""
    pays = {program.pk for program in facts.programs if program.pays_enterprises}
    by_name: dict[str, list[Paid]] = defaultdict(list)
    for row in facts.payments:
        if row.text and row.program in pays and not NOBODY.search(row.text):
            by_name[name_key(row.text)].append(row)
    for key, rows in by_name.items():
        firm = facts.batch.named.get(key)
        yield Finding(
            "unregistered",
            f"unregistered:{rows[0].pk}",
            _severity(rows),
            f"집행 장부 {rows[0].text}",
            f"등록된 기업을 이름으로만 적었습니다({days_of(rows)})."
            if firm
            else f"기업 명부에 없는 이름이라 유형·자격과 교부결정을 볼 수 없습니다({days_of(rows)}).",
            Amount("교부액", sum(row.amount for row in rows)),
            Amount("기업 명부", facts.batch.firms[firm] if firm else "없음"),
            "장부의 줄에서 그 기업을 고르세요." if firm else "기업을 등록하고 장부의 줄에서 고르세요.",
            links.ledger_row(rows[0].pk),
        )


def _by_firm(rows: Iterable[Paid]) -> dict[int, list[Paid]]:
    found: dict[int, list[Paid]] = defaultdict(list)
    for row in rows:
        if row.enterprise is not None:
            found[row.enterprise].append(row)
    return found


def _severity(rows: list[Paid]) -> Severity:
    return Severity.NOTE if all(row.checked_on for row in rows) else Severity.WARNING


CHECKS = (undesignated, unawarded, above_award, unregistered)
