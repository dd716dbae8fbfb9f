"""Writing an imported list in batches, with history: new firms, changed firms, new and changed designations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from common.names import name_key
from enterprises.matching import Firm
from enterprises.models import Designation, Enterprise

BATCH = 500


def write(plans: Sequence[Any], reason: str, user: Any) -> None:
    """Saves the plans of ``enterprises.imports``; about eight queries per 500 rows."""
    firms = _new_firms(plans)
    create(Enterprise, list(firms.values()), reason, user)
    _change(Enterprise, _firm_changes(plans), reason, user)
    made = _new_designations(plans, firms)
    create(Designation, made, reason, user)
    _change(Designation, _held_changes(plans), reason, user)


def create(model: type[Any], rows: list[Any], reason: str, user: Any) -> None:
    """New rows with their history."""
    if rows:
        bulk_create_with_history(
            rows, model, batch_size=BATCH, default_user=user, default_change_reason=reason
        )


def _new_firms(plans: Sequence[Any]) -> dict[Firm, Enterprise]:
    """Planned firms, each once; later rows fill in what the first left empty."""
    firms: dict[Firm, Enterprise] = {}
    for plan in plans:
        if plan.firm.pk is not None:
            continue
        row = firms.setdefault(plan.firm, Enterprise())
        for name, value in plan.told.items():
            if not getattr(row, name):
                setattr(row, name, value)
    return firms


def _new_designations(plans: Sequence[Any], firms: dict[Firm, Enterprise]) -> list[Designation]:
    made: dict[int, Designation] = {}
    for plan in plans:
        held = plan.held
        if held is None or held.pk is not None or id(held) in made:
            continue
        made[id(held)] = Designation(
            enterprise_id=plan.firm.pk or firms[plan.firm].pk,
            kind_id=held.kind,
            number=held.number,
            starts_on=held.starts_on,
            expires_on=held.expires_on,
        )
    for plan in plans:
        if plan.held is not None and id(plan.held) in made:
            for name, value in plan.sets.items():
                setattr(made[id(plan.held)], name, value)
    return list(made.values())


def _firm_changes(plans: Sequence[Any]) -> dict[int, dict[str, Any]]:
    changes: dict[int, dict[str, Any]] = {}
    for plan in plans:
        if plan.firm.pk is not None and plan.told:
            changes.setdefault(plan.firm.pk, {}).update(plan.told)
    return changes


def _held_changes(plans: Sequence[Any]) -> dict[int, dict[str, Any]]:
    changes: dict[int, dict[str, Any]] = {}
    for plan in plans:
        if plan.held is not None and plan.held.pk is not None and plan.sets:
            changes.setdefault(plan.held.pk, {}).update(plan.sets)
    return changes


def _change(model: type[Any], changes: dict[int, dict[str, Any]], reason: str, user: Any) -> None:
    pks = list(changes)
    for start in range(0, len(pks), BATCH):
        rows = model._base_manager.select_for_update().in_bulk(pks[start : start + BATCH])
        change([(row, changes[pk]) for pk, row in rows.items()], reason, user)


def model_fields(model: type[Any]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields}


def _name_keys(rows: Sequence[Any]) -> set[str]:
    """A bulk update calls no ``pre_save``: the matched name is worked out here."""
    for row in rows:
        row.name_key = name_key(row.name)
    return {"name_key"}


def change(pairs: Sequence[tuple[Any, dict[str, Any]]], reason: str, user: Any) -> None:
    """Sets fields on rows, each with its next edit version and its history."""
    names = {"revision"}
    for row, values in pairs:
        for name, value in values.items():
            setattr(row, name, value)
        row.revision += 1
        names.update(values)
    rows = [row for row, _ in pairs]
    if rows:
        model = type(rows[0])
        names |= _name_keys(rows) if "name_key" in model_fields(model) else set()
        bulk_update_with_history(
            rows,
            model,
            sorted(names),
            batch_size=BATCH,
            default_user=user,
            default_change_reason=reason,
            manager=model._base_manager,
        )
