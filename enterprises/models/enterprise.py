from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Least, Length

from common.models import LIVE, CodeTable, Kept, KeptQuerySet, Opening, ordered, void_together
from common.names import name_key
from common.periods import korean_date

models.CharField.register_lookup(Length)


class NameKeyField(models.CharField):
    """The name as it is matched: written from ``name`` at every save, bulk saves included."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        key = name_key(model_instance.name)
        setattr(model_instance, self.attname, key)
        return key


class DesignationKind(CodeTable):
    """유형: 인증 · 예비 · 마을기업 · 협동조합 · 자활기업 …, an editable list."""

    code = models.SlugField("코드", max_length=30, unique=True)
    name = models.CharField("유형", max_length=40, unique=True)
    short_name = models.CharField("표 머리", max_length=20)
    group_code = models.SlugField(
        "묶음 코드", max_length=30, blank=True, help_text="같은 묶음은 표에서 함께 선다."
    )
    group_name = models.CharField("묶음 이름", max_length=40, blank=True)
    act = models.CharField(
        "자격 얻는 말", max_length=10, default="인증", help_text="인증 · 지정 · 신고/인가 · 인정"
    )
    aliases = models.CharField(
        "다른 이름", max_length=200, blank=True, help_text="쉼표로 나눔. 엑셀을 읽을 때 씀."
    )
    valid_from = models.DateField("시행일", null=True, blank=True, help_text="이 날부터의 표에만 선다.")
    rule = models.CharField("근거", max_length=200, blank=True)

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "유형·자격 종류"
        constraints = [
            models.CheckConstraint(
                name="kind_group_together",
                condition=Q(group_code="", group_name="") | (~Q(group_code="") & ~Q(group_name="")),
                violation_error_message="묶음 코드와 묶음 이름은 함께 적거나 함께 비웁니다.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class EnterpriseQuerySet(KeptQuerySet):
    def search(self, text: str) -> Self:
        """Name, number, representative or address; names match without ㈜, (주) and spaces."""
        found = Q(name_key__contains=name_key(text)) if name_key(text) else Q(name__icontains=text)
        digits = "".join(c for c in text if c.isdigit())
        if len(digits) >= 3:
            found |= Q(business_number__contains=digits)
        return self.filter(found | Q(address__icontains=text) | Q(industry__icontains=text))

    def active_on(self, day: date) -> Self:
        """Enterprises that hold a designation on ``day``."""
        held = Designation.objects.live().active_on(day)
        return self.filter(pk__in=held.values("enterprise_id"))


class Enterprise(Kept):
    """A social-economy enterprise. It may hold several designations."""

    name = models.CharField("기업명", max_length=120)
    name_key = NameKeyField("대조용 이름", max_length=120, editable=False, db_index=True)
    business_number = models.CharField("사업자등록번호", max_length=10, blank=True, help_text="숫자 10자리")
    branch_number = models.CharField("종사업장번호", max_length=4, blank=True)
    unique_number = models.CharField("고유번호", max_length=10, blank=True)
    representative = models.CharField("대표자", max_length=60, blank=True)
    phone = models.CharField("전화번호", max_length=40, blank=True)
    email = models.EmailField("전자우편", blank=True)
    address = models.CharField("주소", max_length=200, blank=True)
    dong = models.CharField("행정동", max_length=30, blank=True)
    legal_dong = models.CharField("법정동", max_length=30, blank=True)
    industry = models.CharField("업종", max_length=200, blank=True)
    homepage = models.CharField("누리집", max_length=200, blank=True)
    note = models.TextField("비고", blank=True)
    is_example = models.BooleanField("예시 자료", default=False, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name="합쳐진 기업",
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    objects: ClassVar[Any] = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "사회적경제기업"
        ordering = ["name", "pk"]
        constraints = [
            void_together("enterprise"),
            models.UniqueConstraint(
                name="enterprise_number_once",
                fields=["business_number", "branch_number"],
                condition=LIVE & ~Q(business_number=""),
                violation_error_message="같은 사업자등록번호의 기업이 있습니다. 그 기업에 유형을 더하세요.",
            ),
            models.CheckConstraint(
                name="enterprise_number_ten_digits",
                condition=Q(business_number="") | Q(business_number__length=10),
                violation_error_message="사업자등록번호는 숫자 10자리입니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DesignationQuerySet(KeptQuerySet):
    def with_last_day(self) -> Self:
        """``last_day``: the last day a designation counts; null while it has no end."""
        first = Coalesce("ended_on", "expires_on")
        second = Coalesce("expires_on", "ended_on")
        return self.annotate(last_day=Least(first, second))

    def active_on(self, day: date) -> Self:
        """Counting on ``day``: begun, and not past its end or expiry day (both days included)."""
        return self.with_last_day().filter(
            Q(starts_on__lte=day), Q(last_day__isnull=True) | Q(last_day__gte=day)
        )


class Designation(Kept):
    """유형·자격 of an enterprise: number, start, optional expiry, end with its reason (DOMAIN §6)."""

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, verbose_name="기업", related_name="designations"
    )
    kind = models.ForeignKey(DesignationKind, models.PROTECT, verbose_name="유형")
    number = models.CharField("인증번호", max_length=60, blank=True)
    starts_on = models.DateField(
        "지정일", null=True, blank=True, help_text="모르면 비웁니다. 기업 수에 더하지 않습니다."
    )
    expires_on = models.DateField("만료일", null=True, blank=True, help_text="그날까지 셉니다.")
    ended_on = models.DateField("종료일", null=True, blank=True, help_text="취소·폐업·이전. 그날까지 셉니다.")
    end_reason = models.CharField("종료 사유", max_length=200, blank=True)
    note = models.CharField("비고", max_length=200, blank=True)
    objects: ClassVar[Any] = DesignationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "유형·자격"
        ordering = ["enterprise__name", F("starts_on").asc(nulls_last=True), "pk"]
        constraints = [
            void_together("designation"),
            ordered("designation", "starts_on", "expires_on", "만료일이 지정일보다 앞섭니다."),
            ordered("designation", "starts_on", "ended_on", "종료일이 지정일보다 앞섭니다."),
            models.CheckConstraint(
                name="designation_end_has_reason",
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                violation_error_message="종료일과 종료 사유는 함께 적습니다.",
            ),
            models.UniqueConstraint(
                name="designation_once",
                fields=["enterprise", "kind", "starts_on"],
                condition=LIVE,
                violation_error_message="같은 기업·유형·지정일의 기록이 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.kind}"


class RegisterOpening(Opening):
    """Enterprises of one kind at the end of a day, from before the register."""

    kind = models.ForeignKey(DesignationKind, models.PROTECT, verbose_name="유형")
    count = models.PositiveIntegerField("기업 수(개소)")

    class Meta:
        verbose_name = verbose_name_plural = "도입 전 누계: 기업 수"
        ordering = ["on", "kind__position"]
        constraints = [
            void_together("registeropening"),
            models.UniqueConstraint(
                name="registeropening_once",
                fields=["kind", "on", "closed"],
                condition=LIVE,
                violation_error_message="그 유형·기준일의 도입 전 누계가 이미 있습니다. 정정하세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count} ({korean_date(self.on)})"
