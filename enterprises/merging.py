"""Two records of one enterprise become one: everything moves along, recorded in the history, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Count

from common.clock import now
from enterprises.designating import overlapping
from enterprises.models import Designation, Enterprise
from enterprises.writing import change

# What the record that stays takes over where its own is empty.
FILLED = (
    "business_number",
    "branch_number",
    "unique_number",
    "representative",
    "phone",
    "email",
    "address",
    "dong",
    "legal_dong",
    "industry",
    "homepage",
)


class CannotMerge(Exception):
    """Why two records are not merged, or not parted again, in words."""


@dataclass(frozen=True)
class Merged:
    """How many records moved, and how many were void because the other already had the same."""

    moved: int
    doubled: int


def mark(source: Enterprise, target: Enterprise) -> str:
    """The reason in the history of every record that a merge touched."""
    return f"기업 합침 {source.pk}→{target.pk}"


def duplicates() -> list[list[Enterprise]]:
    """Live enterprises that share a name (㈜, spaces ignored), in groups; two queries."""
    rows = Enterprise.objects.live()
    keys = (
        rows.exclude(name_key="").values("name_key").order_by().annotate(many=Count("pk")).filter(many__gt=1)
    )
    groups: dict[str, list[Enterprise]] = {}
    for row in rows.filter(name_key__in=keys.values("name_key")).order_by("name_key", "pk"):
        groups.setdefault(row.name_key, []).append(row)
    return list(groups.values())


@transaction.atomic
def merge(source: Enterprise, target: Enterprise, user: Any, reason: str) -> Merged:
    """Moves everything of ``source`` to ``target`` and voids ``source``. CannotMerge where that makes no sense."""
    if not reason.strip():
        raise ValueError("Enterprises are merged with a reason.")
    source, target = _held(source.pk, target.pk)
    if source.pk == target.pk or source.is_void or target.is_void:
        raise CannotMerge("서로 다른, 무효가 아닌 두 기업만 합칠 수 있습니다.")
    why = mark(source, target)
    moved = doubled = 0
    for name, rows in _references(source):
        stays = [row for row in rows if _doubled(row, name, target)]
        goes = [row for row in rows if row not in stays]
        change([(row, {f"{name}_id": target.pk}) for row in goes], why, user)
        change([(row, _void(user, why)) for row in stays], why, user)
        moved, doubled = moved + len(goes), doubled + len(stays)
    change(
        [(source, _void(user, f"{why}: {reason.strip()}"[:300]) | {"merged_into_id": target.pk})], why, user
    )
    filled = {
        field: getattr(source, field)
        for field in FILLED
        if getattr(source, field) and not getattr(target, field)
    }
    if filled:
        change([(target, filled)], why, user)
    return Merged(moved, doubled)


def _held(*pks: int) -> list[Enterprise]:
    """The rows, held in the order of their keys so that two merges cannot wait for each other."""
    rows = {row.pk: row for row in Enterprise.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    return [rows[pk] for pk in pks]


def _void(user: Any, why: str) -> dict[str, Any]:
    return {"voided_at": now(), "voided_by": user, "void_reason": why}


def _references(enterprise: Enterprise) -> Iterator[tuple[str, list[Any]]]:
    """Live records of every app that refer to the enterprise, by foreign key."""
    for relation in Enterprise._meta.related_objects:
        model: Any = relation.related_model
        if hasattr(model, "voided_at") and hasattr(model, "history") and relation.field.name != "merged_into":
            rows = model._base_manager.filter(voided_at__isnull=True, **{relation.field.name: enterprise})
            yield relation.field.name, list(rows.order_by("pk"))


def _doubled(row: Any, name: str, target: Enterprise) -> bool:
    """Whether ``target`` already has the same: an overlapping designation, or what the database allows only once."""
    before = getattr(row, f"{name}_id")
    setattr(row, f"{name}_id", target.pk)
    try:
        if isinstance(row, Designation):
            return overlapping(row).exists()
        return any(_clashes(row, constraint) for constraint in row._meta.constraints)
    finally:
        setattr(row, f"{name}_id", before)


def _clashes(row: Any, constraint: models.BaseConstraint) -> bool:
    if not isinstance(constraint, models.UniqueConstraint):
        return False
    values = {name: getattr(row, row._meta.get_field(name).attname) for name in constraint.fields}
    if any(value is None for value in values.values()):
        return False
    same = row._meta.model._base_manager.filter(**values)
    return bool(same.filter(constraint.condition or models.Q()).exclude(pk=row.pk).exists())


@transaction.atomic
def part(source: Enterprise, user: Any) -> int:
    """Takes a merge back: what moved and still stands with the other returns. CannotMerge where it was no merge."""
    if source.merged_into_id is None:
        raise CannotMerge("합친 기업이 아닙니다.")
    source, target = _held(source.pk, source.merged_into_id)
    why = mark(source, target)
    alive = {"voided_at": None, "voided_by": None, "void_reason": ""}
    back = f"{why} 되돌림"
    returned = 0
    _give_back(source, target, user)
    change([(source, alive | {"merged_into_id": None})], back, user)
    for relation in Enterprise._meta.related_objects:
        model: Any = relation.related_model
        if not hasattr(model, "history") or relation.field.name == "merged_into":
            continue
        touched = model.history.filter(history_change_reason=why).values("id")
        name = relation.field.name
        rows = list(model._base_manager.filter(pk__in=touched))
        moved = [row for row in rows if getattr(row, f"{name}_id") == target.pk and not row.is_void]
        voided = [row for row in rows if row.is_void and row.void_reason == why]
        change([(row, {f"{name}_id": source.pk}) for row in moved], back, user)
        change([(row, alive) for row in voided], back, user)
        returned += len(moved) + len(voided)
    return returned


def _give_back(source: Enterprise, target: Enterprise, user: Any) -> None:
    """Empties on ``target`` what it took over from ``source`` and still has."""
    why = mark(source, target)
    record = Enterprise.history.filter(id=target.pk, history_change_reason=why).order_by("history_id").last()
    former = record.prev_record if record else None
    if former is None:
        return
    taken = {
        field: ""
        for field in FILLED
        if not getattr(former, field) and getattr(target, field) == getattr(source, field) != ""
    }
    if taken:
        change([(target, taken)], f"{why} 되돌림", user)
