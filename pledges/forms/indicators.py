from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import NumberField
from pledges.models import Indicator

from .base import PledgeForm

PROCEDURE = (
    "확정한 계획의 대비비율은 ‘변경 신청’으로 바꿉니다. 잘못 옮긴 값을 바로잡는 것이면 사유를 적으십시오."
)


class IndicatorForm(PledgeForm):
    """An indicator. Of a confirmed plan its weight is only put right, with a reason; a change goes by procedure."""

    change_reason = forms.CharField(  # type: ignore[assignment]
        label="바로잡는 사유",
        required=False,
        max_length=100,
        help_text="확정한 계획의 대비비율을 고칠 때 적습니다.",
    )

    class Meta:
        model = Indicator
        fields = ["no", "plan", "name", "unit", "weight", "aggregation", "measure", "counting_rule", "note"]
        field_classes = {"weight": NumberField}
        widgets = {"no": forms.TextInput(attrs={"inputmode": "numeric"}), "measure": forms.Select}
        help_texts = {
            "weight": "지표들의 합이 100이어야 총 이행률이 나옵니다. 비우면 총 이행률에서 뺍니다.",
            "aggregation": "상태는 연말 값이 그해 값, 합계는 분기·연도를 더함, 연도별 실수는 해마다 새로 셈.",
            "measure": "고르지 않으면 분기마다 실적을 입력합니다.",
            "counting_rule": "기업을 셀 때만 쓰입니다.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None or not self.instance.pledge.confirmed_plan:
            del self.fields["change_reason"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mends = "change_reason" in self.fields and "weight" in self.changed_data
        if mends and not cleaned.get("change_reason", "").strip():
            self.add_error("weight", ValidationError(PROCEDURE, code="procedure"))
        return cleaned
