"""Market days that are past and still 예정 (DOMAIN §3.14)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from common.periods import korean_date
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity


def still_planned(facts: Facts) -> Iterator[Finding]:
    """Past days of one event that nobody has marked 개최 or 취소: they are not counted."""
    days = [
        day for market in facts.pledge.markets.all() for day in facts.batch.planned_days.get(market.pk, ())
    ]
    for event, found in groupby(
        sorted(days, key=lambda row: (row.event_id, row.day)), key=lambda row: row.event
    ):
        rows = list(found)
        yield Finding(
            "still_planned",
            f"still_planned:{event.pk}",
            Severity.WARNING,
            f"시장 {event.name}",
            f"지난 운영일이 아직 ‘예정’이라 횟수에 들지 않습니다({korean_date(rows[0].day)}부터).",
            Amount("지난 ‘예정’", len(rows), "일"),
            Amount("남아야 할 것", 0, "일"),
            "날마다 개최인지 취소인지 고르세요.",
            links.record("markets:event", event.pk),
        )


CHECKS = (still_planned,)
