from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from common.models import LIVE, Kept, KeptQuerySet, Opening, ordered, void_together
from common.periods import korean_date


class Committee(Kept):
    """위원회: members serve ``term_years`` and may be renewed ``renewals`` times."""

    name = models.CharField("위원회명", max_length=80)
    functions = models.CharField("주요기능", max_length=300, blank=True)
    term_years = models.PositiveSmallIntegerField("임기(년)", default=2)
    renewals = models.PositiveSmallIntegerField("연임 제한(회)", default=1)
    meets = models.CharField("회의주기", max_length=60, blank=True)
    most_members = models.PositiveSmallIntegerField("정원(명)", default=15)

    class Meta:
        verbose_name = verbose_name_plural = "위원회"
        constraints = [
            void_together("committee"),
            models.UniqueConstraint(
                name="committee_name_once",
                fields=["name"],
                condition=LIVE,
                violation_error_message="같은 이름의 위원회가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(KeptQuerySet):
    def active_on(self, day: date) -> Self:
        """Serving on ``day``: appointed, and neither past the term nor gone."""
        return self.filter(
            Q(appointed_on__lte=day),
            Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=day),
            Q(left_on__isnull=True) | Q(left_on__gte=day),
        )


class Member(Kept):
    """위원: one person's service on a committee."""

    committee = models.ForeignKey(Committee, models.PROTECT, verbose_name="위원회", related_name="members")
    name = models.CharField("성명", max_length=40)
    position = models.CharField("직위", max_length=40, blank=True, help_text="위원장 · 부위원장 · 위원")
    affiliation = models.CharField("소속", max_length=80, blank=True)
    appointed_on = models.DateField("위촉일", null=True, blank=True)
    term_ends_on = models.DateField("임기 만료일", null=True, blank=True)
    left_on = models.DateField("해촉일", null=True, blank=True)
    renewed = models.PositiveSmallIntegerField("연임 횟수", default=0)
    objects: ClassVar[Any] = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "위원"
        ordering = ["committee", "appointed_on", "pk"]
        constraints = [
            void_together("member"),
            ordered("member", "appointed_on", "term_ends_on", "임기 만료일이 위촉일보다 앞섭니다."),
            ordered("member", "appointed_on", "left_on", "해촉일이 위촉일보다 앞섭니다."),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(Kept):
    """위원회 회의."""

    committee = models.ForeignKey(Committee, models.PROTECT, verbose_name="위원회", related_name="meetings")
    held_on = models.DateField("개최일")
    form = models.CharField(
        "방식", max_length=10, choices=[("대면", "대면"), ("서면", "서면"), ("영상", "영상")], default="대면"
    )
    agenda = models.TextField("안건")
    outcome = models.TextField("결과", blank=True)
    attended = models.PositiveSmallIntegerField("참석 위원(명)", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "위원회 회의"
        ordering = ["-held_on", "-pk"]
        constraints = [void_together("meeting")]

    def __str__(self) -> str:
        return f"{self.committee} {korean_date(self.held_on)}"


class MemberOpening(Opening):
    """Members of a committee at the end of a day, from before the list of names."""

    committee = models.ForeignKey(Committee, models.PROTECT, verbose_name="위원회")
    count = models.PositiveIntegerField("위원 수(명)")

    class Meta:
        verbose_name = verbose_name_plural = "도입 전 누계: 위원 수"
        ordering = ["on"]
        constraints = [
            void_together("memberopening"),
            models.UniqueConstraint(
                name="memberopening_once",
                fields=["committee", "on", "closed"],
                condition=LIVE,
                violation_error_message="그 위원회·기준일의 도입 전 누계가 이미 있습니다. 정정하세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} {self.count} ({korean_date(self.on)})"
