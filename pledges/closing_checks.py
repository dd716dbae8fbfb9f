"""What stands in the way of a closing: listed before the coordinator decides (DOMAIN §3.15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import Count, Q

from common.periods import Quarter, quarters_between
from pledges import reconciling
from pledges.models import Indicator, Pledge, Result, ResultState, Term
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


def fingerprint(found: Sequence[Obstacle]) -> str:
    """Changes whenever what stands in the way does."""
    words = "\n".join(f"{item.pledge.pk} {item.grave} {item.words}" for item in found)
    return sha256(words.encode()).hexdigest()[:16]


def covered_too(term: Term, quarter: Quarter) -> list[Quarter]:
    """The quarters of the term before its first closing: that closing answers for them. None after it."""
    if term.closings.exists():
        return []
    before = quarters_between(term.starts_on, term.ends_on)
    return [each for each in before if each < quarter]


def obstacles(pledges: Sequence[Pledge], quarter: Quarter, day: date) -> list[Obstacle]:
    """Results not confirmed or returned, and serious findings nobody explained. Queries do not grow with pledges."""
    plans = [Obstacle(row, "계획(안)이라 실적 없이 마감", False) for row in pledges if not row.confirmed_plan]
    kept = [row for row in pledges if row.confirmed_plan and row.is_pursued]
    blockers = [
        Obstacle(pledge, f"{finding.where}: {finding.what}", True, finding)
        for pledge, finding in reconciling.blockers(pledges, day)
    ]
    found = [*plans, *_of_results(kept, quarter), *_of_earlier(kept, quarter), *blockers]
    return sorted(found, key=lambda item: (item.pledge.number, not item.grave, item.words))


def _of_results(pledges: Sequence[Pledge], quarter: Quarter) -> Iterator[Obstacle]:
    """Of the quarter itself, one for each indicator that is not confirmed."""
    by_pk = {pledge.pk: pledge for pledge in pledges}
    indicators = list(Indicator.objects.live().filter(pledge__in=pledges))
    rows = Result.objects.live().filter(indicator__in=indicators, year=quarter.year, quarter=quarter.number)
    results = {row.indicator_id: row for row in rows}
    for indicator in indicators:
        words, grave = _result_words(indicator, results.get(indicator.pk))
        if words:
            yield Obstacle(by_pk[indicator.pledge_id], words, grave)


def _of_earlier(pledges: Sequence[Pledge], quarter: Quarter) -> Iterator[Obstacle]:
    """Of the quarters that a first closing covers too: what was recorded in them and nobody confirmed."""
    earlier = covered_too(pledges[0].term, quarter) if pledges else []
    if not earlier:
        return
    rows = Result.objects.live().filter(
        Q(year__lt=quarter.year) | Q(year=quarter.year, quarter__lt=quarter.number),
        indicator__pledge__in=pledges,
        indicator__voided_at__isnull=True,
    )
    left = rows.exclude(state=ResultState.CONFIRMED).order_by()
    counts = dict(left.values_list("indicator__pledge").annotate(Count("pk")))
    for pledge in pledges:
        if pledge.pk in counts:
            words = f"앞 분기({earlier[0]}~{earlier[-1]})의 확인되지 않은 실적 {counts[pledge.pk]}건"
            yield Obstacle(pledge, words, True)


def _result_words(indicator: Indicator, result: Result | None) -> tuple[str, bool]:
    if result is None:
        counted = "집계값으로 마감" if indicator.measure else "값 없이 마감"
        return f"{indicator}: 실적 미기록({counted})", not indicator.measure
    if result.state == ResultState.RETURNED:
        return f"{indicator}: 반려된 실적", True
    if result.state != ResultState.CONFIRMED:
        return f"{indicator}: 확인되지 않은 실적({ResultState(result.state).label})", True
    return "", False
