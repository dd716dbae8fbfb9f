from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from accounts.models import Department, User
from common.listing import spelled_like
from common.models import LIVE, Kept, KeptQuerySet, void_together


class RequestStatus(models.TextChoices):
    OPEN = "open", "작성 중"
    SENT = "sent", "제출"
    CLOSED = "closed", "종결"


class CouncilRequestQuerySet(KeptQuerySet):
    def search(self, text: str) -> CouncilRequestQuerySet:
        """By 요구번호, 의원, 요구내용 or 작성자, whatever the spaces."""
        return self.filter(spelled_like(text, "number", "member", "content", "writer"))


class CouncilRequest(Kept):
    """의회 요구자료. ``reports``: the reports that answer it, each ``{"slug": …, "query": {…}}``."""

    number = models.CharField("요구번호", max_length=40, help_text="의회가 붙인 번호. 예: 2024-행정-15")
    member = models.CharField("의원", max_length=60, blank=True, help_text="여럿이면 쉼표로")
    content = models.TextField("요구내용")
    received_on = models.DateField("접수일", null=True, blank=True)
    due_on = models.DateField("기한", null=True, blank=True)
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="제출부서", null=True, blank=True, related_name="+"
    )
    writer = models.CharField("작성자", max_length=40, blank=True)
    phone = models.CharField("전화", max_length=30, blank=True)
    status = models.CharField("상태", max_length=8, choices=RequestStatus.choices, default=RequestStatus.OPEN)
    reports = models.JSONField("쓴 보고서", default=list, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="본뜬 요구자료",
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
    )
    objects: ClassVar[Any] = CouncilRequestQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "의회 요구자료"
        ordering = [models.F("due_on").desc(nulls_last=True), "-pk"]
        constraints = [
            void_together("councilrequest"),
            models.UniqueConstraint(
                name="councilrequest_number_once",
                fields=["number"],
                condition=LIVE,
                violation_error_message="같은 요구번호가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.content[:40]}"


class SentFile(models.Model):
    """A file as it was sent, byte for byte. Never changed, so it has no history."""

    digest = models.CharField("지문(SHA-256)", max_length=64, unique=True)
    content = models.BinaryField("내용")
    size = models.PositiveIntegerField("크기(바이트)")

    class Meta:
        verbose_name = verbose_name_plural = "제출한 파일"

    def __str__(self) -> str:
        return f"{self.digest[:12]} ({self.size})"


class Submission(Kept):
    """제출본: the file that went to the council, with the reports and periods it was made from."""

    request = models.ForeignKey(
        CouncilRequest, models.PROTECT, verbose_name="요구자료", related_name="submissions"
    )
    file = models.ForeignKey(SentFile, models.PROTECT, verbose_name="파일", related_name="submissions")
    name = models.CharField("파일 이름", max_length=200)
    sent_on = models.DateField("제출일")
    sent_by = models.ForeignKey(User, models.PROTECT, verbose_name="올린 사람", related_name="+")
    reports = models.JSONField("쓴 보고서", default=list, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "제출본"
        ordering = ["-sent_on", "-pk"]
        constraints = [void_together("submission")]

    def __str__(self) -> str:
        return self.name
