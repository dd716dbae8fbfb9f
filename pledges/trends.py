"""How a pledge's figures moved: at the ends of quarters, and by year and quarter within the term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from common.periods import Quarter
from pledges import measures, targets
from pledges.execution import Execution
from pledges.figures import Facts, PledgeFigures, compose, indicators_of, load_facts, quarter_of
from pledges.frozen import as_published, frozen_cards
from pledges.models import Pledge, Term
from pledges.then import each_as_it_stood, lies_inside

# A trend shows so many ended quarters before its day: one year.
QUARTERS = 4


@dataclass(frozen=True)
class Trend:
    """One pledge's figures at the ends of past quarters and, last, on the day itself.

    ``money`` is its execution at the first of the days: with the row's own it says what moved since.
    """

    points: tuple[PledgeFigures, ...]
    money: Execution

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(point.as_of for point in self.points)

    @property
    def rates(self) -> tuple[Fraction | None, ...]:
        """임기 이행률 at each of the days, in percent; None where there is none."""
        return tuple(point.overall.rate for point in self.points)

    @property
    def results_moved(self) -> bool | None:
        """Whether the result of any indicator changed between the first day and the last; None if not known."""
        before = {figure.indicator.pk: figure.value for figure in self.points[0].indicators}
        pairs = [
            (before[figure.indicator.pk], figure.value)
            for figure in self.points[-1].indicators
            if figure.indicator.pk in before
        ]
        if not pairs or any(None in pair for pair in pairs):
            return None
        return any(old != new for old, new in pairs)

    def money_moved(self, now: Execution) -> int | None:
        """Won executed within the term since the first day; None if either sum is not known.

        Money after the term's last day is none of its results' (임기 후, DOMAIN §3.8).
        """
        if self.money.in_term is None or now.in_term is None:
            return None
        return now.in_term - self.money.in_term


def quarter_ends(term: Term, as_of: date, number: int = QUARTERS) -> list[date]:
    """The last days of the ``number`` quarters that ended before ``as_of`` within the term, then ``as_of``."""
    last = min(as_of, term.ends_on)
    days, quarter = [last], Quarter.of(last)
    while len(days) <= number and (quarter := quarter.previous()).last_day >= term.starts_on:
        days.append(quarter.last_day)
    return days[::-1]


Found = dict[int, list[PledgeFigures]]


def figures_on(pledges: Sequence[Pledge], days: Sequence[date], facts: Facts | None = None) -> Found:
    """The figures of one term's pledges on each of ``days``, by pledge, in the order of the days.

    Of a closed quarter as they were published; of a day inside one as its closing knew the records. ``facts``: of
    ``date.max``, where they were fetched already.
    """
    if not pledges:
        return {}
    facts = facts or load_facts(indicators_of(pledges), date.max)
    if not inside_closed(pledges, days, facts):
        return _figures_on(pledges, days, facts)
    found: dict[int, dict[date, PledgeFigures]] = defaultdict(dict)

    def load(mine: Sequence[Pledge], wanted: Sequence[date]) -> None:
        known = load_facts(indicators_of(mine), date.max)
        for pk, figures in _figures_on(mine, wanted, known).items():
            found[pk] |= dict(zip(wanted, figures, strict=True))

    each_as_it_stood(pledges, days, load)
    return {pk: [by_day[day] for day in days] for pk, by_day in found.items()}


def inside_closed(pledges: Sequence[Pledge], days: Sequence[date], facts: Facts) -> bool:
    """Whether one of ``days`` was covered by a closing and not itself published. No query."""
    closed = {quarter_of(row) for rows in facts.closed.values() for row in rows}
    return lies_inside(days, closed, pledges[0].term.ends_on)


def _figures_on(pledges: Sequence[Pledge], days: Sequence[date], facts: Facts) -> Found:
    """`figures_on` from the records as they are read now; fetched once, whatever the number of pledges and days."""
    found: Found = defaultdict(list)
    indicators = indicators_of(pledges)
    versions = targets.versions(indicators)
    until = {day: facts.until(day) for day in days}
    records = measures.load_days(indicators, {day: until[day].closed_through for day in days})
    cards = frozen_cards(pledges, days) if any(facts.closed.values()) else {}
    for day in days:
        plans = targets.plans_from(versions, indicators, day)
        for figures in compose(pledges, day, until[day], plans, records[day]):
            pk = figures.pledge.pk
            found[pk].append(as_published(figures, cards.get((pk, day))))
    return found
