"""Forms of the plan: a change by procedure, its decision, a pledge taken over into a new term."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import DayField, NumberField, plain
from pledges.models import Goal, Indicator, Pledge, Section, Term

from .base import numeric
from .header import RESERVED
from .targets import TargetsForm
from .workflow import PlainForm

# Characters of a paragraph, and of a whole section of a card.
LONGEST, LONGEST_TEXT = 2_000, 20_000


class Procedure(forms.Form):
    """What every change of a confirmed plan states, whatever it changes (제865호 규칙)."""

    content = forms.CharField(
        label="변경 내용", max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="무엇을 어떻게 바꾸는지",
    )  # fmt: skip
    reason = forms.CharField(label="변경 사유", max_length=300)
    ground = forms.CharField(label="변경 근거", max_length=200, help_text="예: 공약사업 변경계획 방침")
    opinion = forms.CharField(
        label="의견수렴", max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="누구의 의견을 언제 어떻게 들었는지",
    )  # fmt: skip
    panel_on = DayField(label="주민배심원 심의일", required=False)
    notice_on = DayField(label="공고일", required=False)
    valid_from = DayField(label="적용일")

    def check_days(self, term: Term) -> None:
        """The day it applies lies in the term; the panel has heard it before it is published (제865호 규칙)."""
        days = [self.cleaned_data.get(name) for name in ("panel_on", "notice_on", "valid_from")]
        panel_on, notice_on, valid_from = days
        if valid_from and not term.starts_on <= valid_from <= term.ends_on:
            self.add_error("valid_from", ValidationError("적용일은 임기 안의 날이어야 합니다."))
        if panel_on and notice_on and notice_on < panel_on:
            self.add_error("notice_on", ValidationError("공고일이 주민배심원 심의일보다 앞섭니다."))

    @property
    def stated(self) -> dict[str, Any]:
        """The procedure's own fields of ``PlanChange``."""
        return {name: self.cleaned_data.get(name) for name in Procedure.base_fields}

    @property
    def procedure(self) -> list[forms.BoundField]:
        """Its controls, to stand below what changes."""
        return [self[name] for name in Procedure.base_fields]


class TargetChangeForm(TargetsForm, Procedure):
    """All targets of an indicator; those that differ are what the change asks for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.fields["ground"].required = True
        self.fields["valid_from"].help_text = "이 날부터 새 목표로 계산합니다."
        self.fields["valid_from"].initial = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "valid_from" not in self.errors:
            self.check_days(self.term)
        return cleaned


class WeightChangeForm(PlainForm, Procedure):
    """The weights of all indicators at once: they make 100 before and after."""

    def __init__(self, *args: Any, indicators: Sequence[Indicator], term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators, self.term = indicators, term
        self.fields["valid_from"].help_text = "대비비율은 승인한 때부터 새 값으로 계산합니다."
        for row in indicators:
            shown = "" if row.weight is None else plain(row.weight)
            label = f"{row} 대비비율(%)"
            self.fields[f"w{row.pk}"] = NumberField(
                label=label, required=False, initial=shown, max_digits=6, decimal_places=3,
                widget=numeric(**{"aria-label": label}),
            )  # fmt: skip

    @property
    def table(self) -> list[tuple[Indicator, forms.BoundField]]:
        return [(row, self[f"w{row.pk}"]) for row in self.indicators]

    @property
    def changed_weights(self) -> dict[Indicator, Decimal | None]:
        typed = {row: self.cleaned_data.get(f"w{row.pk}") for row in self.indicators}
        return {row: value for row, value in typed.items() if value != row.weight}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_days(self.term)
        if any(f"w{row.pk}" in self.errors for row in self.indicators):
            return cleaned
        weights = [cleaned.get(f"w{row.pk}") for row in self.indicators]
        if any(weight is not None and not 0 < weight <= 100 for weight in weights):
            raise ValidationError("대비비율은 0보다 크고 100 이하입니다. 총 이행률에서 빼려면 비웁니다.")
        total = sum((weight for weight in weights if weight is not None), Decimal(0))
        if total != 100:
            raise ValidationError(f"대비비율의 합이 {plain(total)}입니다. 100으로 맞추십시오.")
        if not self.changed_weights:
            raise ValidationError("바뀐 대비비율이 없습니다.", code="unchanged")
        return cleaned


class TextChangeForm(PlainForm, Procedure):
    """The whole text of a section as it is to be."""

    body = forms.CharField(
        label="바꿀 글", strip=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text="한 줄에 하나씩. 머리표 ◆ ○ - ▶ ※는 그대로, 아래 단계는 앞에 빈칸을 넣어 적습니다.",
    )  # fmt: skip

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        self.fields["body"].initial = section.body
        self.fields["valid_from"].help_text = "글은 승인한 때에 바뀝니다."

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_days(self.section.pledge.term)
        return cleaned

    def clean_body(self) -> str:
        body = str(self.cleaned_data["body"]).replace("\r\n", "\n").rstrip()
        if body == self.section.body.replace("\r\n", "\n").rstrip():
            raise ValidationError("바뀐 글이 없습니다.", code="unchanged")
        return body


class PlanDecisionForm(PlainForm):
    decision = forms.CharField(label="결정 의견", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class CopyForm(PlainForm):
    """Into which goal of a later term, under which number.

    Where a later term has no goal of the source's number yet, the source's own goal is offered for it (not saved here).
    """

    goal = forms.ChoiceField(label="새 임기의 구정목표")
    number = forms.CharField(label="새 공약 번호", max_length=20)

    def __init__(self, *args: Any, source: Pledge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = _goals_after(source)
        words = {
            key: f"{goal.term} · {goal}{'' if goal.pk else ' (새로 만듦)'}"
            for key, goal in self.goals.items()
        }
        self.fields["goal"].choices = [("", "선택하세요"), *words.items()]  # type: ignore[attr-defined]
        self.fields["number"].initial = source.number

    def clean_goal(self) -> Goal:
        return self.goals[self.cleaned_data["goal"]]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        goal, number = cleaned.get("goal"), " ".join(str(cleaned.get("number", "")).split())
        if "/" in number or number in RESERVED:
            self.add_error("number", ValidationError("번호에 ‘/’를 쓰거나 예약된 말을 쓸 수 없습니다."))
        if goal and Pledge.objects.in_term(goal.term).filter(number=number).exists():
            self.add_error("number", ValidationError("그 임기에 같은 번호의 공약이 이미 있습니다."))
        return cleaned | {"number": number}


def _goals_after(source: Pledge) -> dict[str, Goal]:
    """By choice: the goals of later terms, and the source's own for a term that has none of its number."""
    found: dict[str, Goal] = {}
    for term in Term.objects.filter(starts_on__gt=source.term.starts_on).order_by("starts_on"):
        goals = list(term.goals.filter(active=True).order_by("position", "number"))
        found |= {str(goal.pk): goal for goal in goals}
        if all(goal.number != source.goal.number for goal in term.goals.all()):
            own = source.goal
            found[f"new{term.pk}"] = Goal(term=term, number=own.number, name=own.name, position=own.position)
    return found
