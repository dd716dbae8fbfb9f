"""The figures of pledges as of a day: each indicator's value with its operands, its rates, the totals.

Everything is fetched for a batch of pledges at once, in a number of queries that does not grow with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from django.db.models import prefetch_related_objects

from common.checkpoints import Checkpoint, Count, Figure, Kind, QuarterFact, flow, level
from common.periods import Quarter
from pledges import measures, targets
from pledges.achievement import (
    Overall,
    Pace,
    Plan,
    Published,
    Weighed,
    ended_target,
    overall,
    pace,
    plain,
    rate,
    running_period,
)
from pledges.distinct import FirstPayment, FrozenNames, counted_on
from pledges.models import (
    Aggregation,
    ClosedResult,
    Indicator,
    IndicatorOpening,
    Measure,
    Pledge,
    Result,
    Term,
)


@dataclass(frozen=True)
class IndicatorFigure:
    """One indicator as of a day. Rates are in percent, exact; None where there is none (printed –)."""

    indicator: Indicator
    plan: Plan
    figure: Figure
    as_of: date
    term_ends: date

    @property
    def is_level(self) -> bool:
        return self.indicator.aggregation == Aggregation.LEVEL

    @property
    def value(self) -> Decimal | None:
        return self.figure.total

    @property
    def rate(self) -> Fraction | None:
        """임기 이행률: result to date ÷ term target."""
        return rate(self.value, self.plan.term)

    @cached_property
    def ended_target(self) -> Decimal | None:
        return ended_target(self.plan, self.as_of, self.term_ends, self.is_level)

    @property
    def progress(self) -> Fraction | None:
        """계획 대비 진도율: result to date ÷ targets of the periods that ended."""
        return rate(self.value, self.ended_target)

    @property
    def pace(self) -> Pace | None:
        """On a day before the term every quarter of the term remains, and no other."""
        day = max(self.as_of, self.indicator.pledge.term.starts_on - timedelta(days=1))
        return pace(self.value, self.plan, day, self.term_ends, self.is_level, self._brought)

    @property
    def _brought(self) -> Decimal:
        """What the period still running has brought; what an opening inside it hides is not known and left out."""
        running = running_period(self.plan, self.as_of, self.term_ends)
        if running is None:
            return Decimal(0)
        mine = (p.value for p in self.figure.parts if p.first is not None and p.first >= running[0])
        return sum(mine, Decimal(0))

    @property
    def is_behind(self) -> bool:
        return self.progress is not None and self.progress < 100


@dataclass(frozen=True)
class PledgeFigures:
    """A pledge's indicators and totals. ``as_of`` never passes the term's last day (DOMAIN §3.8)."""

    pledge: Pledge
    as_of: date
    indicators: tuple[IndicatorFigure, ...]
    published: Published | None = None  # what a closed card printed (``pledges.frozen``)

    @cached_property
    def overall(self) -> Overall:
        """총 이행률 (임기 이행률 of the pledge)."""
        if self.published:
            return self.published.overall
        return self._total([Weighed(i.indicator.weight, i.value, i.plan.term) for i in self.indicators])

    @cached_property
    def progress(self) -> Overall:
        """The weighted 계획 대비 진도율; indicators whose plan has nothing ended yet leave the denominator."""
        if self.published:
            return self.published.progress
        return self._total([Weighed(i.indicator.weight, i.value, i.ended_target) for i in self.indicators])

    def _total(self, lines: Sequence[Weighed]) -> Overall:
        return overall(lines, cap=self.pledge.term.caps_at_100)

    @property
    def is_behind(self) -> bool:
        return any(figure.is_behind for figure in self.indicators)


@dataclass
class Facts:
    """Checkpoints of a batch of indicators, by indicator."""

    openings: dict[int, list[IndicatorOpening]]
    results: dict[int, list[Result]]
    closed: dict[int, list[ClosedResult]]

    @property
    def closed_through(self) -> date | None:
        days = [quarter_of(row).last_day for rows in self.closed.values() for row in rows]
        return max(days, default=None)

    def until(self, day: date) -> Facts:
        """The same facts as they bear on an earlier ``day``: later closed quarters fall away."""
        closed: dict[int, list[ClosedResult]] = defaultdict(list)
        for indicator, rows in self.closed.items():
            closed[indicator] = [row for row in rows if quarter_of(row).last_day <= day]
        return Facts(self.openings, self.results, closed)


def quarter_of(row: ClosedResult | Result) -> Quarter:
    period = row.closing if isinstance(row, ClosedResult) else row
    return Quarter(period.year, period.quarter)


def load_facts(indicators: Sequence[Indicator], as_of: date, without: Quarter | None = None) -> Facts:
    """Openings, recorded results and the latest version of each closed quarter. Three queries.

    ``without`` leaves out one closed quarter: it is being made anew from the records.
    """
    facts = Facts(defaultdict(list), defaultdict(list), defaultdict(list))
    for opening in IndicatorOpening.objects.live().filter(indicator__in=indicators).order_by("on"):
        facts.openings[opening.indicator_id].append(opening)
    for result in Result.objects.live().filter(indicator__in=indicators):
        facts.results[result.indicator_id].append(result)
    versions: dict[tuple[int, Quarter], ClosedResult] = {}
    rows = ClosedResult.objects.filter(indicator__in=indicators).select_related("closing__term")
    for closed in rows.order_by("closing__version"):
        versions[closed.indicator_id, quarter_of(closed)] = closed
    for (indicator, quarter), closed in versions.items():
        if quarter.last_day <= as_of and quarter != without:
            facts.closed[indicator].append(closed)
    return facts


def pledge_figures(
    pledges: Iterable[Pledge], as_of: date, without: Quarter | None = None
) -> list[PledgeFigures]:
    """The figures of ``pledges`` (one term's) at the end of ``as_of``, or of their term if that is earlier."""
    batch = list(pledges)
    if not batch:
        return []
    indicators = indicators_of(batch)
    day = min(as_of, batch[0].term.ends_on)
    facts = load_facts(indicators, day, without)
    records = measures.load(indicators, day, facts.closed_through)
    return compose(batch, day, facts, targets.plans(indicators, day), records)


def indicators_of(batch: Sequence[Pledge]) -> list[Indicator]:
    """The live indicators of a batch of pledges; one query unless they were fetched before."""
    prefetch_related_objects(batch, "indicators")
    return [i for pledge in batch for i in pledge.indicators.all() if not i.is_void]


def compose(
    batch: Sequence[Pledge], day: date, facts: Facts, plans: Mapping[int, Plan], records: measures.Records
) -> list[PledgeFigures]:
    """The figures on ``day`` (within the term) from what was already fetched; no query."""
    indicators = indicators_of(batch)
    term = batch[0].term
    found: dict[int, list[IndicatorFigure]] = defaultdict(list)
    for indicator in sorted(indicators, key=lambda i: i.no):
        figure = figure_of(indicator, term, day, facts, records)
        found[indicator.pledge_id].append(
            IndicatorFigure(indicator, plans[indicator.pk], figure, day, term.ends_on)
        )
    return [PledgeFigures(pledge, day, tuple(found[pledge.pk])) for pledge in batch]


def figure_of(
    indicator: Indicator, term: Term, as_of: date, facts: Facts, records: measures.Records
) -> Figure:
    """The value of one indicator: the level or the flow rule over its checkpoints and records."""
    openings = [Checkpoint(o.on, plain(o.value), Kind.OPENING, o) for o in facts.openings[indicator.pk]]
    if indicator.aggregation == Aggregation.LEVEL:
        return level(as_of, openings + _states(indicator, facts), net_change(indicator, records))
    return flow(
        as_of,
        term.starts_on,
        openings + _published(indicator, facts),
        quarter_facts(indicator, facts),
        counter(indicator, as_of, facts, records),
    )


def _published(indicator: Indicator, facts: Facts) -> list[Checkpoint]:
    """The total of the first closing that knew one: it covers the quarters before it, which are not closed singly."""
    for row in sorted(facts.closed[indicator.pk], key=quarter_of):
        if row.total is not None:
            return [Checkpoint(quarter_of(row).last_day, plain(row.total), Kind.CLOSED, row)]
    return []


def _states(indicator: Indicator, facts: Facts) -> list[Checkpoint]:
    recorded = [
        Checkpoint(quarter_of(r).last_day, plain(r.value), Kind.RECORDED, r)
        for r in facts.results[indicator.pk]
    ]
    closed = [
        Checkpoint(quarter_of(c).last_day, plain(c.value), Kind.CLOSED, c)
        for c in facts.closed[indicator.pk]
        if c.value is not None
    ]
    return recorded + closed


def net_change(indicator: Indicator, records: measures.Records) -> measures.NetChange | None:
    return records.net_enterprises if indicator.measure == Measure.ENTERPRISES else None


def quarter_facts(indicator: Indicator, facts: Facts) -> list[QuarterFact]:
    """What was recorded and frozen, quarter by quarter."""
    recorded = {quarter_of(r): r for r in facts.results[indicator.pk]}
    closed = {quarter_of(c): c for c in facts.closed[indicator.pk]}
    return [
        QuarterFact(
            quarter,
            _value(closed.get(quarter)),
            _value(recorded.get(quarter)),
            closed.get(quarter),
            recorded.get(quarter),
        )
        for quarter in sorted({*recorded, *closed})
    ]


def _value(row: ClosedResult | Result | None) -> Decimal | None:
    return None if row is None or row.value is None else plain(row.value)


def counter(indicator: Indicator, as_of: date, facts: Facts, records: measures.Records) -> Count | None:
    """How the records of a flow are counted from one day through another; None where they are not."""
    if indicator.measure == Measure.MARKET_DAYS:
        return measures.between(records.days.get(indicator.pledge_id, []))
    if indicator.measure == Measure.SUPPORTED:
        return measures.between(
            [payment.day for payment in counted_payments(indicator, as_of, facts, records)]
        )
    return None


def counted_payments(
    indicator: Indicator, as_of: date, facts: Facts, records: measures.Records
) -> list[FirstPayment]:
    """The first payments that a yearly distinct indicator counts, after its opening."""
    openings = [opening.on for opening in facts.openings[indicator.pk] if opening.on <= as_of]
    frozen = [
        FrozenNames(of.year, of.last_day, frozenset(map(_key, row.names)), row.closing.term.starts_on)
        for row in facts.closed[indicator.pk]
        for of in [quarter_of(row)]
    ]
    return counted_on(records.payments.get(indicator.pk, []), max(openings, default=None), frozen)


def _key(name: object) -> object:
    """A frozen name as it was counted: JSON keeps (enterprise, programme) as a list."""
    return tuple(name) if isinstance(name, list) else name
