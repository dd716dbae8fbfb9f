"""Results accepted as counted follow the count when their closed quarter is made anew (DOMAIN §3.4, §3.15).

A recorded value stands before the counted one. What was typed otherwise therefore stays in a correction, unless the
request names it; what 제출 or 집계값 그대로 기록 took over from the records is taken over again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q

from accounts.models import User
from common.editing import locked
from common.fields import plain
from common.periods import Quarter
from pledges.models import Closing, Indicator, Pledge, Result
from pledges.quarters import counted_quarters


@dataclass(frozen=True)
class Recount:
    """A recorded result beside what its quarter's records count by now."""

    result: Result
    counted: Decimal

    @property
    def follows(self) -> bool:
        """Whether a correction takes the count by itself."""
        return self.result.as_counted

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.result.year, self.result.quarter)

    def __str__(self) -> str:
        return f"{self.result.indicator} {self.quarter}: 기록 {plain(self.result.value)}, 집계 {plain(self.counted)}"


def differing(pledges: Sequence[Pledge], quarter: Quarter) -> list[Recount]:
    """The recorded results that a correction of ``quarter`` covers and whose records count another value."""
    return [found for of in covered(pledges, quarter) for found in _differing(pledges, of)]


def covered(pledges: Sequence[Pledge], quarter: Quarter) -> list[Quarter]:
    """The quarter, and where it was closed first the recorded ones before it, which that closing covers."""
    terms = {pledge.term_id for pledge in pledges}
    before = Q(year__lt=quarter.year) | Q(year=quarter.year, quarter__lt=quarter.number)
    if Closing.objects.filter(before, term__in=terms).exists():
        return [quarter]
    results = Result.objects.live().filter(before, indicator__pledge__in=pledges).order_by()
    earlier = {Quarter(*period) for period in results.values_list("year", "quarter")}
    return [*sorted(earlier), quarter]


def _differing(pledges: Sequence[Pledge], quarter: Quarter) -> list[Recount]:
    """In the order of the indicators."""
    indicators = list(Indicator.objects.live().filter(pledge__in=pledges).exclude(measure=""))
    results = Result.objects.live().filter(
        indicator__in=indicators, year=quarter.year, quarter=quarter.number
    )
    rows = list(results.select_related("indicator__pledge").order_by("indicator__pledge", "indicator__no"))
    if not rows:
        return []
    counted = counted_quarters(indicators, [quarter], quarter.last_day, without=quarter)
    found = [(row, counted[row.indicator_id, quarter]) for row in rows]
    return [
        Recount(row, count.value)
        for row, count in found
        if count.value is not None and not count.itemises and count.value != row.value
    ]


def recount(pledges: Sequence[Pledge], quarter: Quarter, user: User, also: Collection[int] = ()) -> int:
    """Takes the count into every result that follows it, and into those of the indicators ``also``; how many.

    Their confirmation stays: the approval of the correction stands for it, and the history has both values.
    """
    wanted = [row for row in differing(pledges, quarter) if row.follows or row.result.indicator_id in also]
    for found in wanted:
        row: Any = locked(found.result)
        row._change_reason = f"정정 마감: 집계값으로 {plain(row.value)} → {plain(found.counted)}"
        row._history_user = user
        row.value, row.as_counted, row.reason, row.revision = found.counted, True, "", row.revision + 1
        row.save()
    return len(wanted)
