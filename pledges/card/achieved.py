"""The indicator tables of the card: targets, result to date with its operands, rates."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from common import checkpoints
from common.money import percent
from pledges.achievement import HUNDRED, Overall, plain
from pledges.card.model import IndicatorPart, Operand, Total
from pledges.figures import IndicatorFigure
from pledges.measures import rule_in_words


def _plain(value: Decimal | None) -> Decimal | None:
    return None if value is None else plain(value)


def printed_rate(rate: Fraction | None, places: int) -> str | None:
    """Half-up, with the term's decimals; None where there is no rate."""
    return None if rate is None else percent(rate, places)


def indicator_part(figure: IndicatorFigure, total: Overall, places: int) -> IndicatorPart:
    """One indicator's row. ``contribution`` is its share of the total, in points."""
    indicator, plan = figure.indicator, figure.plan
    years = sorted({year for year, _ in plan.quarters})
    return IndicatorPart(
        pk=indicator.pk,
        no=indicator.no,
        plan=indicator.plan,
        name=indicator.name,
        unit=indicator.unit,
        aggregation=indicator.aggregation,
        rule=rule_in_words(indicator),
        weight=_plain(indicator.weight),
        term_target=_plain(plan.term),
        annual_targets={year: _plain(value) for year, value in sorted(plan.years.items())},
        quarter_targets={
            year: tuple(_plain(plan.quarters.get((year, number))) for number in (1, 2, 3, 4))
            for year in years
        },
        value=_plain(figure.value),
        known=plain(figure.figure.known),
        parts=tuple(_operand(part) for part in figure.figure.parts),
        rate=printed_rate(figure.rate, places),
        contribution=printed_rate(contribution(figure, total), places),
        ended_target=_plain(figure.ended_target),
        progress=printed_rate(figure.progress, places),
        note=indicator.note,
    )


def contribution(figure: IndicatorFigure, total: Overall) -> Fraction | None:
    """What the indicator brings to the total, in points: weight × (capped) rate ÷ counted weights."""
    if total.rate is None or figure.rate is None or not figure.indicator.weight:
        return None
    capped = min(figure.rate, HUNDRED) if total.capped else figure.rate
    return capped * Fraction(figure.indicator.weight) / Fraction(total.counted_weights)


def _operand(part: checkpoints.Part) -> Operand:
    row = part.ref
    ref = f"{type(row).__name__.lower()}:{row.pk}" if row is not None and hasattr(row, "pk") else ""
    return Operand(
        kind=str(part.kind),
        value=plain(part.value),
        first=part.first,
        last=part.last,
        counted=_plain(part.counted),
        ref=ref,
    )


def total_part(total: Overall, capped: bool, places: int) -> Total:
    return Total(
        rate=printed_rate(total.rate, places),
        uncapped=printed_rate(total.uncapped, places),
        why_none=str(total.why_none or ""),
        left_out=total.left_out,
        capped=capped and total.differs,
    )
