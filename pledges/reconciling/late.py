"""마감 뒤 입력(미반영), as findings: in no figure until the quarter is corrected (DOMAIN §3.15)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils import timezone

from common.periods import korean_date
from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.late_entries import Late
from pledges.reconciling.model import Amount, Finding, Severity

PAGES = {"교부·지급": "subsidies:disbursement_detail", "교부결정": "subsidies:award_detail"}


def entered_late(facts: Facts) -> Iterator[Finding]:
    """Records of a closed quarter that were entered after its card was made, by quarter and kind."""
    rows = sorted(facts.batch.late.get(facts.pledge.pk, ()), key=lambda row: (row.quarter, row.kind, row.day))
    for (quarter, kind), found in groupby(rows, key=lambda row: (row.quarter, row.kind)):
        mine = list(found)
        first = mine[0]
        others = f" 외 {len(mine) - 1}건" if len(mine) > 1 else ""
        entered = korean_date(timezone.localdate(max(row.entered for row in mine)))
        yield Finding(
            "late_entry",
            f"late_entry:{quarter.year}:{quarter.number}:{kind}",
            Severity.WARNING,
            f"{kind} {quarter}",
            f"마감 뒤 입력(미반영): {korean_date(first.day)} {first.what}{others}.",
            Amount("마감 뒤 입력", len(mine), "건"),
            Amount("마지막 입력", entered),
            "마감한 카드를 고치려면 정정 마감을 요청하세요.",
            _link(facts, first),
        )


def _link(facts: Facts, row: Late) -> str:
    if row.kind in PAGES:
        return links.record(PAGES[row.kind], row.pk)
    if row.kind == "시장 운영일":
        return reverse("markets:index")
    if row.kind == "유형·자격":
        return reverse("enterprises:designation_edit", args=[row.pk])
    page = "activity_edit" if row.kind == "추진실적" else "engagement_edit"
    return links.of_pledge(page, facts.pledge, row.pk)


CHECKS = (entered_late,)
