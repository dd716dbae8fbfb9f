from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from common.models import LIVE, WON_LIMIT, CodeTable, Kept, KeptQuerySet, ordered, void_together
from common.periods import korean_date
from enterprises.models import Enterprise


class Mode(models.TextChoices):
    OFFLINE = "offline", "오프라인"
    ONLINE = "online", "온라인"


class State(models.TextChoices):
    """예정, 개최 or 취소: only 개최 counts (DOMAIN §3.14)."""

    PLANNED = "planned", "예정"
    HELD = "held", "개최"
    CANCELLED = "cancelled", "취소"


def _sane(label: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{label}_sales_sane",
        condition=Q(sales__isnull=True) | Q(sales__gte=0, sales__lt=WON_LIMIT),
        violation_error_message="매출액이 0보다 작거나 지나치게 큽니다.",
    )


class Market(CodeTable):
    """A market series, whose held offline days are counted."""

    name = models.CharField("시장명", max_length=80, unique=True)
    short_name = models.CharField("줄임 이름", max_length=30)
    place = models.CharField("주된 장소", max_length=100, blank=True)
    note = models.CharField("비고", max_length=300, blank=True)

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "시장"

    def __str__(self) -> str:
        return self.name


class OnlineChannel(Kept):
    """온라인 채널: a store that runs all year, not a day."""

    market = models.ForeignKey(Market, models.PROTECT, verbose_name="시장", related_name="channels")
    name = models.CharField("채널", max_length=60)
    starts_on = models.DateField("시작일", null=True, blank=True)
    ends_on = models.DateField("종료일", null=True, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "온라인 채널"
        ordering = ["starts_on", "pk"]
        constraints = [
            void_together("onlinechannel"),
            ordered("onlinechannel", "starts_on", "ends_on", "종료일이 시작일보다 앞섭니다."),
        ]

    def __str__(self) -> str:
        return self.name


class MarketEvent(Kept):
    """행사: one or more days. Vendors and sales may be known only here (36개 업체, 84백만 for two days)."""

    market = models.ForeignKey(Market, models.PROTECT, verbose_name="시장", related_name="events")
    name = models.CharField("행사명", max_length=100)
    mode = models.CharField("구분", max_length=8, choices=Mode.choices, default=Mode.OFFLINE)
    starts_on = models.DateField(
        "시작일", null=True, blank=True, help_text="온라인 행사의 기간. 오프라인은 날마다 적습니다."
    )
    ends_on = models.DateField("종료일", null=True, blank=True)
    place = models.CharField("장소", max_length=100, blank=True)
    vendors = models.PositiveIntegerField(
        "참여업체(개)", null=True, blank=True, help_text="행사 전체로만 알 때"
    )
    sales = models.BigIntegerField("매출액(원)", null=True, blank=True, help_text="행사 전체로만 알 때")
    log_title = models.CharField("추진실적 제목", max_length=120, blank=True)
    log_text = models.TextField("추진실적 문구", blank=True, help_text="비우면 추진실적에 올리지 않습니다.")
    note = models.CharField("비고", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "시장 행사"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            void_together("marketevent"),
            _sane("marketevent"),
            ordered("marketevent", "starts_on", "ends_on", "종료일이 시작일보다 앞섭니다."),
            models.UniqueConstraint(
                name="marketevent_name_once",
                fields=["market", "name"],
                condition=LIVE,
                violation_error_message="같은 이름의 행사가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MarketDayQuerySet(KeptQuerySet):
    def counted(self) -> Self:
        """Days that make 횟수: held and offline."""
        return self.live().filter(state=State.HELD, mode=Mode.OFFLINE, event__voided_at__isnull=True)

    def between(self, first: date, last: date) -> Self:
        return self.filter(day__gte=first, day__lte=last)


class MarketDay(Kept):
    """One day of an event. Days are listed one by one (DOMAIN §3.14)."""

    event = models.ForeignKey(MarketEvent, models.PROTECT, verbose_name="행사", related_name="days")
    day = models.DateField("운영일", db_index=True)
    state = models.CharField("상태", max_length=10, choices=State.choices, default=State.PLANNED)
    mode = models.CharField("구분", max_length=8, choices=Mode.choices, default=Mode.OFFLINE)
    place = models.CharField("장소", max_length=100, blank=True)
    vendors = models.PositiveIntegerField("참여업체(개)", null=True, blank=True)
    sales = models.BigIntegerField("매출액(원)", null=True, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)
    objects: ClassVar[Any] = MarketDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "운영일"
        ordering = ["day", "pk"]
        constraints = [
            void_together("marketday"),
            _sane("marketday"),
            models.UniqueConstraint(
                name="marketday_once",
                fields=["event", "day", "mode"],
                condition=LIVE,
                violation_error_message="그 행사의 같은 날이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {korean_date(self.day)}"


class Participation(Kept):
    """참여: an enterprise, or a vendor outside the register, on one day or in the event as a whole."""

    event = models.ForeignKey(MarketEvent, models.PROTECT, verbose_name="행사", related_name="participations")
    day = models.ForeignKey(
        MarketDay, models.PROTECT, verbose_name="운영일", null=True, blank=True, related_name="participations"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="기업", null=True, blank=True, related_name="participations"
    )
    vendor_name = models.CharField("업체명(미등록)", max_length=100, blank=True)
    sales = models.BigIntegerField("매출액(원)", null=True, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "참여"
        ordering = ["event", "day", "pk"]
        constraints = [
            void_together("participation"),
            _sane("participation"),
            models.CheckConstraint(
                name="participation_one_vendor",
                condition=Q(enterprise__isnull=False, vendor_name="")
                | (Q(enterprise__isnull=True) & ~Q(vendor_name="")),
                violation_error_message="기업을 고르거나 업체명을 적습니다(둘 중 하나).",
            ),
            models.UniqueConstraint(
                name="participation_once_a_day",
                fields=["day", "enterprise"],
                condition=LIVE & Q(enterprise__isnull=False, day__isnull=False),
                violation_error_message="그 기업은 그날 이미 참여로 기록되어 있습니다.",
            ),
            models.UniqueConstraint(
                name="participation_once_an_event",
                fields=["event", "enterprise"],
                condition=LIVE & Q(enterprise__isnull=False, day__isnull=True),
                violation_error_message="그 기업은 그 행사에 이미 참여로 기록되어 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.enterprise or self.vendor_name}"
