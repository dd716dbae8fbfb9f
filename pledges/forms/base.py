from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.editing import VersionedForm
from common.fields import NumberField

LIMIT = Decimal(10) ** 13


class PledgeForm(VersionedForm):
    """The base of the editing pages' forms: an edit version, no colons, ``pledge`` checked with its constraints."""

    use_required_attribute = False
    fixed: tuple[str, ...] = ("pledge",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def stands_in_grid(self, row: str) -> None:
        """One row of a grid: its controls are named after it, and it has no faults while nothing in it was typed."""
        self.empty_permitted = True
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{row} {field.label}"


def numeric(**attrs: Any) -> forms.TextInput:
    """A right-aligned input for a number as people type it."""
    return forms.TextInput(attrs={"class": "num", "autocomplete": "off", **attrs})


class ValueField(NumberField):
    """A target or result: not negative, four decimals at most. ``-`` is None."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not 0 <= value < LIMIT:
            raise ValidationError("0 이상이어야 합니다." if value < 0 else "값이 지나치게 큽니다.")
        if value is not None and value != round(value, 4):
            raise ValidationError("소수는 4자리까지 적습니다.")
