"""Undoing an import: rows that it made are voided, rows that it changed get their former values back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Subquery
from simple_history.utils import bulk_update_with_history

from accounts.importing.saving import take_turn
from accounts.models import BatchState, ImportBatch
from common.editing import locked
from common.importing import Kind

NAMED = 50
BATCH = 500


class CannotUndo(Exception):
    """Rows were changed since, or others refer to them: ``rows`` names them in words."""

    def __init__(self, rows: list[str]) -> None:
        super().__init__(f"{len(rows)} rows")
        self.rows = rows


@transaction.atomic
def undo(batch: ImportBatch, kind: Kind, user: Any, reason: str, now: datetime) -> int:
    """Takes back everything that the import wrote; how many rows that were. CannotUndo, and nothing is done,
    where rows were changed since or newer records refer to them.
    """
    if not reason.strip():
        raise ValueError("An import is undone with a reason.")
    take_turn()
    batch = locked(batch)
    if batch.state != BatchState.SAVED:
        raise CannotUndo(["이미 되돌린 가져오기입니다."])
    for model in kind.models:
        _hold(model, batch)
    blocked = [
        words for model in kind.models for words in (*_changed(model, batch), *_referred(model, kind, batch))
    ]
    if kind.keeps:
        blocked += [words for model in kind.models for words in kind.keeps(_written(model, batch), user, now)]
    if blocked:
        raise CannotUndo(blocked[:NAMED])
    count = sum(_take_back(model, batch, user, reason.strip(), now) for model in reversed(kind.models))
    batch.state, batch.undone_at, batch.undone_by = BatchState.UNDONE, now, user
    batch.undo_reason = reason.strip()[:300]
    batch.revision += 1
    batch.save()
    return count


def marked(model: Any, batch: ImportBatch) -> models.QuerySet[Any]:
    """History of what the import wrote into ``model``."""
    return model.history.filter(history_change_reason=batch.mark)


def _written(model: Any, batch: ImportBatch) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model._base_manager.filter(pk__in=marked(model, batch).values("id"))
    return rows


def _hold(model: Any, batch: ImportBatch) -> None:
    """Waits for whoever is saving one of the rows, so that it is seen as changed; others wait until this ends."""
    for _ in _written(model, batch).select_for_update().order_by("pk").values_list("pk").iterator():
        pass


def _changed(model: Any, batch: ImportBatch) -> list[str]:
    later = model.history.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    ids = marked(model, batch).filter(Exists(later)).values("id")
    rows = model._base_manager.filter(pk__in=Subquery(ids))[:NAMED]
    return [f"{model._meta.verbose_name} ‘{row}’: 가져온 뒤에 고쳤습니다." for row in rows]


def _referred(model: Any, kind: Kind, batch: ImportBatch) -> list[str]:
    """Live records from elsewhere that refer to rows which the import made."""
    made = marked(model, batch).filter(history_type="+").values("id")
    found = []
    for relation in model._meta.related_objects:
        other: Any = relation.related_model
        if not hasattr(other, "voided_at") or not relation.field.concrete:
            continue
        rows = other._base_manager.filter(
            voided_at__isnull=True, **{f"{relation.field.name}__in": Subquery(made)}
        )
        if other in kind.models:
            rows = rows.exclude(pk__in=Subquery(marked(other, batch).values("id")))
        found += [
            f"{other._meta.verbose_name} ‘{row}’이(가) 이 가져오기로 만든 자료를 씁니다."
            for row in rows[:NAMED]
        ]
    return found


def _take_back(model: Any, batch: ImportBatch, user: Any, reason: str, now: datetime) -> int:
    names = [
        field.name for field in model._meta.concrete_fields if not field.primary_key and not field.generated
    ]
    why = f"{batch.mark} 되돌림: {reason}"[:100]
    made = list(
        model._base_manager.filter(
            pk__in=Subquery(marked(model, batch).filter(history_type="+").values("id"))
        )
    )
    for row in made:
        row.voided_at, row.voided_by, row.void_reason = now, user, f"가져오기 되돌림: {reason}"[:300]
        row.revision += 1
    fields = ["voided_at", "voided_by", "void_reason", "revision"]
    _update(made, model, fields, why, user)
    changed = list(_former(model, batch, names))
    _update(changed, model, names, why, user)
    return len(made) + len(changed)


def _update(rows: list[Any], model: Any, names: list[str], why: str, user: Any) -> None:
    if rows:
        bulk_update_with_history(
            rows,
            model,
            names,
            batch_size=BATCH,
            default_user=user,
            default_change_reason=why,
            manager=model._base_manager,
        )


def _former(model: Any, batch: ImportBatch, names: list[str]) -> Any:
    """The rows that the import changed, with the values they had before."""
    before = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by(
        "-history_id"
    )
    pairs = (
        marked(model, batch)
        .filter(history_type="~")
        .annotate(former=Subquery(before.values("history_id")[:1]))
    )
    former_ids = pairs.filter(former__isnull=False).values("former")
    current = dict(
        model._base_manager.filter(pk__in=Subquery(pairs.values("id"))).values_list("pk", "revision")
    )
    for record in model.history.filter(history_id__in=Subquery(former_ids)):
        row = record.instance
        row.revision = current[row.pk] + 1
        yield row
