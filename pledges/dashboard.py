"""What the dashboard shows: every pledge of a term with its three named rates, money, what is behind (§3.11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from common.footing import foot, tree
from common.money import Unit
from pledges.achievement import mean, share
from pledges.execution import AFTER_TERM, Column, Execution, executions
from pledges.figures import PledgeFigures, pledge_figures
from pledges.models import Goal, Pledge, Status, Term
from subsidies.models import SOURCES, Source

FULFILLED = (Status.DONE, Status.CONTINUING)


@dataclass(frozen=True)
class Row:
    """One pledge on the dashboard."""

    pledge: Pledge
    figures: PledgeFigures
    execution: Execution

    @property
    def spent_of_cost(self) -> Fraction | None:
        """집행 ÷ 총사업비 in percent."""
        total = self.execution.total
        return None if total is None else share(total, self.pledge.cost_total)


@dataclass(frozen=True)
class Summary:
    """The three named figures of a group of pledges, never one nameless 이행률."""

    pledges: int
    rate: Fraction | None
    progress: Fraction | None
    fulfilled: Fraction | None
    unknown: int


@dataclass(frozen=True)
class GoalRows:
    goal: Goal
    rows: tuple[Row, ...]
    summary: Summary


def rows_of(pledges: Sequence[Pledge], as_of: date) -> list[Row]:
    """A row for each of one term's pledges; the number of queries does not grow with them."""
    money = executions(pledges, as_of)
    return [Row(found.pledge, found, money[found.pledge.pk]) for found in pledge_figures(pledges, as_of)]


def pledges_of(term: Term) -> list[Pledge]:
    return list(Pledge.objects.in_term(term).with_card())


def summary(rows: Iterable[Row]) -> Summary:
    """Means of the pledges' rates, as the office publishes them; fulfilled among all without 폐기 and merged."""
    counted = [r for r in rows if r.pledge.status != Status.DROPPED and r.pledge.merged_into_id is None]
    rates = [row.figures.overall.rate for row in counted]
    return Summary(
        pledges=len(counted),
        rate=mean(rates),
        progress=mean(row.figures.progress.rate for row in counted),
        fulfilled=share(sum(1 for row in counted if row.pledge.status in FULFILLED), len(counted)),
        unknown=sum(1 for found in rates if found is None),
    )


def by_goal(rows: Sequence[Row]) -> list[GoalRows]:
    """The rows under their goals, in the goals' order."""
    goals: dict[int, list[Row]] = {}
    for row in rows:
        goals.setdefault(row.pledge.goal_id, []).append(row)
    return [GoalRows(found[0].pledge.goal, tuple(found), summary(found)) for found in goals.values()]


@dataclass(frozen=True)
class MoneyTable:
    """예산 집행액 of all rows: columns of years, a line a source, printed so that it foots."""

    columns: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int | None, ...]], ...]
    unit: str


def money_table(rows: Sequence[Row], term: Term, printed: Unit) -> MoneyTable:
    """Years × sources, summed over the pledges. A column with an unknown cell is unknown, and so is the total."""
    years: tuple[Column, ...] = (*term.years, AFTER_TERM)
    cells: dict[tuple[str, Column], int] = {}
    unknown: set[Column] = set()
    for column in years:
        for source in SOURCES:
            found = [row.execution.cell(column, source) for row in rows]
            if None in found:
                unknown.add(column)
            cells[source, column] = sum(won for won in found if won is not None)
    known = [column for column in years if column not in unknown]
    shown = {key: won for key, won in cells.items() if key[1] in known}
    footed = foot(shown, tree("계", *SOURCES), tree("계", *known), printed.step)

    def line(source: str) -> tuple[int | None, ...]:
        total = None if unknown else footed.value(source, "계")
        return (total, *(footed.value(source, c) if c in known else None for c in years))

    labels = {"계": "계"} | {source.value: str(source.label) for source in Source}
    return MoneyTable(
        columns=("계", *(str(column) for column in years)),
        lines=tuple((labels[source], line(source)) for source in ("계", *SOURCES)),
        unit=printed.label,
    )


def behind(rows: Iterable[Row]) -> list[tuple[Row, list[str]]]:
    """What is behind its plan or cannot be computed, and why, pledge by pledge."""
    found = []
    for row in rows:
        words = [
            f"{figure.indicator.name}: 계획 {figure.ended_target:f}{figure.indicator.unit} 가운데 {figure.value:f}"
            for figure in row.figures.indicators
            if figure.is_behind and figure.value is not None and figure.ended_target is not None
        ]
        if row.figures.overall.why_none:
            words.append(str(row.figures.overall.why_none))
        if words:
            found.append((row, words))
    return found
