"""What of the register ends soon: designations, tenancies, members' terms (DOMAIN §5). The rules are office data."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse

from accounts.models import DeadlineRule
from common.due import Due
from enterprises.models import Designation, Member, Tenancy

# Where the office has no rule of that code.
NOTICE_DAYS = 60


def due(today: date) -> list[Due]:
    """What ends within its rule's notice from ``today`` on, earliest first; nothing of a rule switched off."""
    rules = {rule.code: rule for rule in DeadlineRule.objects.filter(code__in=_READERS)}
    found: list[Due] = []
    for code, reader in _READERS.items():
        rule = rules.get(code)
        if rule is None or rule.active:
            until = today + timedelta(days=rule.notice_days if rule else NOTICE_DAYS)
            found += reader(today, until, rule.rule if rule else "")
    return sorted(found)


def _designations(first: date, last: date, rule: str) -> Iterator[Due]:
    rows = Designation.objects.live().filter(
        enterprise__voided_at__isnull=True, expires_on__range=(first, last)
    )
    for row in rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=F("expires_on"))).select_related(
        "enterprise", "kind"
    ):
        address = reverse("enterprises:detail", args=[row.enterprise_id])
        yield Due(row.expires_on, f"{row.enterprise} {row.kind} 만료", row.kind.rule or rule, address)


def _tenancies(first: date, last: date, rule: str) -> Iterator[Due]:
    rows = Tenancy.objects.live().filter(ends_on__range=(first, last), enterprise__voided_at__isnull=True)
    for row in rows.select_related("space", "enterprise"):
        yield Due(
            row.ends_on,
            f"{row.enterprise} 입주 만료({row.space})",
            rule,
            reverse("enterprises:space", args=[row.space_id]),
        )


def _members(first: date, last: date, rule: str) -> Iterator[Due]:
    rows = Member.objects.live().filter(left_on__isnull=True, committee__voided_at__isnull=True)
    ending: dict[tuple[date, int], list[Member]] = {}
    for row in rows.filter(
        Q(term_ends_on__isnull=True) | Q(term_ends_on__range=(first, last))
    ).select_related("committee"):
        ends = row.term_ends_on or term_end(row.appointed_on, row.committee.term_years)
        if ends and first <= ends <= last:
            ending.setdefault((ends, row.committee_id), []).append(row)
    for (ends, committee), members in ending.items():
        title = f"{members[0].committee} 위원 {len(members)}명 임기 만료"
        yield Due(ends, title, rule, reverse("enterprises:committee", args=[committee]))


_READERS = {"designation_end": _designations, "tenancy_end": _tenancies, "member_term": _members}


def term_end(appointed_on: date | None, years: int) -> date | None:
    """Last day of a term of ``years`` years: 2024-04-01 and 2 years give 2026-03-31. None without a first day."""
    if appointed_on is None:
        return None
    year = appointed_on.year + years
    day = min(appointed_on.day, monthrange(year, appointed_on.month)[1])
    return date(year, appointed_on.month, day) - timedelta(days=1)
