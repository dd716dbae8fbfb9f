"""Recorded results against counted ones, and results recorded late (DOMAIN §3.4, §5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from common.periods import Quarter, korean_date
from pledges.achievement import plain
from pledges.figures import quarter_of
from pledges.models import Indicator, Result
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity


def _results(facts: Facts) -> Iterator[tuple[Indicator, Result]]:
    """Recorded results of quarters that ended by the day and are not closed: closed ones are published."""
    checkpoints = facts.batch.checkpoints
    for indicator in facts.indicators:
        closed = {quarter_of(row) for row in checkpoints.closed[indicator.pk]}
        for result in sorted(checkpoints.results[indicator.pk], key=quarter_of):
            quarter = quarter_of(result)
            if quarter.last_day <= facts.as_of and quarter not in closed:
                yield indicator, result


def counted(facts: Facts) -> Iterator[Finding]:
    """A recorded value that differs from what the records count: 중대 without a reason, for knowing with one."""
    for indicator, result in _results(facts):
        quarter = quarter_of(result)
        found = facts.batch.counted.get((indicator.pk, quarter))
        if found is None or found.value is None or found.itemises:
            continue
        reason = result.reason.strip()
        if plain(result.value) != found.value:
            yield Finding(
                "result_counted",
                f"result_counted:{indicator.pk}:{quarter.year}:{quarter.number}",
                Severity.NOTE if reason else Severity.SERIOUS,
                f"확인지표 {indicator.no} {quarter}",
                f"‘{indicator.name}’의 입력한 실적이 기록에서 센 값과 다릅니다(사유: {reason})."
                if reason
                else f"‘{indicator.name}’의 입력한 실적이 기록에서 센 값과 다른데 사유가 없습니다.",
                Amount("입력한 실적", plain(result.value), indicator.unit),
                Amount("집계한 값", plain(found.value), indicator.unit),
                "빠진 기록을 입력하거나 실적을 고치거나 다른 사유를 적으세요.",
                links.of_pledge("results", facts.pledge, year=quarter.year),
            )


def late(facts: Facts) -> Iterator[Finding]:
    """Results first recorded after they were due, by year (제865호 규칙: 10 days; the office edits the rule)."""
    rule = facts.batch.result_rule
    entered: dict[int, dict[Quarter, date]] = defaultdict(dict)
    for _, result in _results(facts) if rule else ():
        quarter, day = quarter_of(result), facts.batch.entered_on.get(result.pk)
        if (
            rule
            and day
            and day > rule.due_on(quarter.last_day)
            and _could(facts, rule.due_on(quarter.last_day))
        ):
            entered[quarter.year][quarter] = max(day, entered[quarter.year].get(quarter, day))
    for year, quarters in sorted(entered.items()):
        assert rule
        last = max(quarters)
        yield Finding(
            "result_late",
            f"result_late:{year}",
            Severity.NOTE,
            f"분기 실적 {year}년",
            f"기한이 지나 입력한 실적이 있습니다({'·'.join(f'{one.number}분기' for one in sorted(quarters))}).",
            Amount(f"{last.number}분기 입력", korean_date(quarters[last])),
            Amount(f"{last.number}분기 기한", korean_date(rule.due_on(last.last_day))),
            "늦은 까닭을 설명에 적으세요.",
            links.of_pledge("results", facts.pledge, year=year),
        )


def _could(facts: Facts, due: date) -> bool:
    """Whether the office recorded results here by that day: older quarters were loaded, not recorded late."""
    since = facts.batch.in_use_since
    return since is not None and since <= due


CHECKS = (counted, late)
