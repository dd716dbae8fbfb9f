"""예산 집행액의 근거: the opening, ledger rows and settlements behind every cell of the execution table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.listing import listed
from common.money import MILLION, percent, signed
from common.periods import korean_date
from pledges.achievement import share
from pledges.card import printed_execution
from pledges.dashboard import money_table, wholes_on
from pledges.derivations import with_writers
from pledges.execution import Execution, behind, executions
from pledges.models import ExecutionOpening, Pledge
from pledges.money_cells import CELL, Cell, asked_cell
from pledges.selection import Asked, as_it_stood, asked, pledge_numbered
from pledges.spent import Spent
from pledges.views.dashboard import asked_board
from subsidies.models import SOURCES, Settlement, Source

SORTS = {"date": ("paid_on",), "amount": ("amount",), "year": ("fiscal_year", "paid_on")}
# So many of the records that itemise an opening are listed; the rest is in the ledger.
LISTED = 200


@require_safe
@allow("view")
@as_it_stood
def money_why(request: HttpRequest, number: str) -> HttpResponse:
    """Exact won by year and source, the opening they start from, and the records added since."""
    question = asked(request, "sort", "page", *CELL)
    pledge = pledge_numbered(question.term, number)
    cell = asked_cell(request, pledge.term)
    execution = executions([pledge], question.as_of)[pledge.pk]
    made = made_of(cell, pledge, execution, question.as_of)
    listing = listed(
        request,
        made.rows.select_related("program", "enterprise", "entrustment", "contract"),
        SORTS,
        default="date",
        also=("term", "as_of", *CELL),
    )
    context = made.context | {
        "asked": question,
        "pledge": pledge,
        "cell": cell,
        "printed": cell.printed(printed_execution(pledge, question.as_of, execution)),
        "columns": execution.columns,
        "cells": lines(execution, pledge, question),
        "listing": listing,
        "added_rows": with_writers(listing.page),
        "rates": (found := rates(pledge, execution, question) if cell.is_whole else []),
        "footnotes": [
            (cell.title, footnote(cell, made, question.as_of)),
            *map(rate_footnote(question), found),
        ],
    }
    return render(request, "pledges/money_why.html", context)


@dataclass(frozen=True)
class Made:
    """What a cell was made of: rows of an opening, ledger rows, settlements; ``value`` None: not known.

    ``is_settled``: the day is before the opening, whose figure holds for a year that had ended by then.
    """

    value: int | None
    openings: list[ExecutionOpening]
    rows: Any
    spent: list[tuple[Spent, int]]
    itemising: Any
    spent_inside: list[tuple[Spent, int]]
    source: str
    is_settled: bool

    @property
    def opened(self) -> int:
        return sum(opening.amount for opening in self.openings)

    @property
    def details(self) -> int:
        """상세 등록: what the records that itemise the opening add up to."""
        paid: int = self.itemising.totals()[self.source or "amount"]
        return paid + sum(won for _, won in self.spent_inside)

    @property
    def _listed(self) -> Any:
        rows = self.itemising.select_related("program", "enterprise", "entrustment", "contract")
        return rows.order_by("paid_on", "pk")[:LISTED]

    @cached_property
    def context(self) -> dict[str, Any]:
        totals = self.rows.totals()
        spent = sum(won for _, won in self.spent)
        return {
            "value": self.value,
            "openings": with_writers(self.openings),
            "base": self.openings[0] if self.openings else None,
            "opened": self.opened,
            "totals": totals,
            "paid": totals[self.source or "amount"],
            "spent": settlements(self.spent),
            "spent_won": spent,
            "added": totals[self.source or "amount"] + spent,
            "itemising": self.details,
            "inside": [(row, getattr(row, self.source or "amount")) for row in with_writers(self._listed)],
            "inside_count": self.itemising.count(),
            "inside_spent": settlements(self.spent_inside),
            "inside_spent_count": len(self.spent_inside),
            "settled": self.is_settled,
        }


def made_of(cell: Cell, pledge: Pledge, execution: Execution, as_of: date) -> Made:
    """What the figure of ``cell`` on a day was made of."""
    found, value = behind(pledge, as_of), cell.value(execution)
    openings, rows, spent = found.openings, found.rows, found.spent
    inside, spent_inside = found.itemising, found.spent_inside
    settled = value is not None and found.base is None and bool(found.opened_later)
    if settled:
        openings = [
            row for row in found.opened_later if date(row.year, 12, 31) <= as_of and not row.after_term
        ]
        rows, spent, inside, spent_inside = rows.none(), [], rows, spent
    return Made(
        value=value,
        openings=[opening for opening in openings if cell.takes(opening)],
        rows=cell.rows(rows),
        spent=cell.spent(spent),
        itemising=cell.rows(inside),
        spent_inside=cell.spent(spent_inside),
        source=cell.source,
        is_settled=settled,
    )


def settlements(rows: Sequence[tuple[Spent, int]]) -> list[tuple[Settlement, Spent, int]]:
    """The settlements themselves, with how each was split. One query."""
    stored = Settlement.objects.select_related("award__program", "award__enterprise", "entrustment__program")
    found = stored.in_bulk([row.settlement for row, _ in rows])
    with_writers(found.values())
    return [(found[row.settlement], row, won) for row, won in rows]


@dataclass(frozen=True)
class Rate:
    """집행 ÷ something, in percent; None where either is not known."""

    label: str
    won: int | None
    whole: int
    rate: Fraction | None
    url: str


def rates(pledge: Pledge, execution: Execution, question: Asked) -> list[Rate]:
    """What the dashboard prints beside a pledge: 집행 ÷ 총사업비 and ÷ 확보액."""
    base = f"{reverse('pledges:cost_why', args=[pledge.number])}?{question.query}"
    cost, secured = wholes_on([pledge], question.as_of)[pledge.pk]
    wholes = (("총사업비", cost, "cost"), ("확보액", secured, "secured"))
    won = execution.total
    return [
        Rate(label, won, whole, None if won is None else share(won, whole), f"{base}&of={of}")
        for label, whole, of in wholes
    ]


def footnote(cell: Cell, made: Made, as_of: date) -> str:
    """The cell's working as one sentence, to paste below a report."""
    day, parts = f"{korean_date(as_of)} 기준", made.context
    if made.value is None:
        return f"※ {cell.title}은 도입 전 누계의 기준일 이전이어서 집계할 수 없음({day})"
    operands = f"도입 전 누계 {signed(made.opened)}원 + 그 뒤 교부·지급·여입 {signed(parts['paid'])}원"
    if made.spent:
        operands += f" + 그 뒤 실집행액(정산) {signed(parts['spent_won'])}원"
    return f"※ {cell.title} {signed(made.value)}원 = {operands}({day})"


def rate_footnote(question: Asked) -> Callable[[Rate], tuple[str, str]]:
    """집행 ÷ something as a sentence."""
    day, places = f"{korean_date(question.as_of)} 기준", question.term.decimals

    def sentence(one: Rate) -> tuple[str, str]:
        name = f"집행÷{one.label}"
        if one.rate is None or one.won is None:
            return name, f"※ {name}: 집행액을 알 수 없거나 {one.label}이 없음({day})"
        return (
            name,
            f"※ {name} {percent(one.rate, places)}% = {signed(one.won)}원 ÷ {signed(one.whole)}원 × 100({day})",
        )

    return sentence


Opened = tuple[int | None, str]


def lines(execution: Execution, pledge: Pledge, question: Asked) -> list[tuple[str, list[Opened]]]:
    """The table in won, each cell with its own address: the total and a line a source; the sum, then the columns."""
    base = reverse("pledges:money_why", args=[pledge.number])

    def opened(column: Any, source: str) -> Opened:
        cell = Cell(pledge.term, column, source)
        return cell.value(execution), f"{base}?{question.query}&{urlencode(cell.query)}"

    columns = (None, *execution.columns)
    labels = {"": "계"} | {source: str(Source(source).label) for source in SOURCES}
    return [(label, [opened(column, source) for column in columns]) for source, label in labels.items()]


@require_safe
@allow("view")
def office_money(request: HttpRequest) -> HttpResponse:
    """A cell of the dashboard's table, pledge by pledge: exact won, each leading to its own records."""
    board = asked_board(request, *CELL)
    question: Asked = board["asked"]
    cell = asked_cell(request, question.term)
    rows = [(row.pledge, cell.value(row.execution)) for row in board["rows"]]
    known = [won for _, won in rows if won is not None]
    table = money_table([row.execution for row in board["rows"]], question.term, MILLION)
    printed = table.cells.get((cell.source, cell.column or ""))
    context = board | {
        "cell": cell,
        "cell_query": urlencode(cell.query),
        "found": [(pledge, won) for pledge, won in rows if won != 0],
        "total": sum(known) if len(known) == len(rows) else None,
        "printed": None if printed is None else f"{signed(printed)}{table.unit}",
    }
    return render(request, "pledges/office_money.html", context)
