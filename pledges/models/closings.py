from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.models import User
from common.models import KeptQuerySet

from .indicators import Indicator
from .pledge import Pledge, Term


class Closing(models.Model):
    """마감: one quarter's published figures, frozen. A correction is a new version; the old one stays.

    Rows are never changed after they are written: ``digest`` seals the cards and the closing before.
    """

    term = models.ForeignKey(Term, models.PROTECT, verbose_name="임기", related_name="closings")
    year = models.PositiveSmallIntegerField("연도")
    quarter = models.PositiveSmallIntegerField("분기")
    version = models.PositiveSmallIntegerField("판", default=1)
    closed_at = models.DateTimeField("마감 시각")
    closed_by = models.ForeignKey(User, models.PROTECT, verbose_name="마감자", related_name="+")
    reason = models.CharField("사유", max_length=300, blank=True)
    # How far the records had been written (pledges.past.Mark): days inside the quarter are read as they stood then.
    mark = models.JSONField("기록을 읽은 곳", default=dict)
    digest = models.CharField("지문(SHA-256)", max_length=64, unique=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, verbose_name="앞 마감", null=True, blank=True, related_name="next"
    )
    objects: Any = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "마감"
        ordering = ["year", "quarter", "version"]
        constraints = [
            models.UniqueConstraint(
                name="closing_version_once", fields=["term", "year", "quarter", "version"]
            ),
            models.CheckConstraint(
                name="closing_quarter_in_range", condition=Q(quarter__gte=1, quarter__lte=4)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}년 {self.quarter}분기 {self.version}판"


class ClosedCard(models.Model):
    """A card as it was closed: canonical JSON text, byte for byte."""

    closing = models.ForeignKey(Closing, models.PROTECT, verbose_name="마감", related_name="cards")
    pledge = models.ForeignKey(Pledge, models.PROTECT, verbose_name="공약", related_name="closed_cards")
    content = models.TextField("카드(JSON)")
    digest = models.CharField("지문(SHA-256)", max_length=64)
    objects: Any = KeptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "마감한 카드"
        ordering = ["closing", "pledge"]
        constraints = [models.UniqueConstraint(name="closedcard_once", fields=["closing", "pledge"])]

    def __str__(self) -> str:
        return f"{self.closing} {self.pledge}"


class ClosedResult(models.Model):
    """One indicator's frozen quarter: its own amount, or for a level the state at its end.

    ``total`` is the published total of a flow: later days start from that of the first closing, which covers the
    quarters before it. ``names`` are the enterprises that a yearly distinct count named in that quarter (at the first
    closing in the year so far), so that none of them counts again in the year.
    """

    closing = models.ForeignKey(Closing, models.PROTECT, verbose_name="마감", related_name="results")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, verbose_name="확인지표", related_name="closed_results"
    )
    value = models.DecimalField("실적", max_digits=18, decimal_places=4, null=True)
    total = models.DecimalField("누적 실적", max_digits=18, decimal_places=4, null=True)
    names = models.JSONField("센 기업", default=list)
    objects: Any = models.Manager()

    class Meta:
        verbose_name = verbose_name_plural = "마감한 실적"
        ordering = ["closing", "indicator"]
        constraints = [models.UniqueConstraint(name="closedresult_once", fields=["closing", "indicator"])]

    def __str__(self) -> str:
        return f"{self.closing} {self.indicator} {self.value}"
