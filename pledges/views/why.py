"""왜 82.5? — the working of a pledge's total, every number with its kind and its records."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.checkpoints import Kind
from common.periods import korean_date
from pledges.card import Card
from pledges.card.model import IndicatorPart, Operand
from pledges.figures import quarter_of
from pledges.models import Indicator, Pledge, Result
from pledges.records import Records, behind_indicator, of_part
from pledges.selection import Asked, as_it_stood
from pledges.views.card import asked_card


@dataclass(frozen=True)
class Working:
    """One indicator's line of the working and the records behind its value."""

    part: IndicatorPart
    records: Records | None
    results: list[Recorded]

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


@require_safe
@allow("view")
@as_it_stood
def why_page(request: HttpRequest, number: str) -> HttpResponse:
    """The formula with its operands, the counting rules in words, the records behind each value."""
    question, pledge, card = asked_card(request, number)
    context = {
        "asked": question,
        "pledge": pledge,
        "card": card,
        "formula": formula(card),
        "lines": workings(pledge, card, question),
        "weights": sum((part.weight for part in card.indicators if part.weight), Decimal(0)),
        "footnote": footnote(card),
    }
    return render(request, "pledges/why.html", context)


def workings(pledge: Pledge, card: Card, question: Asked) -> list[Working]:
    found = {indicator.pk: indicator for indicator in Indicator.objects.live().filter(pledge=pledge)}
    day = min(question.as_of, pledge.term.ends_on)
    results = recorded(list(found.values()), day)
    return [
        Working(
            part,
            behind_indicator(found[part.pk], day) if part.pk in found else None,
            results.get(part.pk, []),
        )
        for part in card.indicators
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
    """``30 × 233/235 + 50 × 43/48 + 20 × 16/40``, as the page and the footnote print it."""
    return " + ".join(
        f"{part.weight:f} × {part.value:f}/{part.term_target:f}"
        for part in card.indicators
        if part.weight and part.term_target and part.value is not None
    )


def footnote(card: Card) -> str:
    """The derivation as one sentence, to paste below a report."""
    if card.overall.rate is None:
        return card.overall.why_none
    day = korean_date(card.as_of)
    cap = "지표별 100% 상한 적용, " if card.overall.capped else ""
    return (
        f"※ 총 이행률 {card.overall.rate}% = {formula(card)} "
        f"({day} 기준, 대비비율 × 누적 실적/임기 목표의 합, {cap}소수 {card.decimals}자리로 반올림)"
    )


@require_safe
@allow("view")
@as_it_stood
def indicator_why(request: HttpRequest, number: str, no: int) -> HttpResponse:
    """One indicator alone, with all its records."""
    question, pledge, card = asked_card(request, number)
    lines = [line for line in workings(pledge, card, question) if line.part.no == no]
    if not lines:
        raise Http404(f"{no}번 확인지표가 없습니다.")
    context = {"asked": question, "pledge": pledge, "card": card, "lines": lines, "only": lines[0].part}
    context["footnote"] = indicator_footnote(card, lines[0].part)
    return render(request, "pledges/why.html", context)


def indicator_footnote(card: Card, part: IndicatorPart) -> str:
    """One indicator's value and rate as a sentence, to paste below a report."""
    day = f"{korean_date(card.as_of)} 기준"
    if part.value is None:
        known = f"확인분 {part.known:f}{part.unit}"
        return f"※ {part.name}: 도입 전 누계의 기준일 이전이어서 집계할 수 없음({day}, {known})"
    made = " + ".join(f"{operand.kind} {operand.value:f}" for operand in part.parts if operand.value)
    rate = f", 이행률 {part.rate}% = {part.value:f}/{part.term_target:f}" if part.rate else ""
    return f"※ {part.name} {part.value:f}{part.unit} = {made or 0}{rate} ({day}. {part.rule})"
