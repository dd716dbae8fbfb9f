"""The plan in itself: targets of years and quarters, and weights (DOMAIN §3.2, §3.10)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity
from pledges.target_checks import mismatches


def targets(facts: Facts) -> Iterator[Finding]:
    """Targets of quarters against the year, of years against the term, by the kind of aggregation."""
    for indicator in facts.indicators:
        for found in mismatches(facts.batch.plans[indicator.pk], indicator.aggregation):
            yield Finding(
                "targets",
                f"targets:{indicator.pk}:{found.whole_name}",
                Severity.SERIOUS,
                f"확인지표 {indicator.no} {found.whole_name}",
                f"‘{indicator.name}’: {found.part_name}{found.how}이(가) {found.whole_name}와 다릅니다.",
                Amount(f"{found.part_name}{found.how}", found.made, indicator.unit),
                Amount(found.whole_name, found.whole, indicator.unit),
                "목표를 고치세요. 계획이 바뀌었으면 새 판으로 저장합니다.",
                links.targets(indicator, facts.pledge),
            )


def weights(facts: Facts) -> Iterator[Finding]:
    """대비비율 that do not make 100: no total is printed. None at all may be meant so."""
    total = sum((row.weight for row in facts.indicators if row.weight), Decimal(0))
    if not facts.indicators or total == 100:
        return
    yield Finding(
        "weights",
        "weights",
        Severity.SERIOUS if total else Severity.WARNING,
        "전체사업 대비비율",
        "지표들의 대비비율을 더하면 100%가 아니어서 총 이행률을 낼 수 없습니다."
        if total
        else "대비비율이 있는 지표가 없어 총 이행률을 낼 수 없습니다.",
        Amount("대비비율의 합", total, "%"),
        Amount("되어야 할 합", Decimal(100), "%"),
        "확인지표의 대비비율을 고치세요." if total else "총 이행률을 낼 공약이면 대비비율을 정하세요.",
        links.of_pledge("indicators", facts.pledge),
    )


CHECKS = (targets, weights)
