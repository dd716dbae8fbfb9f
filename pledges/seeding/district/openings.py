"""What follows from the records: totals of before the system, and 총사업비; never less than the records make."""

from __future__ import annotations

from decimal import Decimal

from simple_history.utils import bulk_update_with_history

from common.periods import Quarter
from pledges.execution import executions
from pledges.models import Aggregation, ExecutionOpening, Indicator, IndicatorOpening, Measure, Pledge
from pledges.openings import execution_itemised, indicator_itemised, named_in
from subsidies.models import SOURCES

from .size import ORIGIN, Frame

MILLION = 1_000_000
COSTS = [f"cost_{name}" for name in SOURCES]


def make_openings(frame: Frame, pledges: list[Pledge]) -> None:
    """At the end of the term's first half-year; after the records, which itemise them."""
    late = pledges[::4]
    indicators = Indicator.objects.live().filter(pledge__in=late).order_by("pledge_id", "no")
    frame.writer.write([_indicator(frame, row) for row in indicators])
    frame.writer.write([_execution(frame, pledge, name) for pledge in late for name in SOURCES[:3]])


def plan_costs(frame: Frame, pledges: list[Pledge]) -> None:
    """총사업비 of each source: what is executed by the term's end, and some more."""
    tables = executions(pledges, frame.term.ends_on)
    for pledge in pledges:
        cells = tables[pledge.pk].cells
        for name in SOURCES:
            won = sum(amount or 0 for (_, source), amount in cells.items() if source == name)
            more = frame.dice.randrange(1, 500) if name != "other" or won else 0
            setattr(pledge, f"cost_{name}", (-(-int(won) // MILLION) + more) * MILLION)
    bulk_update_with_history(pledges, Pledge, COSTS, default_change_reason=ORIGIN)


def _quarter(frame: Frame) -> Quarter:
    return Quarter.of(frame.term.starts_on).next()


def _indicator(frame: Frame, indicator: Indicator) -> IndicatorOpening:
    """As much as its records detail, and some more that none names; a level is what was recorded for that day."""
    quarter, more = _quarter(frame), frame.dice.randrange(1, 10)
    opening = IndicatorOpening(indicator=indicator, on=quarter.last_day, value=Decimal(0), source=ORIGIN)
    recorded = {Quarter(row.year, row.quarter): row.value for row in indicator.results.live()}
    if indicator.measure:
        opening.value = indicator_itemised(opening).details + more
    elif indicator.aggregation == Aggregation.LEVEL:
        opening.value = recorded.get(quarter, Decimal(more))
    else:
        opening.value = sum((value for of, value in recorded.items() if of <= quarter), Decimal(more))
    if indicator.measure == Measure.SUPPORTED:
        opening.year_value = Decimal(len(named_in(indicator, opening.on, opening.on.year)) + more)
    return opening


def _execution(frame: Frame, pledge: Pledge, fund: str) -> ExecutionOpening:
    on = _quarter(frame).last_day
    opening = ExecutionOpening(pledge=pledge, on=on, year=on.year, fund=fund, amount=0, source=ORIGIN)
    detailed = -(-int(execution_itemised(opening).details) // MILLION)
    opening.amount = (detailed + frame.dice.randrange(1, 50)) * MILLION
    return opening
