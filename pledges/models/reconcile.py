from __future__ import annotations

from django.db import models

from common.models import LIVE, Kept, void_together

from .pledge import Pledge


class ReconcileNote(Kept):
    """설명: why a finding of the reconciliation stands as it is. It stays with the finding by ``key``.

    ``gap`` is the difference it explains, as printed: once the difference is another, the finding asks anew.
    """

    GAP_LENGTH = 60

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="reconcile_notes")
    key = models.CharField("대사 항목", max_length=120, editable=False)
    text = models.TextField("설명", max_length=500)
    printed = models.BooleanField(
        "각주로 인쇄", default=False, help_text="켜면 공약카드 아래에 각주로 인쇄합니다."
    )
    gap = models.CharField("설명한 차이", max_length=GAP_LENGTH, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "대사 설명"
        ordering = ["pledge", "key"]
        constraints = [
            void_together("reconcilenote"),
            models.UniqueConstraint(
                name="reconcilenote_once",
                fields=["pledge", "key"],
                condition=LIVE,
                violation_error_message="이 항목의 설명이 이미 있습니다. 그 설명을 고치세요.",
            ),
            models.CheckConstraint(
                name="reconcilenote_says_something",
                condition=~models.Q(text=""),
                violation_error_message="설명을 적어 주십시오.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
