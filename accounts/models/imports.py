from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from common.models import Versioned

from .users import User


class ImportFile(models.Model):
    """A file that was imported, as it came. Never changed, so it has no history."""

    digest = models.CharField("SHA-256", max_length=64, unique=True)
    content = models.BinaryField("내용")
    size = models.PositiveIntegerField("크기(바이트)")

    class Meta:
        verbose_name = verbose_name_plural = "가져온 파일"

    def __str__(self) -> str:
        return f"{self.digest[:12]} ({self.size})"


class BatchState(models.TextChoices):
    DRAFT = "draft", "확인 중"
    SAVED = "saved", "저장함"
    UNDONE = "undone", "되돌림"
    DROPPED = "dropped", "그만둠"


class ImportBatch(Versioned):
    """One import: the file, how it was read, what was decided. Never the parsed rows: these are read anew.

    The rows that it wrote carry ``mark`` as the reason in their history; that is how they are found again.
    """

    kind = models.CharField("종류", max_length=20)
    file = models.ForeignKey(ImportFile, models.PROTECT, verbose_name="파일", related_name="batches")
    name = models.CharField("파일 이름", max_length=200)
    pasted = models.BooleanField("붙여 넣음", default=False)
    unit = models.CharField("금액 단위", max_length=10, blank=True)
    given = models.JSONField("정해 준 값", default=dict, blank=True)
    sheets = models.JSONField("읽을 시트", null=True, blank=True)
    header_rows = models.JSONField("머리글 행", default=dict, blank=True)
    columns = models.JSONField("열 짝짓기", default=dict, blank=True)
    edits = models.JSONField("고친 칸", default=list, blank=True)
    decisions = models.JSONField("결정", default=dict, blank=True)
    counts = models.JSONField("건수", default=dict, blank=True)
    state = models.CharField("상태", max_length=8, choices=BatchState.choices, default=BatchState.DRAFT)
    created_at = models.DateTimeField("올린 시각")
    created_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="올린 사람", null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField("저장 시각", null=True, blank=True)
    saved_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="저장한 사람", null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField("되돌린 시각", null=True, blank=True)
    undone_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="되돌린 사람", null=True, blank=True, related_name="+"
    )
    undo_reason = models.CharField("되돌린 사유", max_length=300, blank=True)
    history: ClassVar[Any] = HistoricalRecords(excluded_fields=["edits", "decisions"])

    class Meta:
        verbose_name = verbose_name_plural = "가져오기"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="importbatch_saved_together",
                condition=Q(state__in=["draft", "dropped"], saved_at__isnull=True)
                | Q(state__in=["saved", "undone"], saved_at__isnull=False),
                violation_error_message="저장한 가져오기에는 저장 시각이 있습니다.",
            ),
            models.CheckConstraint(
                name="importbatch_undone_together",
                condition=Q(state="undone", undone_at__isnull=False) & ~Q(undo_reason="")
                | ~Q(state="undone") & Q(undone_at__isnull=True, undo_reason=""),
                violation_error_message="되돌린 가져오기에는 시각과 사유가 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"가져오기 {self.pk}: {self.name}"

    @property
    def mark(self) -> str:
        """The reason in the history of every row that this import wrote."""
        return f"가져오기 {self.pk}"


class ColumnMapping(Versioned):
    """How a layout (its headings, in order) was mapped once: so an e호조 download is mapped only once."""

    kind = models.CharField("종류", max_length=20)
    layout = models.CharField("머리글 요약", max_length=64)
    headings = models.JSONField("머리글", default=list)
    columns = models.JSONField("열 짝짓기", default=dict)
    history: ClassVar[Any] = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "기억한 열 짝짓기"
        constraints = [
            models.UniqueConstraint(
                name="columnmapping_once",
                fields=["kind", "layout"],
                violation_error_message="그 머리글의 짝짓기가 이미 있습니다.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {', '.join(self.headings)[:60]}"


class ImportTurn(models.Model):
    """The one row that an import holds while it saves: two at once wait for each other."""

    class Meta:
        verbose_name = verbose_name_plural = "가져오기 차례"

    def __str__(self) -> str:
        return "가져오기 차례"
