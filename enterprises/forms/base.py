from __future__ import annotations

from typing import Any

from django import forms
from django.db import IntegrityError, models

from common.doubts import Doubtful
from common.editing import VersionedForm

TEXT_ROWS = 3


class RegisterForm(Doubtful, VersionedForm):
    """A form of the register: edit version and doubts."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = TEXT_ROWS

    def saves(self) -> bool:
        try:
            return super().saves()
        except IntegrityError:
            # Two officers typed the same thing at the same moment; the database let one of them through.
            self.add_error(None, "같은 자료가 방금 저장되었습니다. 목록에서 확인하세요.")
            return False


def sharing(row: models.Model, **match: Any) -> models.QuerySet[Any]:
    """Other live rows of the same model that match."""
    manager: Any = type(row)._default_manager
    return manager.live().filter(**match).exclude(pk=row.pk)
