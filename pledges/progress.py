"""One pledge over the term: target against result by year and quarter, contributions, pace, both bases of targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from common.periods import Quarter, quarters_between
from pledges import targets
from pledges.achievement import Overall, Plan, Weighed, overall, rate
from pledges.card.achieved import contribution
from pledges.figures import IndicatorFigure, PledgeFigures
from pledges.models import Pledge, Result
from pledges.pacing import pace_words
from pledges.trends import figures_on


@dataclass(frozen=True)
class Period:
    """A year (``number`` None) or quarter of one indicator.

    ``target`` None: no target; ``result`` None: not known or not begun.
    """

    year: int
    number: int | None
    target: Decimal | None
    result: Decimal | None
    ended: bool
    begun: bool = True

    @property
    def label(self) -> str:
        return f"{self.year}년" if self.number is None else Quarter(self.year, self.number).label

    @property
    def rate(self) -> Fraction | None:
        return rate(self.result, self.target) if self.ended else None


@dataclass(frozen=True)
class Course:
    """One indicator's way through the term. ``states``: it as of each quarter's end, the last as of the day."""

    figure: IndicatorFigure
    years: tuple[Period, ...]
    every_quarter: tuple[Period, ...]
    states: Mapping[Quarter, IndicatorFigure]

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters that have something to show: a target or a result."""
        return tuple(p for p in self.every_quarter if p.target is not None or p.result is not None)

    @property
    def pace(self) -> str:
        """분기당 필요 in words."""
        return pace_words(self.figure)


@dataclass(frozen=True)
class Progress:
    """``points`` are the figures at the ends of the term's quarters through the day; the last is the day's own."""

    points: tuple[PledgeFigures, ...]
    courses: tuple[Course, ...]
    first_plans: Mapping[int, Plan]

    @property
    def now(self) -> PledgeFigures:
        return self.points[-1]

    @property
    def contributions(self) -> list[Contribution]:
        return contributions(self.now)

    @property
    def bases(self) -> list[tuple[IndicatorFigure, Plan, Fraction | None]]:
        """Each indicator with the plan it began with and its rate against that."""
        return [
            (figure, self.first_plans[figure.indicator.pk], rate(figure.value, self._first(figure).term))
            for figure in self.now.indicators
        ]

    @property
    def first_overall(self) -> Overall:
        """총 이행률 against the targets the term began with."""
        lines = [Weighed(f.indicator.weight, f.value, self._first(f).term) for f in self.now.indicators]
        return overall(lines, cap=self.now.pledge.term.caps_at_100)

    @property
    def targets_changed(self) -> bool:
        return any(self._first(figure) != figure.plan for figure in self.now.indicators)

    def _first(self, figure: IndicatorFigure) -> Plan:
        return self.first_plans[figure.indicator.pk]


@dataclass(frozen=True)
class Contribution:
    """``points`` an indicator brings to the total of the ``whole`` it could bring. In percent points, exact.

    The whole is its weight; where weights without a target left the denominator, its share of what remains.
    """

    figure: IndicatorFigure
    points: Fraction | None
    whole: Fraction

    @property
    def missing(self) -> Fraction | None:
        return None if self.points is None else max(self.whole - self.points, Fraction(0))


def contributions(figures: PledgeFigures) -> list[Contribution]:
    """What each indicator brings to the total, in the order of the card."""
    total = figures.overall
    counted = Fraction(total.counted_weights or 100)
    return [
        Contribution(
            figure, contribution(figure, total), Fraction(figure.indicator.weight or 0) * 100 / counted
        )
        for figure in figures.indicators
    ]


def progress(pledge: Pledge, as_of: date) -> Progress:
    """The whole course of a pledge up to ``as_of``. Queries grow with the quarters, not with the records."""
    term = pledge.term
    last = min(as_of, term.ends_on)
    days = [q.last_day for q in quarters_between(term.starts_on, last) if q.last_day < last] + [last]
    points = figures_on([pledge], days)[pledge.pk]
    indicators = [figure.indicator for figure in points[-1].indicators]
    recorded = {
        (row.indicator_id, Quarter(row.year, row.quarter)): row.value
        for row in Result.objects.live().filter(indicator__in=indicators)
    }
    courses = [course(_of(points, indicator.pk), recorded) for indicator in indicators]
    first = targets.plans(indicators, term.starts_on)
    return Progress(tuple(points), tuple(courses), first)


def _of(points: Sequence[PledgeFigures], indicator: int) -> list[IndicatorFigure]:
    """One indicator on each of the days; a closed card that did not have it is left out."""
    return [figure for point in points for figure in point.indicators if figure.indicator.pk == indicator]


def course(figures: Sequence[IndicatorFigure], recorded: Mapping[tuple[int, Quarter], Decimal]) -> Course:
    """``figures``: one indicator's at each quarter's end. Own values are differences, or what was recorded."""
    now, term = figures[-1], figures[-1].indicator.pledge.term
    states = {Quarter.of(figure.as_of): figure for figure in figures}
    quarters: dict[Quarter, Period] = {}
    for quarter in quarters_between(term.starts_on, term.ends_on):
        target = now.plan.quarters.get((quarter.year, quarter.number))
        result = own(quarter, states, recorded)
        ended = min(quarter.last_day, term.ends_on) <= now.as_of
        quarters[quarter] = Period(
            quarter.year, quarter.number, target, result, ended, quarter.first_day <= now.as_of
        )
    years = [year_period(year, now, quarters, states) for year in term.years]
    return Course(now, tuple(years), tuple(quarters.values()), states)


def own(
    quarter: Quarter,
    states: Mapping[Quarter, IndicatorFigure],
    recorded: Mapping[tuple[int, Quarter], Decimal],
) -> Decimal | None:
    """A quarter's own value: for a level the state at its end, for a flow what it added; None if not known."""
    figure = states.get(quarter)
    if figure is None:
        return None
    if figure.is_level:
        return figure.value
    before = states.get(quarter.previous())
    begun = Decimal(0) if before is None else before.value
    if figure.value is not None and begun is not None:
        return figure.value - begun
    return recorded.get((figure.indicator.pk, quarter))


def year_period(
    year: int,
    now: IndicatorFigure,
    quarters: Mapping[Quarter, Period],
    states: Mapping[Quarter, IndicatorFigure],
) -> Period:
    """A year: a level's state at its last known quarter, a flow's quarters together (None while one is unknown)."""
    of_year = [quarter for quarter in quarters if quarter.year == year and quarter in states]
    results = [quarters[quarter].result for quarter in of_year]
    last_day = min(date(year, 12, 31), now.term_ends)
    ended = last_day <= now.as_of
    result: Decimal | None = None
    if results and now.is_level:
        result = results[-1]
    elif results:
        result = _sum(results) if None not in results else _over_year(of_year, states)
    return Period(year, None, now.plan.years.get(year), result, ended, bool(of_year))


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _over_year(quarters: Sequence[Quarter], states: Mapping[Quarter, IndicatorFigure]) -> Decimal | None:
    """A flow's year where an opening hides its quarters: the difference of the totals at its two ends."""
    before, after = states.get(quarters[0].previous()), states[quarters[-1]]
    begun = Decimal(0) if before is None else before.value  # before the term's first quarter is nothing
    return None if after.value is None or begun is None else after.value - begun
