"""A figure and how it was made as one sentence, to paste below a report; each with the figure's name."""

from __future__ import annotations

from fractions import Fraction

from common.money import percent, signed
from common.periods import korean_date
from pledges.card import Card
from pledges.card.model import IndicatorPart, Total
from pledges.dashboard import Summary
from pledges.selection import Asked
from pledges.workings import Working, formula, progress_formula

# A figure's name and its sentence.
Footnote = tuple[str, str]


def of_card(card: Card) -> list[Footnote]:
    """총 이행률 and 계획 대비 진도율 of a pledge; why there is none."""
    return [
        ("총 이행률", _total(card, "총 이행률", card.overall, formula(card), "임기 목표")),
        (
            "계획 대비 진도율",
            _total(card, "계획 대비 진도율", card.progress, progress_formula(card), "끝난 기간의 목표"),
        ),
    ]


def _total(card: Card, name: str, total: Total, made: str, target: str) -> str:
    day = f"{korean_date(card.as_of)} 기준"
    if total.rate is None:
        return f"※ {name}: {total.why_none} ({day})"
    cap = "지표별 100% 상한 적용, " if total.capped else ""
    rule = f"대비비율 × 누적 실적/{target}의 합, {cap}소수 {card.decimals}자리로 반올림"
    return f"※ {name} {total.rate}% = {made} ({day}, {rule})"


def of_indicator(card: Card, line: Working) -> list[Footnote]:
    """누적 실적 with 이행률, 계획 대비 진도율, 기여, 분기당 필요; those that there are."""
    part, day = line.part, f"{korean_date(card.as_of)} 기준"
    found = [("누적 실적·이행률", _value(part, day))]
    if part.progress and part.value is not None and part.ended_target is not None:
        made = f"{signed(part.value)}/{signed(part.ended_target)}"
        ended = f", 끝난 기간의 목표 {line.ended}" if line.ended else ""
        found.append(
            ("계획 대비 진도율", f"※ {part.name} 계획 대비 진도율 {part.progress}% = {made} ({day}{ended})")
        )
    if line.points:
        found.append(("기여", f"※ {part.name} 기여 {line.points}, 모자란 점수 {line.missing} ({day})"))
    if line.pace_made:
        found.append(
            ("분기당 필요", f"※ {part.name} 분기당 필요: {line.pace} ({day}. {'; '.join(line.pace_made)})")
        )
    return found


def _value(part: IndicatorPart, day: str) -> str:
    if part.value is None:
        known = f"확인분 {signed(part.known)}{part.unit}"
        return f"※ {part.name}: 도입 전 누계의 기준일 이전이어서 집계할 수 없음({day}, {known})"
    made = " + ".join(f"{operand.kind} {signed(operand.value)}" for operand in part.parts if operand.value)
    of = "" if part.term_target is None else f" = {signed(part.value)}/{signed(part.term_target)}"
    rate = f", 이행률 {part.rate}%{of}" if part.rate else ""
    return f"※ {part.name} {signed(part.value)}{part.unit} = {made or 0}{rate} ({day}. {part.rule})"


def of_means(
    question: Asked, among: str, summary: Summary, counts: dict[str, int], fulfilled: int
) -> list[Footnote]:
    """The three named figures of ``among`` (pledges in words); ``counts``: of how many the two means are."""
    day, places = f"{korean_date(question.as_of)} 기준, 폐기·통합 제외", question.term.decimals

    def mean(name: str, rate: Fraction | None, counted: int) -> Footnote:
        return (
            name,
            f"※ {name} 평균 {percent(rate, places)}%는 {among} {counted}건의 {name}을 산술평균한 값임({day})",
        )

    share = f"{among} {fulfilled}건 ÷ {summary.pledges}건 × 100"
    return [
        mean("임기 이행률", summary.rate, counts["rate"]),
        mean("계획 대비 진도율", summary.progress, counts["progress"]),
        ("완료 공약 비율", f"※ 완료 공약 비율 {percent(summary.fulfilled, places)}% = {share}({day})"),
    ]
