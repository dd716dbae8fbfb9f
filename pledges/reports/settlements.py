"""정산·반납 현황: what recipients spent and owe, what came back, what went back to the state and the city."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Sum

from common.footing import tree
from documents.cells import CENTER, CODE, DATE, RATE, TEXT, YEAR
from documents.table import Column, Table
from pledges.reports.columns import NOTE, at
from pledges.reports.model import Question, Report, ReportFilters
from pledges.reports.money import SOURCE_NAMES, WON, column_of, rounded, source_columns, source_names
from subsidies.models import SOURCES, Disbursement, LedgerKind, Program, Settlement, UpwardReturn

DUE = "refund_due"


class Filters(ReportFilters):
    program = forms.ModelChoiceField(Program.objects.all(), label="사업", empty_label="전체")


SETTLED = (
    Column("회계연도", "row.year", YEAR),
    Column("사업", "program", TEXT, width=22),
    Column("수령자", "recipient", TEXT, width=24),
    Column("교부액", at("money", "granted"), WON, sums=True),
    Column("실집행액", at("money", "spent"), WON, sums=True),
    Column("불인정액", at("money", "disallowed"), WON, sums=True),
    Column(
        "반납할 금액",
        at("money", DUE),
        WON,
        sums=True,
        parts=("교부액", "불인정액"),
        minus=("실집행액",),
    ),
    Column("반납액", at("money", "returned"), WON, sums=True),
    Column("이자", at("money", "interest"), WON, width=11, sums=True),
    Column("집행률(%)", "", RATE, share=("실집행액", "교부액")),
    Column("실적보고일", "row.reported_on", DATE),
    Column("정산 확정일", "row.settled_on", DATE),
    Column("외부 검증", "row.verified", CENTER, width=9),
    Column("비고", "row.note", TEXT, width=14),
)
RETURNED = (
    Column("반납일", "row.paid_on", DATE),
    Column("회계연도", "row.fiscal_year", YEAR),
    Column("사업", "row.program.name", TEXT, width=24),
    Column("반납자", "row.recipient_name", TEXT, width=26),
    Column("구분", "kind", CENTER, width=16),
    *source_columns(),
    Column("비고", "row.note", TEXT),
)
UPWARD = (
    Column("반납일", "row.on", DATE),
    Column("받은 회계연도", "row.year", YEAR, width=11),
    Column("사업", "row.program.name", TEXT, width=24),
    Column("재원", "source", CENTER),
    Column("반납액", at("money", "amount"), WON, sums=True),
    Column("이자", at("money", "interest"), WON, sums=True),
    Column("문서번호", "row.number", CODE, width=20),
    NOTE,
)


SETTLED_NOTES = (
    "반납할 금액 = 교부액 - 실집행액 + 불인정액(이자 제외).",
    "반납액은 집행 장부에 적힌 그 교부결정·협약의 여입과 세입입니다.",
)


def tables(question: Question) -> list[Table]:
    return [_settled(question), _returned(question), _upward(question)]


def _settled(question: Question) -> Table:
    found = _settlements(question)
    cells: dict[tuple[Any, Any], int] = {}
    for row in found:
        signed = (("granted", row.granted), ("spent", -row.spent), ("disallowed", row.disallowed))
        cells |= {(row.pk, name): won for name, won in signed}
    columns = tree(DUE, "granted", "spent", "disallowed")
    main = rounded(cells, [row.pk for row in found], question.unit, columns, minus=("spent",))
    returned = column_of(_returns_of(found, question), question.unit)
    interest = column_of({row.pk: row.interest for row in found}, question.unit)
    lines = [
        {
            "row": row,
            "program": _of(row).program.name,
            "recipient": _recipient(row),
            "money": main.row(row.pk) | {"returned": returned[row.pk], "interest": interest[row.pk]},
        }
        for row in found
    ]
    return Table(
        "정산 현황",
        SETTLED,
        lines,
        unit=question.unit.label,
        as_of=question.last,
        notes=SETTLED_NOTES,
        landscape=True,
        exact=main.exact(
            {"교부액": "granted", "실집행액": "spent", "불인정액": "disallowed", "반납할 금액": DUE}
        ),
    )


def _settlements(question: Question) -> list[Settlement]:
    """Of the period's years, without those that were fixed after its end; the newest year first."""
    rows = Settlement.objects.live().filter(year__range=(question.first.year, question.last.year))
    rows = rows.exclude(settled_on__gt=question.last)
    joined = rows.select_related("award__program", "award__enterprise", "entrustment__program")
    return [row for row in joined.order_by("-year", "pk") if _asked(question, _of(row).program_id)]


def _of(row: Settlement) -> Any:
    return row.award or row.entrustment


def _recipient(row: Settlement) -> str:
    if row.award:
        return row.award.enterprise.name
    assert row.entrustment is not None
    return row.entrustment.partner or row.entrustment.title


def _asked(question: Question, program: int) -> bool:
    chosen = question.chosen.get("program")
    return chosen is None or chosen.pk == program


def _returns_of(settlements: Sequence[Settlement], question: Question) -> dict[int, int]:
    """Won given back by settlement, of its award or of its agreement and year; one query."""
    sums: dict[tuple[str, int | None, int], int] = {}
    rows = _returns(question).order_by().values_list("award_id", "entrustment_id", "fiscal_year")
    for award, entrustment, year, won in rows.annotate(Sum("amount")):
        sums["award", award, year] = sums.get(("award", award, year), 0) - int(won)
        key = ("entrustment", entrustment, year)
        sums[key] = sums.get(key, 0) - int(won)
    return {
        row.pk: sums.get(
            ("award", row.award_id, row.year)
            if row.award_id
            else ("entrustment", row.entrustment_id, row.year),
            0,
        )
        for row in settlements
    }


def _returns(question: Question) -> Any:
    rows = Disbursement.objects.live().exclude(kind=LedgerKind.PAYMENT)
    return rows.filter(paid_on__lte=question.paid_until)


def _returned(question: Question) -> Table:
    rows = _returns(question).filter(paid_on__gte=question.first)
    if program := question.chosen.get("program"):
        rows = rows.filter(program=program)
    found = list(
        rows.select_related("program", "enterprise", "entrustment", "contract").order_by("-paid_on", "-pk")
    )
    cells = {(row.pk, source): -getattr(row, source) for row in found for source in SOURCES}
    printed = rounded(cells, [row.pk for row in found], question.unit)
    lines = [{"row": row, "kind": row.get_kind_display(), "money": printed.row(row.pk)} for row in found]
    return Table(
        "반납 내역",
        RETURNED,
        lines,
        unit=question.unit.label,
        notes=["여입은 그해 집행액에서 빼고, 현년도 세입은 집행액을 줄이지 않습니다(지방회계법 제27조)."],
        exact=printed.exact(source_names()),
    )


def _upward(question: Question) -> Table:
    rows = UpwardReturn.objects.live().filter(on__range=(question.first, question.last))
    if program := question.chosen.get("program"):
        rows = rows.filter(program=program)
    found = list(rows.select_related("program").order_by("-on", "-pk"))
    money = {
        name: column_of({row.pk: getattr(row, name) for row in found}, question.unit)
        for name in ("amount", "interest")
    }
    lines = [
        {
            "row": row,
            "source": SOURCE_NAMES[row.source],
            "money": {name: money[name][row.pk] for name in money},
            "note": "",
        }
        for row in found
    ]
    return Table("국·시비 반납", UPWARD, lines, unit=question.unit.label)


REPORT = Report(
    "settlements", "정산·반납 현황", "정산 결과, 돌려받은 돈(여입·세입), 국·시비 반납", tables, Filters
)
