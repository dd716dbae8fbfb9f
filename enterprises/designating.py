"""Designations of one kind may not overlap, which no constraint of both databases can hold: it is checked while the
enterprise's row is held, so that two officers (or an import) cannot both get through.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from common.periods import korean_date
from enterprises.models import Designation, Enterprise


def hold_enterprise(pk: int) -> Enterprise:
    """The enterprise, its row held until the transaction ends."""
    return Enterprise.objects.select_for_update().get(pk=pk)


def overlapping(designation: Designation) -> QuerySet[Designation]:
    """Other live designations of the same enterprise and kind with a day in common; call `hold_enterprise` first.

    An unknown start reaches back without end, a missing end forward.
    """
    first, last = designation.starts_on, _last_day(designation)
    same = Designation.objects.live().filter(
        enterprise_id=designation.enterprise_id, kind_id=designation.kind_id
    )
    found = same.exclude(pk=designation.pk).with_last_day()
    if first:
        found = found.filter(Q(last_day__isnull=True) | Q(last_day__gte=first))
    if last:
        found = found.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=last))
    return found


def overlap_message(designation: Designation) -> str:
    """What to tell about a designation that overlaps another of its kind; empty if none does."""
    other = overlapping(designation).first()
    if other is None:
        return ""
    first = korean_date(other.starts_on) if other.starts_on else "지정일 모름"
    last = _last_day(other)
    return (
        f"같은 유형({other.kind})의 자격과 기간이 겹칩니다: {first}~{korean_date(last) if last else ''}."
        " 그 기록을 고치거나 끝낸 뒤 더하세요."
    )


def _last_day(designation: Designation) -> date | None:
    return min((day for day in (designation.expires_on, designation.ended_on) if day), default=None)
