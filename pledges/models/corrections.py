from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.models import Kept, KeptQuerySet, void_together
from common.periods import Quarter

from .closings import Closing
from .pledge import Pledge, Term


class RequestState(models.TextChoices):
    ASKED = "asked", "요청"
    APPROVED = "approved", "승인"
    REFUSED = "refused", "불승인"


class CorrectionRequest(Kept):
    """정정 요청: why a closed quarter's card should be made anew; approved, it is a new version (DOMAIN §3.15)."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="corrections")
    year = models.PositiveSmallIntegerField("연도")
    quarter = models.PositiveSmallIntegerField("분기")
    reason = models.CharField("정정 사유", max_length=300)
    take_counted = models.JSONField(
        "집계값으로 바꿀 지표",
        default=list,
        blank=True,
        editable=False,
        help_text="다르게 적은 실적 가운데 승인과 함께 집계값이 될 지표의 키",
    )
    asked_by = models.ForeignKey(User, models.PROTECT, verbose_name="요청자", related_name="+")
    asked_at = models.DateTimeField("요청 시각")
    state = models.CharField("상태", max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    decided_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="결정자", related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField("결정 시각", null=True, blank=True)
    decision = models.CharField("결정 의견", max_length=300, blank=True)
    closing = models.ForeignKey(
        Closing, models.PROTECT, verbose_name="정정 마감", null=True, blank=True, related_name="corrections"
    )
    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "정정 요청"
        ordering = ["-asked_at", "-pk"]
        constraints = [
            void_together("correctionrequest"),
            models.CheckConstraint(
                name="correctionrequest_quarter_in_range",
                condition=Q(quarter__gte=1, quarter__lte=4),
                violation_error_message="분기는 1~4입니다.",
            ),
            models.CheckConstraint(
                name="correctionrequest_decided_whole",
                condition=Q(state=RequestState.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state=RequestState.ASKED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                violation_error_message="결정에는 결정자와 시각이 필요합니다.",
            ),
            models.UniqueConstraint(
                name="correctionrequest_one_open",
                fields=["pledge", "year", "quarter"],
                condition=Q(voided_at__isnull=True, state=RequestState.ASKED),
                violation_error_message="그 분기의 정정 요청이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge} {self.period}"

    @property
    def period(self) -> Quarter:
        return Quarter(self.year, self.quarter)


class UnlockGrant(Kept):
    """마감 예외: one person may change the results of one closed quarter until a moment (for a correction)."""

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="임기")
    year = models.PositiveSmallIntegerField("연도")
    quarter = models.PositiveSmallIntegerField("분기")
    user = models.ForeignKey(User, models.PROTECT, verbose_name="받는 사람", related_name="unlock_grants")
    until = models.DateTimeField("기한")
    reason = models.CharField("사유", max_length=300)
    granted_by = models.ForeignKey(User, models.PROTECT, verbose_name="준 사람", related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "마감 예외"
        ordering = ["-until", "-pk"]
        constraints = [
            void_together("unlockgrant"),
            models.CheckConstraint(
                name="unlockgrant_quarter_in_range",
                condition=Q(quarter__gte=1, quarter__lte=4),
                violation_error_message="분기는 1~4입니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.year}년 {self.quarter}분기"
