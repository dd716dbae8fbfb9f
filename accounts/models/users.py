from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from simple_history.models import HistoricalRecords

from .office import Department


class Role(models.TextChoices):
    """Who does what: DOMAIN §1. What each role may do is ``accounts.permissions``."""

    STAFF = "staff", "담당(주무관)"
    MANAGER = "manager", "확인자(팀장·과장)"
    COORDINATOR = "coordinator", "총괄부서"
    AUDITOR = "auditor", "감사·열람"
    ADMIN = "admin", "시스템 관리자"


class User(AbstractUser):
    """An account: one role, one department."""

    role = models.CharField("역할", max_length=12, choices=Role.choices, default=Role.AUDITOR)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="부서", null=True, blank=True)
    full_name = models.CharField("이름", max_length=40, blank=True)
    phone = models.CharField("전화", max_length=30, blank=True)
    history: ClassVar[HistoricalRecords] = HistoricalRecords(excluded_fields=["password", "last_login"])

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "사용자"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name or self.username


class AccessLog(models.Model):
    """Who read whose personal data, when, from where, what for (개인정보의 안전성 확보조치 기준)."""

    at = models.DateTimeField("시각", db_index=True)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="사용자", related_name="accesses")
    address = models.GenericIPAddressField("접속지", null=True, blank=True)
    action = models.CharField("한 일", max_length=40)
    subject = models.CharField("대상(누구의 정보)", max_length=200)
    path = models.CharField("주소", max_length=300, blank=True)
    reason = models.CharField("사유", max_length=300, blank=True)
    rows = models.PositiveIntegerField("건수", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "개인정보 접속기록"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user} {self.action} {self.subject}"
