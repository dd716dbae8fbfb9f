"""분기당 필요 in words: what each remaining quarter must bring, whether the remaining plan suffices (DOMAIN §3.1)."""

from __future__ import annotations

from decimal import Decimal

from common.money import percent, signed
from pledges.achievement import Pace, coming_periods, ended_periods, plain
from pledges.figures import IndicatorFigure


def pace_words(figure: IndicatorFigure) -> str:
    """``24회 더, 남은 9분기: 분기당 2.7회; 남은 계획 24회, 계획대로 하면 달성``."""
    found, unit = figure.pace, figure.indicator.unit
    if found is None:
        return "실적이나 임기 목표를 알 수 없어 계산하지 않습니다."
    if not figure.plan.term:
        return "임기 목표가 0이어서 계산하지 않습니다."
    if not found.missing:
        return "임기 목표를 이미 채웠습니다."
    missing = f"{said(found.missing)}{unit} 더"
    if found.per_quarter is None:
        return f"{missing} 필요했으나 남은 분기가 없습니다."
    each = f"{missing}, 남은 {found.quarters}분기: 분기당 {percent(found.per_quarter)}{unit}"
    if figure.is_level:
        each = f"{missing}, 남은 {found.quarters}분기: 분기마다 {percent(found.per_quarter)}{unit} 늘려야 함"
    if found.planned is None:
        return f"{each}; 기간별 목표가 없어 계획과 견주지 않음"
    reach = "계획대로 하면 달성" if found.reachable else "남은 계획으로는 모자람"
    return f"{each}; 남은 계획 {said(found.planned)}{unit}, {reach}"


def said(value: Decimal) -> str:
    return signed(plain(value))


def pace_working(figure: IndicatorFigure) -> list[str]:
    """How those figures were made, a formula each; nothing where nothing is missing."""
    found, unit = figure.pace, figure.indicator.unit
    if found is None or not found.missing or figure.value is None or figure.plan.term is None:
        return []
    lines = [
        f"모자란 것 = 임기 목표 {said(figure.plan.term)} − 누적 실적 {said(figure.value)} = {said(found.missing)}{unit}"
    ]
    if found.per_quarter is not None:
        each = f"{said(found.missing)} ÷ 남은 {found.quarters}분기 = {percent(found.per_quarter)}{unit}"
        lines.append(f"분기당 필요 = {each}")
    return lines if found.planned is None else [*lines, _planned(figure, found, found.planned)]


def _planned(figure: IndicatorFigure, pace: Pace, planned: Decimal) -> str:
    """``남은 계획 = 2024년 2분기 4 + 2024년 3분기 6 + 2025년 10 + 2026년 4 = 24회``."""
    coming = coming_periods(figure.plan, figure.as_of, figure.term_ends)
    total = f"{said(planned)}{figure.indicator.unit}"
    if not coming:
        return f"남은 계획 = 남은 기간의 목표가 없음 = {total}"
    if figure.is_level:
        return f"남은 계획 = {_way(figure, coming[-1][0].label, coming[-1][1])} = {total}"
    words = " + ".join(f"{period.label} {said(target)}" for period, target in coming)
    brought = sum((target for _, target in coming), Decimal(0)) - planned
    already = f" − 이 기간에 이미 나온 {said(brought)}" if brought else ""
    return f"남은 계획 = {words}{already} = {total}"


def _way(figure: IndicatorFigure, label: str, last: Decimal) -> str:
    """A level's way: from the last ended target, or from the value where nothing has ended."""
    ended = ended_periods(figure.plan, figure.as_of, figure.term_ends)
    start = ended[-1][1] if ended else figure.value or Decimal(0)
    words = f"{ended[-1][0].label} 목표" if ended else "지금"
    return f"{label} 목표 {said(last)} − {words} {said(start)}"
