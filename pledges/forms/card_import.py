"""A card's document to read, and what the officer decides about the reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from zlib import crc32

from django import forms
from django.core.exceptions import ValidationError

from common.fields import DayField
from common.notation.money import UNITS
from documents.reading.card_file import TOO_LARGE, document_text
from documents.reading.errors import Unreadable
from documents.reading.limits import MOST_BYTES
from pledges.models.indicators import Aggregation
from pledges.reading.model import ReadIndicator
from pledges.reading.parse import Options

MOST_CHARACTERS = 600_000
PASTED = "붙여 넣은 글"


class CardAskedForm(forms.Form):
    """What a document may not say itself."""

    term = forms.CharField(
        label="임기", max_length=30, required=False, help_text="비우면 문서에서 읽습니다. 예: 민선8기"
    )
    as_of = DayField(
        label="기준일",
        required=False,
        help_text="도입 전 누계의 기준일. 비우면 문서의 기준일, 없으면 마지막 추진실적의 분기 말입니다.",
    )


class CardUploadForm(CardAskedForm):
    """A file or a pasted text; ``text``, ``name`` and ``warnings`` after it is valid."""

    file = forms.FileField(label="공약카드 파일", required=False, help_text=".txt, .xlsx, .hwpx")
    pasted = forms.CharField(
        label="또는 문서에서 복사한 글",
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="한글 문서에서 전체 선택하여 복사한 글. 표의 칸은 탭으로 나뉩니다.",
    )
    text: str = ""
    name: str = ""
    warnings: Sequence[str] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        upload, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        if upload and pasted.strip():
            raise ValidationError("파일과 붙여 넣은 글 가운데 하나만 넣어 주십시오.")
        if not upload and not pasted.strip():
            if not self.errors:
                raise ValidationError("공약카드 파일을 고르거나 글을 붙여 넣어 주십시오.")
            return cleaned
        self.name, self.text = PASTED, pasted
        if upload:
            self._read(upload)
        if len(self.text) > MOST_CHARACTERS:
            raise ValidationError("글이 공약카드 하나라고 보기에는 너무 깁니다. 카드 하나만 넣어 주십시오.")
        return cleaned

    def _read(self, upload: Any) -> None:
        if upload.size > MOST_BYTES:
            raise ValidationError({"file": TOO_LARGE})
        try:
            self.text, self.warnings = document_text(upload.name, upload.read())
        except Unreadable as error:
            raise ValidationError({"file": str(error)}) from error
        self.name = upload.name


def _label(aggregation: str) -> str:
    return str(Aggregation(aggregation).label) if aggregation else "모름"


def unit_name(title: str) -> str:
    """The field of a table by its title, not its place: the text may be corrected between two looks."""
    return f"unit_{crc32(title.encode()):08x}"


class CardChoicesForm(CardAskedForm):
    """The reading's text goes with the form; a field for each table's unit and each indicator's aggregation."""

    text = forms.CharField(
        max_length=MOST_CHARACTERS,
        strip=False,
        label="고칠 글",
        widget=forms.Textarea(
            attrs={"rows": 16, "spellcheck": "false", "wrap": "off", "class": "source-edit"}
        ),
        help_text="오타(24.394 → 24,394)나 잘못 나뉜 칸을 여기서 고칠 수 있습니다. 표의 칸은 탭으로 나뉩니다.",
    )
    name = forms.CharField(max_length=200, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        tables: Mapping[str, str] | None = None,
        indicators: Sequence[ReadIndicator] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tables, self.indicators = list(tables or ()), list(indicators)
        for title, unit_read in (tables or {}).items():
            choices = [("", f"문서대로({unit_read})"), *((unit, unit) for unit in UNITS)]
            self.fields[unit_name(title)] = forms.ChoiceField(label=title, choices=choices, required=False)
        for row in self.indicators:
            self.fields[f"aggregation_{row.no}"] = forms.ChoiceField(
                label=f"{row.no}. {row.name}",
                choices=[("", f"읽은 대로({_label(row.aggregation)})"), *Aggregation.choices],
                required=False,
            )

    @property
    def unit_fields(self) -> list[forms.BoundField]:
        return [self[unit_name(title)] for title in self.tables]

    @property
    def aggregation_fields(self) -> list[forms.BoundField]:
        return [self[f"aggregation_{row.no}"] for row in self.indicators]

    def options(self) -> Options:
        """What was chosen; call after ``is_valid``."""
        units = {title: self.cleaned_data[unit_name(title)] for title in self.tables}
        ways = {row.no: self.cleaned_data[f"aggregation_{row.no}"] for row in self.indicators}
        as_of: date | None = self.cleaned_data["as_of"]
        return Options(
            term=self.cleaned_data["term"],
            as_of=as_of,
            units={title: unit for title, unit in units.items() if unit},
            aggregations={no: way for no, way in ways.items() if way},
        )
