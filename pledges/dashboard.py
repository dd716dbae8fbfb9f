"""What the dashboard shows: every pledge of a term with its three named rates, money, what is behind (§3.11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import Sum

from common.footing import foot, tree
from common.money import Unit, signed
from pledges.achievement import mean, share
from pledges.execution import AFTER_TERM, Column, Execution, executions_of, executions_on
from pledges.figures import Facts, IndicatorFigure, PledgeFigures, indicators_of, load_facts
from pledges.flags import Flag, flags, load_desk
from pledges.models import Goal, Pledge, SecuredFunds, Status, Term
from pledges.then import each_as_it_stood
from pledges.trends import Trend, figures_on, inside_closed, quarter_ends
from subsidies.models import SOURCES, Source

FULFILLED = (Status.DONE, Status.CONTINUING)


@dataclass(frozen=True)
class Row:
    """One pledge on the dashboard. ``cost`` and ``secured``: 총사업비 and 확보액 in won, as known of the day."""

    pledge: Pledge
    figures: PledgeFigures
    execution: Execution
    cost: int = 0
    secured: int = 0
    trend: Trend | None = None
    flags: tuple[Flag, ...] = ()

    @property
    def spent_of_cost(self) -> Fraction | None:
        """집행 ÷ 총사업비 in percent."""
        total = self.execution.total
        return None if total is None else share(total, self.cost)

    @property
    def spent_of_secured(self) -> Fraction | None:
        """집행 ÷ 확보액 in percent."""
        total = self.execution.total
        return None if total is None else share(total, self.secured)

    @property
    def is_fulfilled(self) -> bool:
        """완료 or 이행 후 지속추진 (DOMAIN §3.11)."""
        return self.state in FULFILLED

    @property
    def status(self) -> str:
        """추진상황 as the document words it, of a closed quarter as it was printed; ``-`` where none was ticked."""
        if self.figures.published:
            return self.figures.published.status or "-"
        return printed_status(self.pledge) or "-"

    @property
    def state(self) -> str:
        """The ``Status`` behind those words."""
        if self.figures.published is None or self.figures.published.status == printed_status(self.pledge):
            return self.pledge.status
        return next((value for value, label in Status.choices if str(label) == self.status), "")


def printed_status(pledge: Pledge) -> str:
    return pledge.status_words or str(pledge.get_status_display())


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
    if not pledges:
        return []
    day = min(as_of, pledges[0].term.ends_on)
    facts = load_facts(indicators_of(pledges), date.max)
    figures, money = _on(pledges, [day], [as_of], facts)
    return [Row(pledge, figures[pledge.pk][-1], money[as_of][pledge.pk]) for pledge in pledges]


def _on(
    pledges: Sequence[Pledge], days: Sequence[date], money_days: Sequence[date], facts: Facts
) -> tuple[dict[int, list[PledgeFigures]], dict[date, dict[int, Execution]]]:
    """Figures on each of ``days``, by pledge, and executions on ``money_days``."""
    executions = executions_on if inside_closed(pledges, money_days, facts) else executions_of
    return figures_on(pledges, days, facts), executions(pledges, money_days)


Wholes = dict[int, tuple[int, int]]


def wholes_on(pledges: Sequence[Pledge], as_of: date) -> Wholes:
    """총사업비 and 확보액 in won, by pledge; of a day in a closed quarter as its closing knew them (DOMAIN §3.15)."""
    found: Wholes = {}
    for part in each_as_it_stood(pledges, [as_of], lambda mine, _: wholes_of(mine), published=True):
        found |= part
    return found


def wholes_of(pledges: Sequence[Pledge]) -> Wholes:
    """The same as it is now. One query."""
    rows = SecuredFunds.objects.live().filter(pledge__in=pledges).order_by()
    secured = dict(rows.values_list("pledge").annotate(won=Sum("amount")))
    return {pledge.pk: (int(pledge.cost_total), secured.get(pledge.pk, 0)) for pledge in pledges}


def watched(pledges: Sequence[Pledge], as_of: date, today: date) -> list[Row]:
    """A row for each of one term's pledges with 확보액, trend and flags, in a number of queries that does not grow."""
    if not pledges:
        return []
    term = pledges[0].term
    days = quarter_ends(term, as_of)
    facts = load_facts(indicators_of(pledges), date.max)
    figures, money = _on(pledges, days, [days[0], as_of], facts)
    wholes = wholes_on(pledges, as_of) if any(facts.closed.values()) else wholes_of(pledges)
    desk = load_desk(pledges, term, today)

    def row(pledge: Pledge) -> Row:
        points, now = figures[pledge.pk], money[as_of][pledge.pk]
        trend = Trend(tuple(points), money[days[0]][pledge.pk])
        found = flags(pledge, points[-1], now, trend, desk)
        return Row(pledge, points[-1], now, *wholes[pledge.pk], trend, found)

    return [row(pledge) for pledge in pledges]


def pledges_of(term: Term) -> list[Pledge]:
    return list(Pledge.objects.in_term(term).with_card())


def summary(rows: Iterable[Row]) -> Summary:
    """Means of the pledges' rates, as the office publishes them; fulfilled among all without 폐기 and merged."""
    counted = counted_rows(rows)
    rates = [row.figures.overall.rate for row in counted]
    return Summary(
        pledges=len(counted),
        rate=mean(rates),
        progress=mean(row.figures.progress.rate for row in counted),
        fulfilled=share(sum(1 for row in counted if row.is_fulfilled), len(counted)),
        unknown=sum(1 for found in rates if found is None),
    )


def counted_rows(rows: Iterable[Row]) -> list[Row]:
    """The rows that a mean counts: without 폐기 and merged ones (DOMAIN §3.11)."""
    return [r for r in rows if r.state != Status.DROPPED and r.pledge.merged_into_id is None]


def by_goal(rows: Sequence[Row]) -> list[GoalRows]:
    """The rows under their goals, in the goals' order."""
    goals: dict[int, list[Row]] = {}
    for row in rows:
        goals.setdefault(row.pledge.goal_id, []).append(row)
    return [GoalRows(found[0].pledge.goal, tuple(found), summary(found)) for found in goals.values()]


@dataclass(frozen=True)
class MoneyTable:
    """예산 집행액 of all rows: columns of years, a line a source, printed so that it foots.

    ``cells`` holds (source, column), "" being all of them; None: not known.
    """

    columns: tuple[Column, ...]
    cells: dict[tuple[str, Column], int | None]
    unit: str

    @property
    def lines(self) -> list[tuple[str, str, list[tuple[Column, int | None]]]]:
        """Label and source, then each column with its figure; the total first, both ways."""
        labels = {"": "계"} | {str(source): str(Source(source).label) for source in SOURCES}
        return [
            (label, source, [(column, self.cells[source, column]) for column in ("", *self.columns)])
            for source, label in labels.items()
        ]


def money_table(tables: Sequence[Execution], term: Term, printed: Unit) -> MoneyTable:
    """Years × sources, summed over the pledges. A column with an unknown cell is unknown, and so is the total."""
    columns: tuple[Column, ...] = (*term.years, AFTER_TERM)
    won = {
        (str(source), column): [table.cell(column, source) for table in tables]
        for column in columns
        for source in SOURCES
    }
    unknown = {column for (_, column), found in won.items() if None in found}
    known = [column for column in columns if column not in unknown]
    sums = {key: sum(one for one in found if one) for key, found in won.items() if key[1] in known}
    footed = foot(sums, tree("계", *map(str, SOURCES)), tree("계", *known), printed.step)
    cells: dict[tuple[str, Column], int | None] = {}
    for source in ("", *map(str, SOURCES)):
        name = source or "계"
        cells[source, ""] = None if unknown else footed.value(name, "계")
        cells |= {(source, c): footed.value(name, c) if c in known else None for c in columns}
    return MoneyTable(columns, cells, printed.label)


@dataclass(frozen=True)
class Said:
    """A sentence about a pledge, and the indicator it is about (None: the whole)."""

    text: str
    no: int | None = None


def behind(rows: Iterable[Row]) -> list[tuple[Row, list[Said]]]:
    """What is behind its plan or cannot be computed, and why, pledge by pledge."""
    found = []
    for row in rows:
        words = [_behind_words(figure) for figure in row.figures.indicators if figure.is_behind]
        if row.figures.overall.why_none:
            words.append(Said(str(row.figures.overall.why_none)))
        if words:
            found.append((row, words))
    return found


def _behind_words(figure: IndicatorFigure) -> Said:
    indicator = figure.indicator
    wanted, got = (signed(value or Decimal(0)) for value in (figure.ended_target, figure.value))
    return Said(f"{indicator.name}: 계획 {wanted}{indicator.unit} 가운데 {got}", indicator.no)
