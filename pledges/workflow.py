"""A quarter's results from entry to confirmation: 제출 → 확인 or 반려, 거두기 until confirmed (DOMAIN §1).

담당 submits a pledge's quarter, taking the counted value where nothing was recorded; 확인자 confirms or returns it.
Where 확인자 never logs in, 담당 records the approval by 결재 문서번호 and 결재일, and it is marked so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from common.editing import locked
from common.fields import plain
from common.periods import Quarter
from pledges.models import Indicator, Pledge, Result, ResultState
from pledges.quarters import Counted, closed_through, counted_beside

NEXT = {
    "submit": (ResultState.DRAFT, ResultState.RETURNED),
    "withdraw": (ResultState.SUBMITTED,),
    "confirm": (ResultState.SUBMITTED,),
    "return": (ResultState.SUBMITTED, ResultState.CONFIRMED),
}


class NotNow(Exception):
    """The results are not in the state that the deed needs, in Korean."""


@dataclass(frozen=True)
class QuarterRow:
    """One indicator's quarter on the confirmation page; ``result`` is None where nothing was recorded."""

    indicator: Indicator
    counted: Counted
    result: Result | None

    @property
    def value(self) -> Decimal | None:
        """What would be submitted: the recorded value, else the counted one."""
        return self.result.value if self.result else self.counted.value

    @property
    def moved_on(self) -> bool:
        """Accepted as counted, and the records count another value by now."""
        accepted = self.result is not None and self.result.as_counted
        return accepted and self.counted.value is not None and self.counted.value != self.value

    @property
    def state(self) -> str:
        return str(ResultState(self.result.state).label) if self.result else "미기록"


def quarter_rows(pledge: Pledge, quarter: Quarter, as_of: date) -> list[QuarterRow]:
    """The indicators of a pledge with what was recorded and counted for one quarter."""
    indicators = list(pledge.indicators.live())
    counted = counted_beside(indicators, [quarter], as_of, closed_through(pledge.term))
    stored = {
        result.indicator_id: result
        for result in Result.objects.live().filter(
            indicator__in=indicators, year=quarter.year, quarter=quarter.number
        )
    }
    return [QuarterRow(i, counted[i.pk, quarter], stored.get(i.pk)) for i in indicators]


@transaction.atomic
def submit(pledge: Pledge, quarter: Quarter, user: User, as_of: date) -> int:
    """Submits the quarter of a pledge; how many results. NotNow where a value is neither recorded nor counted."""
    locked(pledge)
    rows = quarter_rows(pledge, quarter, as_of)
    missing = [row.indicator.name for row in rows if row.value is None]
    if missing:
        raise NotNow(
            f"실적도 집계값도 없는 지표가 있습니다: {', '.join(missing)}. 실적을 기록하고 제출하세요."
        )
    if as_of < min(quarter.last_day, pledge.term.ends_on):
        raise NotNow(f"{quarter}가 아직 끝나지 않았습니다.")
    results = [_accepted(row, quarter, user) for row in rows]
    return _move(results, "submit", ResultState.SUBMITTED, "제출", return_reason="")


def _accepted(row: QuarterRow, quarter: Quarter, user: User) -> Result:
    """What was recorded; the counted value as it is now (집계값 그대로) where nothing was typed."""
    if row.result is not None:
        counted = row.counted.value
        return _counted_again(row.result, counted) if row.moved_on and counted is not None else row.result
    return Result.objects.create(
        indicator=row.indicator,
        year=quarter.year,
        quarter=quarter.number,
        value=row.counted.value,
        as_counted=True,
        recorded_by=user,
    )


def _counted_again(result: Result, counted: Decimal) -> Result:
    """A returned or withdrawn result that was accepted as counted takes the count of now."""
    held: Any = locked(result)
    if held.state not in NEXT["submit"] or held.is_void:
        return result
    held._change_reason = f"집계값 그대로 {plain(held.value)} → {plain(counted)}"
    held.value, held.revision = counted, held.revision + 1
    held.save()
    return result


def withdraw(results: Sequence[Result]) -> int:
    """거두기: submitted results go back to 담당 until they are confirmed."""
    return _move(results, "withdraw", ResultState.DRAFT, "제출 거두기")


def confirm(results: Sequence[Result], user: User, on: date) -> int:
    """확인 by the one who is logged in."""
    return _move(
        results,
        "confirm",
        ResultState.CONFIRMED,
        "확인",
        confirmed_by=user,
        confirmed_on=on,
        return_reason="",
    )


def record_confirmation(results: Sequence[Result], number: str, on: date) -> int:
    """확인 that happened on paper: 결재 문서번호 and 결재일, entered by 담당."""
    return _move(
        results,
        "confirm",
        ResultState.CONFIRMED,
        f"결재 {number}",
        approval_number=number,
        approval_on=on,
        confirmed_on=on,
        return_reason="",
    )


def send_back(results: Sequence[Result], reason: str) -> int:
    """반려 with a reason that 담당 sees first."""
    cleared = {"confirmed_by": None, "confirmed_on": None, "approval_number": "", "approval_on": None}
    return _move(results, "return", ResultState.RETURNED, f"반려: {reason}", return_reason=reason, **cleared)


@transaction.atomic
def _move(results: Sequence[Result], deed: str, state: str, why: str, **values: object) -> int:
    """Moves those that are in a state the deed takes; NotNow if there is none."""
    moved = 0
    for result in results:
        row: Any = locked(result)
        if row.is_void or row.state not in NEXT[deed]:
            continue
        row.state, row.revision = state, row.revision + 1
        for name, value in values.items():
            setattr(row, name, value)
        row._change_reason = why[:100]
        row.save()
        moved += 1
    if not moved:
        raise NotNow("그 사이 상태가 바뀌었거나 할 일이 없습니다. 화면을 새로 열어 확인하세요.")
    return moved
