from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.fields import plain
from common.models import LIVE, WON_LIMIT, Kept, KeptQuerySet, Opening, void_together
from subsidies.models import Source

from .pledge import Pledge


def _value(label: str, **options: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=18, decimal_places=4, **options)


class Aggregation(models.TextChoices):
    """How values add up over time (DOMAIN §3.2)."""

    LEVEL = "level", "상태(연말 값)"
    SUM = "sum", "합계"
    YEARLY_DISTINCT = "yearly_distinct", "연도별 실수(해마다 새로 셈)"


class Measure(models.TextChoices):
    """The records a value is counted from, where it can be (DOMAIN §3.3)."""

    ENTERPRISES = "enterprises", "사회적경제기업 등록부의 기업 수"
    SUPPORTED = "supported", "공약 사업에서 지급받은 기업 수"
    MARKET_DAYS = "market_days", "공약 시장의 개최한 오프라인 운영일"


class CountingRule(models.TextChoices):
    """What one enterprise is when supported ones are counted."""

    BY_ENTERPRISE = "enterprise", "연도별 실기업 수"
    BY_PROGRAM = "program", "연도·사업별 기업 수(중복 포함)"


class Indicator(Kept):
    """확인지표. ``weight`` is 전체사업 대비비율(%); without one it stays out of the total."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="indicators")
    no = models.PositiveSmallIntegerField("번호")
    plan = models.CharField("추진계획", max_length=120, blank=True)
    name = models.CharField("확인지표", max_length=120)
    unit = models.CharField("단위", max_length=20, blank=True)
    weight = models.DecimalField(
        "전체사업 대비비율(%)", max_digits=6, decimal_places=3, null=True, blank=True
    )
    aggregation = models.CharField(
        "집계 방식", max_length=16, choices=Aggregation.choices, default=Aggregation.SUM
    )
    measure = models.CharField("세는 기록", max_length=12, choices=Measure.choices, blank=True)
    counting_rule = models.CharField(
        "기업을 세는 법", max_length=10, choices=CountingRule.choices, default=CountingRule.BY_ENTERPRISE
    )
    note = models.CharField("비고", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "확인지표"
        ordering = ["pledge", "no", "pk"]
        constraints = [
            void_together("indicator"),
            models.UniqueConstraint(
                name="indicator_no_once",
                fields=["pledge", "no"],
                condition=LIVE,
                violation_error_message="같은 번호의 확인지표가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="indicator_weight_in_range",
                condition=Q(weight__isnull=True) | Q(weight__gt=0, weight__lte=100),
                violation_error_message="대비비율은 0보다 크고 100 이하입니다.",
            ),
            models.CheckConstraint(
                name="indicator_measure_fits",
                condition=Q(measure="")
                | Q(measure=Measure.ENTERPRISES, aggregation=Aggregation.LEVEL)
                | Q(measure=Measure.SUPPORTED, aggregation=Aggregation.YEARLY_DISTINCT)
                | Q(measure=Measure.MARKET_DAYS, aggregation=Aggregation.SUM),
                violation_error_message="세는 기록과 집계 방식이 맞지 않습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.no}. {self.name}"


class TargetQuerySet(KeptQuerySet):
    def in_force_on(self, day: date) -> Self:
        """Versions already in force on ``day``; the latest of each period wins (``pledges.targets``)."""
        return self.live().filter(valid_from__lte=day)


class Target(Kept):
    """목표 of the term (no year), a year, or a quarter. A change is a new version (제865호 규칙).

    A null ``value`` is the printed ``-``: no target, which is neither zero nor missed.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="확인지표", related_name="targets")
    year = models.PositiveSmallIntegerField("연도", null=True, blank=True)
    quarter = models.PositiveSmallIntegerField("분기", null=True, blank=True)
    value = _value("목표", null=True, blank=True)
    valid_from = models.DateField("적용일", help_text="첫 목표는 임기 시작일부터 유효합니다.")
    reason = models.CharField("변경 사유", max_length=300, blank=True)
    ground = models.CharField("변경 근거", max_length=200, blank=True)
    panel_on = models.DateField("주민배심원 심의일", null=True, blank=True)
    notice_on = models.DateField("공고일", null=True, blank=True)
    objects: ClassVar[Any] = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "목표"
        ordering = ["indicator", "year", "quarter", "valid_from"]
        constraints = [
            void_together("target"),
            models.UniqueConstraint(
                name="target_term_once",
                fields=["indicator", "valid_from"],
                condition=LIVE & Q(year__isnull=True, quarter__isnull=True),
                violation_error_message="같은 날부터의 임기 목표가 이미 있습니다.",
            ),
            models.UniqueConstraint(
                name="target_year_once",
                fields=["indicator", "year", "valid_from"],
                condition=LIVE & Q(year__isnull=False, quarter__isnull=True),
                violation_error_message="같은 날부터의 그 연도 목표가 이미 있습니다.",
            ),
            models.UniqueConstraint(
                name="target_quarter_once",
                fields=["indicator", "year", "quarter", "valid_from"],
                condition=LIVE & Q(quarter__isnull=False),
                violation_error_message="같은 날부터의 그 분기 목표가 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="target_period_whole",
                condition=Q(quarter__isnull=True) | Q(year__isnull=False, quarter__gte=1, quarter__lte=4),
                violation_error_message="분기는 1~4이고 연도와 함께 적습니다.",
            ),
            models.CheckConstraint(
                name="target_not_negative",
                condition=Q(value__isnull=True) | Q(value__gte=0),
                violation_error_message="목표는 0 이상이어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year or '임기'} {self.quarter or ''}"


class ResultState(models.TextChoices):
    DRAFT = "draft", "작성 중"
    SUBMITTED = "submitted", "제출"
    RETURNED = "returned", "반려"
    CONFIRMED = "confirmed", "확인"


class Result(Kept):
    """실적 of a quarter: its own amount; for a level, the state at its end."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="확인지표", related_name="results")
    year = models.PositiveSmallIntegerField("연도")
    quarter = models.PositiveSmallIntegerField("분기")
    value = _value("실적")
    # A correction of the closed quarter counts such a value anew; one that was typed otherwise stays (DOMAIN §3.15).
    as_counted = models.BooleanField("집계값 그대로", default=False, editable=False)
    reason = models.CharField("집계값과 다른 사유", max_length=300, blank=True)
    note = models.CharField("비고", max_length=300, blank=True)
    state = models.CharField("상태", max_length=10, choices=ResultState.choices, default=ResultState.DRAFT)
    recorded_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="입력자", null=True, blank=True, related_name="+", editable=False
    )
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="확인자", null=True, blank=True, related_name="+", editable=False
    )
    confirmed_on = models.DateField("확인일", null=True, blank=True)
    approval_number = models.CharField("결재 문서번호", max_length=60, blank=True)
    approval_on = models.DateField("결재일", null=True, blank=True)
    return_reason = models.CharField("반려 사유", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "실적"
        ordering = ["indicator", "year", "quarter"]
        constraints = [
            void_together("result"),
            models.UniqueConstraint(
                name="result_quarter_once",
                fields=["indicator", "year", "quarter"],
                condition=LIVE,
                violation_error_message="그 분기의 실적이 이미 있습니다. 그 실적을 고치세요.",
            ),
            models.CheckConstraint(
                name="result_quarter_in_range",
                condition=Q(quarter__gte=1, quarter__lte=4),
                violation_error_message="분기는 1~4입니다.",
            ),
            models.CheckConstraint(
                name="result_approval_together",
                condition=Q(approval_number="", approval_on__isnull=True)
                | (~Q(approval_number="") & Q(approval_on__isnull=False)),
                violation_error_message="결재 문서번호와 결재일은 함께 적습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}년 {self.quarter}분기 {plain(self.value)}"


class IndicatorOpening(Opening):
    """누적 실적 of an indicator at the end of a day, from before the records.

    ``year_value`` is the part of it that belongs to the year of ``on`` (yearly distinct: the six
    enterprises of 2024 inside the 43), so that the same enterprise is not counted twice in that year.
    """

    indicator = models.ForeignKey(Indicator, models.PROTECT, verbose_name="확인지표", related_name="openings")
    value = _value("누적 실적")
    year_value = _value("그해 실적", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "도입 전 누계: 지표 실적"
        ordering = ["indicator", "on"]
        constraints = [
            void_together("indicatoropening"),
            models.UniqueConstraint(
                name="indicatoropening_once",
                fields=["indicator", "on", "closed"],
                condition=LIVE,
                violation_error_message="그 지표·기준일의 도입 전 누계가 이미 있습니다. 정정하세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value} ({self.on})"


class ExecutionOpening(Opening):
    """예산 집행액 of a pledge by fiscal year and source at the end of a day, in won.

    A row without a year is 임기 후 (after the term)."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="execution_openings")
    year = models.PositiveSmallIntegerField("회계연도")
    after_term = models.BooleanField("임기 후", default=False)
    # ``source`` is where the figure was read (출처), as in every opening.
    fund = models.CharField("재원", max_length=10, choices=Source.choices)
    amount = models.BigIntegerField("집행액(원)")

    class Meta:
        verbose_name = verbose_name_plural = "도입 전 누계: 예산 집행액"
        ordering = ["pledge", "on", "year", "pk"]
        constraints = [
            void_together("executionopening"),
            models.UniqueConstraint(
                name="executionopening_once",
                fields=["pledge", "on", "year", "after_term", "fund", "closed"],
                condition=LIVE,
                violation_error_message="그 연도·재원·기준일의 도입 전 누계가 이미 있습니다. 정정하세요.",
            ),
            models.CheckConstraint(
                name="executionopening_sane",
                condition=Q(amount__gt=-WON_LIMIT, amount__lt=WON_LIMIT),
                violation_error_message="집행액이 지나치게 큽니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge} {self.year} {self.fund} {self.amount}"
