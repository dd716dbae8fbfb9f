"""Doubts: what looks wrong and may be right. The form asks once; a reason saves it all the same.

A doubt is no error: the record is of something that has happened (DOMAIN §1). The reason goes into the history.

    class EventForm(Doubtful, VersionedForm):
        def doubts(self, cleaned): return ["매출액이 평소의 1,000배쯤입니다."]
"""

from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

NOT_YET = "아직 저장하지 않았습니다. 아래 확인할 점을 보고, 맞으면 사유를 적어 저장하세요."


class Doubtful(forms.BaseForm):
    """Mixin, to stand before the form's base. The template includes ``common/_doubts.html``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found_doubts: list[str] = []
        self.fields["doubts_seen"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["change_reason"] = forms.CharField(
            label="그대로 저장하는 사유", required=False, max_length=100, widget=forms.HiddenInput
        )

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        """What to ask about, in words; looked for only where nothing is wrong."""
        return []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            self.found_doubts = self.doubts(cleaned)
        if self.found_doubts:
            self._ask(cleaned)
        return cleaned

    def _ask(self, cleaned: dict[str, Any]) -> None:
        """Accepts the doubts that were already shown, with a reason; new ones are shown first."""
        seen = sha256("\n".join(self.found_doubts).encode()).hexdigest()[:16]
        self.fields["change_reason"].widget = forms.TextInput(attrs={"maxlength": 100})
        if cleaned.get("doubts_seen") != seen:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("doubts_seen")] = seen
            self.data = data
            raise ValidationError(NOT_YET, code="doubt")
        if not cleaned.get("change_reason", "").strip():
            self.add_error(
                "change_reason", ValidationError("그대로 저장하는 사유를 적어 주십시오.", code="doubt")
            )
