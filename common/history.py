"""Who changed what and when, as a page shows it: the records of django-simple-history in words.

{"changes": changes(event, *days)}      {% include "common/_history.html" %}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import connection, models

from common.fields import plain
from common.money import NONE
from common.periods import korean_date

LATEST = 50
# What the page says in other words, or not at all.
UNTOLD = ["revision", "voided_at", "voided_by", "void_reason"]


@dataclass(frozen=True)
class Delta:
    """One field before and after, in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One saving of one record. ``what`` is the record, ``deed`` 입력, 수정 or 무효."""

    when: datetime
    who: str
    what: str
    deed: str
    reason: str
    deltas: tuple[Delta, ...]


def changes(*rows: models.Model, latest: int = LATEST) -> list[Change]:
    """The latest changes of ``rows`` (any models), newest first; one query per model."""
    found: list[Change] = []
    by_model = sorted(rows, key=lambda row: row._meta.label)
    for _, group in groupby(by_model, key=lambda row: row._meta.label):
        found += _of_one_model(list(group))
    return sorted(found, key=lambda change: change.when, reverse=True)[:latest]


def last_numbers(tables: Iterable[str]) -> dict[str, int]:
    """The number of the last row of each history table, 0 in an empty one: every write moves one. One query."""
    quote = connection.ops.quote_name
    parts = (f"SELECT '{table}', COALESCE(MAX(history_id), 0) FROM {quote(table)}" for table in tables)  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return {str(table): int(number) for table, number in cursor.fetchall()}


def _of_one_model(rows: list[models.Model]) -> Iterable[Change]:
    model: Any = type(rows[0])
    names = {row.pk: str(row) for row in rows}
    records = model.history.filter(id__in=names).select_related("history_user").order_by("history_date", "pk")
    before: dict[Any, Any] = {}
    for record in records:
        yield _change(record, before.get(record.id), names[record.id])
        before[record.id] = record


def _change(record: Any, before: Any, what: str) -> Change:
    voided = record.__dict__.get("voided_at") is not None and (before is None or before.voided_at is None)
    deed = "무효" if voided else "입력" if before is None else "수정"
    return Change(
        when=record.history_date,
        who=str(record.history_user) if record.history_user else "시스템",
        what=what,
        deed=deed,
        reason=record.history_change_reason or "",
        deltas=tuple(_deltas(record, before)) if before is not None else (),
    )


def _deltas(record: Any, before: Any) -> Iterable[Delta]:
    difference = record.diff_against(before, excluded_fields=UNTOLD, foreign_keys_are_objs=True)
    for change in difference.changes:
        field = record.instance_type._meta.get_field(change.field)
        yield Delta(str(field.verbose_name), _words(field, change.old), _words(field, change.new))


def _words(field: Any, value: Any) -> str:
    """A stored value as people read it."""
    if field.many_to_many:
        return ", ".join(str(row[field.m2m_reverse_field_name()]) for row in value) or NONE
    if value is None or value == "":
        return NONE
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _plain_words(value)


def _plain_words(value: Any) -> str:
    if isinstance(value, bool):
        return "예" if value else "아니오"
    if isinstance(value, int) or hasattr(value, "as_tuple"):
        return plain(value)
    if hasattr(value, "isoformat"):
        return korean_date(value)
    return str(value)
