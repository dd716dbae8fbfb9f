"""How a pledge's figures moved: at the ends of quarters, and by year and quarter within the term."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from common.periods import Quarter
from pledges import targets
from pledges.execution import Execution, executions
from pledges.figures import PledgeFigures, compose, indicators_of, load_facts
from pledges.models import Pledge, Term

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
        pairs = [
            (old.value, new.value)
            for old, new in zip(self.points[0].indicators, self.points[-1].indicators, strict=True)
        ]
        if not pairs or any(None in pair for pair in pairs):
            return None
        return any(old != new for old, new in pairs)

    def money_moved(self, now: Execution) -> int | None:
        """Won executed since the first day; None if either total is not known."""
        if self.money.total is None or now.total is None:
            return None
        return now.total - self.money.total


def quarter_ends(term: Term, as_of: date, number: int = QUARTERS) -> list[date]:
    """The last days of the ``number`` quarters that ended before ``as_of`` within the term, then ``as_of``."""
    last = min(as_of, term.ends_on)
    days, quarter = [last], Quarter.of(last)
    while len(days) <= number and (quarter := quarter.previous()).last_day >= term.starts_on:
        days.append(quarter.last_day)
    return days[::-1]


def figures_on(pledges: Sequence[Pledge], days: Sequence[date]) -> dict[int, list[PledgeFigures]]:
    """The figures of one term's pledges on each of ``days``, by pledge.

    Openings, results, closings and targets are fetched once, the records once a day: no query per pledge.
    """
    indicators = indicators_of(pledges)
    facts, versions = load_facts(indicators, max(days)), targets.versions(indicators)
    found: dict[int, list[PledgeFigures]] = defaultdict(list)
    for day in days:
        plans = targets.plans_from(versions, indicators, day)
        for figures in compose(pledges, day, facts.until(day), plans):
            found[figures.pledge.pk].append(figures)
    return found


def trends(pledges: Sequence[Pledge], as_of: date) -> dict[int, Trend]:
    """The trend of each of one term's pledges, by its key, over the year before ``as_of``."""
    if not pledges:
        return {}
    days = quarter_ends(pledges[0].term, as_of)
    money = executions(pledges, days[0])
    return {pk: Trend(tuple(points), money[pk]) for pk, points in figures_on(pledges, days).items()}
