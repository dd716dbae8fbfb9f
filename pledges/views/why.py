"""왜 82.5? — the working of a pledge's total, every number with its kind and its records."""

from __future__ import annotations

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.money import signed
from common.periods import korean_date
from pledges.card import Card
from pledges.card.model import IndicatorPart
from pledges.selection import as_it_stood
from pledges.views.card import asked_card
from pledges.workings import first_total, formula, progress_formula, workings


@require_safe
@allow("view")
@as_it_stood
def why_page(request: HttpRequest, number: str) -> HttpResponse:
    """The formula with its operands, the counting rules in words, the records behind each value."""
    question, pledge, card = asked_card(request, number)
    lines = workings(pledge, card)
    context = {
        "asked": question,
        "pledge": pledge,
        "card": card,
        "formula": formula(card),
        "progress_formula": progress_formula(card),
        "lines": lines,
        "first_total": first_total(lines, pledge),
        "weights": sum((part.weight for part in card.indicators if part.weight), Decimal(0)),
        "footnote": footnote(card),
    }
    return render(request, "pledges/why.html", context)


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
    lines = workings(pledge, card, only=no)
    if not lines:
        raise Http404(f"{no}번 확인지표가 없습니다.")
    context = {"asked": question, "pledge": pledge, "card": card, "lines": lines, "only": lines[0].part}
    context["footnote"] = indicator_footnote(card, lines[0].part)
    return render(request, "pledges/why.html", context)


def indicator_footnote(card: Card, part: IndicatorPart) -> str:
    """One indicator's value and rate as a sentence, to paste below a report."""
    day = f"{korean_date(card.as_of)} 기준"
    if part.value is None:
        known = f"확인분 {signed(part.known)}{part.unit}"
        return f"※ {part.name}: 도입 전 누계의 기준일 이전이어서 집계할 수 없음({day}, {known})"
    made = " + ".join(f"{operand.kind} {signed(operand.value)}" for operand in part.parts if operand.value)
    of = "" if part.term_target is None else f" = {signed(part.value)}/{signed(part.term_target)}"
    rate = f", 이행률 {part.rate}%{of}" if part.rate else ""
    return f"※ {part.name} {signed(part.value)}{part.unit} = {made or 0}{rate} ({day}. {part.rule})"
