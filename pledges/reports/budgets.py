"""예산 대비 집행: 예산현액 by kind, 집행, 잔액 and 집행률; 국·시비 as announced, received and spent."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django import forms
from django.db.models import Sum

from common.footing import tree
from documents.cells import CENTER, RATE, TEXT, YEAR
from documents.table import Column, Table
from pledges.reports.columns import NOTE, at
from pledges.reports.model import PAID_NOTE, Question, Report, ReportFilters
from pledges.reports.money import SOURCE_NAMES, WON, rounded, source_columns, source_names
from subsidies.models import SOURCES, Budget, BudgetKind, Disbursement, Program, Receipt, Source

Key = tuple[int, int]
Budgets = dict[tuple[int, int, int], int]
LEFT, BUDGET, SPENT = "left", "budget", "spent"
GROUP = "예산현액"
NOTIFIED, RECEIVED = "notified", "received"
UPWARD = (Source.NATIONAL.value, Source.CITY.value)


class Filters(ReportFilters):
    program = forms.ModelChoiceField(Program.objects.all(), label="사업", empty_label="전체")


def tables(question: Question) -> list[Table]:
    programs = {program.pk: program for program in _programs(question)}
    spent = _spent(question, programs)
    budgets = _budgets(question, programs)
    return [
        _execution(question, programs, budgets, spent),
        _without_budget(question, programs, budgets, spent),
        _upward(question, programs, spent),
    ]


def _programs(question: Question) -> list[Program]:
    chosen = question.chosen.get("program")
    return [chosen] if chosen else list(Program.objects.all())


def _spent(question: Question, programs: dict[int, Program]) -> dict[Key, dict[str, int]]:
    rows = Disbursement.objects.executed().filter(program__in=programs, **question.paid_in()).order_by()
    sums = rows.values("program_id", "fiscal_year").annotate(**{source: Sum(source) for source in SOURCES})
    return {
        (row["fiscal_year"], row["program_id"]): {source: int(row[source]) for source in SOURCES}
        for row in sums
    }


def _execution(
    question: Question, programs: dict[int, Program], budgets: Budgets, spent: dict[Key, dict[str, int]]
) -> Table:
    """The programmes' years that have a budget."""
    kinds = list(BudgetKind.objects.all())
    keys = _in_order({(year, program) for year, program, _ in budgets}, programs)
    cells: dict[tuple[Any, Any], int] = {}
    for (year, program, kind), won in budgets.items():
        cells[(year, program), kind] = won
    for key in keys:
        # 잔액 = 예산현액 - 집행액: one sum, so that both foot together.
        cells[key, SPENT] = -sum(spent.get(key, {}).values())
    used = [kind for kind in kinds if any(key[2] == kind.pk for key in budgets)]
    columns = tree(LEFT, tree(BUDGET, *(kind.pk for kind in used)), SPENT)
    printed = rounded(cells, keys, question.unit, columns, minus=(SPENT,))
    lines = [
        {"year": key[0], "program": programs[key[1]].name, "money": printed.row(key), "note": ""}
        for key in keys
    ]
    names = {f"{GROUP}/계": BUDGET, "집행액": SPENT, "잔액": LEFT}
    return Table(
        "예산 대비 집행",
        _columns(used),
        lines,
        unit=question.unit.label,
        as_of=question.last,
        notes=[PAID_NOTE],
        landscape=True,
        exact=printed.exact(names | {f"{GROUP}/{kind.name}": kind.pk for kind in used}),
    )


SPENT_ONLY = (
    Column("회계연도", "year", YEAR),
    Column("사업", "program", TEXT, width=26),
    *source_columns("집행액"),
    NOTE,
)


def _without_budget(
    question: Question, programs: dict[int, Program], budgets: Budgets, spent: dict[Key, dict[str, int]]
) -> Table:
    """What was spent where no budget is recorded: there is no limit to hold it against (DOMAIN §4.9)."""
    keys = _in_order(set(spent) - {(year, program) for year, program, _ in budgets}, programs)
    cells = {(key, source): won for key in keys for source, won in spent[key].items()}
    printed = rounded(cells, keys, question.unit)
    lines = [
        {"year": key[0], "program": programs[key[1]].name, "money": printed.row(key), "note": ""}
        for key in keys
    ]
    notes = ["예산을 등록하면 위의 표로 옮겨 갑니다."] if keys else []
    return Table(
        "예산 미등록 사업의 집행",
        SPENT_ONLY,
        lines,
        unit=question.unit.label,
        as_of=question.last,
        notes=notes,
        exact=printed.exact(source_names("집행액")),
    )


def _columns(kinds: list[BudgetKind]) -> tuple[Column, ...]:
    parts = tuple(f"{GROUP}/{kind.name}" for kind in kinds)
    by_kind = [Column(kind.name, at("money", kind.pk), WON, group=GROUP, sums=True) for kind in kinds]
    return (
        Column("회계연도", "year", YEAR),
        Column("사업", "program", TEXT, width=24),
        Column("계", at("money", BUDGET), WON, group=GROUP, sums=True, parts=parts),
        *by_kind,
        Column("집행액", at("money", SPENT), WON, sums=True),
        Column("잔액", at("money", LEFT), WON, sums=True, parts=(f"{GROUP}/계",), minus=("집행액",)),
        Column("집행률(%)", "", RATE, share=("집행액", f"{GROUP}/계")),
        NOTE,
    )


def _budgets(question: Question, programs: dict[int, Program]) -> Budgets:
    """Won by 회계연도, programme and kind: rows confirmed by the period's end, undated ones too."""
    rows = Budget.objects.live().filter(
        program_year__voided_at__isnull=True,
        program_year__program__in=programs,
        program_year__year__range=(question.first.year, question.last.year),
    )
    rows = rows.exclude(on__gt=question.last).order_by()
    sums = rows.values_list("program_year__year", "program_year__program_id", "kind_id").annotate(
        Sum("amount")
    )
    return {(year, program, kind): int(won) for year, program, kind, won in sums}


def _in_order(keys: set[Key], programs: dict[int, Program]) -> list[Key]:
    """The newest year first, programmes in their own order."""
    places = {pk: place for place, pk in enumerate(programs)}
    return sorted(keys, key=lambda key: (-key[0], places[key[1]]))


RECEIPTS = (
    Column("회계연도", "year", YEAR),
    Column("사업", "program", TEXT, width=24),
    Column("재원", "source", CENTER),
    Column("내시액", at("money", NOTIFIED), WON, sums=True),
    Column("수령액", at("money", RECEIVED), WON, sums=True),
    Column("집행액", at("money", SPENT), WON, sums=True),
    Column("수령 후 잔액", at("money", LEFT), WON, sums=True, parts=("수령액",), minus=("집행액",)),
    Column("집행률(%)", "", RATE, share=("집행액", "수령액")),
    Column("비고", lambda row: "", TEXT),
)


def _upward(question: Question, programs: dict[int, Program], spent: dict[Key, dict[str, int]]) -> Table:
    """국비 and 시비: announced (내시), received, spent."""
    receipts = _receipts(question, programs)
    moved = {(key, source) for key, row in spent.items() for source in UPWARD if row[source]}
    rows = {((year, program), source) for year, program, source, _ in receipts} | moved
    order = _in_order({key for key, _ in rows}, programs)
    keys = [(key, source) for key in order for source in UPWARD if (key, source) in rows]
    cells: dict[tuple[Any, Any], int] = {}
    announced: dict[tuple[Any, Any], int] = defaultdict(int)
    for (year, program, source, kind), won in receipts.items():
        table = cells if kind == RECEIVED else announced
        table[((year, program), source), kind] = won
    for key, source in keys:
        cells[(key, source), SPENT] = -spent.get(key, {}).get(source, 0)
    left = rounded(cells, keys, question.unit, tree(LEFT, RECEIVED, SPENT), minus=(SPENT,))
    promised = rounded(announced, keys, question.unit, tree(NOTIFIED))
    lines = [
        {
            "year": key[0],
            "program": programs[key[1]].name,
            "source": SOURCE_NAMES[source],
            "money": promised.row((key, source)) | left.row((key, source)),
        }
        for key, source in keys
    ]
    return Table(
        "국·시비 내시·수령·집행",
        RECEIPTS,
        lines,
        unit=question.unit.label,
        as_of=question.last,
        exact=left.exact({"수령액": RECEIVED, "집행액": SPENT, "수령 후 잔액": LEFT}),
    )


def _receipts(question: Question, programs: dict[int, Program]) -> dict[tuple[int, int, str, str], int]:
    rows = Receipt.objects.live().filter(
        program_year__voided_at__isnull=True,
        program_year__program__in=programs,
        program_year__year__range=(question.first.year, question.last.year),
        on__lte=question.last,
        source__in=UPWARD,
    )
    by = ("program_year__year", "program_year__program_id", "source", "kind")
    sums = rows.order_by().values_list(*by).annotate(Sum("amount"))
    return {(year, program, source, kind): int(won) for year, program, source, kind, won in sums}


REPORT = Report(
    "budgets",
    "예산 대비 집행",
    "예산현액(종류별)과 집행액·잔액·집행률, 국·시비 내시·수령·집행",
    tables,
    Filters,
)
