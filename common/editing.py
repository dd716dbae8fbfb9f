"""Edit versions: whoever saves second is told who saved first and what differs now; nothing is overwritten.

    form = MarketForm(request.POST or None, instance=market)
    if request.method == "POST" and form.saves():
        return redirect(...)

Where a write spans tables, the view's own transaction does the same in steps:

    with transaction.atomic():
        form.lock()
        if form.is_valid():
            record(form.cleaned_data)
"""

from collections.abc import Iterable
from copy import copy
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.models import model_to_dict
from django.utils import formats, timezone

from common.models import Versioned

M = TypeVar("M", bound=models.Model)
DASHES = BLANK_CHOICE_DASH[0][1]


class VersionedForm(forms.ModelForm):
    """A ModelForm of a `Versioned` model that carries the row's revision as a hidden field.

    After a conflict the form shows what was typed, with the newest revision: saving again is then deliberate.
    A field `change_reason`, where the form has one, goes into the history; else the attribute of that name.
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    change_reason: str = ""
    fixed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current: Any = None
        for field in self.fields.values():
            name_the_blank(field)
        self.initial["revision"] = self.instance.revision if self.instance.pk else 0

    def lock(self) -> None:
        """Holds the row until the caller's transaction ends, and reads it as it is now."""
        self.current = locked(self.instance) if self.instance.pk else None

    def saves(self) -> bool:
        """Checks and saves in one transaction, under the row's lock; False leaves the errors in the form."""
        with transaction.atomic():
            self.lock()
            if not self.is_valid():
                return False
            self.save()
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk:
            self._check_version(cleaned)
        return cleaned

    def _check_version(self, cleaned: dict[str, Any]) -> None:
        current = self.current or type(self.instance)._base_manager.get(pk=self.instance.pk)
        if getattr(current, "is_void", False):
            raise ValidationError("무효 처리된 자료라 고칠 수 없습니다.", code="void")
        if cleaned.get("revision") != current.revision:
            self._show_revision(current.revision)
            raise ValidationError(self._conflict(current, cleaned), code="conflict")

    def _show_revision(self, revision: int) -> None:
        data: Any = copy(self.data)
        data[self.add_prefix("revision")] = str(revision)
        self.data = data

    def _conflict(self, current: Any, cleaned: dict[str, Any]) -> str:
        differing = self._differences(current, cleaned)
        told = f" 지금 저장된 값과 다른 칸: {', '.join(differing)}." if differing else ""
        return (
            f"이 화면을 연 뒤 {last_change(current)} 이 자료를 먼저 고쳤습니다."
            f" 아직 아무것도 덮어쓰지 않았습니다.{told}"
            " 입력한 내용을 확인한 뒤 다시 저장하면 이 화면의 값으로 바뀝니다."
        )

    def _differences(self, current: Any, cleaned: dict[str, Any]) -> list[str]:
        stored = model_to_dict(current)
        found = []
        for name, field in self.fields.items():
            if name not in stored or name not in cleaned:
                continue
            if _plain(stored[name]) != _plain(cleaned[name]):
                found.append(f"{field.label}(저장된 값 {shown(current, name)})")
        return found

    def _get_validation_exclusions(self) -> set[str]:
        # Django leaves out a constraint that touches a field outside the form. "Once among live rows" touches
        # voided_at, and `fixed` names the fields that the view has set (the pledge of a new indicator).
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded - {"voided_at", *self.fixed}

    def save(self, commit: bool = True) -> Any:
        # The revision is bumped here and nowhere else, so that no change of a form can forget it.
        if self.instance.pk:
            self.instance.revision = self.cleaned_data["revision"] + 1
        self.instance._change_reason = self.cleaned_data.get("change_reason") or self.change_reason
        return super().save(commit)


def name_the_blank(field: forms.Field) -> None:
    """In the place of Django's row of dashes, what leaving a choice so means."""
    words = "선택 안 함" if not field.required else "선택하세요"
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == DASHES:
            field.empty_label = words
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [(key, words if label == DASHES else label) for key, label in choices]


def locked(row: M) -> M:
    """The row as it is now, held until the transaction ends (SQLite's write transaction holds everything)."""
    # Django leaves FOR UPDATE out on a database that has none.
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def last_change(row: Versioned) -> str:
    """Who changed the row last and when, e.g. `김담당(예시)님이 2024. 4. 1. 09:30에`."""
    record = row.history.select_related("history_user").first() if hasattr(row, "history") else None
    if record is None:
        return "다른 사람이"
    who = f"{record.history_user}님이" if record.history_user else "다른 사람이"
    when = formats.date_format(timezone.localtime(record.history_date), "Y. n. j. H:i")
    return f"{who} {when}에"


def shown(row: models.Model, name: str) -> str:
    """The stored value of a field in words: a choice's label, a related row's name, `-` for nothing."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if value in (None, ""):
        return "-"
    return formats.localize(value, use_l10n=True) if not isinstance(value, models.Model) else str(value)


def _plain(value: Any) -> Any:
    """A form's value as `model_to_dict` gives it: keys for rows, `""` and None alike."""
    if isinstance(value, models.Model):
        return value.pk
    if isinstance(value, (list, tuple, models.QuerySet)):
        return sorted(_plain(part) for part in value)
    return None if value == "" else value


def save_grid(forms: Iterable[Any]) -> bool:
    """Saves the changed rows of a grid of VersionedForms, all or none; False leaves the errors in the forms."""
    with transaction.atomic():
        changed = [form for form in forms if form.has_changed()]
        for form in changed:
            form.lock()
        refused = [form for form in changed if not form.is_valid()]
        if refused:
            return False
        for form in changed:
            form.save()
    return True
