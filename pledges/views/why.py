"""왜 82.5? — the working of a pledge's total, every number with its kind and its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from pledges.card import Card
from pledges.card.model import IndicatorPart
from pledges.models import Indicator, Pledge
from pledges.records import behind_indicator
from pledges.selection import Asked
from pledges.views.card import asked_card


@dataclass(frozen=True)
class Working:
    """One indicator's line of the working and the records behind its value."""

    part: IndicatorPart
    records: Any


@require_safe
@allow("view")
def why_page(request: HttpRequest, number: str) -> HttpResponse:
    """The formula with its operands, the counting rules in words, the records behind each value."""
    question, pledge, card = asked_card(request, number)
    context = {
        "asked": question,
        "pledge": pledge,
        "card": card,
        "formula": formula(card),
        "lines": workings(pledge, card, question),
        "footnote": footnote(card),
    }
    return render(request, "pledges/why.html", context)


def workings(pledge: Pledge, card: Card, question: Asked) -> list[Working]:
    found = {indicator.pk: indicator for indicator in Indicator.objects.live().filter(pledge=pledge)}
    day = min(question.as_of, pledge.term.ends_on)
    return [
        Working(part, behind_indicator(found[part.pk], day) if part.pk in found else None)
        for part in card.indicators
    ]


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
    day = f"{card.as_of.year}. {card.as_of.month}. {card.as_of.day}."
    cap = "지표별 100% 상한 적용, " if card.overall.capped else ""
    return (
        f"※ 총 이행률 {card.overall.rate}% = {formula(card)} "
        f"({day} 기준, 대비비율 × 누적 실적/임기 목표의 합, {cap}소수 {card.decimals}자리로 반올림)"
    )


@require_safe
@allow("view")
def indicator_why(request: HttpRequest, number: str, no: int) -> HttpResponse:
    """One indicator alone, with all its records."""
    question, pledge, card = asked_card(request, number)
    lines = [line for line in workings(pledge, card, question) if line.part.no == no]
    if not lines:
        raise Http404(f"{no}번 확인지표가 없습니다.")
    context = {"asked": question, "pledge": pledge, "card": card, "lines": lines, "only": lines[0].part}
    return render(request, "pledges/why.html", context)
