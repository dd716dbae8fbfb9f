from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from django.db import models

from common.models import CodeTable


class OffsetUnit(models.TextChoices):
    DAYS = "days", "일"
    MONTHS = "months", "개월"


class DeadlineRule(CodeTable):
    """When something is due, and by which rule: data that the office edits (DOMAIN §5)."""

    code = models.SlugField("코드", max_length=40, unique=True)
    title = models.CharField("할 일", max_length=80)
    base = models.CharField("기준", max_length=80, help_text="무엇으로부터 세는지. 예: 분기 마지막 날")
    offset = models.SmallIntegerField("기간", help_text="앞이면 음수")
    unit = models.CharField("단위", max_length=6, choices=OffsetUnit.choices, default=OffsetUnit.DAYS)
    notice_days = models.PositiveSmallIntegerField("며칠 전부터 알림", default=30)
    rule = models.CharField("근거", max_length=200, blank=True)

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "기한 규칙"

    def __str__(self) -> str:
        return self.title

    def due_on(self, base: date) -> date:
        """The day that is ``offset`` days or months after (before) ``base``; past a month's end, its last day."""
        if self.unit == OffsetUnit.DAYS:
            return base + timedelta(days=self.offset)
        return months_after(base, self.offset)


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later (earlier, if negative), or the last of that month: 31 Dec - 3 -> 30 Sep."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
