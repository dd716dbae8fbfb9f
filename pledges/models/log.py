from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models

from common.models import LIVE, Kept, KeptQuerySet, void_together
from markets.models import MarketEvent
from subsidies.models import Disbursement, Entrustment, ServiceContract

from .pledge import Pledge


class DatedQuerySet(KeptQuerySet):
    def up_to(self, day: date) -> Self:
        """Rows dated on or before ``day``; a range is dated by its first day (DOMAIN §3.7)."""
        return self.filter(starts_on__lte=day)


class DatedLine(Kept):
    """A numbered row of the document. It keeps its number, out of date order or not (DOMAIN §8)."""

    no = models.PositiveIntegerField("연번")
    date_text = models.CharField(
        "일자", max_length=40, help_text="문서에 적는 그대로. 예: 2022. 8. 17.~9. 1."
    )
    starts_on = models.DateField("첫날")
    ends_on = models.DateField("마지막 날", null=True, blank=True)
    detail = models.TextField("세부 내용")
    source = models.CharField("출처", max_length=200, blank=True)
    objects: ClassVar[Any] = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class Activity(DatedLine):
    """추진실적(일정별), written by hand; records bring their own ``log_text`` besides.

    Where the row tells of a record, the record is named, so that it is not printed twice and the two
    can be reconciled.
    """

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="activities")
    title = models.CharField("추진사항", max_length=120)
    disbursement = models.ForeignKey(
        Disbursement,
        models.PROTECT,
        verbose_name="교부 기록",
        null=True,
        blank=True,
        related_name="activities",
    )
    event = models.ForeignKey(
        MarketEvent,
        models.PROTECT,
        verbose_name="시장 행사",
        null=True,
        blank=True,
        related_name="activities",
    )
    entrustment = models.ForeignKey(
        Entrustment,
        models.PROTECT,
        verbose_name="민간위탁 협약",
        null=True,
        blank=True,
        related_name="activities",
    )
    contract = models.ForeignKey(
        ServiceContract,
        models.PROTECT,
        verbose_name="용역 계약",
        null=True,
        blank=True,
        related_name="activities",
    )

    class Meta:
        verbose_name = verbose_name_plural = "추진실적(일정별)"
        ordering = ["pledge", "no"]
        constraints = [
            void_together("activity"),
            models.UniqueConstraint(
                name="activity_no_once",
                fields=["pledge", "no"],
                condition=LIVE,
                violation_error_message="같은 연번이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.title}"


class Engagement(DatedLine):
    """주민 참여(소통) 실적."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="engagements")
    kind = models.CharField("구분", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "주민 참여(소통) 실적"
        ordering = ["pledge", "no"]
        constraints = [
            void_together("engagement"),
            models.UniqueConstraint(
                name="engagement_no_once",
                fields=["pledge", "no"],
                condition=LIVE,
                violation_error_message="같은 연번이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.kind}"


class DocumentNote(Kept):
    """What the document said that the data cannot: text without a place, a printed figure that differs."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="document_notes")
    kind = models.CharField(
        "구분", max_length=10, choices=[("unplaced", "자리 없는 글"), ("differs", "다른 값")]
    )
    line = models.PositiveIntegerField("줄", null=True, blank=True)
    place = models.CharField("곳", max_length=200, blank=True)
    text = models.TextField("글", blank=True)
    printed = models.CharField("문서의 값", max_length=60, blank=True)
    computed = models.CharField("계산한 값", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "문서 확인 사항"
        ordering = ["pledge", "line", "pk"]
        constraints = [void_together("documentnote")]

    def __str__(self) -> str:
        return self.place or self.text[:40]
