from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.fields import plain
from common.models import Kept, KeptQuerySet, void_together

from .corrections import RequestState
from .indicators import Indicator
from .pledge import Pledge


class ChangeKind(models.TextChoices):
    TARGET = "target", "목표"
    WEIGHT = "weight", "대비비율"
    TEXT = "text", "내용(글)"


class PlanChange(Kept):
    """계획 변경: a target, weight or text changed after the plan was confirmed, by procedure (제865호 규칙).

    A target or weight takes its ``value`` when the change is approved; a text is then edited on its own page.
    """

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="plan_changes")
    kind = models.CharField("바꾸는 것", max_length=8, choices=ChangeKind.choices)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="확인지표", null=True, blank=True, related_name="plan_changes"
    )
    year = models.PositiveSmallIntegerField(
        "연도", null=True, blank=True, help_text="비우면 임기 목표입니다."
    )
    quarter = models.PositiveSmallIntegerField("분기", null=True, blank=True)
    before = models.CharField("바꾸기 전", max_length=200, blank=True, editable=False)
    value = models.DecimalField("새 값", max_digits=18, decimal_places=4, null=True, blank=True)
    content = models.TextField("변경 내용")
    ground = models.CharField("변경 근거", max_length=200, help_text="예: 공약사업 변경계획 방침")
    reason = models.CharField("변경 사유", max_length=300)
    opinion = models.TextField("의견수렴", blank=True, help_text="누구의 의견을 언제 어떻게 들었는지")
    panel_on = models.DateField("주민배심원 심의일", null=True, blank=True)
    notice_on = models.DateField("공고일", null=True, blank=True)
    valid_from = models.DateField("적용일", help_text="이 날부터 새 목표로 계산합니다.")
    state = models.CharField(
        "상태", max_length=10, choices=RequestState.choices, default=RequestState.ASKED, editable=False
    )
    asked_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="신청자", related_name="+", editable=False
    )
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="승인자", related_name="+", null=True, blank=True, editable=False
    )
    decided_at = models.DateTimeField("결정 시각", null=True, blank=True, editable=False)
    decision = models.CharField("결정 의견", max_length=300, blank=True, editable=False)
    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "계획 변경"
        ordering = ["-valid_from", "-pk"]
        constraints = [
            void_together("planchange"),
            models.CheckConstraint(
                name="planchange_figure_whole",
                condition=Q(kind=ChangeKind.TEXT, indicator__isnull=True, value__isnull=True)
                | (Q(indicator__isnull=False) & ~Q(kind=ChangeKind.TEXT)),
                violation_error_message="목표·대비비율 변경에는 확인지표가 필요하고, 내용 변경에는 새 값이 없습니다.",
            ),
            models.CheckConstraint(
                name="planchange_period_whole",
                condition=Q(quarter__isnull=True) | Q(year__isnull=False, quarter__gte=1, quarter__lte=4),
                violation_error_message="분기는 1~4이고 연도와 함께 적습니다.",
            ),
            models.CheckConstraint(
                name="planchange_value_not_negative",
                condition=Q(value__isnull=True) | Q(value__gte=0),
                violation_error_message="새 값은 0 이상이어야 합니다.",
            ),
            models.CheckConstraint(
                name="planchange_decided_whole",
                condition=Q(state=RequestState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=RequestState.ASKED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message="결정에는 승인자와 시각이 필요합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge} {self.get_kind_display()} 변경"

    @property
    def after(self) -> str:
        """The new target or weight as printed; empty for a text."""
        if self.kind == ChangeKind.TEXT:
            return ""
        return "-" if self.value is None else plain(self.value)

    @property
    def place(self) -> str:
        """What changes: ``3. 횟수 2024년 2분기 목표``."""
        if self.indicator is None:
            return str(self.get_kind_display())
        if self.kind == ChangeKind.WEIGHT:
            return f"{self.indicator} 대비비율"
        when = "임기" if self.year is None else f"{self.year}년"
        return f"{self.indicator} {when}{f' {self.quarter}분기' if self.quarter else ''} 목표"
