"""As reported then, as known now: the closed quarters of one pledge side by side, and as a workbook (DOMAIN §3.15).

그때 is the first version of a quarter's card, 지금 유효한 판 the version that holds, 지금 기록으로 what the records say
today: what a correction approved now would print.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from accounts.models import User
from common.periods import Quarter
from documents.cells import CENTER, DATE, LONG, MOMENT, TEXT, Format, Value, number
from documents.table import Column, Table
from pledges.card import Card
from pledges.card.model import IndicatorPart
from pledges.comparing import printed
from pledges.corrections import as_recorded
from pledges.late import Late
from pledges.models import ClosedCard, Pledge

SIDES = {"then": "그때", "now": "지금 유효한 판", "records": "지금 기록으로"}
PRINTED = Format(align="right", width=24)
FIGURE = re.compile(r"-?[\d,]+(\.\d+)?")


@dataclass(frozen=True)
class Told:
    """A closed quarter: its card as reported first and as it holds, with the versions; ``records`` where asked for."""

    quarter: Quarter
    versions: tuple[ClosedCard, ...]
    then: Card
    now: Card
    records: Card | None = None

    def places(self) -> Iterator[Place]:
        """Every printed figure and text of the quarter, on each side."""
        sides = [dict(printed(card)) for card in (self.then, self.now, self.records) if card]
        places = {place: None for side in sides for place in side}
        for place in places:
            yield Place(place, *(side.get(place, "없음") for side in sides))


@dataclass(frozen=True)
class Place:
    where: str
    then: str
    now: str
    records: str = ""

    @property
    def differs(self) -> str:
        """정정됨: another figure holds by now; 미반영: the records say yet another."""
        marks = {"정정됨": self.now != self.then, "미반영": bool(self.records) and self.records != self.now}
        return ", ".join(mark for mark, holds in marks.items() if holds)


def told(rows: Sequence[ClosedCard]) -> list[Told]:
    """The closed quarters of one pledge, oldest first, from all versions of its cards in order."""
    versions: dict[Quarter, list[ClosedCard]] = {}
    for row in rows:
        versions.setdefault(Quarter(row.closing.year, row.closing.quarter), []).append(row)
    return [
        Told(quarter, tuple(mine), _card(mine[0]), _card(mine[-1]))
        for quarter, mine in sorted(versions.items())
    ]


def _card(row: ClosedCard) -> Card:
    return Card.model_validate_json(row.content)


def with_records(
    pledge: Pledge, quarters: Sequence[Told], user: User, at: datetime, today: date
) -> list[Told]:
    """Each quarter with the card that its records would make now. A correction is tried and taken back for each."""
    return [replace(found, records=as_recorded(pledge, found.quarter, user, at, today)) for found in quarters]


NOTE = (
    "그때: 처음 마감한 판. 지금 유효한 판: 정정을 승인한 마지막 판. "
    "지금 기록으로: 아직 반영하지 않은 기록까지 넣은 값."
)


def workbook(pledge: Pledge, quarters: Sequence[Told], changes: Sequence[Late], today: date) -> list[Table]:
    """The figures of all quarters, a sheet for each quarter, and what was changed by whom and why."""
    overview = Table(
        "분기별", _overview_columns(quarters), quarters, as_of=today, conditions=str(pledge), numbered=False,
        landscape=True, notes=(NOTE,),
    )  # fmt: skip
    return [overview, *(_sheet(pledge, found) for found in quarters), _changes(pledge, changes, today)]


def _overview_columns(quarters: Sequence[Told]) -> list[Column]:
    columns = [
        Column("분기", lambda found: str(found.quarter), TEXT, width=16),
        Column("판", lambda found: len(found.versions), CENTER, width=6),
        *_sides("총 이행률(%)", number(1, zero="0", none="–"), lambda card: _number(card.overall.rate)),
    ]
    names = {(row.no, row.name, row.unit): None for found in quarters for row in found.now.indicators}
    for no, name, unit in names:
        group = f"{no}. {name}({unit})" if unit else f"{no}. {name}"
        values = [_value(card, no) for found in quarters for card in (found.then, found.now)]
        places = max((-int(value.as_tuple().exponent) for value in values if value is not None), default=0)
        columns += _sides(group, number(max(places, 0), zero="0"), partial(_value, no=no))
    unit = quarters[-1].now.execution.unit if quarters else ""
    columns += _sides(f"예산 집행액({unit})", number(), lambda card: card.execution.rows[0].total)
    return columns


def _sides(group: str, form: Format, read: Callable[[Card], Value]) -> list[Column]:
    def column(side: str, heading: str) -> Column:
        return Column(heading, lambda found: read(getattr(found, side)), form, group=group, width=14)

    return [column(side, heading) for side, heading in SIDES.items()]


def _value(card: Card, no: int) -> Decimal | None:
    row: IndicatorPart | None = next((row for row in card.indicators if row.no == no), None)
    return None if row is None or row.value is None else Decimal(row.value)


def _number(text: str | None) -> Value:
    """A printed figure as a number; words and signs as they are printed."""
    return Decimal(text.replace(",", "")) if text and FIGURE.fullmatch(text) else text


def _printed(place: Place, side: str) -> Value:
    return _number(getattr(place, side))


def _sheet(pledge: Pledge, found: Told) -> Table:
    columns = [
        Column("곳", "where", LONG),
        *(Column(heading, partial(_printed, side=side), PRINTED) for side, heading in SIDES.items()),
        Column("그때와 다름", "differs", CENTER, width=14),
    ]
    notes = [
        f"{row.closing.version}판: {row.closing.closed_at:%Y-%m-%d} {row.closing.closed_by} {row.closing.reason}"
        for row in found.versions
    ]
    return Table(str(found.quarter), columns, found.places(), as_of=found.now.as_of,
                 conditions=str(pledge), notes=notes, landscape=True)  # fmt: skip


CHANGE_COLUMNS = (
    Column("구분", "kind", TEXT, width=18),
    Column("사실의 날짜", "day", DATE),
    Column("무엇", "what", LONG),
    Column("한 일", "deed", CENTER, width=9),
    Column("누가", "who", TEXT),
    Column("언제", "at", MOMENT),
    Column("사유", "reason", LONG),
)


def _changes(pledge: Pledge, changes: Sequence[Late], today: date) -> Table:
    return Table("바뀐 것", CHANGE_COLUMNS, changes, as_of=today, conditions=str(pledge), landscape=True)
