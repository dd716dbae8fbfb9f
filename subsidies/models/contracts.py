from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from common.listing import spelled_like
from common.models import WON_LIMIT, Kept, KeptQuerySet, ordered, void_together
from enterprises.models import Center

from .programs import Program


class RenewalWord(models.TextChoices):
    """재위탁 and 재계약 are not synonyms (사회적경제 조례); what a document leaves unclear stays UNKNOWN."""

    FIRST = "first", "신규 위탁"
    NEW_TRUSTEE = "new_trustee", "재위탁(수탁기관 새로 선정)"
    SAME_TRUSTEE = "same_trustee", "재계약(같은 수탁기관)"
    UNKNOWN = "unknown", "문서의 말만 기록"


class ContractQuerySet(KeptQuerySet):
    def search(self, text: str) -> Self:
        """By name or partner; ㈜, (주) and spaces do not matter."""
        return self.filter(spelled_like(text, "title", "partner"))

    def active_on(self, day: date) -> Self:
        return self.filter(
            Q(starts_on__isnull=True) | Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )


class Agreement(Kept):
    """What an entrustment and a service contract share: a programme, a partner, a period, a sum (won)."""

    program = models.ForeignKey(Program, models.PROTECT, verbose_name="사업", related_name="%(class)ss")
    title = models.CharField("이름", max_length=120)
    partner = models.CharField("상대(수탁기관·계약상대자)", max_length=120, blank=True)
    signed_on = models.DateField("체결일", null=True, blank=True)
    starts_on = models.DateField("시작일", null=True, blank=True)
    ends_on = models.DateField("종료일", null=True, blank=True)
    amount = models.BigIntegerField("금액(원)", null=True, blank=True)
    log_text = models.TextField("추진실적 문구", blank=True, help_text="비우면 추진실적에 올리지 않습니다.")
    note = models.CharField("비고", max_length=300, blank=True)
    objects: ClassVar[Any] = ContractQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Entrustment(Agreement):
    """민간위탁 협약 with the 수탁기관 that runs the centre; at most three years at a time."""

    center = models.ForeignKey(Center, models.PROTECT, verbose_name="센터", null=True, blank=True)
    renewal = models.CharField(
        "갱신 구분", max_length=12, choices=RenewalWord.choices, default=RenewalWord.UNKNOWN
    )
    renewal_word = models.CharField(
        "문서의 말", max_length=40, blank=True, help_text="문서에 적힌 그대로. 예: 재위탁"
    )
    consented_on = models.DateField("의회 동의일", null=True, blank=True)
    inspected_on = models.DateField("최근 지도점검일", null=True, blank=True)
    evaluated_on = models.DateField("종합성과평가일", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "민간위탁 협약"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            void_together("entrustment"),
            ordered("entrustment", "starts_on", "ends_on", "종료일이 시작일보다 앞섭니다."),
            models.CheckConstraint(
                name="entrustment_amount_sane",
                condition=Q(amount__isnull=True) | Q(amount__gt=0, amount__lt=WON_LIMIT),
                violation_error_message="금액은 0보다 커야 합니다.",
            ),
        ]


class Instalment(Kept):
    """A planned instalment of an entrustment. Its label (3분기) is not its date (DOMAIN §4.8)."""

    entrustment = models.ForeignKey(
        Entrustment, models.PROTECT, verbose_name="협약", related_name="instalments"
    )
    year = models.PositiveSmallIntegerField("회계연도")
    label = models.CharField("차수", max_length=20)
    amount = models.BigIntegerField("예정액(원)", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "위탁금 차수"
        ordering = ["year", "pk"]
        constraints = [
            void_together("instalment"),
            models.CheckConstraint(
                name="instalment_amount_sane",
                condition=Q(amount__isnull=True) | Q(amount__gt=0, amount__lt=WON_LIMIT),
                violation_error_message="금액은 0보다 커야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.label}"


class ServiceContract(Agreement):
    """용역: market operation bought as a service. Its sum is not a ledger row; its payments are."""

    class Meta:
        verbose_name = verbose_name_plural = "용역 계약"
        ordering = ["-signed_on", "-pk"]
        constraints = [
            void_together("servicecontract"),
            ordered("servicecontract", "starts_on", "ends_on", "종료일이 시작일보다 앞섭니다."),
            models.CheckConstraint(
                name="servicecontract_amount_sane",
                condition=Q(amount__isnull=True) | Q(amount__gt=0, amount__lt=WON_LIMIT),
                violation_error_message="금액은 0보다 커야 합니다.",
            ),
        ]
