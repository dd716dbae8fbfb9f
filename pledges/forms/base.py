from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.editing import VersionedForm
from common.fields import NumberField
from common.money import signed

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


def refuse_stale_amounts(form: forms.BaseForm, usual: str, names: Iterable[str]) -> None:
    """Refuses another unit above amounts that still stand as they were shown in ``usual``: 80 백만 원 is not 80 원."""
    if form.cleaned_data.get("entry_unit", usual) == usual:
        return
    stale = [name for name in names if (shown := form[name].initial) and _typed(form, name) == signed(shown)]
    if stale:
        labels = ", ".join(str(form.fields[name].label) for name in stale)
        words = f"단위를 바꾸었는데 값은 전의 단위({usual}) 그대로입니다: {labels}."
        form.add_error("entry_unit", ValidationError(f"{words} 새 단위로 고쳐 적거나 단위를 되돌리십시오."))


def _typed(form: forms.BaseForm, name: str) -> str:
    return str(form.data.get(form.add_prefix(name), "")).strip()


class ValueField(NumberField):
    """A target or result: not negative, four decimals at most. ``-`` is None."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not 0 <= value < LIMIT:
            raise ValidationError("0 이상이어야 합니다." if value < 0 else "값이 지나치게 큽니다.")
        if value is not None and value != round(value, 4):
            raise ValidationError("소수는 4자리까지 적습니다.")
