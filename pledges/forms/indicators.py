from __future__ import annotations

from django import forms

from common.fields import NumberField
from pledges.models import Indicator

from .base import PledgeForm


class IndicatorForm(PledgeForm):
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
