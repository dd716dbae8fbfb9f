"""Indicators with their targets, and what was reached before the records begin."""

from __future__ import annotations

from datetime import date
from typing import Any

from pledges.models import Indicator, IndicatorOpening, Pledge, Target, Term
from pledges.models.indicators import Aggregation
from pledges.reading.model import ReadCard, ReadIndicator

from .keeper import Keeper


def store_indicators(keeper: Keeper, card: ReadCard, pledge: Pledge, as_of: date) -> None:
    targets: list[tuple[Any, int]] = []
    openings: list[tuple[Any, int]] = []
    for read in card.indicators:
        indicator = _indicator(keeper, pledge, read)
        if indicator is None:
            continue
        targets += [(target, read.line) for target in _targets(indicator, read, pledge.term)]
        if read.actual is not None:
            openings.append((_opening(keeper, card, indicator, read, pledge.term, as_of), read.line))
    keeper.save_all(targets, "목표")
    keeper.save_all(openings, "누적 실적")


def _indicator(keeper: Keeper, pledge: Pledge, read: ReadIndicator) -> Indicator | None:
    where, weight = f"지표 {read.no}", read.weight
    if weight is not None and not 0 <= weight <= 100:
        keeper.faults.error(read.line, f"{where} 대비비율 {weight:f}: 0보다 크고 100 이하여야 합니다.")
        return None
    row = Indicator(
        pledge=pledge,
        no=read.no,
        plan=read.plan,
        name=read.name,
        unit=read.unit,
        weight=weight or None,
        aggregation=read.aggregation,
        measure=read.measure,
        note=read.note,
    )
    return keeper.save(row, read.line, where)


def _targets(indicator: Indicator, read: ReadIndicator, term: Term) -> list[Target]:
    """First targets hold from the term's start (DOMAIN §3.7)."""
    rows = [Target(indicator=indicator, value=read.term_target, valid_from=term.starts_on)]
    for year, value in read.years.items():
        rows.append(Target(indicator=indicator, year=year, value=value, valid_from=term.starts_on))
    for year, values in read.quarters.items():
        rows += [
            Target(indicator=indicator, year=year, quarter=number, value=value, valid_from=term.starts_on)
            for number, value in enumerate(values, start=1)
        ]
    return rows


def _opening(
    keeper: Keeper, card: ReadCard, indicator: Indicator, read: ReadIndicator, term: Term, as_of: date
) -> IndicatorOpening:
    """An indicator stops at the term's last day. A yearly distinct count keeps the part of its own year, which
    지원현황 gives."""
    year_value = None
    if read.aggregation == Aggregation.YEARLY_DISTINCT and card.support:
        cells = card.support.years.get(as_of.year, {})
        known = [cell.enterprises for name, cell in cells.items() if name and cell.enterprises is not None]
        year_value = sum(known) if known else None
    on = min(as_of, term.ends_on)
    return IndicatorOpening(
        indicator=indicator, on=on, value=read.actual, year_value=year_value, source=keeper.source(read.line)
    )
