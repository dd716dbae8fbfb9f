"""사회적경제기업 현황: kinds × 행정동 on the period's last day, with starts and ends in the period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet

from common.names import show_business_number
from common.periods import korean_date
from documents.cells import CENTER, CODE, COUNT, DATE, LONG, TEXT, number
from documents.table import Column, Table
from enterprises.models import Designation, DesignationKind
from enterprises.register import KindLine, RegisterTable, held_on, register_table
from pledges.reports.columns import UNKNOWN, without_unknown_sums
from pledges.reports.model import PlainFilters, Question, Report

NO_DONG, REST = "행정동 미기재", "상세 미등록분"
SIGNED = number(0, zero="-", none="-", width=10)


class Filters(PlainFilters):
    kind = forms.ModelChoiceField(DesignationKind.objects.all(), label="유형", empty_label="전체")
    dong = forms.CharField(label="행정동", widget=forms.TextInput(attrs={"placeholder": "명단만 거릅니다"}))


KINDS = (
    Column("구분", "group", CENTER, width=14),
    Column("유형", "kind", CENTER, width=18),
    Column("기간 시작 전", "before", COUNT, width=12, sums=True),
    Column("신규", "started", COUNT, group="기간 중", sums=True),
    Column("종료", "ended", COUNT, group="기간 중", sums=True),
    Column("기준일 현재", "now", COUNT, width=12, sums=True),
    Column("상세 등록", "itemised", COUNT, width=10, sums=True),
    Column("비고", "note", TEXT, width=32),
)
LIST = (
    Column("기업명", "row.enterprise.name", TEXT, width=26),
    Column("유형", "row.kind.name", CENTER, width=14),
    Column("사업자등록번호", "number", CODE),
    Column("지정일", "row.starts_on", DATE),
    Column("만료일", "row.expires_on", DATE),
    Column("대표자", "person", CENTER, width=10),
    Column("전화", "phone", CODE),
    Column("행정동", "row.enterprise.dong", CENTER),
    Column("주소", "row.enterprise.address", LONG, width=36),
    Column("업종", "row.enterprise.industry", TEXT, width=20),
)
MOVED = (
    Column("구분", "what", CENTER, width=8),
    Column("일자", "day", DATE),
    Column("기업명", "row.enterprise.name", TEXT, width=28),
    Column("유형", "row.kind.name", CENTER, width=16),
    Column("행정동", "row.enterprise.dong", CENTER),
    Column("사유", "reason", TEXT, width=24),
)


def tables(question: Question) -> list[Table]:
    now = register_table(question.last)
    before = register_table(question.first - timedelta(days=1))
    rows = _designations(question)
    started = [row for row in rows if _within(row.first_day, question.first, question.last)]
    ended = [row for row in rows if _within(_gone_on(row), question.first, question.last)]
    held = _held(question, now)
    return [
        _kinds(question, before, now, started, ended),
        _dongs(question, now, held),
        _moved(question, started, ended),
        _list(question, held),
    ]


def _designations(question: Question) -> list[Any]:
    """All designations of live enterprises, with first and last day; one query."""
    rows: QuerySet[Any] = Designation.objects.live().filter(enterprise__voided_at__isnull=True)
    if kind := question.chosen.get("kind"):
        rows = rows.filter(kind=kind)
    named = rows.with_last_day().annotate(first_day=F("starts_on")).select_related("enterprise", "kind")  # type: ignore[attr-defined]
    touched = Q(starts_on__range=(question.first, question.last)) | Q(last_day__isnull=False)
    return list(named.filter(touched).order_by("starts_on", "pk"))


def _gone_on(row: Any) -> date | None:
    """The day an enterprise falls off: the one after its last."""
    return row.last_day + timedelta(days=1) if row.last_day else None


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _held(question: Question, now: RegisterTable) -> list[Any]:
    """Designations that count on the day, undated ones where an opening vouches for their kind; one query."""
    vouched = Q(first_day__isnull=False) | Q(
        kind__in=[line.kind.pk for line in now.lines if line.level.opening]
    )
    rows: Any = Designation.objects.live().filter(enterprise__voided_at__isnull=True)
    if kind := question.chosen.get("kind"):
        rows = rows.filter(kind=kind)
    rows = rows.with_last_day().annotate(first_day=F("starts_on")).filter(held_on(question.last), vouched)
    joined = rows.filter(kind__in=[line.kind.pk for line in now.lines]).select_related("enterprise", "kind")
    return list(joined.order_by("kind__position", "enterprise__name", "pk"))


def _lines(question: Question, table: RegisterTable) -> list[KindLine]:
    kind = question.chosen.get("kind")
    return [line for line in table.lines if kind is None or line.kind.pk == kind.pk]


def _kinds(
    question: Question,
    before: RegisterTable,
    now: RegisterTable,
    started: Sequence[Any],
    ended: Sequence[Any],
) -> Table:
    earlier = {line.kind.pk: line.value for line in before.lines}
    new, gone = (Counter(row.kind_id for row in rows) for rows in (started, ended))
    lines = []
    for line in _lines(question, now):
        opening = line.level.opening
        lines.append(
            {
                "group": line.kind.group_name or line.kind.name,
                "kind": line.kind.name,
                "before": _known(earlier.get(line.kind.pk, 0)),
                "started": new[line.kind.pk],
                "ended": gone[line.kind.pk],
                "now": _known(line.value),
                "itemised": line.level.known if line.value is None else line.value - line.level.remaining,
                "note": f"도입 전 누계 {korean_date(opening.on)} {opening.count}개소" if opening else "",
            }
        )
    notes = [
        f"유형의 단순 합계입니다(중복 포함). 서로 다른 기업은 명부에서 {now.distinct:,}개소입니다.",
        "신규·종료는 등록부에 날짜가 적힌 것만 셉니다. 도입 전 누계가 기간 안에 있으면 앞뒤 차이와 다를 수 있습니다.",
    ]
    return Table(
        "유형별 기업 수",
        without_unknown_sums(KINDS, lines),
        lines,
        unit="개소",
        as_of=question.last,
        notes=notes,
    )


def _known(value: int | None) -> int | str:
    return UNKNOWN if value is None else value


def _dongs(question: Question, now: RegisterTable, held: Sequence[Any]) -> Table:
    """행정동 × kinds; what an opening counts beyond the named enterprises has a row of its own."""
    kinds = [line.kind for line in _lines(question, now)]
    counted = Counter((row.enterprise.dong or NO_DONG, row.kind_id) for row in held)
    dongs = sorted({dong for dong, _ in counted} - {NO_DONG})
    dongs += [NO_DONG] if any(dong == NO_DONG for dong, _ in counted) else []
    lines: list[dict[str, Any]] = [
        {"dong": dong, "kinds": {kind.pk: counted[dong, kind.pk] for kind in kinds}} for dong in dongs
    ]
    named = Counter(row.kind_id for row in held)
    rest = {
        line.kind.pk: UNKNOWN if line.value is None else line.value - named[line.kind.pk]
        for line in _lines(question, now)
    }
    if any(rest.values()):
        lines.append({"dong": REST, "kinds": rest})
    for line in lines:
        values = list(line["kinds"].values())
        line["all"] = UNKNOWN if UNKNOWN in values else sum(values)
    columns = (
        Column("행정동", "dong", CENTER, width=16),
        Column("계", "all", SIGNED, sums=True, parts=tuple(kind.short_name for kind in kinds)),
        *(Column(kind.short_name, _kind(kind.pk), SIGNED, sums=True) for kind in kinds),
    )
    return Table(
        "유형×행정동",
        without_unknown_sums(columns, lines),
        lines,
        unit="개소",
        as_of=question.last,
        notes=[f"{REST}: 도입 전 누계에는 들어 있으나 명단이 등록되지 않은 기업. △는 명단이 누계보다 많음."],
    )


def _kind(pk: int) -> Any:
    return lambda line: line["kinds"][pk]


def _moved(question: Question, started: Sequence[Any], ended: Sequence[Any]) -> Table:
    lines = [{"row": row, "what": "신규", "day": row.first_day, "reason": ""} for row in started]
    lines += [
        {"row": row, "what": "종료", "day": _gone_on(row), "reason": row.end_reason or "유효기간 만료"}
        for row in ended
    ]
    lines.sort(key=lambda line: (line["day"], line["row"].pk), reverse=True)
    return Table(f"신규·종료 명단({question.period})", MOVED, lines)


def _list(question: Question, held: Sequence[Any]) -> Table:
    dong = question.chosen.get("dong", "")
    lines = [
        {
            "row": row,
            "number": show_business_number(row.enterprise.business_number),
            "person": question.person(row.enterprise.representative),
            "phone": question.phone(row.enterprise.phone),
        }
        for row in held
        if dong in row.enterprise.dong
    ]
    return Table("기업 명단", LIST, lines, as_of=question.last, landscape=True)


REPORT = Report(
    "enterprises",
    "사회적경제기업 현황",
    "유형×행정동 기업 수와 기간 중 신규·종료, 기업 명단",
    tables,
    Filters,
    persons=True,
)
