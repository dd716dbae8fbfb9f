"""대사: what the list is filtered by, and the explanation of a finding."""

from __future__ import annotations

from typing import Any

from django import forms

from common.listing import FilterForm
from pledges.models import ReconcileNote
from pledges.reconciling import Line, Severity

from .base import PledgeForm


class ReconcileFilters(FilterForm):
    """Over the findings, which are computed: it picks lines, not rows of a table."""

    severity = forms.ChoiceField(
        label="구분",
        choices=[("", "전체"), *((one.name.lower(), str(one)) for one in Severity)],
    )
    explained = forms.ChoiceField(
        label="설명", choices=[("", "전체"), ("no", "설명 안 된 것"), ("yes", "설명된 것")]
    )

    def picks(self, lines: list[Line]) -> list[Line]:
        chosen = self.chosen()
        severity, explained = chosen.get("severity"), chosen.get("explained")
        return [
            line
            for line in lines
            if (not severity or line.finding.severity.name.lower() == severity)
            and (not explained or line.is_explained == (explained == "yes"))
        ]

    def in_words(self) -> str:
        """``구분: 중대, 설명: 설명 안 된 것``."""
        told = []
        for name, value in self.chosen().items():
            field: Any = self.fields[name]
            told.append(f"{field.label}: {dict(field.choices)[value]}")
        return ", ".join(told)


class ReconcileNoteForm(PledgeForm):
    """설명 of one finding. The view sets the pledge and the key, checked with their constraint."""

    fixed = ("pledge", "key")

    class Meta:
        model = ReconcileNote
        fields = ["text", "printed"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "text": "왜 다른지, 무엇이 맞는지. 예: 집행액은 3월 말 결산 전 수치라 2분기 위탁금이 빠져 있음"
        }
