from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from common.models import LIVE, WON_LIMIT, CodeTable, Kept, Opening, void_together
from common.periods import korean_date
from enterprises.models import Enterprise
from subsidies.splits import Ratio, ratio_text

from .checking import Checkable, CheckableQuerySet
from .sources import Source


class ProgramGroup(CodeTable):
    """A programme as the plan describes it (인건비 지원), which may run as several lines of money."""

    name = models.CharField("사업명", max_length=80, unique=True)
    host = models.CharField("주관", max_length=60, blank=True)
    content = models.TextField(
        "사업내용", blank=True, help_text="한 줄에 하나씩. ▶ ※ 머리표를 그대로 적습니다."
    )

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "사업 안내"

    def __str__(self) -> str:
        return self.name


class Regime(models.TextChoices):
    """Which law the money follows (DOMAIN §4.10: 지방자치단체 보조금 관리에 관한 법률 제2조)."""

    NATIONAL_ACT = "national_act", "보조금 관리에 관한 법률(국비 포함)"
    LOCAL_ACT = "local_act", "지방보조금법"
    ENTRUSTMENT = "entrustment", "민간위탁"
    SERVICE = "service", "용역"


class Basis(models.TextChoices):
    """What 예산 집행액 counts, printed below its table."""

    DISBURSED = "disbursed", "교부액"
    SPENT = "spent", "실집행액"


class Program(CodeTable):
    """사업: one line of money with its own ratio each year."""

    name = models.CharField("사업명", max_length=80, unique=True)
    group = models.ForeignKey(ProgramGroup, models.PROTECT, verbose_name="사업 안내", null=True, blank=True)
    host = models.CharField("주관", max_length=60, blank=True)
    regime = models.CharField("근거 법령", max_length=12, choices=Regime.choices, default=Regime.LOCAL_ACT)
    basis = models.CharField("집행액 기준", max_length=10, choices=Basis.choices, default=Basis.DISBURSED)
    split_unit = models.PositiveIntegerField(
        "분담 단위(원)", choices=[(1, "1원"), (10, "10원"), (1000, "1,000원")], default=1
    )
    pays_enterprises = models.BooleanField(
        "기업에 지급", default=True, help_text="끄면 협약·계약 상대에게 지급합니다."
    )
    in_support_table = models.BooleanField("지원현황 표에 올림", default=True)
    counts_people = models.BooleanField(
        "인원을 셈", default=True, help_text="지원현황 표에 인원 칸을 둡니다."
    )
    log_phrase = models.CharField(
        "추진실적 제목",
        max_length=80,
        blank=True,
        help_text="예: 사회적경제 통합지원사업 민간위탁금 교부. 비우면 ‘사업명 교부’.",
    )
    log_noun = models.CharField(
        "추진실적 낱말", max_length=40, blank=True, help_text="예: 민간위탁금. 비우면 사업명."
    )
    detail_business = models.CharField("세부사업", max_length=80, blank=True)
    statistics_item = models.CharField("통계목", max_length=80, blank=True)
    aliases = models.CharField(
        "다른 이름", max_length=200, blank=True, help_text="쉼표로 나눔. 엑셀을 읽을 때 씀."
    )

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "사업"

    def __str__(self) -> str:
        return self.name


class ProgramYear(Kept):
    """국비:시비:구비:기타 of a programme in a fiscal year, in percent, and what is planned (won)."""

    program = models.ForeignKey(Program, models.PROTECT, verbose_name="사업", related_name="years")
    year = models.PositiveSmallIntegerField("회계연도")
    national = models.DecimalField("국비(%)", max_digits=6, decimal_places=3, default=0)
    city = models.DecimalField("시비(%)", max_digits=6, decimal_places=3, default=0)
    district = models.DecimalField("구비(%)", max_digits=6, decimal_places=3, default=0)
    other = models.DecimalField("기타(%)", max_digits=6, decimal_places=3, default=0)
    planned_amount = models.BigIntegerField("지원 예정액(원)", null=True, blank=True)
    planned_note = models.CharField("예정 비고", max_length=100, blank=True)
    source = models.CharField("출처", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "연도별 분담률"
        ordering = ["program__position", "program", "-year"]
        constraints = [
            void_together("programyear"),
            models.UniqueConstraint(
                name="programyear_once",
                fields=["program", "year"],
                condition=LIVE,
                violation_error_message="그 사업·연도의 분담률이 이미 있습니다.",
            ),
            # Three decimals each, so the sum is a multiple of 0.001: the margin absorbs SQLite's binary REAL.
            models.CheckConstraint(
                name="programyear_ratio_is_100",
                condition=Q(national__gte=0, city__gte=0, district__gte=0, other__gte=0)
                & Q(national__gt=99.9995 - F("city") - F("district") - F("other"))
                & Q(national__lt=100.0005 - F("city") - F("district") - F("other")),
                violation_error_message="국비·시비·구비·기타의 합은 100이어야 합니다.",
            ),
            models.CheckConstraint(
                name="programyear_planned_positive",
                condition=Q(planned_amount__isnull=True) | Q(planned_amount__gte=0),
                violation_error_message="예정액은 0 이상이어야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program} {self.year}"

    @property
    def ratio(self) -> Ratio:
        """The percentages as ``subsidies.splits`` takes them."""
        return Ratio(self.national, self.city, self.district, self.other)

    @property
    def ratio_text(self) -> str:
        """As tables print it: ``75:17.5:7.5``, ``전액 구비``."""
        return ratio_text(self.ratio)


class BudgetKind(CodeTable):
    """예산 구분: 본예산, 추경, 성립전(간주), 전년도 이월, 예비비, 전용·이용·이체."""

    name = models.CharField("예산 구분", max_length=40, unique=True)

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "예산 구분"

    def __str__(self) -> str:
        return self.name


class Budget(Kept):
    """예산현액: one row of one kind and source, in won; a cut is negative."""

    program_year = models.ForeignKey(
        ProgramYear, models.PROTECT, verbose_name="사업·연도", related_name="budgets"
    )
    kind = models.ForeignKey(BudgetKind, models.PROTECT, verbose_name="예산 구분")
    source = models.CharField("재원", max_length=10, choices=Source.choices)
    amount = models.BigIntegerField("금액(원)")
    on = models.DateField("확정일", null=True, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "예산"
        ordering = ["program_year", "on", "pk"]
        constraints = [
            void_together("budget"),
            models.CheckConstraint(
                name="budget_amount_sane",
                condition=~Q(amount=0) & Q(amount__gt=-WON_LIMIT, amount__lt=WON_LIMIT),
                violation_error_message="예산 금액이 0이거나 지나치게 큽니다.",
            ),
            models.CheckConstraint(
                name="budget_source_known",
                condition=Q(source__in=Source.values),
                violation_error_message="재원은 국비·시비·구비·기타 가운데 하나입니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_year} {self.kind} {self.amount}"


class Receipt(Kept):
    """국·시비 내시액 and 수령액: what was promised and what arrived, in won."""

    program_year = models.ForeignKey(
        ProgramYear, models.PROTECT, verbose_name="사업·연도", related_name="receipts"
    )
    kind = models.CharField("구분", max_length=10, choices=[("notified", "내시"), ("received", "수령")])
    source = models.CharField("재원", max_length=10, choices=Source.choices)
    amount = models.BigIntegerField("금액(원)")
    on = models.DateField("일자")
    number = models.CharField("문서번호", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "국·시비 내시·수령"
        ordering = ["on", "pk"]
        constraints = [
            void_together("receipt"),
            models.CheckConstraint(
                name="receipt_amount_sane",
                condition=~Q(amount=0) & Q(amount__gt=-WON_LIMIT, amount__lt=WON_LIMIT),
                violation_error_message="금액이 0이거나 지나치게 큽니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program_year} {self.amount}"


class AwardQuerySet(CheckableQuerySet):
    def search(self, text: str) -> AwardQuerySet:
        return self.filter(enterprise__in=Enterprise.objects.search(text))


class Award(Checkable):
    """교부결정: the decision to grant. 지원현황 counts these (DOMAIN §4.6)."""

    program = models.ForeignKey(Program, models.PROTECT, verbose_name="사업", related_name="awards")
    enterprise = models.ForeignKey(Enterprise, models.PROTECT, verbose_name="기업", related_name="awards")
    year = models.PositiveSmallIntegerField("회계연도")
    decided_on = models.DateField("결정일", null=True, blank=True)
    number = models.CharField("결정번호", max_length=60, blank=True)
    headcount = models.PositiveIntegerField("인원(명)", null=True, blank=True)
    amount = models.BigIntegerField("결정액(원)")
    note = models.CharField("비고", max_length=200, blank=True)
    objects: ClassVar[Any] = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "교부결정"
        ordering = ["-year", "-decided_on", "-pk"]
        constraints = [
            void_together("award"),
            models.CheckConstraint(
                name="award_amount_sane",
                condition=Q(amount__gt=0, amount__lt=WON_LIMIT),
                violation_error_message="결정액은 0보다 커야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.program} {self.enterprise}"


class SupportOpening(Opening):
    """지원현황 of a year and programme known only as totals: firms, people, won."""

    program = models.ForeignKey(Program, models.PROTECT, verbose_name="사업")
    year = models.PositiveSmallIntegerField("회계연도")
    enterprises = models.PositiveIntegerField("기업 수(개소)", null=True, blank=True)
    headcount = models.PositiveIntegerField("인원(명)", null=True, blank=True)
    amount = models.BigIntegerField("지원액(원)", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "도입 전 누계: 지원현황"
        ordering = ["on", "year", "program__position"]
        constraints = [
            void_together("supportopening"),
            models.UniqueConstraint(
                name="supportopening_once",
                fields=["program", "year", "on", "closed"],
                condition=LIVE,
                violation_error_message="그 사업·연도·기준일의 도입 전 누계가 이미 있습니다. 정정하세요.",
            ),
            models.CheckConstraint(
                name="supportopening_amount_sane",
                condition=Q(amount__isnull=True) | Q(amount__gte=0, amount__lt=WON_LIMIT),
                violation_error_message="지원액이 0보다 작거나 지나치게 큽니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.program} ({korean_date(self.on)})"
