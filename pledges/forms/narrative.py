"""Sections, 일정별 추진실적 and 주민 참여 실적."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import read
from common.notation import read_period
from markets.models import MarketEvent
from pledges.card.build import SECTION_NUMBERS
from pledges.models import Activity, Engagement, Pledge, Section, SectionKind
from subsidies.models import Disbursement, Entrustment, ServiceContract

from .base import PledgeForm, numeric

SECTION_LABELS = {
    "present": "현황 및 정책목표",
    "plan": "추진계획",
    "indicators": "확인지표",
    "results": "추진실적",
    "future": "향후계획",
    "cooperation": "협력사항",
    "effect": "기대효과",
}
# A payment is offered for a row if it was paid so near to the row's days.
NEAR = timedelta(days=31)


# What a plan consists of; 향후계획 and 협력사항 go on with the work.
PLAN_TEXTS = (SectionKind.GOAL, SectionKind.PLAN, SectionKind.EFFECT)
PROCEDURE = (
    "확정한 계획의 글은 ‘변경 신청’으로 바꿉니다. 오탈자나 잘못 옮긴 글이면 바로잡는 사유를 적으십시오."
)


class SectionForm(PledgeForm):
    """A narrative section: an outline, one line a row, its own bullets.

    The text of a confirmed plan is only put right here, with a reason; a change goes by procedure (제865호 규칙).
    """

    change_reason = forms.CharField(  # type: ignore[assignment]
        label="바로잡는 사유",
        required=False,
        max_length=100,
        help_text="확정한 계획의 글을 고칠 때 적습니다.",
    )

    class Meta:
        model = Section
        fields = ["kind", "heading", "position", "shows_programs", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14, "spellcheck": "false"})}
        help_texts = {
            "body": "한 줄에 하나씩. 머리표 ◆ ○ - ▶ ※는 그대로, 아래 단계는 앞에 빈칸을 넣어 적습니다.",
            "heading": "예: 사회적경제기업 재정지원. ‘기타’이면 항목 이름이 됩니다.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_planned:
            del self.fields["change_reason"]

    @property
    def is_planned(self) -> bool:
        """Whether the text belongs to a confirmed plan."""
        row = self.instance
        return row.pk is not None and row.pledge.confirmed_plan and row.kind in PLAN_TEXTS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("kind") == SectionKind.OTHER and not cleaned.get("heading"):
            self.add_error("heading", ValidationError("‘기타’ 항목은 이름을 적어 주십시오."))
        mends = "change_reason" in self.fields and "body" in self.changed_data
        if mends and not cleaned.get("change_reason", "").strip():
            self.add_error("body", ValidationError(PROCEDURE, code="procedure"))
        return cleaned


class NumbersForm(PledgeForm):
    """The numbers before the card's sections: the office's form jumps from 2 to 5, others count on."""

    class Meta:
        model = Pledge
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = SECTION_NUMBERS | self.instance.section_numbers
        for key, label in SECTION_LABELS.items():
            self.fields[key] = forms.IntegerField(
                label=label,
                min_value=1,
                max_value=99,
                initial=shown[key],
                widget=numeric(inputmode="numeric"),
            )

    def save(self, commit: bool = True) -> Any:
        # Numbers of sections that only this pledge has stay.
        self.instance.section_numbers |= {key: self.cleaned_data[key] for key in SECTION_LABELS}
        return super().save(commit)


class LineForm(PledgeForm):
    """A numbered row whose date is kept as typed, and read (DOMAIN §7: a range is dated by its first day)."""

    def clean_date_text(self) -> str:
        text = str(self.cleaned_data["date_text"]).strip()
        self.period = read(lambda: read_period(text))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "date_text" in cleaned:
            first, last = self.period.start, self.period.end
            self.instance.starts_on = first
            self.instance.ends_on = last if last != first else None
        return cleaned


LINE_WIDGETS = {
    "detail": forms.Textarea(attrs={"rows": 4}),
    "no": forms.TextInput(attrs={"inputmode": "numeric"}),
}
LINE_HELP = {
    "detail": "문서에 적는 그대로. 예: - 2024년도 2분기 민간위탁금 교부(53,495천 원)",
    "date_text": "문서에 적는 그대로, 연도부터. 예: 2024. 3. 29. 또는 2022. 8. 17.~9. 1. 또는 2023. 1.~12.",
    "no": "문서의 연번. 새 줄은 마지막 번호 다음입니다.",
}


class ActivityForm(LineForm):
    """일정별 추진실적. The record it tells of is named, so that it is not printed twice."""

    class Meta:
        model = Activity
        fields = [
            "no",
            "date_text",
            "title",
            "detail",
            "source",
            "event",
            "disbursement",
            "entrustment",
            "contract",
        ]
        widgets = LINE_WIDGETS
        help_texts = LINE_HELP | {"event": "이 줄이 말하는 기록을 고르면 기록의 문구와 겹쳐 실리지 않습니다."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = records_offered(self.instance)
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset = rows
            field.empty_label = "없음"
            if name == "disbursement" and not rows.exists():
                del self.fields[name]


def records_offered(activity: Activity) -> dict[str, Any]:
    """The records of the pledge's own programmes and markets that the row may tell of."""
    pledge: Pledge = activity.pledge
    programs = pledge.programs.all()
    events = MarketEvent.objects.live().filter(market__pledges=pledge)
    paid = Disbursement.objects.live().filter(program__in=programs).select_related("program", "enterprise")
    if activity.starts_on:
        last = activity.ends_on or activity.starts_on
        paid = paid.filter(paid_on__range=(activity.starts_on - NEAR, last + NEAR))
    else:
        paid = paid.none()
    return {
        "event": events,
        "disbursement": paid,
        "entrustment": Entrustment.objects.live().filter(program__in=programs),
        "contract": ServiceContract.objects.live().filter(program__in=programs),
    }


class EngagementForm(LineForm):
    """주민 참여(소통) 실적."""

    class Meta:
        model = Engagement
        fields = ["no", "date_text", "kind", "detail", "source"]
        widgets = LINE_WIDGETS | {
            "kind": forms.TextInput(attrs={"list": "engagement-kinds", "autocomplete": "off"})
        }
        help_texts = LINE_HELP | {"kind": "예: 언론보도, 주민홍보"}
