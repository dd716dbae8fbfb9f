"""Counting records: register → 기업 수, payments → 재정지원 기업 수, market days → 횟수 (DOMAIN §3.3, §3.5, §3.14).

Each loader answers for many pledges with one query; the counting itself is pure (``pledges.distinct``,
``common.checkpoints``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.db.models import F, IntegerField, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast, ExtractYear

from common.checkpoints import Count, NetChange
from enterprises import register
from markets.models import MarketDay
from pledges.distinct import FirstPayment
from pledges.models import CountingRule, Indicator, Measure
from subsidies.models import Disbursement, LedgerKind

RULES = {
    Measure.ENTERPRISES: "사회적경제기업 등록부에서 그날 유효한 유형·자격을 셉니다(만료일·종료일까지, 유형별 합계).",
    Measure.SUPPORTED: "공약 사업에서 그해 처음 지급받은(전액 반납·무효 제외) 기업을 그 분기에 한 번 셉니다.",
    Measure.MARKET_DAYS: "공약이 정한 시장의 ‘개최’한 오프라인 운영일을 하루 1회로 셉니다(예정·취소·온라인 제외).",
}


def rule_in_words(indicator: Indicator) -> str:
    """The indicator's counting rule as its page states it."""
    if not indicator.measure:
        return "기록에서 세지 않고 분기마다 실적을 입력합니다."
    words = RULES[Measure(indicator.measure)]
    if indicator.measure == Measure.SUPPORTED:
        words += f" 세는 법: {CountingRule(indicator.counting_rule).label}."
    return words


@dataclass
class Records:
    """What the records say, for a batch of pledges, up to ``as_of``."""

    as_of: date
    payments: dict[int, list[FirstPayment]] = field(default_factory=dict)
    days: dict[int, list[date]] = field(default_factory=dict)
    net_enterprises: NetChange | None = None


def load(indicators: Sequence[Indicator], as_of: date, closed_through: date | None = None) -> Records:
    """The records behind ``indicators``: at most one query a measure, none for measures not used."""
    used = {indicator.measure for indicator in indicators}
    records = Records(as_of)
    if Measure.SUPPORTED in used:
        supported = [i for i in indicators if i.measure == Measure.SUPPORTED]
        records.payments = first_payments(supported, as_of, closed_through)
    if Measure.MARKET_DAYS in used:
        records.days = held_days([i.pledge_id for i in indicators if i.measure == Measure.MARKET_DAYS], as_of)
    if Measure.ENTERPRISES in used:
        records.net_enterprises = net_enterprises()
    return records


def net_enterprises() -> NetChange:
    """Net change of the register's plain sum of kinds; each pair of days is asked once."""

    @cache
    def change(after: date | None, upto: date) -> int:
        return sum(register.kind_changes(after, upto).values())

    return change


def unreversed(as_of: date) -> QuerySet[Any]:
    """Payments to enterprises by ``as_of`` that were not given back whole within their year (여입)."""
    back = Disbursement.objects.live().filter(
        kind=LedgerKind.RESTORED, paid_on__lte=as_of, returns__isnull=False
    )
    whole = back.values("returns").annotate(total=Sum("amount")).filter(total__lte=-F("returns__amount"))
    paid = Disbursement.objects.live().filter(
        kind=LedgerKind.PAYMENT, paid_on__lte=as_of, enterprise__isnull=False
    )
    return paid.exclude(pk__in=whole.values("returns"))


def first_payments(
    indicators: Sequence[Indicator], as_of: date, closed_through: date | None
) -> dict[int, list[FirstPayment]]:
    """By indicator: the first unreversed payment of each enterprise (and programme, where its rule says so)
    in each calendar year, under the pledge's own programmes. One query."""
    later = Q(paid_on__gt=closed_through) if closed_through else Q()
    pledges = {indicator.pledge_id for indicator in indicators}
    rows = (
        unreversed(as_of)
        .filter(program__pledges__in=pledges)
        .order_by()
        .values("program__pledges", "program_id", "enterprise_id", year=ExtractYear("paid_on"))
        .annotate(
            first=Min("paid_on"),
            later=Min("paid_on", filter=later),
            named=Max(Cast("in_opening", IntegerField())),
        )
    )
    by_pledge: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_pledge[row["program__pledges"]].append(row)
    return {i.pk: _merge(by_pledge[i.pledge_id], CountingRule(i.counting_rule)) for i in indicators}


def _merge(rows: Iterable[dict[str, Any]], rule: CountingRule) -> list[FirstPayment]:
    found: dict[tuple[int, Any], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        firm = row["enterprise_id"]
        found[row["year"], firm if rule == CountingRule.BY_ENTERPRISE else (firm, row["program_id"])].append(
            row
        )
    return [
        FirstPayment(
            key,
            year,
            min(row["first"] for row in group),
            any(row["named"] for row in group),
            min((row["later"] for row in group if row["later"]), default=None),
        )
        for (year, key), group in found.items()
    ]


def held_days(pledges: Iterable[int], as_of: date) -> dict[int, list[date]]:
    """By pledge: the held offline days of its markets, each market's day once, in order. One query."""
    rows = (
        MarketDay.objects.counted()
        .filter(event__market__pledges__in=set(pledges), day__lte=as_of)
        .order_by("day")
        .values_list("event__market__pledges", "event__market_id", "day")
        .distinct()
    )
    found: dict[int, list[date]] = defaultdict(list)
    for pledge, _market, day in rows:
        found[pledge].append(day)
    return found


def between(days: Sequence[date]) -> Count:
    """Counts the sorted ``days`` from first through last."""
    return lambda first, last: bisect_right(days, last) - bisect_left(days, first)
