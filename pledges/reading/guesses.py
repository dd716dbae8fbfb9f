"""What a document does not say: how an indicator's values add up, and which records it could be counted from."""

from __future__ import annotations

import re
from decimal import Decimal

from pledges.models.indicators import Aggregation, Measure

from .model import ReadCard, ReadIndicator
from .reading import Reading

_STATE_UNITS = ("%", "퍼센트", "점", "등급", "위", "명/년")
_STATE_NAMES = re.compile(r"률$|율$|비율|만족도|등급|지수|현원|보유|등록|회원\s*수|기업\s*수|점수")
_DISTINCT = re.compile(r"지원.*(?:기업|업체|단체|조합)\s*(?:수|개소)?")


def guess(reading: Reading) -> None:
    """Aggregation and measure of every indicator; where the targets do not decide, a warning says what was taken."""
    for row in reading.card.indicators:
        row.aggregation = row.aggregation or _aggregation(reading, row)
        row.measure = _measure(reading.card, row)


def _aggregation(reading: Reading, row: ReadIndicator) -> str:
    years = [value for _, value in sorted(row.years.items()) if value is not None]
    total, term = sum(years, row.unsplit), row.term_target
    is_state, is_sum = bool(years) and term == years[-1], bool(years) and term == total
    distinct = bool(_DISTINCT.search(row.name)) and not is_state
    flow = Aggregation.YEARLY_DISTINCT if distinct else Aggregation.SUM
    looks_like_state = row.unit in _STATE_UNITS or bool(_STATE_NAMES.search(row.name))
    if is_state and not is_sum:
        return Aggregation.LEVEL.value
    if is_sum and not is_state:
        return flow.value
    if is_state and is_sum and len(row.years) == 1 and not looks_like_state:
        return flow.value
    chosen = Aggregation.LEVEL if looks_like_state and not distinct else flow
    if years and term is not None and not (is_state and is_sum):
        reading.faults.differs(
            row.line,
            f"임기 목표 {row.no} 목표",
            _text(term),
            _text(years[-1] if chosen == Aggregation.LEVEL else total),
            "연도별 목표의 합도 마지막 해도 아닙니다",
        )
    reading.faults.warn(
        row.line,
        f"지표 {row.no} ‘{row.name}’의 집계 방식을 ‘{chosen.label}’(으)로 보았습니다. 다르면 고쳐 주십시오.",
    )
    return chosen.value


def _text(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _measure(card: ReadCard, row: ReadIndicator) -> str:
    """Only where the card itself shows the register, the programmes or the market it would be counted from."""
    words = f"{row.plan} {row.name}"
    if (
        row.aggregation == Aggregation.LEVEL
        and card.register
        and re.search(r"사회적\s?경제\s*기업\s*수", row.name)
    ):
        return Measure.ENTERPRISES.value
    if row.aggregation == Aggregation.YEARLY_DISTINCT and card.support and "지원" in words:
        return Measure.SUPPORTED.value
    is_market = (
        re.search(r"시장|장터", words) and row.unit in ("회", "일") and re.search(r"횟수|개최|운영", words)
    )
    return Measure.MARKET_DAYS.value if row.aggregation == Aggregation.SUM and is_market else ""


def market_name(row: ReadIndicator) -> str:
    """The market an indicator counts: ``사회적경제장터 꿈시장 운영`` without 운영."""
    return re.sub(r"\s*(?:운영|개최|추진|활성화|횟수)+\s*(?:횟수)?$", "", row.plan or row.name)
