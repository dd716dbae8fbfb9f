"""What the database can hold, it holds: properties that every model of ours must have."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from common.models import Versioned, Voidable

APPS = {"accounts", "enterprises", "subsidies", "markets", "pledges"}
ALL = [m for m in apps.get_models() if m._meta.app_label in APPS and not m.__name__.startswith("Historical")]


def ids(model: type[models.Model]) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", [m for m in ALL if issubclass(m, Versioned)], ids=ids)
def test_what_is_edited_keeps_its_history(model: Any) -> None:
    assert hasattr(model, "history"), f"{model._meta.label} keeps no history"
    assert "revision" in {field.name for field in model.history.model._meta.get_fields()}


@pytest.mark.parametrize("model", ALL, ids=ids)
def test_nothing_a_report_reads_disappears_with_another_row(model: type[models.Model]) -> None:
    keys = [field for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    assert [key.name for key in keys if key.remote_field.on_delete is not models.PROTECT] == []


@pytest.mark.parametrize("model", [m for m in ALL if issubclass(m, Voidable)], ids=ids)
def test_a_void_has_its_reason_in_the_database_too(model: type[models.Model]) -> None:
    assert [c for c in model._meta.constraints if c.name.endswith("void_has_reason")], (
        f"{model._meta.label} lacks it"
    )


@pytest.mark.parametrize("model", [m for m in ALL if issubclass(m, Voidable)], ids=ids)
def test_what_is_unique_is_unique_among_live_rows_only(model: type[models.Model]) -> None:
    everywhere = [
        c.name
        for c in model._meta.constraints
        if isinstance(c, models.UniqueConstraint) and "voided_at" not in str(c.condition)
    ]
    assert everywhere == []
    assert not model._meta.unique_together
    assert [field.name for field in model._meta.fields if field.unique and not field.primary_key] == []


# No form writes these: closings are made by one verb, the office's one row by its admin page.
NO_FORM = {"Closing", "ClosedCard", "ClosedResult", "Office"}


@pytest.mark.parametrize("model", [m for m in ALL if m.__name__ not in NO_FORM], ids=ids)
def test_constraints_speak_korean(model: type[models.Model]) -> None:
    """A constraint that a form can run into says what is wrong in words of ours."""
    default = models.CheckConstraint(name="x", condition=models.Q()).violation_error_message
    silent = [
        c.name
        for c in model._meta.constraints
        if c.violation_error_message == default and not plain_unique(c)
    ]
    assert silent == []


def plain_unique(constraint: models.BaseConstraint) -> bool:
    """Django has a Korean message of its own for these, which names the fields."""
    return (
        isinstance(constraint, models.UniqueConstraint)
        and bool(constraint.fields)
        and constraint.condition is None
    )


@pytest.mark.parametrize("model", ALL, ids=ids)
def test_labels_are_korean(model: type[models.Model]) -> None:
    def korean(text: object) -> bool:
        return any("가" <= char <= "힣" for char in str(text)) or str(text).isupper()

    english = [
        field.name
        for field in model._meta.fields
        if not field.primary_key and model._meta.app_label != "accounts" and not korean(field.verbose_name)
    ]
    assert english == []
    assert korean(model._meta.verbose_name)
