"""What still refers to a record, whichever app it belongs to: a record in use is not voided."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from common.editing import locked
from common.voiding import void

NAMED = 5


class StillUsed(Exception):
    """Live records refer to the record; ``references`` says which, in words."""

    def __init__(self, references: list[str]) -> None:
        self.references = references
        super().__init__(" · ".join(references))


def referring(row: models.Model) -> list[models.QuerySet[Any]]:
    """The live records that refer to ``row``, one queryset for each foreign key; upper apps' too, unnamed here."""
    found = []
    for relation in row._meta.related_objects:
        manager: Any = relation.related_model._default_manager
        if hasattr(relation.related_model, "voided_at") and relation.field.concrete:
            found.append(manager.live().filter(**{relation.field.name: row}))
    return found


def references(row: models.Model) -> list[str]:
    """`교부결정 2건: …` for each model with live records that refer to ``row``; the first five are named."""
    told = []
    for rows in referring(row):
        number = rows.count()
        if number:
            names = ", ".join(str(other) for other in rows[:NAMED]) + (" 외" if number > NAMED else "")
            told.append(f"{rows.model._meta.verbose_name} {number}건: {names}")
    return told


def void_unused(row: Any, user: Any, reason: str) -> None:
    """Voids ``row`` with a reason. StillUsed while live records refer to it."""
    with transaction.atomic():
        locked(row)
        found = references(row)
        if found:
            raise StillUsed(found)
        void(row, user, reason)
