"""입주공간 현황: spaces at the period's end, their tenants, who moved in and out in the period."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from documents.cells import CENTER, COUNT, DATE, TEXT, number
from documents.table import Column, Table
from enterprises.models import Space, Tenancy
from enterprises.register import tenants
from pledges.reports.columns import NOTE, UNKNOWN, without_unknown_sums
from pledges.reports.model import PlainFilters, Question, Report


class Filters(PlainFilters):
    space = forms.ModelChoiceField(Space.objects.live(), label="공간", empty_label="전체")


SPACES = (
    Column("시설명", "row.name", TEXT, width=28),
    Column("소재지", "row.address", TEXT, width=26),
    Column("행정동", "row.dong", CENTER),
    Column("면적(㎡)", "row.area_m2", number(2, none="-", width=11), sums=True),
    Column("개소일", "row.opened_on", DATE),
    Column("입주 가능 수", "row.capacity", number(none="-", width=11), sums=True),
    Column("입주기업 수", "count", COUNT, width=11, sums=True),
    Column("입주율(%)", "", number(1, "0", "–", 9), share=("입주기업 수", "입주 가능 수")),
    NOTE,
)
TENANTS = (
    Column("시설명", "space.name", TEXT, width=28),
    Column("기업명", "enterprise.name", TEXT, width=28),
    Column("호실", "room", CENTER),
    Column("입주일", "starts_on", DATE),
    Column("만료일", "ends_on", DATE),
    Column("비고", "note", TEXT, width=20),
)
MOVED = (
    Column("시설명", "row.space.name", TEXT, width=28),
    Column("기업명", "row.enterprise.name", TEXT, width=28),
    Column("구분", "what", CENTER),
    Column("일자", "day", DATE),
    Column("비고", "row.note", TEXT, width=20),
)


def tables(question: Question) -> list[Table]:
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=question.last)
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gte=question.last)
    rows = Space.objects.live().filter(opened, open_then)
    if chosen := question.chosen.get("space"):
        rows = rows.filter(pk=chosen.pk)
    spaces = list(rows)
    mine = Tenancy.objects.live().filter(space__in=spaces, enterprise__voided_at__isnull=True)
    mine = mine.select_related("space", "enterprise").order_by(
        "space__position", "space_id", "starts_on", "pk"
    )
    held = list(mine.active_on(question.last))
    return [
        _spaces(question, spaces),
        Table(
            "입주기업 명단",
            TENANTS,
            held,
            as_of=question.last,
            notes=["입주 기록이 등록된 기업만 실었습니다. 입주기업 수는 도입 전 누계를 포함합니다."],
        ),
        Table(f"입주·퇴거({question.period})", MOVED, _moved(question, list(mine))),
    ]


def _spaces(question: Question, spaces: list[Space]) -> Table:
    counts = tenants([row.pk for row in spaces], question.last)
    lines = [
        {"row": row, "count": UNKNOWN if counts[row.pk] is None else counts[row.pk], "note": row.note}
        for row in spaces
    ]
    return Table(
        "입주공간",
        without_unknown_sums(SPACES, lines),
        lines,
        unit="㎡, 개소",
        as_of=question.last,
        landscape=True,
    )


def _moved(question: Question, rows: list[Tenancy]) -> list[dict[str, object]]:
    """Starts in the period, and last days before its end (a tenant counts through its last day)."""
    found: list[dict[str, object]] = []
    for row in rows:
        if row.starts_on and question.first <= row.starts_on <= question.last:
            found.append({"row": row, "what": "입주", "day": row.starts_on})
        if row.ends_on and question.first <= row.ends_on < question.last:
            found.append({"row": row, "what": "퇴거(만료)", "day": row.ends_on})
    return sorted(found, key=lambda line: str(line["day"]), reverse=True)


REPORT = Report("spaces", "입주공간 현황", "공간별 면적·입주율, 입주기업 명단, 입주와 퇴거", tables, Filters)
