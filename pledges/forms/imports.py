"""Uploading a sheet, and how it is to be read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.importing import Kind
from documents.reading import Unreadable, open_book, paste
from documents.reading.limits import MOST_BYTES
from enterprises.models import DesignationKind

UNITS = [
    ("", "파일에 적힌 대로 (없으면 원)"),
    ("원", "원"),
    ("천원", "천 원"),
    ("백만원", "백만 원"),
    ("억원", "억 원"),
]


class ReadingForm(forms.Form):
    """What a file may not say itself: the unit of its money, and a value for a column that it lacks."""

    unit = forms.ChoiceField(label="금액 단위", choices=UNITS, required=False)
    designation = forms.ChoiceField(
        label="파일 전체의 유형", required=False, help_text="파일에 유형 열이 없을 때 고릅니다."
    )

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = DesignationKind.objects.filter(active=True).values_list("name", flat=True)
        choices: Any = [("", "파일에 있음"), *((name, name) for name in names)]
        self.fields["designation"].choices = choices  # type: ignore[attr-defined]
        if kind.code != "enterprises":
            del self.fields["designation"]
        if not any(column.money for column in kind.columns):
            del self.fields["unit"]

    @property
    def given(self) -> dict[str, str]:
        chosen = self.cleaned_data.get("designation")
        return {"유형": chosen} if chosen else {}


class UploadForm(ReadingForm):
    """A file, or cells pasted from Excel."""

    file = forms.FileField(
        label="파일",
        required=False,
        allow_empty_file=True,
        help_text=f"엑셀(.xlsx)이나 CSV, {MOST_BYTES // 1024 // 1024} MB까지",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.xls,.html"}),
    )
    pasted = forms.CharField(
        label="붙여넣기",
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 5, "placeholder": "엑셀에서 머리글까지 골라 복사한 뒤 여기에 붙여 넣습니다."}
        ),
    )
    field_order = ("file", "pasted")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        file, pasted = cleaned.get("file"), cleaned.get("pasted", "")
        if bool(file) == bool(pasted.strip()):
            raise ValidationError("파일을 고르거나 표를 붙여 넣어 주십시오(둘 중 하나).", code="one")
        content = file.read(MOST_BYTES + 1) if file else pasted.encode()
        try:
            _ = open_book(content, file.name) if file else paste(pasted)
        except Unreadable as error:
            self.add_error("file" if file else "pasted", ValidationError(str(error), code="unreadable"))
        cleaned |= {"content": content, "name": file.name if file else "붙여넣기", "is_pasted": not file}
        return cleaned
