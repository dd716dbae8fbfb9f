"""What stands in the way of a closing: listed before the coordinator decides (DOMAIN §3.15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from common.periods import Quarter
from pledges import reconciling
from pledges.models import Indicator, Pledge, Result, ResultState
from pledges.reconciling import Finding


@dataclass(frozen=True)
class Obstacle:
    """One thing that is not in order; ``grave`` ones need a word to close all the same.

    A ``finding`` of the reconciliation asks for its own explanation, the others for one opinion together.
    """

    pledge: Pledge
    words: str
    grave: bool
    finding: Finding | None = None

    @property
    def field(self) -> str:
        """The name of the field that explains the finding; stays the same while the finding stands."""
        key = self.finding.key if self.finding else self.words
        return f"explain-{self.pledge.pk}-{sha256(key.encode()).hexdigest()[:10]}"


def obstacles(pledges: Sequence[Pledge], quarter: Quarter, day: date) -> list[Obstacle]:
    """Results not confirmed or returned, and serious findings nobody explained. Queries do not grow with pledges."""
    plans = [Obstacle(row, "계획(안)이라 실적 없이 마감", False) for row in pledges if not row.confirmed_plan]
    indicators = list(Indicator.objects.live().filter(pledge__in=[p for p in pledges if p.confirmed_plan]))
    results = {
        result.indicator_id: result
        for result in Result.objects.live().filter(
            indicator__in=indicators, year=quarter.year, quarter=quarter.number
        )
    }
    by_pk = {pledge.pk: pledge for pledge in pledges}
    found = [
        Obstacle(by_pk[indicator.pledge_id], words, grave)
        for indicator in indicators
        for words, grave in [_result_words(indicator, results.get(indicator.pk))]
        if words
    ]
    blockers = [
        Obstacle(pledge, f"{finding.where}: {finding.what}", True, finding)
        for pledge, finding in reconciling.blockers(pledges, day)
    ]
    return sorted(plans + found + blockers, key=lambda item: (item.pledge.number, not item.grave, item.words))


def _result_words(indicator: Indicator, result: Result | None) -> tuple[str, bool]:
    if result is None:
        counted = "집계값으로 마감" if indicator.measure else "값 없이 마감"
        return f"{indicator}: 실적 미기록({counted})", not indicator.measure
    if result.state == ResultState.RETURNED:
        return f"{indicator}: 반려된 실적", True
    if result.state != ResultState.CONFIRMED:
        return f"{indicator}: 확인되지 않은 실적({ResultState(result.state).label})", True
    return "", False
