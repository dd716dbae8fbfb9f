"""Dates of the log: rows out of order, rows that speak of one year and are dated in another (DOMAIN §10)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from common.periods import fiscal_year_can_contain
from pledges.models import Activity, Engagement
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.log_text import PAYING, opens_with
from pledges.reconciling.model import Amount, Finding, Severity

# 2023. 1.~12. has no one place in the order of days.
LONG = timedelta(days=31)
# A row of December may well speak of the next year's plans, one of spring of what the year before has brought.
AHEAD = re.compile(r"방향|계획|준비|대비|예산|수립|모집|공모|선정")
BEHIND = re.compile(r"정산|결산|반납|평가|실적|결과|보고|점검|감사")


PAGES = {"추진실적": "activity_edit", "주민 참여 실적": "engagement_edit"}


def out_of_order(facts: Facts) -> Iterator[Finding]:
    """The fewest rows that stand out of date order."""
    for name, rows in (("추진실적", facts.activities), ("주민 참여 실적", facts.engagements)):
        dated = [row for row in rows if (row.ends_on or row.starts_on) - row.starts_on <= LONG]
        kept = in_order([row.starts_on for row in dated])
        for at, row in enumerate(dated):
            if at in kept:
                continue
            before = dated[at - 1] if at else dated[at + 1]
            yield Finding(
                "log_order",
                f"log_order:{name}:{row.pk}",
                Severity.NOTE,
                f"{name} 연번 {row.no}",
                "일자 차례가 아닌 줄입니다.",
                Amount(f"연번 {row.no}", row.date_text),
                Amount(f"연번 {before.no}", before.date_text),
                "문서의 연번을 그대로 두려면 설명을 적고, 아니면 연번을 바꾸세요.",
                links.of_pledge(PAGES[name], facts.pledge, row.pk),
            )


def in_order(days: Sequence[date]) -> set[int]:
    """Positions of a longest run of days that never goes back; of two such, the one that keeps the earlier rows.

    Patience sorting, from the last row to the first.
    """
    tails: list[int] = []
    places: list[int] = []
    after: dict[int, int | None] = {}
    for at in range(len(days) - 1, -1, -1):
        value = -days[at].toordinal()
        pile = bisect_right(tails, value)
        after[at] = places[pile - 1] if pile else None
        tails[pile : pile + 1] = [value]
        places[pile : pile + 1] = [at]
    kept: set[int] = set()
    step = places[-1] if places else None
    while step is not None:
        kept.add(step)
        step = after[step]
    return kept


def other_year(facts: Facts) -> Iterator[Finding]:
    """A row that opens with one year (2024년 …) and is dated in another."""
    rows: list[tuple[str, Activity | Engagement, str]] = [
        ("추진실적", row, row.title) for row in facts.activities
    ]
    rows += [("주민 참여 실적", row, "") for row in facts.engagements]
    for name, row, title in rows:
        spoken = _year(title) or _year(row.detail)
        if spoken is None or spoken in _years(row, title):
            continue
        yield Finding(
            "log_other_year",
            f"log_other_year:{name}:{row.pk}",
            Severity.WARNING,
            f"{name} 연번 {row.no}",
            f"글은 {spoken}년인데 일자는 다른 해입니다.",
            Amount("글", f"{spoken}년"),
            Amount("일자", row.date_text),
            "글의 연도나 일자를 고치세요. 둘 다 맞으면 설명을 적으세요.",
            links.of_pledge(PAGES[name], facts.pledge, row.pk),
        )


def _year(text: str) -> int | None:
    line = text.strip().split("\n", 1)[0]
    return None if AHEAD.search(line) else opens_with(line)


def _years(row: Activity | Engagement, title: str) -> set[int]:
    """Years that the row may speak of: those of its days; a payment's 회계연도; a contract made for the next year;
    the year before, of which it reports, or whose money is paid until 20 January."""
    years = set(range(row.starts_on.year, (row.ends_on or row.starts_on).year + 1))
    before, text = row.starts_on.year - 1, f"{title}\n{row.detail}"
    if BEHIND.search(text) or (PAYING.search(text) and fiscal_year_can_contain(before, row.starts_on)):
        years.add(before)
    if isinstance(row, Activity):
        if row.disbursement and fiscal_year_can_contain(row.disbursement.fiscal_year, row.starts_on):
            years = {row.disbursement.fiscal_year}
        elif row.contract_id or row.entrustment_id:
            years.add(row.starts_on.year + 1)
    return years


CHECKS = (out_of_order, other_year)
