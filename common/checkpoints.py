"""The value as of a day, decided once for every kind (DOMAIN §3.4, §3.6; docs/adr/0004).

``as_of`` is the date of the fact, never of its entry. Openings, recorded results and closed quarters are
*checkpoints* at the end of their day.

- **Level** (a state, as 기업 수): the latest checkpoint on or before the day, plus what began and minus what
  ended after it.
- **Flow** (a sum over time, as 횟수): the latest opening on or before the day, plus each later quarter:
  frozen if closed, else recorded if there is one and the quarter has ended, else counted up to the day.

A day before the first opening has no total (``None``), only the part that is known.
Pure: no database, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from common.periods import Quarter

ZERO = Decimal(0)


class Kind(StrEnum):
    """Where a number comes from, as pages print it."""

    OPENING = "도입 전 누계"
    RECORDED = "기록"
    CLOSED = "마감"
    COUNTED = "집계"
    MISSING = "미기록"


# On one day the published figure stands above the opening, and the opening above what itemises it.
_RANK = {Kind.RECORDED: 0, Kind.OPENING: 1, Kind.CLOSED: 2}


@dataclass(frozen=True)
class Checkpoint:
    """A value known at the end of ``day``; ``ref`` names the row it was read from."""

    day: date
    value: Decimal
    kind: Kind
    ref: object = None


@dataclass(frozen=True)
class Part:
    """One operand of a figure: its kind, its days (``first`` is None for a standing total), its value."""

    kind: Kind
    value: Decimal
    last: date
    first: date | None = None
    counted: Decimal | None = None
    ref: object = None


@dataclass(frozen=True)
class Figure:
    """``total`` is None where it cannot be known; ``known`` is what the records of that time add up to."""

    total: Decimal | None
    known: Decimal
    parts: tuple[Part, ...] = ()

    @property
    def is_known(self) -> bool:
        return self.total is not None


# after (exclusive; None = from the beginning), up to (inclusive) -> net change of the state
NetChange = Callable[[date | None, date], Decimal | int]
# first, last (both inclusive) -> what is counted in those days
Count = Callable[[date, date], Decimal | int]


def latest(checkpoints: Iterable[Checkpoint], as_of: date) -> Checkpoint | None:
    """The checkpoint that holds on ``as_of``; on one day closed, then opening, then recorded."""
    past = (point for point in checkpoints if point.day <= as_of)
    return max(past, key=lambda point: (point.day, _RANK[point.kind]), default=None)


def level(as_of: date, checkpoints: Sequence[Checkpoint], net_change: NetChange | None) -> Figure:
    """The state at the end of ``as_of``.

    ``net_change`` is None where no records are counted: the latest checkpoint then holds until the next.
    Without any checkpoint the records are the whole; with a later opening the total is unknown. A later closing takes
    nothing away from an earlier day.
    """
    base = latest(checkpoints, as_of)
    if base is None:
        return _level_without_base(as_of, checkpoints, net_change)
    parts = [Part(base.kind, base.value, base.day, ref=base.ref)]
    if net_change is not None and as_of > base.day:
        change = Decimal(net_change(base.day, as_of))
        parts.append(Part(Kind.COUNTED, change, as_of, base.day + timedelta(days=1), change))
    total = sum((part.value for part in parts), ZERO)
    return Figure(total, total, tuple(parts))


def _level_without_base(
    as_of: date, checkpoints: Sequence[Checkpoint], net_change: NetChange | None
) -> Figure:
    if net_change is None:
        return Figure(None, ZERO)
    counted = Decimal(net_change(None, as_of))
    parts = (Part(Kind.COUNTED, counted, as_of, counted=counted),)
    unknown = any(point.kind is Kind.OPENING for point in checkpoints)
    return Figure(None if unknown else counted, counted, parts)


@dataclass(frozen=True)
class QuarterFact:
    """What is known of one quarter besides its records: its frozen and its recorded own value."""

    quarter: Quarter
    closed: Decimal | None = None
    recorded: Decimal | None = None
    closed_ref: object = None
    recorded_ref: object = None


def flow(
    as_of: date,
    begins: date,
    openings: Sequence[Checkpoint],
    facts: Iterable[QuarterFact],
    count: Count | None,
) -> Figure:
    """The sum from ``begins`` (the term's first day) through ``as_of``.

    ``count`` is None where no records are counted; a quarter without a result is then 미기록 and adds
    nothing. Quarters ending on or before the opening itemise it; an opening inside a quarter leaves that
    quarter's rest: what was counted in it up to the opening is taken off its own value.
    """
    base = latest(openings, as_of)
    start = base.day + timedelta(days=1) if base else begins
    parts = [Part(base.kind, base.value, base.day, ref=base.ref)] if base else []
    by_quarter = {fact.quarter: fact for fact in facts}
    if start <= as_of:
        parts += _quarter_parts(start, as_of, by_quarter, count, inside=base is not None)
    known = sum((part.value for part in parts), ZERO)
    unknown = base is None and bool(openings)
    return Figure(None if unknown else known, known, tuple(parts))


def _quarter_parts(
    start: date, as_of: date, facts: dict[Quarter, QuarterFact], count: Count | None, inside: bool
) -> list[Part]:
    parts, quarter = [], Quarter.of(start)
    while quarter.first_day <= as_of:
        first, last = max(start, quarter.first_day), min(as_of, quarter.last_day)
        itemised = ZERO
        if inside and count is not None and first > quarter.first_day:
            itemised = Decimal(count(quarter.first_day, first - timedelta(days=1)))
        parts.append(_quarter_part(facts.get(quarter, QuarterFact(quarter)), first, last, count, itemised))
        quarter = quarter.next()
    return parts


def _quarter_part(fact: QuarterFact, first: date, last: date, count: Count | None, itemised: Decimal) -> Part:
    counted = None if count is None else Decimal(count(first, last))
    ended = last == fact.quarter.last_day
    if fact.closed is not None and ended:
        return Part(Kind.CLOSED, fact.closed - itemised, last, first, counted, fact.closed_ref)
    if fact.recorded is not None and ended:
        return Part(Kind.RECORDED, fact.recorded - itemised, last, first, counted, fact.recorded_ref)
    if counted is None:
        return Part(Kind.MISSING, ZERO, last, first)
    return Part(Kind.COUNTED, counted, last, first, counted)


@dataclass(frozen=True)
class Itemised:
    """An opening beside the details that itemise it: 상세 등록, 상세 미등록분, 상세 합계 초과."""

    opening: Decimal
    details: Decimal

    @property
    def rest(self) -> Decimal:
        return max(self.opening - self.details, ZERO)

    @property
    def excess(self) -> Decimal:
        return max(self.details - self.opening, ZERO)
