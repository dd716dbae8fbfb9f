"""Whether targets of years and quarters add up to what stands above them (DOMAIN §3.2). Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from common.fields import plain
from pledges.achievement import Plan
from pledges.models import Aggregation


@dataclass(frozen=True)
class Mismatch:
    """Parts that do not make their whole: ``made`` of the parts beside ``whole`` (None: no target, printed -)."""

    whole_name: str
    part_name: str
    how: str
    made: Decimal
    whole: Decimal | None

    def __str__(self) -> str:
        stated = "-" if self.whole is None else plain(self.whole)
        made = plain(self.made)
        return f"{self.part_name}{self.how} {made}이(가) {self.whole_name} {stated}과(와) 다릅니다."


def mismatches(plan: Plan, aggregation: str) -> list[Mismatch]:
    """What does not add up; empty if all does.

    Sum and yearly distinct: parts sum to the whole. Level: the last part that has a target is the whole.
    Where nothing is planned below (a year without quarters), nothing is asked.
    """
    is_level = aggregation == Aggregation.LEVEL
    years = [plan.years[year] for year in sorted(plan.years)]
    found = _compare("임기 목표", "연도 목표", plan.term, years, is_level)
    for year in sorted({year for year, _ in plan.quarters}):
        quarters = [plan.quarters.get((year, number)) for number in (1, 2, 3, 4)]
        found += _compare(f"{year}년 목표", f"{year}년 분기 목표", plan.years.get(year), quarters, is_level)
    return found


def disagreements(plan: Plan, aggregation: str) -> list[str]:
    """``mismatches`` in words."""
    return [str(found) for found in mismatches(plan, aggregation)]


def made_of(parts: Sequence[Decimal], is_level: bool) -> Decimal | None:
    """What the targets of a period's parts make of it: a level's last, else their sum; None of no parts."""
    if not parts:
        return None
    return parts[-1] if is_level else sum(parts, Decimal(0))


def _compare(
    whole_name: str, part_name: str, whole: Decimal | None, parts: Sequence[Decimal | None], is_level: bool
) -> list[Mismatch]:
    made = made_of([part for part in parts if part is not None], is_level)
    if made is None:
        return []
    if made == (whole or Decimal(0)) and (whole is not None or not made):
        return []
    how = "의 마지막 값" if is_level else "의 합"
    return [Mismatch(whole_name, part_name, how, made, whole)]
