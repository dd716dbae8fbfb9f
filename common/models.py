"""Abstract models that every register shares: history, void instead of delete, edit version, openings."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

# No public budget line of a district comes near this; more is a typing error (10조 원).
WON_LIMIT = 10**13


class KeptQuerySet(models.QuerySet[Any]):
    """Rows that are voided, never deleted."""

    def live(self) -> Self:
        """Rows that count: not voided."""
        return self.filter(voided_at__isnull=True)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Rows are voided with a reason, never deleted (common.voiding.void).")


class Versioned(models.Model):
    """A row whose form carries the edit version, so that a second saver is told (common.editing)."""

    revision = models.PositiveIntegerField("수정 차수", default=1, editable=False)

    class Meta:
        abstract = True


class Voidable(models.Model):
    """A row that is voided with a reason instead of deleted."""

    voided_at = models.DateTimeField("무효 처리 시각", null=True, blank=True, editable=False)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="무효 처리자",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    void_reason = models.CharField("무효 사유", max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None


def void_together(label: str) -> models.CheckConstraint:
    """A voided row has its reason; a live one has none."""
    return models.CheckConstraint(
        name=f"{label}_void_has_reason",
        condition=(Q(voided_at__isnull=True) & Q(void_reason=""))
        | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
        violation_error_message="무효 처리에는 사유가 필요합니다.",
    )


def ordered(label: str, first: str, last: str, message: str) -> models.CheckConstraint:
    """``last`` is empty or not before ``first``."""
    return models.CheckConstraint(
        name=f"{label}_{last}_after_{first}"[:60],
        condition=Q(**{f"{last}__isnull": True})
        | Q(**{f"{first}__isnull": True})
        | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=message,
    )


LIVE = Q(voided_at__isnull=True)


class Kept(Versioned, Voidable):
    """The base of every record that a report may read."""

    history: ClassVar[Any] = HistoricalRecords(inherit=True)
    objects: ClassVar[Any] = KeptQuerySet.as_manager()

    class Meta:
        abstract = True


class CodeTable(Versioned):
    """An editable list kept by the administrator: rows are switched off, not deleted."""

    position = models.PositiveSmallIntegerField("순서", default=0)
    active = models.BooleanField("사용", default=True)
    history: ClassVar[Any] = HistoricalRecords(inherit=True)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class OpeningMethod(models.TextChoices):
    """How an opening's figure came to be (DOMAIN §4.6)."""

    STATED = "stated", "문서 기재"
    CORRECTED = "corrected", "정정"
    DETAILS = "details", "상세로 대체"
    RENEWED = "renewed", "기준일 새로 정함"


class Opening(Kept):
    """도입 전 누계: a total known at the end of the day ``on``, from before its records (DOMAIN §3.4)."""

    on = models.DateField("기준일")
    method = models.CharField(
        "산출", max_length=10, choices=OpeningMethod.choices, default=OpeningMethod.STATED
    )
    source = models.CharField("출처", max_length=200, blank=True)
    reason = models.CharField("사유", max_length=300, blank=True)
    # Closing a quarter writes its published figures here too: from then on they are where later days start from,
    # whatever is entered late (DOMAIN §3.15). On the same day the closed figure wins over the opening.
    closed = models.BooleanField("마감 값", default=False, editable=False)

    class Meta:
        abstract = True
