from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from common.models import LIVE, Kept, KeptQuerySet, Opening, ordered, void_together
from common.periods import korean_date

from .enterprise import Enterprise


class Space(Kept):
    """공간지원: a place where enterprises are tenants."""

    name = models.CharField("시설명", max_length=80)
    address = models.CharField("소재지", max_length=200, blank=True)
    area_m2 = models.DecimalField("면적(㎡)", max_digits=10, decimal_places=2, null=True, blank=True)
    dong = models.CharField("행정동", max_length=30, blank=True)
    opened_on = models.DateField("개소일", null=True, blank=True)
    closed_on = models.DateField("운영 종료일", null=True, blank=True)
    capacity = models.PositiveSmallIntegerField("입주 가능 수", null=True, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "입주 공간"
        ordering = ["position", "pk"]
        constraints = [
            void_together("space"),
            ordered("space", "opened_on", "closed_on", "운영 종료일이 개소일보다 앞섭니다."),
            models.UniqueConstraint(
                name="space_name_once",
                fields=["name"],
                condition=LIVE,
                violation_error_message="같은 이름의 공간이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TenancyQuerySet(KeptQuerySet):
    def active_on(self, day: date) -> Self:
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Tenancy(Kept):
    """입주: an enterprise in a space, from a day to its agreed end."""

    space = models.ForeignKey(Space, models.PROTECT, verbose_name="공간", related_name="tenancies")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="기업", related_name="tenancies")
    room = models.CharField("호실", max_length=30, blank=True)
    starts_on = models.DateField("입주일", null=True, blank=True)
    ends_on = models.DateField("만료일", null=True, blank=True, help_text="그날까지 셉니다.")
    note = models.CharField("비고", max_length=200, blank=True)
    objects: ClassVar[Any] = TenancyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "입주"
        ordering = ["space", "starts_on", "pk"]
        constraints = [
            void_together("tenancy"),
            ordered("tenancy", "starts_on", "ends_on", "만료일이 입주일보다 앞섭니다."),
            models.UniqueConstraint(
                name="tenancy_once",
                fields=["space", "enterprise", "starts_on"],
                condition=LIVE,
                violation_error_message="같은 기업의 같은 입주 기록이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space} {self.enterprise}"


class TenantOpening(Opening):
    """Tenants of a space at the end of a day, from before the register."""

    space = models.ForeignKey(Space, models.PROTECT, verbose_name="공간")
    count = models.PositiveIntegerField("입주기업 수(개)")

    class Meta:
        verbose_name = verbose_name_plural = "도입 전 누계: 입주기업 수"
        ordering = ["on", "space__position"]
        constraints = [
            void_together("tenantopening"),
            models.UniqueConstraint(
                name="tenantopening_once",
                fields=["space", "on", "closed"],
                condition=LIVE,
                violation_error_message="그 공간·기준일의 도입 전 누계가 이미 있습니다. 정정하세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space} {self.count} ({korean_date(self.on)})"


class Center(Kept):
    """중간지원조직: the support centre, with its organisation and place."""

    name = models.CharField("센터명", max_length=80)
    role = models.CharField("역할", max_length=300, blank=True)
    staff = models.PositiveSmallIntegerField("인원(명)", null=True, blank=True)
    organisation = models.CharField("조직", max_length=200, blank=True, help_text="예: 센터장 1명, 팀장 2명")
    address = models.CharField("위치", max_length=200, blank=True)
    phone = models.CharField("전화", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "지원센터"
        constraints = [
            void_together("center"),
            models.UniqueConstraint(
                name="center_name_once",
                fields=["name"],
                condition=LIVE,
                violation_error_message="같은 이름의 센터가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
