from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q, Sum

from common.listing import spelled_like
from common.models import WON_LIMIT, Kept, ordered, void_together
from common.money import grouped
from common.periods import korean_date
from enterprises.models import Enterprise
from subsidies.splits import Shares

from .checking import Checkable, CheckableQuerySet
from .contracts import Entrustment, ServiceContract
from .programs import Award, Program
from .sources import SOURCES, Source


class LedgerKind(models.TextChoices):
    """What a ledger row is. Returns are negative; late ones leave 집행 alone (지방회계법 제27조)."""

    PAYMENT = "payment", "교부"
    RESTORED = "restored", "반납(여입)"
    REVENUE = "revenue", "반납(현년도 세입)"


class DisbursementQuerySet(CheckableQuerySet):
    def executed(self) -> Self:
        """Rows that make 예산 집행액: payments, and returns that reduce their year (여입)."""
        return self.live().exclude(kind=LedgerKind.REVENUE)

    def paid_by(self, day: date) -> Self:
        return self.filter(paid_on__lte=day)

    def paid_after(self, day: date) -> Self:
        return self.filter(paid_on__gt=day)

    def totals(self) -> dict[str, int]:
        """Won by source and ``amount``; zeros where nothing was paid."""
        found = self.aggregate(**{name: Sum(name, default=0) for name in (*SOURCES, "amount")})
        return {name: int(value) for name, value in found.items()}

    def search(self, text: str) -> Self:
        """By recipient (㈜, (주) and spaces do not matter), note, 지출결의번호 or log sentence."""
        return self.filter(
            Q(enterprise__in=Enterprise.objects.search(text))
            | spelled_like(text, "recipient_text")
            | Q(entrustment__in=Entrustment.objects.search(text))
            | Q(contract__in=ServiceContract.objects.search(text))
            | Q(note__icontains=text)
            | Q(expenditure_number__icontains=text)
            | Q(log_text__icontains=text)
        )


def _one_recipient() -> Q:
    """Exactly one of enterprise, entrustment, contract, or (for rows that only a document names) a text."""
    condition = Q()
    names = ("enterprise", "entrustment", "contract")
    for chosen in names:
        others = Q(**{f"{name}__isnull": True for name in names if name != chosen})
        condition |= Q(**{f"{chosen}__isnull": False}, recipient_text="") & others
    return condition | (Q(**{f"{name}__isnull": True for name in names}) & ~Q(recipient_text=""))


def _signs() -> Q:
    paid = Q(kind=LedgerKind.PAYMENT, **{f"{s}__gte": 0 for s in SOURCES}, amount__gt=0)
    back = Q(
        kind__in=[LedgerKind.RESTORED, LedgerKind.REVENUE], **{f"{s}__lte": 0 for s in SOURCES}, amount__lt=0
    )
    return paid | back


class Disbursement(Checkable):
    """A ledger row: money handed out (교부, 위탁금·용역비 지급) or given back, in won by source.

    ``amount`` is the sum of its sources, kept by the database. ``paid_on`` is the date of the fact;
    ``fiscal_year`` is a field of its own (지방회계법 제7조). Rows are recorded, never paid, here.
    """

    kind = models.CharField("구분", max_length=10, choices=LedgerKind.choices, default=LedgerKind.PAYMENT)
    program = models.ForeignKey(Program, models.PROTECT, verbose_name="사업", related_name="disbursements")
    award = models.ForeignKey(
        Award, models.PROTECT, verbose_name="교부결정", null=True, blank=True, related_name="disbursements"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="기업", null=True, blank=True, related_name="disbursements"
    )
    entrustment = models.ForeignKey(
        Entrustment,
        models.PROTECT,
        verbose_name="민간위탁 협약",
        null=True,
        blank=True,
        related_name="disbursements",
    )
    contract = models.ForeignKey(
        ServiceContract,
        models.PROTECT,
        verbose_name="용역 계약",
        null=True,
        blank=True,
        related_name="disbursements",
    )
    recipient_text = models.CharField(
        "수령자(문서 기재)", max_length=120, blank=True, help_text="문서에 이름이 없을 때만. 예: 9개 기업"
    )
    fiscal_year = models.PositiveSmallIntegerField("회계연도")
    paid_on = models.DateField("교부일", db_index=True)
    installment = models.CharField("차수", max_length=20, blank=True)
    national = models.BigIntegerField("국비(원)", default=0)
    city = models.BigIntegerField("시비(원)", default=0)
    district = models.BigIntegerField("구비(원)", default=0)
    other = models.BigIntegerField("기타(원)", default=0)
    amount = models.GeneratedField(
        verbose_name="금액(원)",
        db_persist=True,
        output_field=models.BigIntegerField(),
        expression=F("national") + F("city") + F("district") + F("other"),
    )
    returns = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="반납한 원 교부",
        null=True,
        blank=True,
        related_name="returned_by",
    )
    split_reason = models.CharField("재원 나눔 고친 사유", max_length=300, blank=True)
    check_reason = models.CharField("경고 확인 사유", max_length=300, blank=True)
    in_opening = models.BooleanField(
        "도입 전 누계에 이미 포함",
        null=True,
        blank=True,
        help_text="그해 도입 전 누계의 기업 수에 이미 들어 있는 기업인지. 묻지 않았으면 비어 있습니다.",
    )
    expenditure_number = models.CharField("지출결의번호", max_length=60, blank=True)
    detail_business = models.CharField("세부사업", max_length=80, blank=True)
    statistics_item = models.CharField("통계목", max_length=80, blank=True)
    log_title = models.CharField("추진실적 제목", max_length=120, blank=True)
    log_text = models.TextField("추진실적 문구", blank=True, help_text="비우면 추진실적에 올리지 않습니다.")
    note = models.CharField("적요", max_length=300, blank=True)
    objects: ClassVar[Any] = DisbursementQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "교부·지급"
        ordering = ["-paid_on", "-pk"]
        indexes = [
            models.Index(fields=["program", "fiscal_year", "paid_on"], name="ledger_program_year"),
            models.Index(fields=["fiscal_year", "paid_on"], name="ledger_year_day"),
        ]
        constraints = [
            void_together("disbursement"),
            models.CheckConstraint(
                name="disbursement_one_recipient",
                condition=_one_recipient(),
                violation_error_message="수령자는 기업·협약·계약 가운데 하나입니다.",
            ),
            models.CheckConstraint(
                name="disbursement_signs",
                condition=_signs(),
                violation_error_message="교부는 0보다 커야 하고 반납은 0보다 작아야 합니다.",
            ),
            models.CheckConstraint(
                name="disbursement_amount_sane",
                condition=Q(amount__gt=-WON_LIMIT, amount__lt=WON_LIMIT),
                violation_error_message="금액이 지나치게 큽니다.",
            ),
            models.CheckConstraint(
                name="disbursement_return_names_payment",
                condition=Q(kind=LedgerKind.PAYMENT, returns__isnull=True) | ~Q(kind=LedgerKind.PAYMENT),
                violation_error_message="반납에만 원 교부를 적습니다.",
            ),
            models.CheckConstraint(
                name="disbursement_award_to_enterprise",
                condition=Q(award__isnull=True) | Q(enterprise__isnull=False),
                violation_error_message="교부결정은 기업에 지급할 때만 고릅니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{korean_date(self.paid_on)} {self.program} {self.recipient_name}"

    @property
    def shares(self) -> Shares:
        """The row's won by source, saved or not."""
        return Shares(self.national, self.city, self.district, self.other)

    @property
    def recipient_name(self) -> str:
        """The recipient as lists print it."""
        if self.enterprise:
            return self.enterprise.name
        agreement = self.entrustment or self.contract
        return (agreement.partner or agreement.title) if agreement else self.recipient_text


class Settlement(Kept):
    """정산: what the recipient spent, and what is to be returned, in won. Interest is never 집행."""

    award = models.ForeignKey(
        Award, models.PROTECT, verbose_name="교부결정", null=True, blank=True, related_name="settlements"
    )
    entrustment = models.ForeignKey(
        Entrustment,
        models.PROTECT,
        verbose_name="민간위탁 협약",
        null=True,
        blank=True,
        related_name="settlements",
    )
    year = models.PositiveSmallIntegerField("회계연도")
    reported_on = models.DateField("실적보고일", null=True, blank=True)
    settled_on = models.DateField("정산 확정일", null=True, blank=True)
    granted = models.BigIntegerField("교부액(원)")
    spent = models.BigIntegerField("실집행액(원)")
    disallowed = models.BigIntegerField("불인정액(원)", default=0)
    interest = models.BigIntegerField("이자(원)", default=0)
    refund_due = models.GeneratedField(
        verbose_name="반납할 금액(원, 이자 제외)",
        db_persist=True,
        output_field=models.BigIntegerField(),
        expression=F("granted") - F("spent") + F("disallowed"),
    )
    verified = models.BooleanField("외부 검증", default=False)
    note = models.CharField("비고", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "정산"
        ordering = ["-year", "-settled_on", "-pk"]
        constraints = [
            void_together("settlement"),
            ordered("settlement", "reported_on", "settled_on", "정산 확정일이 실적보고일보다 앞섭니다."),
            models.CheckConstraint(
                name="settlement_of_one_thing",
                condition=Q(award__isnull=False, entrustment__isnull=True)
                | Q(award__isnull=True, entrustment__isnull=False),
                violation_error_message="정산은 교부결정이나 협약 가운데 하나에 딸립니다.",
            ),
            models.CheckConstraint(
                name="settlement_amounts_sane",
                condition=Q(granted__gte=0, spent__gte=0, disallowed__gte=0, interest__gte=0)
                & Q(granted__lt=WON_LIMIT, spent__lte=F("granted"), disallowed__lte=F("spent")),
                violation_error_message="실집행액은 교부액을, 불인정액은 실집행액을 넘지 못합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.award or self.entrustment}"


class UpwardReturn(Kept):
    """국·시비 반납: returning money to the state or the city, a record of its own (DOMAIN §4.7)."""

    program = models.ForeignKey(Program, models.PROTECT, verbose_name="사업", related_name="upward_returns")
    year = models.PositiveSmallIntegerField("받은 회계연도")
    source = models.CharField("재원", max_length=10, choices=Source.choices)
    amount = models.BigIntegerField("반납액(원)")
    interest = models.BigIntegerField("이자(원)", default=0)
    on = models.DateField("반납일")
    number = models.CharField("문서번호", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "국·시비 반납"
        ordering = ["-on", "-pk"]
        constraints = [
            void_together("upwardreturn"),
            models.CheckConstraint(
                name="upwardreturn_amount_sane",
                condition=Q(amount__gt=0, amount__lt=WON_LIMIT, interest__gte=0),
                violation_error_message="반납액은 0보다 커야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{korean_date(self.on)} {self.program} {grouped(self.amount)}원"
