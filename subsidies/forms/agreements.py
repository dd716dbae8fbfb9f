"""Entrustments with their planned instalments, and service contracts."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import DeadlineRule
from common.doubts import Doubtful
from common.editing import VersionedForm
from common.fields import DayField
from common.periods import korean_date
from subsidies.forms.fields import PositiveWonField, YearField, choose_from
from subsidies.models import Entrustment, Instalment, Program, ServiceContract
from subsidies.models.programs import Regime

DAYS = ("signed_on", "starts_on", "ends_on", "consented_on", "inspected_on", "evaluated_on")
COMMON = ["program", "title", "partner", "signed_on", "starts_on", "ends_on", "amount"]
LAST = ["log_text", "note"]
TEXTS = {"log_text": forms.Textarea(attrs={"rows": 2})}


class AgreementForm(VersionedForm):
    """What both kinds of agreement share; ``regime`` is that of the programmes offered first."""

    regime = Regime.ENTRUSTMENT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        payers = Program.objects.filter(active=True, pays_enterprises=False)
        choose_from(self, "program", payers | Program.objects.filter(pk=self.instance.program_id))
        fitting = list(payers.filter(regime=self.regime)[:2])
        if not self.instance.pk and len(fitting) == 1:
            self.initial.setdefault("program", fitting[0].pk)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", f"종료일이 시작일({korean_date(first)})보다 앞섭니다.")
        return cleaned


class EntrustmentForm(Doubtful, AgreementForm):
    class Meta:
        model = Entrustment
        fields = [
            *COMMON[:3],
            "center",
            "renewal",
            "renewal_word",
            *COMMON[3:],
            *DAYS[3:],
            *LAST,
        ]
        field_classes = {**dict.fromkeys(DAYS, DayField), "amount": PositiveWonField}
        widgets = TEXTS

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        """An entrustment lasts at most as long as the rule says (민간위탁 조례: three years)."""
        rule = DeadlineRule.objects.filter(code="entrust_longest", active=True).first()
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if not rule or not first or not last or last < rule.due_on(first):
            return []
        return [f"위탁기간이 {rule.offset}개월을 넘습니다({rule.rule})."]


class ServiceContractForm(AgreementForm):
    regime = Regime.SERVICE

    class Meta:
        model = ServiceContract
        fields = [*COMMON, *LAST]
        field_classes = {**dict.fromkeys(DAYS[:3], DayField), "amount": PositiveWonField}
        widgets = TEXTS


class InstalmentForm(VersionedForm):
    """A planned instalment. Its label is not its date: ‘3분기’ was paid in June (DOMAIN §4.8)."""

    year = YearField(label="회계연도")

    class Meta:
        model = Instalment
        fields = ["year", "label", "amount"]
        field_classes = {"amount": PositiveWonField}
        help_texts = {"label": "1분기, 2차 … 교부를 입력할 때의 차수와 같게 적습니다."}

    def __init__(self, *args: Any, entrustment: Entrustment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.entrustment = entrustment
