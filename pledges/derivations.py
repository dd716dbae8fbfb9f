"""How a figure on the card was made: operands, the records behind each, who wrote them, earlier values.

A derivation's operands add up to its value; the lines of an operand add up to the operand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from common.money import signed
from common.periods import korean_date
from enterprises import register
from enterprises.register import Register

Number = int | Decimal
BEFORE = "집계 불가(기준일 이전)"


@dataclass(frozen=True)
class Line:
    """One record: what it says, where it is, what it adds, who wrote it."""

    text: str
    url: str = ""
    value: Number = 1
    by: str = ""


@dataclass(frozen=True)
class Operand:
    """A part of a value. ``own`` is its value where no lines are listed below it (an opening, another figure)."""

    label: str
    lines: tuple[Line, ...] = ()
    own: Number | None = None
    sign: int = 1
    url: str = ""

    @property
    def value(self) -> Number:
        return self.sign * (sum(line.value for line in self.lines) if self.own is None else self.own)


@dataclass(frozen=True)
class Earlier:
    """A value that stood before, or stands: when it was written, by whom, why."""

    when: str
    by: str
    value: str
    reason: str = ""


@dataclass(frozen=True)
class Derivation:
    """``value`` None: 집계 불가 (before the opening); the operands then show what is known.

    printed: the figure as the card prints it, where that is another unit. parts: what a figure that was entered
    is divided into (a target's years). told: what else the page says of it. basis: the rule in a footnote's words.
    missing: why there is no value.
    """

    title: str
    unit: str
    rule: str
    as_of: date
    value: Number | None
    operands: tuple[Operand, ...]
    itemising: tuple[Line, ...] = ()
    opened: int | None = None
    earlier: tuple[Earlier, ...] = ()
    earlier_title: str = "도입 전 누계의 이력"
    key: str = ""
    printed: str = ""
    parts: tuple[Operand, ...] = ()
    told: tuple[str, ...] = ()
    basis: str = ""
    missing: str = BEFORE

    @property
    def is_before_opening(self) -> bool:
        """Not known because its day is before the opening; the operands are then what is known."""
        return self.value is None and self.missing == BEFORE

    @property
    def known(self) -> Number:
        return sum(operand.value for operand in self.operands)

    @property
    def details(self) -> Number:
        """상세 등록: what the lines that itemise the opening add up to."""
        return sum(line.value for line in self.itemising)

    @property
    def rest(self) -> Number:
        """상세 미등록분 of the opening; 0 where the details are the whole or more."""
        return max((self.opened or 0) - self.details, 0)

    @property
    def formula(self) -> str:
        """``도입 전 누계 233 + 시작 1 − 종료 0``."""
        words = [
            f"{'−' if part.sign < 0 else '+'} {part.label} {signed(part.sign * part.value)}"
            for part in self.operands
        ]
        return " ".join(words).removeprefix("+ ")

    @property
    def footnote(self) -> str:
        """The derivation as one sentence, to paste below a report."""
        day = f"{korean_date(self.as_of)} 기준"
        if self.value is None and not self.is_before_opening:
            return f"※ {self.title}: {self.missing}({day})"
        if self.value is None:
            known = f"확인분 {signed(self.known)}{self.unit}"
            return f"※ {self.title}: 도입 전 누계의 기준일 이전이어서 집계할 수 없음({day}, {known})"
        return f"※ {self.title} {signed(self.value)}{self.unit} = {self.formula} ({day}, {self.basis or self.rule})"


def level(
    kind: Register, key: int, title: str, as_of: date, line_of: Callable[[Any], Line], unit: str, rule: str
) -> Derivation:
    """A level of the registers: the opening in force, plus what began, minus what ended after it (DOMAIN §3.4)."""
    found = register.levels(kind, [key], as_of)[key]
    opening = found.opening
    after = opening.on if opening else None
    rows = kind.rows().filter(**{kind.key: key})
    started, ended = moved(rows, after, as_of)
    operands = [
        Operand("시작", written(started, line_of)),
        Operand("종료", written(ended, line_of), sign=-1),
    ]
    if opening is not None:
        label = f"{'마감 값' if opening.closed else '도입 전 누계'}({korean_date(opening.on)})"
        operands.insert(0, Operand(label, own=opening.count))
    inside = rows.filter(register.held_on(opening.on)) if opening else rows.none()
    return Derivation(
        title=title,
        unit=unit,
        rule=rule,
        as_of=as_of,
        value=found.value,
        operands=tuple(operands),
        itemising=written(inside, line_of),
        opened=opening.count if opening else None,
        earlier=earlier_openings(kind.openings, **{kind.key: key}),
        key=str(key),
    )


def moved(rows: QuerySet[Any], after: date | None, upto: date) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """The rows that began and those that ended strictly after ``after`` through ``upto``: what ``changes`` counts."""
    started, ended = Q(first_day__lte=upto), Q(last_day__lt=upto)
    if after is None:
        ended &= Q(first_day__isnull=False)
    else:
        started &= Q(first_day__gt=after)
        ended &= Q(last_day__gte=after)
    return rows.filter(started), rows.filter(ended)


def written(rows: Iterable[Any], line_of: Callable[[Any], Line]) -> tuple[Line, ...]:
    """The rows as lines, with who wrote each."""
    found = list(rows)
    by = writers(found)
    lines = [(row, line_of(row)) for row in found]
    return tuple(Line(line.text, line.url, line.value, by.get(row.pk, "")) for row, line in lines)


def writers(rows: Sequence[Any]) -> dict[int, str]:
    """Who recorded each row and when, by its key. One query."""
    if not rows:
        return {}
    first = type(rows[0]).history.filter(id__in=[row.pk for row in rows], history_type="+")
    return {record.id: written_by(record) for record in first.select_related("history_user")}


def with_writers(rows: Iterable[Any]) -> list[Any]:
    """The rows of one table, each with who recorded it and when as ``written``. One query."""
    found = list(rows)
    by = writers(found)
    for row in found:
        row.written = by.get(row.pk, "")
    return found


def written_by(record: Any) -> str:
    day = korean_date(timezone.localtime(record.history_date).date())
    return f"{record.history_user or '-'} {day}"


def earlier_openings(model: type[Any], **of: Any) -> tuple[Earlier, ...]:
    """Every wording an opening had, newest first: corrected, replaced, closed."""
    records = model.history.filter(**of).select_related("history_user")
    return tuple(
        Earlier(
            when=korean_date(record.on),
            by=written_by(record),
            value=_opened(record),
            reason=record.void_reason or record.reason or record.source,
        )
        for record in records.order_by("-history_date", "-history_id")[:50]
    )


def _opened(record: Any) -> str:
    if hasattr(record, "count"):
        return signed(record.count)
    parts = (("기업", record.enterprises), ("인원", record.headcount), ("지원액", record.amount))
    return " · ".join(f"{name} {signed(value)}" for name, value in parts if value is not None)


def designation_line(row: Any) -> Line:
    first = korean_date(row.first_day) if row.first_day else "시작일 모름"
    last = f"~{korean_date(row.last_day)}" if row.last_day else "~"
    return Line(
        f"{row.enterprise} {row.number} ({first}{last})",
        reverse("enterprises:detail", args=[row.enterprise_id]),
    )


def tenancy_line(row: Any) -> Line:
    last = f"~{korean_date(row.last_day)}" if row.last_day else "~"
    first = korean_date(row.first_day) if row.first_day else "입주일 모름"
    return Line(f"{row.enterprise} ({first}{last})", reverse("enterprises:detail", args=[row.enterprise_id]))


def member_line(row: Any) -> Line:
    last = f"~{korean_date(row.last_day)}" if row.last_day else "~"
    first = korean_date(row.first_day) if row.first_day else "위촉일 모름"
    return Line(
        f"{row.position or '위원'} ({first}{last})", reverse("enterprises:committee", args=[row.committee_id])
    )
