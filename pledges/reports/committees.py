"""위원회 현황: committees at the period's end, their members (masked), their meetings in the period."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import Count, Q

from documents.cells import CENTER, COUNT, DATE, LONG, TEXT
from documents.table import Column, Table
from enterprises.models import Committee, Meeting, Member
from enterprises.register import members
from pledges.reports.columns import NOTE, UNKNOWN, without_unknown_sums
from pledges.reports.model import PlainFilters, Question, Report


class Filters(PlainFilters):
    committee = forms.ModelChoiceField(Committee.objects.live(), label="위원회", empty_label="전체")


COMMITTEES = (
    Column("위원회명", "row.name", TEXT, width=26),
    Column("위원 수", "members", COUNT, sums=True),
    Column("정원", "row.most_members", COUNT, sums=True),
    Column("임기(년)", "row.term_years", COUNT),
    Column("연임(회)", "row.renewals", COUNT),
    Column("주요기능", "row.functions", LONG),
    Column("회의주기", "row.meets", CENTER),
    Column("기간 중 회의", "row.met", COUNT, width=12, sums=True),
    NOTE,
)
MEMBERS = (
    Column("위원회", "row.committee.name", TEXT, width=24),
    Column("직위", "row.position", CENTER),
    Column("성명", "name", CENTER),
    Column("소속", "row.affiliation", TEXT, width=26),
    Column("위촉일", "row.appointed_on", DATE),
    Column("임기 만료일", "row.term_ends_on", DATE),
    Column("연임 횟수", "row.renewed", COUNT, width=10),
    NOTE,
)
MEETINGS = (
    Column("위원회", "committee.name", TEXT, width=24),
    Column("개최일", "held_on", DATE),
    Column("방식", "form", CENTER, width=8),
    Column("안건", "agenda", LONG),
    Column("결과", "outcome", TEXT, width=28),
    Column("참석 위원(명)", "attended", COUNT, width=12),
)


def tables(question: Question) -> list[Table]:
    held = Q(meetings__voided_at__isnull=True, meetings__held_on__range=(question.first, question.last))
    rows = Committee.objects.live().annotate(met=Count("meetings", filter=held)).order_by("name", "pk")
    if chosen := question.chosen.get("committee"):
        rows = rows.filter(pk=chosen.pk)
    committees: Sequence[Committee] = list(rows)
    return [
        _committees(question, committees),
        _members(question, committees),
        _meetings(question, committees),
    ]


def _committees(question: Question, committees: Sequence[Committee]) -> Table:
    counts = members([row.pk for row in committees], question.last)
    lines = [
        {"row": row, "members": UNKNOWN if counts[row.pk] is None else counts[row.pk], "note": ""}
        for row in committees
    ]
    return Table(
        "위원회 운영",
        without_unknown_sums(COMMITTEES, lines),
        lines,
        unit="명, 회",
        as_of=question.last,
        landscape=True,
    )


def _members(question: Question, committees: Sequence[Committee]) -> Table:
    rows = Member.objects.live().active_on(question.last).filter(committee__in=committees)
    found = rows.select_related("committee").order_by("committee__name", "committee_id", "appointed_on", "pk")
    lines = [{"row": row, "name": question.person(row.name), "note": ""} for row in found]
    notes = ["명단이 등록된 위원만 실었습니다. 위원 수는 도입 전 누계를 포함합니다."]
    return Table("위원 명단", MEMBERS, lines, as_of=question.last, notes=notes)


def _meetings(question: Question, committees: Sequence[Committee]) -> Table:
    rows = Meeting.objects.live().filter(
        committee__in=committees, held_on__range=(question.first, question.last)
    )
    found = list(rows.select_related("committee").order_by("-held_on", "-pk"))
    return Table("회의 개최", MEETINGS, found, unit="명", landscape=True)


REPORT = Report(
    "committees", "위원회 현황", "위원회 구성과 위원 명단, 기간 중 회의", tables, Filters, persons=True
)
