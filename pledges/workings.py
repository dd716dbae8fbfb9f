"""What the pages of 왜 82.5? show of each indicator: its line on the card, its records, its share, its pace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from common.checkpoints import Kind
from common.money import percent, signed
from pledges import targets
from pledges.achievement import Plan, Weighed, ended_periods, overall, rate
from pledges.card import Card
from pledges.card.model import IndicatorPart, Operand, Total
from pledges.figures import IndicatorFigure, quarter_of
from pledges.models import Indicator, Pledge, Result
from pledges.pacing import pace_words, pace_working
from pledges.progress import Contribution, contributions
from pledges.records import Records, behind_indicator, of_part
from pledges.trends import figures_on


@dataclass(frozen=True)
class Working:
    """One indicator's line of the working, the records behind its value, and the same as figures.

    ``share`` and ``first`` (the plan the term began with) are None for an indicator that was taken out since.
    """

    part: IndicatorPart
    records: Records | None
    results: list[Recorded]
    share: Contribution | None = None
    first: Plan | None = None

    @property
    def counted(self) -> list[Listed]:
        """The records of each operand that was counted: what they add less what they take away is its value."""
        if self.records is None:
            return []
        counted = [operand for operand in self.part.parts if operand.counted is not None]
        return [
            Listed(operand, *of_part(self.records, operand.first, operand.last))
            for operand in counted
            if operand.counted or operand.value
        ]

    @property
    def figure(self) -> IndicatorFigure | None:
        return self.share.figure if self.share else None

    @property
    def ended(self) -> str:
        """What the target of the ended periods is made of: ``2022년 7 + 2023년 13 + 2024년 1분기 6``."""
        if self.figure is None:
            return ""
        periods = ended_periods(self.figure.plan, self.figure.as_of, self.figure.term_ends)
        shown = periods[-1:] if self.figure.is_level else periods
        return " + ".join(f"{period.label} {signed(target)}" for period, target in shown)

    @property
    def pace(self) -> str:
        """분기당 필요 in words, as the charts' page prints it."""
        return pace_words(self.figure) if self.figure else ""

    @property
    def pace_made(self) -> list[str]:
        return pace_working(self.figure) if self.figure else []

    @property
    def points(self) -> str:
        """기여 with its formula: ``30 × 233/235 = 29.7점``; a capped rate and left-out weights as they enter."""
        if self.share is None or self.share.points is None or self.figure is None:
            return ""
        made = term_of(self.part, self.part.term_target, self.is_capped)
        return f"{made}{self._of_counted} = {percent(self.share.points, self._places)}점"

    @property
    def missing(self) -> str:
        """모자란 점수: what it could bring at most, less what it brings."""
        if self.share is None or self.share.missing is None or self.figure is None:
            return ""
        whole, points = percent(self.share.whole, self._places), percent(self.share.points, self._places)
        return f"{whole} − {points} = {percent(self.share.missing, self._places)}점"

    @property
    def _places(self) -> int:
        return self.figure.indicator.pledge.term.decimals if self.figure else 1

    @property
    def is_capped(self) -> bool:
        """Whether the total counts only 100 of the rate."""
        if self.share is None or self.figure is None or self.share.points is None or not self.part.weight:
            return False
        return self.share.points < Fraction(self.share.whole) * (self.figure.rate or 0) / 100

    @property
    def _of_counted(self) -> str:
        if self.share is None or self.share.whole == Fraction(self.part.weight or 0):
            return ""
        counted = Fraction(self.part.weight or 0) * 100 / self.share.whole
        return f" × 100/{signed(Decimal(counted.numerator) / counted.denominator)}"

    @property
    def first_rate(self) -> str:
        """The rate against the target the term began with, where that was another."""
        if self.first is None or self.figure is None or self.first.term == self.figure.plan.term:
            return ""
        found = rate(self.figure.value, self.first.term)
        return "" if found is None else percent(found, self._places)


@dataclass(frozen=True)
class Listed:
    """A counted operand with the records that it adds and takes away."""

    operand: Operand
    added: list[Any]
    gone: list[Any]

    @property
    def enters(self) -> bool:
        """Whether the value is made of these records, or was recorded beside them."""
        return self.operand.kind == str(Kind.COUNTED)

    @property
    def net(self) -> int:
        return len(self.added) - len(self.gone)


@dataclass(frozen=True)
class Recorded:
    """A quarter's recorded result: who recorded and confirmed it, and what it was before."""

    result: Result
    earlier: list[Any]


def workings(pledge: Pledge, card: Card, only: int | None = None) -> list[Working]:
    """A line for each indicator of the card, in its order; for ``only`` that number where it is given."""
    day = min(card.as_of, pledge.term.ends_on)
    shown = [part for part in card.indicators if only in (None, part.no)]
    live = Indicator.objects.live().filter(pledge=pledge, pk__in=[part.pk for part in shown])
    found = {row.pk: row for row in live}
    results = recorded(list(found.values()), day)
    [figures] = figures_on([pledge], [day])[pledge.pk]
    shares = {share.figure.indicator.pk: share for share in contributions(figures)}
    first = targets.plans(found.values(), pledge.term.starts_on)
    return [
        Working(
            part,
            behind_indicator(found[part.pk], day) if part.pk in found else None,
            results.get(part.pk, []),
            shares.get(part.pk),
            first.get(part.pk),
        )
        for part in shown
    ]


def recorded(indicators: list[Indicator], day: date) -> dict[int, list[Recorded]]:
    """The recorded quarters that ended by ``day``, by indicator, with every earlier wording. Two queries."""
    live = Result.objects.live().filter(indicator__in=indicators).order_by("year", "quarter")
    stored = live.select_related("recorded_by", "confirmed_by")
    rows: list[Result] = [row for row in stored if quarter_of(row).last_day <= day]
    before: dict[int, list[Any]] = defaultdict(list)
    records = Result.history.filter(id__in=[row.pk for row in rows]).select_related("history_user")
    for record in records.order_by("history_date", "history_id"):
        if not before[record.id] or before[record.id][-1].value != record.value:
            before[record.id].append(record)
    found: dict[int, list[Recorded]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id].append(Recorded(row, before[row.pk][:-1]))
    return found


def formula(card: Card) -> str:
    """``30 × 233/235 + 50 × 43/48 + 20 × 16/40``: what makes the total, with the cap and the weights that count."""
    return _sum(card, card.overall, lambda part: part.term_target)


def progress_formula(card: Card) -> str:
    """The same for 계획 대비 진도율, against the targets of the periods that have ended."""
    return _sum(card, card.progress, lambda part: part.ended_target)


def _sum(card: Card, total: Total, target_of: Callable[[IndicatorPart], Decimal | None]) -> str:
    weighed = [part for part in card.indicators if part.weight]
    counted = [(part, target) for part in weighed if (target := target_of(part)) and part.value is not None]
    words = " + ".join(term_of(part, target, total.capped) for part, target in counted)
    left = sum((part.weight or Decimal(0) for part, _ in counted), Decimal(0))
    return words if left == 100 or not counted else f"({words}) × 100/{signed(left)}"


def term_of(part: IndicatorPart, target: Decimal | None, capped: bool) -> str:
    """``30 × 233/235``; ``30 × 100%(상한)`` where the total counts no more of it."""
    if part.weight is None or part.value is None or not target:
        return ""
    over = capped and part.value / target > 1
    share = "100%(상한)" if over else f"{signed(part.value)}/{signed(target)}"
    return f"{signed(part.weight)} × {share}"


def first_total(lines: Sequence[Working], pledge: Pledge) -> str:
    """총 이행률 against the targets the term began with, as printed; empty where they were never changed."""
    known = [(line, line.figure, line.first) for line in lines if line.figure and line.first]
    if len(known) < len(lines) or all(figure.plan == first for _, figure, first in known):
        return ""
    weighed = [Weighed(figure.indicator.weight, figure.value, first.term) for _, figure, first in known]
    found = overall(weighed, cap=pledge.term.caps_at_100).rate
    return "" if found is None else percent(found, pledge.term.decimals)
