"""One enterprise under two spellings: the same name but for ㈜ and spaces, or the same 사업자등록번호 (DOMAIN §6)."""

from __future__ import annotations

from collections.abc import Iterator

from common.names import name_key, show_business_number
from enterprises.models import Enterprise
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity


def two_spellings(facts: Facts) -> Iterator[Finding]:
    """Of the register, where the pledge uses it; else of the enterprises that its payments and awards name."""
    mine = {row.enterprise for row in facts.paid}
    mine |= {row.enterprise for p in facts.programs for row in facts.batch.awards.get(p.pk, ())}
    seen: set[tuple[int, ...]] = set()
    for group in facts.batch.twins:
        keys = tuple(row.pk for row in group)
        if keys in seen or not (facts.uses_register or mine & set(keys)):
            continue
        seen.add(keys)
        first, second = group[0], group[1]
        by_name = first.name_key == second.name_key
        yield Finding(
            "twins",
            f"twins:{first.pk}:{second.pk}",
            _severity(first, second),
            f"기업 명부 {first.name}",
            f"한 기업이 두 번 등록된 듯합니다({'같은 이름' if by_name else '같은 사업자등록번호'}, {len(group)}건).",
            Amount("등록 1", _named(first)),
            Amount("등록 2", _named(second)),
            "같은 기업이면 ‘합치기’로 기록을 모으세요. 다른 기업이면 설명을 적으세요.",
            links.merging(first.pk, second.pk),
        )


def vendors(facts: Facts) -> Iterator[Finding]:
    """A vendor told of by name only, while the register has an enterprise of that name, by event."""
    for market in facts.pledge.markets.all():
        for event, name, vendor in facts.batch.vendor_names.get(market.pk, ()):
            firm = facts.batch.named.get(name_key(vendor))
            if firm is None:
                continue
            yield Finding(
                "vendor_name",
                f"vendor_name:{event}:{name_key(vendor)}"[:120],
                Severity.NOTE,
                f"시장 {name} 참여업체",
                "등록된 기업을 참여업체에 이름으로만 적었습니다. 참여업체(실)를 두 번 셀 수 있습니다.",
                Amount("참여업체", vendor),
                Amount("기업 명부", facts.batch.firms[firm]),
                "참여업체에서 그 기업을 고르세요. 다른 업체이면 설명을 적으세요.",
                links.record("markets:event", event),
            )


def _severity(first: Enterprise, second: Enterprise) -> Severity:
    """Two numbers are likely two enterprises of one name; one number under two names, a head office and a branch."""
    numbers = {first.business_number, second.business_number}
    likely = first.name_key == second.name_key and ("" in numbers or len(numbers) == 1)
    return Severity.WARNING if likely else Severity.NOTE


def _named(row: Enterprise) -> str:
    return f"{row.name} {show_business_number(row.business_number)}".strip()


CHECKS = (two_spellings, vendors)
