from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from common.models import CodeTable, Versioned

DEFAULT_WORDS = {"social_economy": "사회적경제", "system": "공약 이행관리"}


class Department(CodeTable):
    """A department (과) that owns pledges and accounts."""

    name = models.CharField("부서명", max_length=60, unique=True)

    class Meta(CodeTable.Meta):
        verbose_name = verbose_name_plural = "부서"

    def __str__(self) -> str:
        return self.name


class Office(Versioned):
    """The one office this installation serves: its name, its words, and how far it has closed."""

    name = models.CharField("기관명", max_length=60, default="○○구청")
    host_label = models.CharField("자체 사업주체 이름", max_length=30, default="자치구")
    words = models.JSONField(
        "용어", default=dict, blank=True, help_text='예: {"social_economy": "사회연대경제"}'
    )
    closed_through = models.DateField(
        "마감일",
        null=True,
        blank=True,
        help_text="마지막으로 마감한 분기의 마지막 날. 마감하면 자동으로 바뀝니다.",
    )
    blocks_over_budget = models.BooleanField(
        "예산 초과 입력 차단", default=False, help_text="끄면 사유를 받고 저장하며 ‘확인 필요’로 표시합니다."
    )
    masks_personal_data = models.BooleanField("개인정보 가림", default=True)
    imports_mobiles = models.BooleanField(
        "휴대전화 번호 가져오기",
        default=False,
        help_text="끄면 명단의 휴대전화 번호는 읽지 않습니다(개인정보).",
    )
    access_log_years = models.PositiveSmallIntegerField("접속기록 보관 기간(년)", default=2)
    history: ClassVar[HistoricalRecords] = HistoricalRecords()

    class Meta:
        verbose_name = verbose_name_plural = "기관 설정"
        constraints = [models.CheckConstraint(name="office_single", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Office:
        """The office's settings; the defaults where nothing was saved yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def word(self, key: str) -> str:
        """The office's word for ``key`` (policy language changes: 사회적경제 → 사회연대경제)."""
        return self.words.get(key) or DEFAULT_WORDS.get(key, key)
