"""확보액 by year and source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import WonField
from common.models import WON_LIMIT
from common.money import UNITS
from pledges.models import Pledge, PrintedUnit, SecuredFunds
from subsidies.models import Source

from .base import numeric, refuse_stale_amounts

TAKEN = (
    "이 화면을 연 뒤 다른 사람이 확보액을 먼저 고쳤습니다. 아직 아무것도 덮어쓰지 않았습니다. "
    "값을 확인한 뒤 다시 저장하면 이 화면의 값으로 바뀝니다."
)


class SecuredForm(forms.Form):
    """One grid: years of the term down, sources across; typed in ``entry_unit``, kept in won."""

    entry_unit = forms.ChoiceField(
        label="적는 단위", choices=PrintedUnit.choices, help_text="저장은 원 단위로 합니다."
    )
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, pledge: Pledge, rows: Sequence[SecuredFunds], version: str, **kwargs: Any
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.stored = {(row.year, row.source): row.amount for row in rows}
        self.years = sorted({*pledge.term.years, *(row.year for row in rows)})
        usual = self._usual_unit(pledge)
        self.fields["entry_unit"].initial = usual
        self.fields["version"].initial = version
        chosen = str(self.data.get("entry_unit", usual))
        unit = chosen if chosen in UNITS else usual
        for year in self.years:
            for source in Source:
                self._add(year, source, unit, UNITS[usual])

    def _usual_unit(self, pledge: Pledge) -> str:
        step = UNITS[pledge.cost_unit]
        whole = all(amount % step == 0 for amount in self.stored.values())
        return str(pledge.cost_unit if whole else PrintedUnit.WON)

    def _names(self) -> list[str]:
        return [_name(year, source) for year in self.years for source in Source]

    def _add(self, year: int, source: Source, unit: str, step: int) -> None:
        amount = self.stored.get((year, source))
        label = f"{year}년 {source.label}"
        self.fields[_name(year, source)] = WonField(
            label=label,
            unit=unit,
            required=False,
            initial=None if amount is None else amount // step,
            widget=numeric(**{"aria-label": label}),
        )

    def clean(self) -> dict[str, Any]:
        refuse_stale_amounts(self, str(self.fields["entry_unit"].initial), self._names())
        for name, value in list(self.cleaned_data.items()):
            if isinstance(value, int) and not 0 <= value < WON_LIMIT:
                words = (
                    "0 이상이어야 합니다." if value < 0 else "금액이 지나치게 큽니다. 적는 단위를 확인하세요."
                )
                self.add_error(name, ValidationError(words))
        return self.cleaned_data

    @property
    def cells(self) -> dict[tuple[int, str], int | None]:
        """Won by year and source, as typed."""
        return {
            (year, source): self.cleaned_data[_name(year, source)] for year in self.years for source in Source
        }

    def rows(self) -> list[tuple[int, list[forms.BoundField], int]]:
        """Year, its inputs, and what is stored for the year (won)."""
        return [
            (
                year,
                [self[_name(year, source)] for source in Source],
                sum(self.stored.get((year, source), 0) for source in Source),
            )
            for year in self.years
        ]

    def totals(self) -> list[int]:
        """Stored won by source, and their whole."""
        sums = [sum(self.stored.get((year, source), 0) for year in self.years) for source in Source]
        return [*sums, sum(sums)]

    def tell_conflict(self, version: str) -> None:
        """Says that somebody saved first, and lets a second saving be deliberate."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = version
        self.data = data
        self.add_error(None, ValidationError(TAKEN, code="conflict"))


def _name(year: int, source: str) -> str:
    return f"y{year}-{source}"
