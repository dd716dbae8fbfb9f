"""Forms of the quarter's way: the approval on paper, a return, a closing, a correction and its decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Role, User
from common.editing import name_the_blank
from common.fields import DayField, plain
from common.periods import korean_date
from pledges.closing_checks import Obstacle, fingerprint
from pledges.models import Pledge
from pledges.reconciling import Finding
from pledges.recounting import Recount


class PlainForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_the_blank(field)


class ReturnForm(PlainForm):
    reason = forms.CharField(
        label="반려 사유", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="무엇을 어떻게 고쳐야 하는지 적습니다. 담당이 먼저 봅니다.",
    )  # fmt: skip


class ApprovalForm(PlainForm):
    """확인자가 로그인하지 않을 때: the approval made in the office's approval system."""

    approval_number = forms.CharField(label="결재 문서번호", max_length=60)
    approval_on = DayField(label="결재일")

    def __init__(self, *args: Any, ended: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ended, self.today = ended, today

    def clean_approval_on(self) -> date:
        """Between the end of the quarter (``ended``) and today."""
        on: date = self.cleaned_data["approval_on"]
        if on > self.today:
            raise ValidationError("결재일이 오늘보다 뒤입니다.")
        if on < self.ended:
            raise ValidationError(f"결재일이 분기가 끝난 {korean_date(self.ended)}보다 앞섭니다.")
        return on


class CloseForm(PlainForm):
    """One opinion on results left unconfirmed, and an explanation of each serious finding that has none."""

    reason = forms.CharField(
        label="의견", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="확인되지 않은 실적을 두고 마감할 때에는 반드시 적습니다.",
    )  # fmt: skip
    sure = forms.BooleanField(
        label="확인했습니다. 마감한 카드는 바뀌지 않으며 고치려면 정정 마감이 필요합니다."
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, obstacles: Sequence[Obstacle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.obstacles = obstacles
        self.fields["seen"].initial = self.shown = fingerprint(obstacles)
        self.fields["reason"].required = any(item.grave and not item.finding for item in obstacles)
        for item in obstacles:
            if item.finding:
                label = f"{item.pledge.number} {item.finding.where} 설명"
                self.fields[item.field] = forms.CharField(label=label, max_length=500)

    def clean(self) -> dict[str, Any]:
        """A closing is not taken back: what stands in the way now must be what was looked at."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("seen") and cleaned["seen"] != self.shown:
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data["seen"], self.data = self.shown, data
            raise ValidationError("이 화면을 연 뒤 확인할 것이 바뀌었습니다. 다시 확인하고 마감하세요.")
        return cleaned

    @property
    def rows(self) -> list[tuple[Obstacle, Any]]:
        """Each exception with the field that explains it; None where none does."""
        return [(item, self[item.field] if item.finding else None) for item in self.obstacles]

    @property
    def explanations(self) -> list[tuple[Pledge, Finding, str]]:
        return [
            (item.pledge, item.finding, self.cleaned_data[item.field])
            for item in self.obstacles
            if item.finding
        ]


class CorrectionForm(PlainForm):
    """Why, and which results that were typed otherwise become the counted value with the approval."""

    reason = forms.CharField(
        label="정정 사유", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="어느 기록이 왜 늦었거나 틀렸는지, 근거 문서는 무엇인지 적습니다.",
    )  # fmt: skip
    take_counted = forms.TypedMultipleChoiceField(
        label="집계값으로 바꿀 실적", required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
        help_text="다르게 적은 실적은 그대로 둡니다. 표시하면 승인과 함께 집계값이 됩니다.",
    )  # fmt: skip

    def __init__(self, *args: Any, recounts: Sequence[Recount], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = [row for row in recounts if not row.follows]
        self.fields["take_counted"].choices = [  # type: ignore[attr-defined]
            (row.result.indicator_id, f"{row} (집계값 {plain(row.counted)}으로)") for row in typed
        ]
        if not typed:
            del self.fields["take_counted"]

    @property
    def taken(self) -> list[int]:
        """The indicators ticked so far, also before the form is valid."""
        chosen: list[int] = getattr(self, "cleaned_data", {}).get("take_counted", [])
        return chosen


class DecisionForm(PlainForm):
    decision = forms.CharField(
        label="결정 의견",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="승인·불승인의 까닭",
    )


class GrantForm(PlainForm):
    """마감 예외: one person, one quarter, until a day."""

    user = forms.ModelChoiceField(User.objects.filter(is_active=True, role=Role.STAFF), label="받는 사람")
    days = forms.IntegerField(label="며칠 동안", min_value=1, max_value=30, initial=3)
    reason = forms.CharField(label="사유", max_length=300)
