"""Forms of the plan: a change by procedure, its decision, a pledge taken over into a new term."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import DayField
from pledges.models import ChangeKind, Goal, PlanChange, Pledge

from .base import PledgeForm, ValueField, numeric
from .workflow import PlainForm


class PlanChangeForm(PledgeForm):
    """What is to change, why, on what ground, and whom the office asked (제865호 규칙)."""

    value = ValueField(
        label="새 값", required=False, widget=numeric(), help_text="목표나 대비비율. ‘-’는 목표 없음."
    )
    panel_on = DayField(label="주민배심원 심의일", required=False)
    notice_on = DayField(label="공고일", required=False)
    valid_from = DayField(label="적용일", help_text="이 날부터 새 목표로 계산합니다.")

    class Meta:
        model = PlanChange
        fields = [
            *("kind", "indicator", "year", "quarter", "value", "content", "reason", "ground", "opinion"),
            *("panel_on", "notice_on", "valid_from"),
        ]
        widgets = {"content": forms.Textarea(attrs={"rows": 3}), "opinion": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pledge = self.instance.pledge
        self.fields["indicator"].queryset = pledge.indicators.live()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, year = cleaned.get("kind"), cleaned.get("year")
        if kind and kind != ChangeKind.TEXT and not cleaned.get("indicator"):
            self.add_error("indicator", ValidationError("어느 확인지표를 바꾸는지 고릅니다."))
        if kind == ChangeKind.WEIGHT and not 0 < (cleaned.get("value") or 0) <= 100:
            self.add_error("value", ValidationError("대비비율은 0보다 크고 100 이하입니다."))
        if kind == ChangeKind.TEXT:
            cleaned |= {"indicator": None, "value": None, "year": None, "quarter": None}
        if year and year not in self.instance.pledge.term.years:
            self.add_error("year", ValidationError("임기의 연도가 아닙니다."))
        return cleaned


class PlanDecisionForm(PlainForm):
    decision = forms.CharField(label="결정 의견", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class CopyForm(PlainForm):
    """Into which goal of a later term, under which number."""

    goal = forms.ModelChoiceField(Goal.objects.none(), label="새 임기의 구정목표")
    number = forms.CharField(label="새 공약 번호", max_length=20)

    def __init__(self, *args: Any, source: Pledge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        later = Goal.objects.filter(term__starts_on__gt=source.term.starts_on, active=True)
        field: Any = self.fields["goal"]
        field.queryset = later.select_related("term").order_by("term__starts_on", "position", "number")
        field.label_from_instance = lambda goal: f"{goal.term} · {goal}"
        self.fields["number"].initial = source.number

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        goal, number = cleaned.get("goal"), " ".join(str(cleaned.get("number", "")).split())
        if "/" in number:
            self.add_error("number", ValidationError("번호에 ‘/’를 쓸 수 없습니다."))
        if goal and Pledge.objects.in_term(goal.term).filter(number=number).exists():
            self.add_error("number", ValidationError("그 임기에 같은 번호의 공약이 이미 있습니다."))
        return cleaned | {"number": number}
