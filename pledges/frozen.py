"""What closed cards say of a quarter: the rates, targets and weights that were published stay (DOMAIN §3.15).

A dashboard computes; on the last day of a closed quarter it must not compute otherwise than was printed, even after
a weight was changed, an indicator taken out or the cap lifted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Q

from common.checkpoints import Figure
from common.money import percent
from common.periods import Quarter
from pledges.achievement import Overall, Plan, Published
from pledges.figures import IndicatorFigure, PledgeFigures
from pledges.models import ClosedCard, Indicator, Pledge


@dataclass(frozen=True)
class Frozen:
    """One closed card's parts that a dashboard shows; numbers exactly as the card holds them."""

    indicators: tuple[Mapping[str, Any], ...]
    overall: Mapping[str, Any]
    progress: Mapping[str, Any]
    decimals: int
    status: str


def frozen_cards(pledges: Sequence[Pledge], days: Iterable[date]) -> dict[tuple[int, date], Frozen]:
    """The latest version of each card closed on one of ``days``, by pledge and day. One query."""
    wanted = Q()
    for day in days:
        quarter = Quarter.of(day)
        if quarter.last_day == day:
            wanted |= Q(closing__year=quarter.year, closing__quarter=quarter.number)
    if not wanted:
        return {}
    rows = ClosedCard.objects.filter(wanted, pledge__in=pledges).order_by("closing__version")
    latest = {
        (pledge, Quarter(year, number).last_day): content
        for pledge, year, number, content in rows.values_list(
            "pledge", "closing__year", "closing__quarter", "content"
        )
    }
    return {key: _read(content) for key, content in latest.items()}


def _read(content: str) -> Frozen:
    card = json.loads(content, parse_float=Decimal)
    return Frozen(
        tuple(card["indicators"]),
        card["overall"],
        card["progress"],
        card["decimals"],
        card["header"]["status"],
    )


def as_published(figures: PledgeFigures, card: Frozen | None) -> PledgeFigures:
    """``figures`` with the indicators, targets, weights and totals that the closed card printed."""
    if card is None:
        return figures
    computed = {figure.indicator.pk: figure for figure in figures.indicators}
    stored = {indicator.pk: indicator for indicator in figures.pledge.indicators.all()}
    shown = tuple(
        _indicator(part, computed.get(part["pk"]), stored[part["pk"]], figures)
        for part in card.indicators
        if part["pk"] in stored
    )
    found = replace(figures, indicators=shown)
    # The printed totals stand above what the settings of today would make of the same figures.
    return replace(
        found,
        published=Published(
            _printed(found.overall, card.overall, card.decimals),
            _printed(found.progress, card.progress, card.decimals),
            card.status,
        ),
    )


def _indicator(
    part: Mapping[str, Any], found: IndicatorFigure | None, indicator: Indicator, figures: PledgeFigures
) -> IndicatorFigure:
    then = copy(indicator)
    then.weight, then.name, then.unit = _number(part["weight"]), part["name"], part["unit"]
    value = _number(part["value"])
    known = Decimal(part["known"])
    parts = found.figure.parts if found else ()
    return IndicatorFigure(
        indicator=then,
        plan=_plan(part),
        figure=Figure(value, known, parts),
        as_of=figures.as_of,
        term_ends=figures.pledge.term.ends_on,
    )


def _plan(part: Mapping[str, Any]) -> Plan:
    return Plan(
        term=_number(part["term_target"]),
        years={int(year): _number(value) for year, value in part["annual_targets"].items()},
        quarters={
            (int(year), number): _number(value)
            for year, values in part["quarter_targets"].items()
            for number, value in enumerate(values, start=1)
        },
    )


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def _printed(total: Overall, part: Mapping[str, Any], places: int) -> Overall:
    """The exact total where it prints as the card did, else the printed one."""
    stated = part["rate"]
    made = None if total.rate is None else percent(total.rate, places)
    if made == stated:
        return total
    return replace(total, rate=_fraction(stated), uncapped=_fraction(part["uncapped"]))


def _fraction(printed: str | None) -> Fraction | None:
    return None if printed is None else Fraction(printed.replace("△", "-"))
