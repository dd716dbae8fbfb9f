"""보조금 교부 내역: what was handed out by 회계연도, programme and recipient, by source; and what was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import Any

from django import forms
from django.db.models import Count, Max, Sum

from common.footing import tree
from documents.cells import CENTER, COUNT, DATE, TEXT, YEAR
from documents.table import Column, Table
from enterprises.models import Enterprise
from pledges.reports.columns import UNKNOWN, without_unknown_sums
from pledges.reports.model import PAID_NOTE, Question, Report, ReportFilters
from pledges.reports.money import WON, Rounded, column_of, rounded, source_columns, source_names
from subsidies.models import SOURCES, Disbursement, Program
from subsidies.support import support_table

Row = dict[str, Any]


class Filters(ReportFilters):
    program = forms.ModelChoiceField(Program.objects.all(), label="사업", empty_label="전체")
    q = forms.CharField(
        label="기업", widget=forms.SearchInput(attrs={"placeholder": "기업명·사업자등록번호"})
    )


GROUPS = (
    Column("회계연도", "year", YEAR),
    Column("사업", "program", TEXT, width=26),
    Column("수령자 수", "recipients", COUNT),
    Column("교부 건수", "count", COUNT, sums=True),
    *source_columns(),
    Column("비고", lambda row: "", TEXT),
)
DETAIL = (
    Column("회계연도", "year", YEAR),
    Column("사업", "program", TEXT, width=24),
    Column("수령자", "recipient", TEXT, width=28),
    Column("교부 건수", "count", COUNT, sums=True),
    Column("최근 교부일", "last", DATE),
    *source_columns(),
    Column("비고", "note", TEXT, width=14),
)
SUPPORT = (
    Column("연도", "year", YEAR),
    Column("사업", "program", TEXT, width=26),
    Column("재원 비율", "ratio", CENTER),
    Column("기업 수", "enterprises", COUNT, sums=True),
    Column("인원", "headcount", COUNT, sums=True),
    Column("교부결정액", "amount", WON, sums=True),
    Column("비고", "note", TEXT, width=24),
)
RECIPIENT = ("enterprise", "entrustment", "contract")
NAMED = (
    "enterprise__name",
    "entrustment__partner",
    "entrustment__title",
    "contract__partner",
    "contract__title",
)


def tables(question: Question) -> list[Table]:
    rows = paid_rows(question)
    groups: dict[Hashable, list[Hashable]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[row["fiscal_year"], row["program_id"]].append(number)
    cells = {(number, source): row[source] for number, row in enumerate(rows) for source in SOURCES}
    # Rounded as one, so that a programme's sum is the same figure in both tables.
    money = rounded(cells, [tree(group, *numbers) for group, numbers in groups.items()], question.unit)
    found = [_summary(question, rows, groups, money), _detail(question, rows, money)]
    return found if question.chosen.get("q") else [*found, _support(question)]


def paid_rows(question: Question) -> list[Row]:
    """Won by 회계연도, programme and recipient, returns (여입) taken off; one query."""
    paid = Disbursement.objects.executed().filter(**question.paid_in())
    if program := question.chosen.get("program"):
        paid = paid.filter(program=program)
    if text := question.chosen.get("q"):
        paid = paid.filter(enterprise__in=Enterprise.objects.search(text))
    by = (
        "fiscal_year",
        "program_id",
        "program__name",
        "program__position",
        *RECIPIENT,
        *NAMED,
        "recipient_text",
    )
    sums = {source: Sum(source) for source in SOURCES} | {"count": Count("pk"), "last": Max("paid_on")}
    order = (
        "-fiscal_year",
        "program__position",
        "program_id",
        *NAMED[:2],
        "contract__title",
        "recipient_text",
    )
    return list(paid.order_by(*order, *RECIPIENT).values(*by).annotate(**sums))


def recipient(row: Row) -> str:
    """The recipient of a grouped row as lists print it."""
    partner = row["entrustment__partner"] or row["entrustment__title"]
    return str(
        row["enterprise__name"]
        or partner
        or row["contract__partner"]
        or row["contract__title"]
        or row["recipient_text"]
    )


def _summary(
    question: Question, rows: Sequence[Row], groups: dict[Hashable, list[Hashable]], money: Rounded
) -> Table:
    lines = []
    for group, numbers in groups.items():
        members: list[Row] = [rows[number] for number in numbers if isinstance(number, int)]
        first = members[0]
        lines.append(
            {
                "year": first["fiscal_year"],
                "program": first["program__name"],
                "recipients": len(members),
                "count": sum(row["count"] for row in members),
                "money": money.row(group),
            }
        )
    return Table(
        "연도·사업별 교부액",
        GROUPS,
        lines,
        unit=question.unit.label,
        notes=[PAID_NOTE, "교부액은 여입(그해 반납)을 뺀 금액입니다."],
        exact=money.exact(source_names()),
    )


def _detail(question: Question, rows: Sequence[Row], money: Rounded) -> Table:
    lines = [
        {
            "year": row["fiscal_year"],
            "program": row["program__name"],
            "recipient": recipient(row),
            "count": row["count"],
            "last": row["last"],
            "money": money.row(number),
            "note": _kind_of_recipient(row),
        }
        for number, row in enumerate(rows)
    ]
    return Table(
        "기업별 교부 내역",
        DETAIL,
        lines,
        unit=question.unit.label,
        landscape=True,
        exact=money.exact(source_names()),
    )


def _kind_of_recipient(row: Row) -> str:
    """What a recipient is that is no enterprise of the register."""
    if row["enterprise"]:
        return ""
    return "민간위탁" if row["entrustment"] else "용역" if row["contract"] else "문서 기재"


def _support(question: Question) -> Table:
    """교부결정 by year and programme, 도입 전 누계 included: what the ledger does not itemise is here."""
    programs = Program.objects.all()
    if program := question.chosen.get("program"):
        programs = programs.filter(pk=program.pk)
    years = support_table(programs, question.years, question.last)
    cells = [(row.year, cell) for row in years for cell in row.cells if not cell.is_empty]
    money = column_of({at: cell.amount for at, (_, cell) in enumerate(cells)}, question.unit)
    lines = [
        {
            "year": year,
            "program": cell.program.name,
            "ratio": cell.ratio,
            "enterprises": UNKNOWN if cell.unknown else cell.enterprises,
            "headcount": UNKNOWN if cell.unknown else cell.headcount,
            "amount": UNKNOWN if cell.unknown else money[at],
            "note": "기준일 이전" if cell.unknown else _unitemised(cell.unitemised, cell.note),
        }
        for at, (year, cell) in enumerate(cells)
    ]
    notes = ["기업 수는 사업별로 세어 중복됩니다. 도입 전 누계를 포함합니다."]
    return Table(
        "교부결정(지원현황)",
        without_unknown_sums(SUPPORT, lines),
        lines,
        unit=f"개소, 명, {question.unit.label}",
        as_of=question.last,
        notes=notes,
    )


def _unitemised(count: int, note: str) -> str:
    return ", ".join(filter(None, (f"상세 미등록분 {count}개소" if count > 0 else "", note)))


REPORT = Report(
    "disbursements",
    "보조금 교부 내역",
    "회계연도·사업·기업별로 실제 교부한 금액을 재원별로",
    tables,
    Filters,
)
