"""Fixtures in domain terms: rows that name each other by what they are, never by a database number.

A file is ``{"once"?, "needs"?, "tables": [{"model", "key"?, "from"?, "each"?, "rows"}]}``:

- a value of a relation is the object that answers a description, ``{"program": {"name": …}, "year": 2024}``;
- ``from`` (of a row or its table) says which place of which document stated it; it is kept in the
  history, and in the row's own 출처 where there is one;
- ``each`` holds values that all rows of a table share.

Loading again changes nothing, whatever was edited since. A file with ``once`` is loaded as a whole,
unless what ``once`` describes was ever recorded, under its present name or an older one. In a file
without it every row is asked for so by its ``key``. A file whose ``needs`` is not there is left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from django.apps import apps
from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

Row: TypeAlias = dict[str, Any]
REASON_LENGTH = 100


@dataclass
class Loaded:
    """How many rows of a file were new, and how many had been recorded before."""

    new: int = 0
    kept: int = 0
    left_out: bool = False


@transaction.atomic
def load(path: Path) -> Loaded:
    """Bring in one file, all or nothing. LookupError where a description fits no object."""
    document = json.loads(path.read_text(encoding="utf-8"))
    finder = Finder()
    if _is_left_out(document, finder):
        return Loaded(kept=sum(len(table["rows"]) for table in document["tables"]), left_out=True)
    loaded = Loaded()
    for table in document["tables"]:
        new = _load_table(table, finder, look_for_old=not document.get("once"))
        loaded.new += new
        loaded.kept += len(table["rows"]) - new
    return loaded


def _is_left_out(document: Row, finder: Finder) -> bool:
    once, needs = document.get("once"), document.get("needs")
    if once and finder.ever(apps.get_model(once["model"]), once["match"]) is not None:
        return True
    return bool(needs and finder.ever(apps.get_model(needs["model"]), needs["match"]) is None)


def _load_table(table: Row, finder: Finder, look_for_old: bool) -> int:
    model = apps.get_model(table["model"])
    made: list[models.Model] = []
    several: list[Row] = []
    for row in table["rows"]:
        values = table.get("each", {}) | row
        if look_for_old and finder.ever(model, {name: values.get(name) for name in table["key"]}):
            continue
        origin = values.pop("from", table.get("from", ""))
        several.append({f.name: values.pop(f.name, []) for f in model._meta.many_to_many})
        made.append(_instance(model, finder.objects_for(model, values), origin))
    for instance, lists in zip(bulk_create_with_history(made, model), several, strict=True):
        for name, described in lists.items():
            related = model._meta.get_field(name).related_model
            getattr(instance, name).set([finder.find(related, match) for match in described])
    return len(made)


def _instance(model: type[models.Model], values: Row, origin: str) -> models.Model:
    """The object, checked field by field; what the database checks it checks itself."""
    if _has_own_source(model):
        values["source"] = origin
    instance = model(**values)
    instance.clean_fields(exclude={f.name for f in model._meta.fields if f.is_relation})
    instance._change_reason = origin[:REASON_LENGTH]  # type: ignore[attr-defined]
    return instance


def _has_own_source(model: type[models.Model]) -> bool:
    """Whether ``source`` is 출처; a ``source`` to choose from is 재원."""
    return any(field.name == "source" and not field.choices for field in model._meta.fields)


class Finder:
    """Finds objects by description. Remembers what it found: a file names the same few many times."""

    def __init__(self) -> None:
        self.found: dict[tuple[type[models.Model], str], models.Model] = {}

    def find(self, model: Any, match: Row) -> models.Model:
        """The object that answers ``match``, or answered it once. LookupError if there is none."""
        key = (model, json.dumps(match, sort_keys=True))
        if key not in self.found:
            row = self.ever(model, match)
            if row is None:
                raise LookupError(f"{model._meta.verbose_name}: 찾을 수 없습니다 {match}")
            self.found[key] = row
        return self.found[key]

    def ever(self, model: Any, match: Row) -> models.Model | None:
        """The object that answers ``match`` now, else the one whose history does."""
        try:
            values = self.objects_for(model, match)
        except LookupError:
            return None
        manager = model._default_manager
        past = manager.filter(pk__in=model.history.filter(**values).values(model._meta.pk.attname))
        return manager.filter(**values).first() or past.first()

    def objects_for(self, model: Any, values: Row) -> Row:
        """``values`` with every described object in place of its description."""
        return {name: self._object_for(model, name, value) for name, value in values.items()}

    def _object_for(self, model: Any, name: str, value: Any) -> Any:
        field = model._meta.get_field(name)
        return (
            self.find(field.related_model, value) if field.is_relation and isinstance(value, dict) else value
        )
