"""이행률: rates, the weighted total, and what each remaining quarter must bring. Pure and exact.

Rates are Fractions in percent, carried exactly; ``common.money.half_up`` rounds them once, when printed
(DOMAIN §3.1; docs/adr/0003).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from common.periods import Quarter, quarters_of

HUNDRED = Fraction(100)


def plain(value: Decimal) -> Decimal:
    """The same number without the trailing zeros of its column: 233.0000 -> 233."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def rate(value: Decimal | None, target: Decimal | None) -> Fraction | None:
    """``value ÷ target × 100``; None where either is not known or the target is zero or absent."""
    if value is None or not target:
        return None
    return Fraction(value) / Fraction(target) * 100


class WhyNone(StrEnum):
    """Why no weighted total is printed."""

    NO_WEIGHTS = "가중치(전체사업 대비비율)가 있는 지표가 없습니다."
    WEIGHTS = "가중치의 합이 100이 아니어서 총 이행률을 계산하지 않습니다."
    UNKNOWN = "실적을 알 수 없는 지표가 있어 총 이행률을 계산하지 않습니다(집계 불가)."
    NO_TARGET = "목표가 있는 지표가 없어 총 이행률을 계산하지 않습니다."


@dataclass(frozen=True)
class Weighed:
    """One indicator in the total: weight in percent (None stays out), value and target to compare."""

    weight: Decimal | None
    value: Decimal | None
    target: Decimal | None

    @property
    def rate(self) -> Fraction | None:
        return rate(self.value, self.target)


@dataclass(frozen=True)
class Overall:
    """The weighted total, in percent.

    ``rate`` is the official one (capped where the term says so); ``uncapped`` stands beside it where the
    two differ. ``left_out`` are the positions whose weight left the denominator (no or zero target).
    """

    rate: Fraction | None
    uncapped: Fraction | None
    weights: Decimal
    counted_weights: Decimal
    left_out: tuple[int, ...]
    why_none: WhyNone | None = None
    capped: bool = False

    @property
    def differs(self) -> bool:
        return self.rate != self.uncapped


@dataclass(frozen=True)
class Published:
    """The two totals and 추진상황 of a closed card."""

    overall: Overall
    progress: Overall
    status: str


def overall(lines: Sequence[Weighed], cap: bool) -> Overall:
    """``Σ weight × rate ÷ Σ weight`` over the weighted indicators that have a target (DOMAIN §3.9–3.10).

    No total while the weights are not 100, or while one weighted value is unknown. With ``cap`` each rate
    counts at most 100.
    """
    weighted = [(no, line) for no, line in enumerate(lines) if line.weight]
    weights = sum((line.weight for _, line in weighted if line.weight), Decimal(0))
    without_target = tuple(no for no, line in weighted if not line.target)
    rates = [(Fraction(line.weight or 0), line.rate) for _, line in weighted if line.target]
    counted = sum((line.weight for _, line in weighted if line.target and line.weight), Decimal(0))
    why = _why_none(weighted, weights, counted)
    if why is not None:
        return Overall(None, None, weights, counted, without_target, why)
    known = [(weight, found) for weight, found in rates if found is not None]
    total = sum(weight * found for weight, found in known) / Fraction(counted)
    capped = sum(weight * min(found, HUNDRED) for weight, found in known) / Fraction(counted)
    return Overall(capped if cap else total, total, weights, counted, without_target, capped=cap)


def _why_none(weighted: list[tuple[int, Weighed]], weights: Decimal, counted: Decimal) -> WhyNone | None:
    if not weighted:
        return WhyNone.NO_WEIGHTS
    if weights != 100:
        return WhyNone.WEIGHTS
    if any(line.value is None for _, line in weighted):
        return WhyNone.UNKNOWN
    return None if counted else WhyNone.NO_TARGET


@dataclass(frozen=True)
class Plan:
    """The targets in force: of the term, of years, of quarters. An absent or None value is ``-``."""

    term: Decimal | None
    years: Mapping[int, Decimal | None]
    quarters: Mapping[tuple[int, int], Decimal | None]

    def has_quarters(self, year: int) -> bool:
        return any((year, number) in self.quarters for number in (1, 2, 3, 4))


@dataclass(frozen=True)
class Planned:
    """A period of a plan with its target: a quarter, or a year without quarters (``quarter`` None)."""

    year: int
    quarter: int | None
    ends: date
    target: Decimal | None

    @property
    def label(self) -> str:
        return f"{self.year}년" + (f" {self.quarter}분기" if self.quarter else "")


def ended_target(plan: Plan, as_of: date, term_ends: date, is_level: bool) -> Decimal | None:
    """The target of the periods that ended by ``as_of`` (계획 대비 진도율, DOMAIN §3.11).

    A year with quarter targets ends quarter by quarter; one without ends at year or term end. Nothing pro
    rata. A level's is the latest ended period's; a flow's is their sum; None if nothing has ended.
    """
    ended = [target for _, target in ended_periods(plan, as_of, term_ends)]
    if not ended:
        return None
    return ended[-1] if is_level else sum(ended, Decimal(0))


def ended_periods(plan: Plan, as_of: date, term_ends: date) -> list[tuple[Planned, Decimal]]:
    """The periods with a target that ended by ``as_of``, in order."""
    return [(p, p.target) for p in _periods(plan, term_ends) if p.target is not None and p.ends <= as_of]


def coming_periods(plan: Plan, as_of: date, term_ends: date) -> list[tuple[Planned, Decimal]]:
    """The periods with a target that end after ``as_of``, in order."""
    return [(p, p.target) for p in _periods(plan, term_ends) if p.target is not None and p.ends > as_of]


def _periods(plan: Plan, term_ends: date) -> list[Planned]:
    """Every period with its last day (never past the term's) and target, in order."""
    periods: list[Planned] = []
    for year in sorted({*plan.years, *(year for year, _ in plan.quarters)}):
        if plan.has_quarters(year):
            periods += [
                Planned(
                    year,
                    quarter.number,
                    min(quarter.last_day, term_ends),
                    plan.quarters.get((year, quarter.number)),
                )
                for quarter in quarters_of(year)
                if quarter.first_day <= term_ends
            ]
        else:
            periods.append(Planned(year, None, min(date(year, 12, 31), term_ends), plan.years.get(year)))
    return periods


@dataclass(frozen=True)
class Pace:
    """분기당 필요: what is missing to the term target, over the quarters that remain.

    ``planned`` is what the remaining targets bring, None where no period has a target; ``reachable`` says whether
    they suffice.
    """

    missing: Decimal
    quarters: int
    planned: Decimal | None

    @property
    def per_quarter(self) -> Fraction | None:
        return Fraction(self.missing) / self.quarters if self.quarters else None

    @property
    def reachable(self) -> bool | None:
        return None if self.planned is None else self.planned >= self.missing


def running_period(plan: Plan, as_of: date, term_ends: date) -> tuple[date, Decimal] | None:
    """The first day and the target of the quarter or year that is not over on ``as_of``; None where none runs."""
    quarter = Quarter.of(as_of)
    by_quarter = plan.has_quarters(as_of.year)
    last = quarter.last_day if by_quarter else date(as_of.year, 12, 31)
    if as_of >= min(last, term_ends):
        return None
    if by_quarter:
        return quarter.first_day, plan.quarters.get((quarter.year, quarter.number)) or Decimal(0)
    return date(as_of.year, 1, 1), plan.years.get(as_of.year) or Decimal(0)


def pace(
    value: Decimal | None,
    plan: Plan,
    as_of: date,
    term_ends: date,
    is_level: bool,
    brought: Decimal = Decimal(0),
) -> Pace | None:
    """What each quarter after ``as_of`` must bring; None where value or term target is not known.

    The current quarter counts as remaining until its last day. ``brought``: what a flow's running period has
    brought already, which its plan cannot bring again.
    """
    if value is None or plan.term is None:
        return None
    planned = remaining_plan(plan, value, as_of, term_ends, is_level)
    if planned is not None and not is_level and (running := running_period(plan, as_of, term_ends)):
        planned -= min(brought, running[1])
    return Pace(max(plan.term - value, Decimal(0)), _quarters_left(as_of, term_ends), planned)


def remaining_plan(
    plan: Plan, value: Decimal, as_of: date, term_ends: date, is_level: bool
) -> Decimal | None:
    """What the targets of the periods after ``as_of`` are to bring; None where no period has a target.

    A flow's are added up, whatever the term target says. A level's bring the way from the last ended target (where
    nothing has ended: from the value) to the last of them: to stand at 235 when 232 was planned by now brings 3.
    """
    ended, coming = (
        [target for _, target in periods(plan, as_of, term_ends)]
        for periods in (ended_periods, coming_periods)
    )
    if not ended and not coming:
        return None
    if not is_level:
        return sum(coming, Decimal(0))
    return max(coming[-1] - (ended[-1] if ended else value), Decimal(0)) if coming else Decimal(0)


def _quarters_left(as_of: date, term_ends: date) -> int:
    return sum(
        1
        for year in range(as_of.year, term_ends.year + 1)
        for quarter in quarters_of(year)
        if quarter.last_day > as_of and quarter.first_day <= term_ends
    )


def mean(rates: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the rates that are known, as the office publishes goals and the whole (DOMAIN §3.11)."""
    known = [found for found in rates if found is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def share(part: int, whole: int) -> Fraction | None:
    """``part ÷ whole`` in percent; None of nothing."""
    return Fraction(part, whole) * 100 if whole else None
