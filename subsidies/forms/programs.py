"""Ratios per year, budget rows, 내시·수령, and the support table's openings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.editing import VersionedForm
from common.fields import CountField, DayField, NumberField, WonField
from common.models import WON_LIMIT
from subsidies.forms.fields import PositiveWonField, YearField, choose_from
from subsidies.models import SOURCES, Budget, BudgetKind, Program, ProgramYear, Receipt, SupportOpening


class RatioForm(VersionedForm):
    """분담률 of one year; what is planned stands beside it. Saved rows do not move when it changes."""

    year = YearField(label="회계연도")

    class Meta:
        model = ProgramYear
        fields = ["year", "national", "city", "district", "other", "planned_amount", "planned_note", "source"]
        field_classes = dict.fromkeys(SOURCES, NumberField) | {"planned_amount": PositiveWonField}
        labels = {"source": "근거 문서"}

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.program = program
        for name in SOURCES:
            self.fields[name].required = False
        if self.instance.pk:
            self.fields["change_reason"] = forms.CharField(
                label="고치는 사유", required=False, max_length=100, help_text="이력에 남습니다."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(name in self.errors for name in SOURCES):
            self._check_ratio(cleaned)
        twins = ProgramYear.objects.live().filter(program=self.instance.program, year=cleaned.get("year", 0))
        if twins.exclude(pk=self.instance.pk).exists():
            self.add_error("year", ValidationError("그 회계연도의 분담률이 이미 있습니다.", code="twin"))
        return cleaned

    def _check_ratio(self, cleaned: dict[str, Any]) -> None:
        for name in SOURCES:
            cleaned[name] = cleaned.get(name) or 0
            if cleaned[name] < 0:
                self.add_error(name, ValidationError("0보다 작을 수 없습니다.", code="ratio"))
                return
        total = sum(cleaned[name] for name in SOURCES)
        if total != 100:
            text = f"국비·시비·구비·기타의 합이 {total:g}입니다. 100이어야 합니다."
            self.add_error("district", ValidationError(text, code="ratio"))


class SignedWonField(WonField):
    """Won, not zero; a cut is typed with △ or a minus."""

    def clean(self, value: Any) -> int | None:
        amount: int | None = super().clean(value)
        if amount == 0:
            raise ValidationError("0원은 적지 않습니다.", code="amount")
        if amount is not None and abs(amount) >= WON_LIMIT:
            raise ValidationError("금액이 지나치게 큽니다(10조 원 이상). 단위를 확인하세요.", code="amount")
        return amount


class BudgetForm(VersionedForm):
    class Meta:
        model = Budget
        fields = ["kind", "source", "amount", "on", "note"]
        field_classes = {"amount": SignedWonField, "on": DayField}
        help_texts = {"amount": "80,000,000 · 8천만원. 감액은 △5,000,000"}

    def __init__(self, *args: Any, year: ProgramYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.program_year = year
        kinds = BudgetKind.objects.filter(active=True) | BudgetKind.objects.filter(pk=self.instance.kind_id)
        choose_from(self, "kind", kinds)


class ReceiptForm(VersionedForm):
    class Meta:
        model = Receipt
        fields = ["kind", "source", "amount", "on", "number"]
        field_classes = {"amount": SignedWonField, "on": DayField}

    def __init__(self, *args: Any, year: ProgramYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.program_year = year


class SupportOpeningForm(VersionedForm):
    """A first 도입 전 누계 of 지원현황; one that is there is corrected instead (common.openings)."""

    year = YearField(label="회계연도")
    amount = PositiveWonField(label="지원액(원)", zero=True, required=False)

    class Meta:
        model = SupportOpening
        fields = ["year", "on", "enterprises", "headcount", "amount", "source"]
        field_classes = {"on": DayField, "enterprises": CountField, "headcount": CountField}

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.program = program

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "year" in cleaned and "on" in cleaned:
            self._check_twin(cleaned)
        return cleaned

    def _check_twin(self, cleaned: dict[str, Any]) -> None:
        twins = SupportOpening.objects.live().filter(
            program=self.instance.program, year=cleaned["year"], on=cleaned["on"], closed=False
        )
        if twins.exists():
            text = "그 회계연도·기준일의 도입 전 누계가 이미 있습니다. 그것을 정정하세요."
            self.add_error("on", ValidationError(text, code="twin"))
