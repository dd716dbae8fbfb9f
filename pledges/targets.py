"""Which targets are in force on a day (DOMAIN §3.7, §3.13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from pledges.achievement import Plan, plain
from pledges.models import Indicator, Target

Period = tuple[int | None, int | None]


def in_force(versions: Sequence[Target], as_of: date) -> Target:
    """Of one period's versions the latest begun by ``as_of``; the first holds from the term's start."""
    ordered = sorted(versions, key=lambda target: (target.valid_from, target.pk))
    begun = [target for target in ordered if target.valid_from <= as_of]
    return begun[-1] if begun else ordered[0]


def plans(indicators: Iterable[Indicator], as_of: date) -> dict[int, Plan]:
    """The plan of each indicator (by its pk) as of a day. One query."""
    indicators = list(indicators)
    return plans_from(versions(indicators), indicators, as_of)


Versions = dict[int, dict[Period, list[Target]]]


def versions(indicators: Iterable[Indicator]) -> Versions:
    """Every version of every target, by indicator and period. One query."""
    found: Versions = defaultdict(lambda: defaultdict(list))
    for target in Target.objects.live().filter(indicator__in=indicators):
        found[target.indicator_id][(target.year, target.quarter)].append(target)
    return found


def plans_from(found: Versions, indicators: Iterable[Indicator], as_of: date) -> dict[int, Plan]:
    """The plans that ``found`` (all versions) make as of a day; no query."""
    return {indicator.pk: plan(found[indicator.pk], as_of) for indicator in indicators}


def plan(versions: dict[Period, list[Target]], as_of: date) -> Plan:
    """The plan that ``versions`` (by year and quarter) make as of a day."""
    term: Decimal | None = None
    years: dict[int, Decimal | None] = {}
    quarters: dict[tuple[int, int], Decimal | None] = {}
    for (year, quarter), found in versions.items():
        printed = in_force(found, as_of).value
        value = None if printed is None else plain(printed)
        if year is None:
            term = value
        elif quarter is None:
            years[year] = value
        else:
            quarters[year, quarter] = value
    return Plan(term, years, quarters)


def period_label(period: Period) -> str:
    year, quarter = period
    return (
        "임기 목표"
        if year is None
        else f"{year}년 목표"
        if quarter is None
        else f"{year}년 {quarter}분기 목표"
    )


def value_of(plan: Plan, period: Period) -> Decimal | None:
    year, quarter = period
    if year is None:
        return plan.term
    return plan.years.get(year) if quarter is None else plan.quarters.get((year, quarter))
