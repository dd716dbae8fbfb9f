"""Counting records: register → 기업 수, payments → 재정지원 기업 수, market days → 횟수 (DOMAIN §3.3, §3.5, §3.14).

Each loader answers for many pledges and days at once; the counting itself is pure (``pledges.distinct``,
``common.checkpoints``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Sum

from common.checkpoints import Count, NetChange
from enterprises import register
from markets.models import MarketDay
from pledges.distinct import FirstPayment
from pledges.firsts import first_payments
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
    """The records behind ``indicators``: at most two queries a measure, none for measures not used."""
    return load_days(indicators, {as_of: closed_through})[as_of]


def load_days(indicators: Sequence[Indicator], days: Mapping[date, date | None]) -> dict[date, Records]:
    """`load` for several days at once, in as many queries. ``days``: how far quarters are closed on each."""
    used = {indicator.measure for indicator in indicators}
    found = {day: Records(day) for day in days}
    if Measure.SUPPORTED in used:
        supported = [i for i in indicators if i.measure == Measure.SUPPORTED]
        for day, payments in first_payments(supported, days).items():
            found[day].payments = payments
    if Measure.MARKET_DAYS in used:
        # Days to come do no harm: nobody counts past the day asked for.
        pledges = [i.pledge_id for i in indicators if i.measure == Measure.MARKET_DAYS]
        held = held_days(pledges, max(days))
        for day in days:
            found[day].days = held
    if Measure.ENTERPRISES in used:
        net = net_enterprises()
        for day in days:
            found[day].net_enterprises = net
    return found


def net_enterprises() -> NetChange:
    """Net change of the register's plain sum of kinds, as `register.changes` counts it. One query."""
    rows = list(register.KINDS.rows().order_by().values_list("first_day", "last_day"))
    starts = sorted(first for first, _ in rows if first is not None)
    ends = sorted(last for _, last in rows if last is not None)
    dated_ends = sorted(last for first, last in rows if last is not None and first is not None)

    def change(after: date | None, upto: date) -> int:
        if after is None:
            return bisect_right(starts, upto) - bisect_left(dated_ends, upto)
        started = bisect_right(starts, upto) - bisect_right(starts, after)
        return started - (bisect_left(ends, upto) - bisect_left(ends, after))

    return change


def unreversed(as_of: date) -> QuerySet[Any]:
    """Payments to enterprises by ``as_of`` that were not given back whole within their year (여입)."""
    back = Disbursement.objects.live().filter(
        kind=LedgerKind.RESTORED, paid_on__lte=as_of, returns__isnull=False
    )
    whole = back.values("returns").annotate(total=Sum("amount")).filter(total__lte=-F("returns__amount"))
    return _payments(as_of).exclude(pk__in=whole.values("returns"))


def _payments(as_of: date) -> QuerySet[Any]:
    return Disbursement.objects.live().filter(
        kind=LedgerKind.PAYMENT, paid_on__lte=as_of, enterprise__isnull=False
    )


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
