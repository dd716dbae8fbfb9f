from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from simple_history.models import HistoricalRecords

from accounts.models import Department, User
from common.models import LIVE, WON_LIMIT, CodeTable, Kept, KeptQuerySet, Versioned, Voidable, void_together
from enterprises.models import Center, Committee, Space
from markets.models import Market
from subsidies.models import Program, ProgramGroup, Source


class TermQuerySet(models.QuerySet[Any]):
    def at(self, day: date) -> Term | None:
        """The term that ``day`` falls in."""
        return self.filter(starts_on__lte=day, ends_on__gte=day).first()

    def shown_on(self, day: date) -> Term | None:
        """The term pages open with: the current one if it has pledges, else the latest that has."""
        live = Pledge.objects.live().filter(term=OuterRef("pk"))
        terms = list(self.order_by("-starts_on").annotate(has_pledges=Exists(live)))
        shown = [term for term in terms if term.has_pledges] or terms
        current = [term for term in shown if term.has_pledges and term.starts_on <= day <= term.ends_on]
        return next(iter(current or shown), None)


class Term(Versioned):
    """A mayor's term, with the settings of its arithmetic (DOMAIN §3.1, §3.10)."""

    name = models.CharField("임기 이름", max_length=30, unique=True)
    starts_on = models.DateField("시작일")
    ends_on = models.DateField("종료일")
    caps_at_100 = models.BooleanField(
        "총 이행률에서 100% 상한",
        default=True,
        help_text="지표별 이행률은 그대로 두고 가중 합계에서만 100으로 자릅니다.",
    )
    decimals = models.PositiveSmallIntegerField("이행률 소수 자리", default=1)
    history: Any = HistoricalRecords()
    objects: ClassVar[Any] = TermQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "임기"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="term_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message="임기 종료일이 시작일보다 앞섭니다.",
            ),
            models.CheckConstraint(
                name="term_decimals_few",
                condition=Q(decimals__lte=4),
                violation_error_message="소수는 4자리까지입니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> range:
        """The calendar years the term touches; the card's columns."""
        return range(self.starts_on.year, self.ends_on.year + 1)


class Goal(CodeTable):
    """구정목표(분야)."""

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="임기", related_name="goals")
    number = models.CharField("번호", max_length=10)
    name = models.CharField("이름", max_length=80)

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "구정목표(분야)"
        constraints = [models.UniqueConstraint(name="goal_number_once", fields=["term", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Status(models.TextChoices):
    """추진상황: ticked by people, never computed from the rate (DOMAIN §3.12)."""

    DONE = "done", "완료"
    CONTINUING = "continuing", "이행 후 지속추진"
    ON_TRACK = "on_track", "정상추진"
    PARTIAL = "partial", "일부추진"
    ON_HOLD = "on_hold", "보류"
    DROPPED = "dropped", "폐기"


class PrintedUnit(models.TextChoices):
    """The unit a table of the card is printed in. Money itself is stored in won."""

    WON = "원", "원"
    THOUSAND = "천원", "천 원"
    MILLION = "백만원", "백만 원"
    HUNDRED_MILLION = "억원", "억 원"


class PledgeQuerySet(KeptQuerySet):
    def in_term(self, term: Term) -> Self:
        return self.live().filter(term=term)

    def with_card(self) -> Self:
        """Fetched with all that one row of a list shows."""
        return self.select_related("goal", "term", "department")


class Pledge(Versioned, Voidable):
    """공약: one promise. ``number`` is free text (1-3, 가-1, III-①-1). Money in won."""

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="임기", related_name="pledges")
    goal = models.ForeignKey(Goal, models.PROTECT, verbose_name="구정목표", related_name="pledges")
    number = models.CharField("공약 번호", max_length=20)
    title = models.CharField("공약명", max_length=120)
    summary = models.CharField("요지", max_length=300, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="부서", null=True, blank=True)
    confirmed_plan = models.BooleanField(
        "계획 확정", default=True, help_text="끄면 계획(안): 실적 부분을 인쇄하지 않습니다."
    )
    nature = models.CharField(
        "사업성격", max_length=10, choices=[("신규", "신규"), ("계속", "계속")], default="신규"
    )
    completion = models.CharField(
        "완료시기", max_length=10, choices=[("임기 내", "임기 내"), ("임기 후", "임기 후")], default="임기 내"
    )
    period = models.CharField("사업기간", max_length=60, blank=True)
    central_help = models.JSONField(
        "중앙정부 도움필요", default=list, blank=True, help_text="제도 · 재정 · 권한. 비우면 해당없음."
    )
    central_help_needed = models.BooleanField("도움필요", default=False)
    host = models.CharField("사업주체", max_length=30, default="자치구", help_text="국가 · 서울시 · 자치구")
    status = models.CharField("추진상황", max_length=12, choices=Status.choices, blank=True)
    status_words = models.CharField(
        "문서의 추진상황", max_length=40, blank=True, help_text="문서가 다른 말을 쓸 때 그대로"
    )
    proposed_status = models.CharField(
        "부서가 제안한 추진상황", max_length=12, choices=Status.choices, blank=True
    )
    merged_into = models.ForeignKey("self", models.PROTECT, verbose_name="통합된 공약", null=True, blank=True)
    cost_national = models.BigIntegerField("총사업비 국비(원)", default=0)
    cost_city = models.BigIntegerField("총사업비 시비(원)", default=0)
    cost_district = models.BigIntegerField("총사업비 구비(원)", default=0)
    cost_other = models.BigIntegerField("총사업비 기타(원)", default=0)
    cost_total = models.GeneratedField(
        verbose_name="총사업비(원)",
        db_persist=True,
        output_field=models.BigIntegerField(),
        expression=F("cost_national") + F("cost_city") + F("cost_district") + F("cost_other"),
    )
    cost_unit = models.CharField(
        "총사업비 단위", max_length=4, choices=PrintedUnit.choices, default=PrintedUnit.MILLION
    )
    execution_unit = models.CharField(
        "집행액 단위", max_length=4, choices=PrintedUnit.choices, default=PrintedUnit.MILLION
    )
    support_unit = models.CharField(
        "지원현황 단위", max_length=4, choices=PrintedUnit.choices, default=PrintedUnit.THOUSAND
    )
    unit_decimals = models.PositiveSmallIntegerField("금액 소수 자리", default=0)
    programs = models.ManyToManyField(Program, verbose_name="사업", blank=True, related_name="pledges")
    program_groups = models.ManyToManyField(
        ProgramGroup, verbose_name="사업 안내", blank=True, related_name="pledges"
    )
    markets = models.ManyToManyField(Market, verbose_name="시장", blank=True, related_name="pledges")
    spaces = models.ManyToManyField(Space, verbose_name="입주 공간", blank=True, related_name="pledges")
    center = models.ForeignKey(Center, models.PROTECT, verbose_name="지원센터", null=True, blank=True)
    committee = models.ForeignKey(Committee, models.PROTECT, verbose_name="위원회", null=True, blank=True)
    shows_register = models.BooleanField("기업 현황 표를 실음", default=False)
    section_numbers = models.JSONField("항목 번호", default=dict, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)
    history: Any = HistoricalRecords(m2m_fields=["programs", "program_groups", "markets", "spaces"])
    objects: ClassVar[Any] = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "공약"
        ordering = ["goal__position", "goal__number", "position", "number"]
        constraints = [
            void_together("pledge"),
            models.UniqueConstraint(
                name="pledge_number_once",
                fields=["term", "number"],
                condition=LIVE,
                violation_error_message="그 임기에 같은 번호의 공약이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="pledge_costs_sane",
                condition=Q(cost_national__gte=0, cost_city__gte=0, cost_district__gte=0, cost_other__gte=0)
                & Q(cost_total__lt=WON_LIMIT),
                violation_error_message="총사업비가 0보다 작거나 지나치게 큽니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_pursued(self) -> bool:
        """Neither dropped (폐기) nor merged into another: its results are still asked for."""
        return self.status != Status.DROPPED and self.merged_into_id is None


class SecuredFunds(Kept):
    """확보액: money secured, by year and source, in won."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="secured")
    year = models.PositiveSmallIntegerField("연도")
    source = models.CharField("재원", max_length=10, choices=Source.choices)
    amount = models.BigIntegerField("확보액(원)")
    note = models.CharField("비고", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "확보액"
        ordering = ["year", "pk"]
        constraints = [
            void_together("securedfunds"),
            models.UniqueConstraint(
                name="securedfunds_once",
                fields=["pledge", "year", "source"],
                condition=LIVE,
                violation_error_message="그 연도·재원의 확보액이 이미 있습니다.",
            ),
            models.CheckConstraint(
                name="securedfunds_sane",
                condition=Q(amount__gte=0, amount__lt=WON_LIMIT),
                violation_error_message="확보액이 0보다 작거나 지나치게 큽니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge} {self.year} {self.source}"


class SectionKind(models.TextChoices):
    GOAL = "goal", "정책목표"
    PLAN = "plan", "추진계획"
    FUTURE = "future", "향후계획"
    COOPERATION = "cooperation", "협력사항"
    EFFECT = "effect", "기대효과"
    OTHER = "other", "기타"


class Section(Kept):
    """A narrative section: an outline, one line a row, bullets as typed (``common.outline``)."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="sections")
    kind = models.CharField("항목", max_length=12, choices=SectionKind.choices)
    heading = models.CharField("소제목", max_length=120, blank=True)
    body = models.TextField("내용", blank=True)
    shows_programs = models.BooleanField("아래에 사업 안내 표를 둠", default=False)
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "서술 항목"
        ordering = ["position", "pk"]
        constraints = [void_together("section")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """``추진계획: 소제목``, or the section's own name."""
        if self.kind == SectionKind.OTHER:
            return self.heading
        label = str(SectionKind(self.kind).label)
        return f"{label}: {self.heading}" if self.heading else label


class Officer(Kept):
    """사업담당, as the card's ☎ line prints it."""

    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="officers")
    role = models.CharField("직책", max_length=40)
    name = models.CharField("성명", max_length=40)
    phone = models.CharField("전화", max_length=30, blank=True)
    user = models.ForeignKey(User, models.PROTECT, verbose_name="계정", null=True, blank=True)
    position = models.PositiveSmallIntegerField("순서", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "사업담당"
        ordering = ["position", "pk"]
        constraints = [void_together("officer")]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"
