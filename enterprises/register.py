"""How many: enterprises by kind, tenants of a space, members of a committee, as of a day.

All three are levels (DOMAIN §3.4): the latest opening on or before the day, plus starts, minus ends after it. A row
counts on its first and through its last day. A row without a start itemises an opening and never adds (DOMAIN §6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from common.checkpoints import Checkpoint, Itemised, Kind, latest, level
from common.models import Opening
from enterprises.models import (
    Designation,
    DesignationKind,
    Enterprise,
    Member,
    MemberOpening,
    RegisterOpening,
    Tenancy,
    TenantOpening,
)


@dataclass(frozen=True)
class Register:
    """Rows with a ``first_day`` and a ``last_day``, counted by ``key``, and the openings that they itemise."""

    key: str
    rows: Callable[[], QuerySet[Any]]
    openings: type[Opening]


def _designations() -> QuerySet[Any]:
    rows = Designation.objects.live().filter(enterprise__voided_at__isnull=True)
    return rows.with_last_day().annotate(first_day=F("starts_on"))


def _tenancies() -> QuerySet[Any]:
    rows = Tenancy.objects.live().filter(enterprise__voided_at__isnull=True)
    return rows.annotate(first_day=F("starts_on"), last_day=F("ends_on"))


def _members() -> QuerySet[Any]:
    last_day = Least(Coalesce("left_on", "term_ends_on"), Coalesce("term_ends_on", "left_on"))
    return Member.objects.live().annotate(first_day=F("appointed_on"), last_day=last_day)


KINDS = Register("kind_id", _designations, RegisterOpening)
TENANTS = Register("space_id", _tenancies, TenantOpening)
MEMBERS = Register("committee_id", _members, MemberOpening)


def changes(register: Register, after: date | None, upto: date) -> dict[int, int]:
    """Net starts minus ends by key, strictly after ``after`` (None: ever) up to ``upto``. Missing keys are 0.

    A row falls off the day after its last. An undated start never adds; its end subtracts only from an opening.
    """
    started, ended = Q(first_day__lte=upto), Q(last_day__lt=upto)
    if after is None:
        ended &= Q(first_day__isnull=False)
    else:
        started &= Q(first_day__gt=after)
        ended &= Q(last_day__gte=after)
    rows = register.rows().order_by().values_list(register.key)
    counted = rows.annotate(starts=Count("pk", filter=started), ends=Count("pk", filter=ended))
    return defaultdict(int, {key: starts - ends for key, starts, ends in counted})


def kind_changes(after: date | None, upto: date) -> dict[int, int]:
    """`changes` of the register of enterprises: net change of the number of designations, by kind."""
    return changes(KINDS, after, upto)


def itemised(register: Register, day: date) -> dict[int, int]:
    """Rows held on ``day`` by key, undated ones included: what details an opening of that day."""
    rows = register.rows().filter(held_on(day)).order_by()
    return defaultdict(int, rows.values_list(register.key).annotate(number=Count("pk")))


def held_on(day: date) -> Q:
    """Begun on or before ``day`` (or undated), and not past the last day."""
    begun = Q(first_day__isnull=True) | Q(first_day__lte=day)
    return begun & (Q(last_day__isnull=True) | Q(last_day__gte=day))


@dataclass(frozen=True)
class Level:
    """One number as of a day. ``value`` is None on a day before the only opening; ``known`` counts the records."""

    value: int | None
    known: int
    opening: Any = None
    itemised: int = 0

    @property
    def opened(self) -> int:
        """The opening's count; 0 without one."""
        return self.opening.count if self.opening else 0

    @property
    def details(self) -> Itemised:
        """The opening beside its details; 0 and 0 without an opening."""
        return Itemised(Decimal(self.opened), Decimal(self.itemised))

    @property
    def remaining(self) -> int:
        """상세 미등록분: what the opening counts and no record details."""
        return int(self.details.rest)

    @property
    def excess(self) -> int:
        """상세 합계 초과: more records on the opening's day than it counts. A finding."""
        return int(self.details.excess)


def levels(register: Register, keys: Iterable[int], as_of: date) -> dict[int, Level]:
    """The level of each key at the end of ``as_of``. Queries: one, and two for each opening day in use."""
    points: dict[int, list[Checkpoint]] = defaultdict(list)
    for row in register.openings._default_manager.filter(voided_at__isnull=True):
        opening: Any = row
        kind = Kind.CLOSED if opening.closed else Kind.OPENING
        point = Checkpoint(opening.on, Decimal(opening.count), kind, opening)
        points[getattr(opening, register.key)].append(point)

    @cache
    def net(after: date | None) -> dict[int, int]:
        return changes(register, after, as_of)

    @cache
    def details(day: date) -> dict[int, int]:
        return itemised(register, day)

    def one(key: int) -> Level:
        figure = level(as_of, points[key], lambda after, _: net(after)[key])
        value, known = None if figure.total is None else int(figure.total), int(figure.known)
        base = latest(points[key], as_of)
        return Level(value, known, base.ref, details(base.day)[key]) if base else Level(value, known)

    return {key: one(key) for key in keys}


def tenants(spaces: Iterable[int], as_of: date) -> dict[int, int | None]:
    """Tenants of each space at the end of ``as_of``; None on a day before the only opening."""
    return {key: found.value for key, found in levels(TENANTS, spaces, as_of).items()}


def members(committees: Iterable[int], as_of: date) -> dict[int, int | None]:
    """Members of each committee at the end of ``as_of``; None on a day before the only opening."""
    return {key: found.value for key, found in levels(MEMBERS, committees, as_of).items()}


@dataclass(frozen=True)
class KindLine:
    """One kind of the register's table."""

    kind: DesignationKind
    level: Level

    @property
    def value(self) -> int | None:
        return self.level.value


@dataclass(frozen=True)
class KindGroup:
    """Kinds that stand together (사회적기업 = 인증 + 예비), or one kind alone."""

    code: str
    name: str
    lines: tuple[KindLine, ...]

    @property
    def value(self) -> int | None:
        return plus(line.value for line in self.lines)

    @property
    def opened(self) -> int:
        return sum(line.level.opened for line in self.lines)

    @property
    def remaining(self) -> int:
        return sum(line.level.remaining for line in self.lines)


@dataclass(frozen=True)
class RegisterTable:
    """기업 수 by kind (개소) at the end of ``as_of``: the plain sum of kinds, the distinct enterprises beside it."""

    as_of: date
    lines: tuple[KindLine, ...]
    distinct: int

    @property
    def total(self) -> int | None:
        """None (집계 불가) while one kind is unknown."""
        return plus(line.value for line in self.lines)

    @property
    def known(self) -> int:
        return sum(line.level.known for line in self.lines)

    @property
    def opened(self) -> int:
        """도입 전 누계, of all kinds that have one."""
        return sum(line.level.opened for line in self.lines)

    @property
    def remaining(self) -> int:
        return sum(line.level.remaining for line in self.lines)

    @property
    def excess(self) -> int:
        return sum(line.level.excess for line in self.lines)

    @property
    def groups(self) -> tuple[KindGroup, ...]:
        """In the order of the kinds; an ungrouped kind is a group of its own, under its own code."""
        lines: dict[tuple[str, str], list[KindLine]] = {}
        for line in self.lines:
            kind = line.kind
            key = (kind.group_code, kind.group_name) if kind.group_code else (kind.code, kind.name)
            lines.setdefault(key, []).append(line)
        return tuple(KindGroup(code, name, tuple(members)) for (code, name), members in lines.items())

    def by_code(self) -> dict[str, KindLine]:
        """The lines by their kind's code."""
        return {line.kind.code: line for line in self.lines}


def plus(values: Iterable[int | None]) -> int | None:
    """The sum; None if one part is unknown."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def register_table(as_of: date) -> RegisterTable:
    """기업 수 of every kind in use on ``as_of``. The number of queries does not grow with the register."""
    in_force = Q(valid_from__isnull=True) | Q(valid_from__lte=as_of)
    kinds = list(DesignationKind.objects.filter(in_force, active=True))
    found = levels(KINDS, [kind.pk for kind in kinds], as_of)
    lines = tuple(KindLine(kind, found[kind.pk]) for kind in kinds)
    return RegisterTable(as_of=as_of, lines=lines, distinct=distinct_enterprises(lines, as_of))


def distinct_enterprises(lines: Iterable[KindLine], as_of: date) -> int:
    """Enterprises that hold a designation on ``as_of``; undated ones where an opening vouches for their kind."""
    lines = list(lines)
    vouched = Q(first_day__isnull=False) | Q(kind__in=[line.kind.pk for line in lines if line.level.opening])
    held = _designations().filter(held_on(as_of), vouched, kind__in=[line.kind.pk for line in lines])
    return Enterprise.objects.filter(pk__in=held.values("enterprise_id")).count()
