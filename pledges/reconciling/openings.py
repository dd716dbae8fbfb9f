"""Indicators' 도입 전 누계 against their details, and later ones against earlier plus records (DOMAIN §3.4)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from common.models import Opening
from common.periods import korean_date
from enterprises import register
from pledges import figures
from pledges.achievement import plain
from pledges.models import Aggregation, CountingRule, Indicator, IndicatorOpening, Measure
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity


def details(facts: Facts) -> Iterator[Finding]:
    """상세 합계 초과, and the rest of an opening that is itemised in part. No details at all is no finding."""
    for indicator in facts.indicators:
        for opening in _openings(facts, indicator)[-1:]:
            known = _details(facts, indicator, opening)
            if known is not None:
                what = f"확인지표 {indicator.no} {indicator.name}"
                yield from compared(
                    facts,
                    f"indicator:{indicator.pk}",
                    what,
                    opening,
                    known,
                    plain(opening.value),
                    indicator.unit,
                )


def compared(
    facts: Facts,
    key: str,
    where: str,
    opening: Opening,
    known: int,
    stated: Decimal | int,
    unit: str,
    link: str = "",
    margin: int = 0,
) -> Iterator[Finding]:
    """An opening's figure beside its details: 중대 where the details are more, 참고 where a part is missing.

    ``margin``: a printed figure that was rounded may be this much off.
    """
    if known == 0 or -margin <= known - stated <= margin:
        return
    excess, on = known > stated, korean_date(opening.on)
    yield Finding(
        "opening_excess" if excess else "opening_rest",
        f"opening:{key}",
        Severity.SERIOUS if excess else Severity.NOTE,
        where,
        f"상세 기록이 도입 전 누계({on})를 넘습니다(상세 합계 초과)."
        if excess
        else f"도입 전 누계({on})의 일부만 기록되어 있습니다(상세 미등록분).",
        Amount("상세 등록", known if isinstance(stated, int) else Decimal(known), unit),
        Amount("도입 전 누계", stated, unit),
        "겹친 기록을 무효로 하거나 도입 전 누계를 정정·상세로 대체하세요."
        if excess
        else "나머지를 아는 대로 입력하세요. 집계는 바뀌지 않습니다.",
        link or links.of_pledge("openings", facts.pledge),
    )


def _openings(facts: Facts, indicator: Indicator) -> list[IndicatorOpening]:
    """Openings up to the day, oldest first; what closings wrote is left out."""
    rows = facts.batch.checkpoints.openings[indicator.pk]
    return [row for row in rows if row.on <= facts.batch.day and not row.closed]


def _details(facts: Facts, indicator: Indicator, opening: IndicatorOpening) -> int | None:
    """How many records itemise the opening. The register's own openings are compared by kind (``registers``)."""
    if indicator.measure == Measure.MARKET_DAYS:
        held = facts.batch.records.days.get(facts.pledge.pk, ())
        return sum(facts.term.starts_on <= day <= opening.on for day in held)
    if indicator.measure == Measure.SUPPORTED:
        return len(_named(facts, indicator, opening))
    return None


def _named(facts: Facts, indicator: Indicator, opening: IndicatorOpening) -> set[tuple[int, object]]:
    """(year, enterprise) that records name: paid by the opening's day, or answered 이미 포함 that year (§3.5)."""
    by_program = indicator.counting_rule == CountingRule.BY_PROGRAM
    return {
        (row.day.year, (row.enterprise, row.program) if by_program else row.enterprise)
        for row in facts.payments
        if row.enterprise is not None
        and row.day >= facts.term.starts_on
        and (row.day <= opening.on or (row.in_opening and row.day.year == opening.on.year))
    }


def year_details(facts: Facts) -> Iterator[Finding]:
    """Yearly distinct: the enterprises named in the opening's own year are more than it counts for that year."""
    for indicator in facts.indicators:
        for opening in _openings(facts, indicator)[-1:]:
            if indicator.measure != Measure.SUPPORTED or opening.year_value is None:
                continue
            named = [key for key in _named(facts, indicator, opening) if key[0] == opening.on.year]
            if len(named) > opening.year_value:
                where = f"확인지표 {indicator.no} {opening.on.year}년 몫"
                key, stated = f"indicator_year:{indicator.pk}", plain(opening.year_value)
                yield from compared(facts, key, where, opening, len(named), stated, indicator.unit)


def renewed(facts: Facts) -> Iterator[Finding]:
    """A later opening is not the earlier one plus what was recorded between them."""
    for indicator in facts.indicators:
        for earlier, later in pairwise(_openings(facts, indicator)):
            made = _carried(facts, indicator, earlier, later)
            if made is None or made == plain(later.value):
                continue
            yield Finding(
                "opening_gap",
                f"opening_gap:{indicator.pk}:{later.on}",
                Severity.WARNING,
                f"확인지표 {indicator.no} {indicator.name}",
                f"뒤의 도입 전 누계({korean_date(later.on)})가 앞의 것에 그 사이 기록을 더한 값과 다릅니다.",
                Amount(f"앞의 누계({korean_date(earlier.on)}) + 기록", made, indicator.unit),
                Amount("뒤의 도입 전 누계", plain(later.value), indicator.unit),
                "빠진 기록을 입력하거나 뒤의 누계를 정정하세요.",
                links.of_pledge("openings", facts.pledge),
            )


def _carried(
    facts: Facts, indicator: Indicator, earlier: IndicatorOpening, later: IndicatorOpening
) -> Decimal | None:
    """The value on the later opening's day, had only the earlier one been there."""
    if not indicator.measure and indicator.aggregation == Aggregation.LEVEL:
        return None
    points, pk = facts.batch.checkpoints, indicator.pk
    is_level = indicator.aggregation == Aggregation.LEVEL
    results = [] if is_level else points.results[pk]
    alone = figures.Facts({pk: [earlier]}, {pk: results}, {pk: []})
    return figures.figure_of(indicator, facts.term, later.on, alone, facts.batch.records).total


def registered(facts: Facts) -> Iterator[Finding]:
    """The opening of an indicator that counts the register is not the register's own of the same day."""
    for indicator in facts.indicators:
        if indicator.measure != Measure.ENTERPRISES:
            continue
        for opening in _openings(facts, indicator)[-1:]:
            kinds = facts.batch.registers.on_day(register.KINDS, opening.on)
            if kinds and sum(kinds) != opening.value:
                yield Finding(
                    "opening_register",
                    f"opening_register:{indicator.pk}",
                    Severity.SERIOUS,
                    f"확인지표 {indicator.no} {indicator.name}",
                    "지표의 도입 전 누계가 기업 현황 표의 유형별 도입 전 누계를 더한 값과 다릅니다.",
                    Amount("지표의 도입 전 누계", plain(opening.value), indicator.unit),
                    Amount("유형별 합계", Decimal(sum(kinds)), indicator.unit),
                    "두 도입 전 누계 가운데 틀린 것을 정정하세요.",
                    links.of_pledge("openings", facts.pledge),
                )


CHECKS = (details, year_details, renewed, registered)
