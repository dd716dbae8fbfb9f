"""국비·시비·구비 of payments against the ratio of their year (DOMAIN §4.3, §4.4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from common.money import grouped
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity
from subsidies.splits import SOURCE_LABELS, SOURCES, ratio_text, splitter


def split_differs(facts: Facts) -> Iterator[Finding]:
    """A payment whose shares are not what the year's ratio makes of it, without a reason."""
    units = {program.pk: program.split_unit for program in facts.programs}
    made_by = {
        (program, year): splitter(ratio, units[program])
        for (program, year), ratio in facts.batch.ratios.items()
        if program in units
    }
    for row in facts.payments:
        made_of = made_by.get((row.program, row.year))
        if made_of is None or row.split_reason.strip():
            continue
        made = made_of(row.amount)
        if made != (row.national, row.city, row.district, row.other):
            ratio = facts.batch.ratios[row.program, row.year]
            yield Finding(
                "split",
                f"split:{row.pk}",
                Severity.WARNING,
                row.where,
                f"재원 나눔이 {row.year}년 분담률({ratio_text(ratio)})과 다른데 사유가 없습니다.",
                Amount("장부의 재원", _in_words(tuple(row.shares))),
                Amount("분담률로 나눈 재원", _in_words(made)),
                "재원을 고치거나 나눔을 고친 사유를 적으세요.",
                links.ledger_row(row.pk),
            )


def _in_words(shares: tuple[int, ...]) -> str:
    """``국비 7,115,250 시비 1,660,225 구비 711,525원``."""
    named = zip(SOURCES, shares, strict=True)
    return " ".join(f"{SOURCE_LABELS[name]} {grouped(won)}" for name, won in named if won) + "원"


def without_ratio(facts: Facts) -> Iterator[Finding]:
    """A programme was paid in a fiscal year that has no ratio."""
    paid: dict[tuple[int, int], int] = defaultdict(int)
    for row in facts.payments:
        paid[row.program, row.year] += row.amount
    programs = {program.pk: program for program in facts.programs}
    for (program, year), won in sorted(paid.items()):
        if (program, year) in facts.batch.program_years:
            continue
        yield Finding(
            "no_ratio",
            f"no_ratio:{program}:{year}",
            Severity.WARNING,
            f"{programs[program]} {year} 회계연도",
            "교부가 있는 해에 국비·시비·구비 분담률이 없습니다.",
            Amount("교부액", won),
            Amount("분담률", "없음"),
            "그해의 분담률을 입력하세요.",
            links.program(program, "ratios"),
        )


CHECKS = (split_differs, without_ratio)
