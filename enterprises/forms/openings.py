from __future__ import annotations

from typing import Any

from django.forms import modelform_factory

from common.fields import CountField, DayField
from common.models import Opening
from enterprises.forms.base import RegisterForm


class OpeningForm(RegisterForm):
    """A new opening of what had none. An existing one is corrected instead (common.openings)."""

    fixed = ("closed",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True
        self.fields["on"].help_text = "그날 하루가 끝난 때의 수치입니다."


def opening_form(model: type[Opening], subject: str) -> type[OpeningForm]:
    """The form of an opening model that counts by ``subject``."""
    classes: Any = {"on": DayField, "count": CountField}
    form: Any = modelform_factory(
        model, form=OpeningForm, fields=[subject, "on", "count", "source"], field_classes=classes
    )
    return form
