from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.models import Kept, KeptQuerySet, void_together

from .corrections import RequestState
from .indicators import Indicator
from .pledge import Pledge, Section


class ChangeKind(models.TextChoices):
    TARGET = "target", "목표"
    WEIGHT = "weight", "대비비율"
    TEXT = "text", "내용(글)"


@dataclass(frozen=True)
class ChangedLine:
    """One place that a change moves: ``before`` and ``after`` as printed, ``-`` for no target."""

    place: str
    before: str
    after: str


class PlanChange(Kept):
    """계획 변경: targets, weights or a text changed after the plan was confirmed, by procedure (제865호 규칙).

    ``values`` are what changes, each ``{"place": words, "indicator": key, "year": …, "quarter": …, "before": "40",
    "after": "32"}``; a text has one, with the whole text before and after. The approval puts them into force.
    """

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="plan_changes")
    kind = models.CharField("바꾸는 것", max_length=8, choices=ChangeKind.choices)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="확인지표", null=True, blank=True, related_name="plan_changes"
    )
    section = models.ForeignKey(
        Section, models.PROTECT, verbose_name="서술 항목", null=True, blank=True, related_name="plan_changes"
    )
    values = models.JSONField("바꾸는 값", default=list, editable=False)
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
                name="planchange_subject_fits",
                condition=Q(kind=ChangeKind.TARGET, indicator__isnull=False, section__isnull=True)
                | Q(kind=ChangeKind.WEIGHT, indicator__isnull=True, section__isnull=True)
                | Q(kind=ChangeKind.TEXT, indicator__isnull=True),
                violation_error_message="목표 변경에는 확인지표가, 내용 변경에는 서술 항목이 있습니다.",
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
    def place(self) -> str:
        """What changes: ``3. 횟수 목표``, ``대비비율``, ``추진계획``."""
        subject = self.indicator or self.section
        label = str(self.get_kind_display())
        return label if subject is None else f"{subject} {label}" if self.indicator else str(subject)

    @property
    def lines(self) -> list[ChangedLine]:
        """Every place with its value before and after."""
        return [ChangedLine(row["place"], row["before"], row["after"]) for row in self.values]
