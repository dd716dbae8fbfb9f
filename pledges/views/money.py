"""예산 집행액의 근거: the opening and the ledger rows behind every cell of the execution table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.listing import listed
from common.money import signed
from common.periods import korean_date
from pledges.execution import AFTER_TERM, Column, Execution, base_rows, executions
from pledges.models import ExecutionOpening, Pledge, Term
from pledges.selection import asked, pledge_numbered
from subsidies.models import SOURCES, Source

SORTS = {"date": ("paid_on",), "amount": ("amount",), "year": ("fiscal_year", "paid_on")}


@require_safe
@allow("view")
def money_why(request: HttpRequest, number: str) -> HttpResponse:
    """Exact won by year and source, the opening they start from, and the rows added since."""
    question = asked(request, "sort", "page", *CELL)
    pledge = pledge_numbered(question.term, number)
    cell = asked_cell(request, pledge.term)
    rows = base_rows(pledge, question.as_of)
    rows |= {name: cell.rows(rows[name]) for name in ("rows", "itemising")}
    listing = listed(
        request,
        rows["rows"].select_related("program", "enterprise", "entrustment", "contract"),
        SORTS,
        default="date",
        also=("term", "as_of", *CELL),
    )
    execution = executions([pledge], question.as_of)[pledge.pk]
    openings = [opening for opening in rows["openings"] if cell.takes(opening)]
    opened, totals = sum(opening.amount for opening in openings), rows["rows"].totals()
    added = totals[cell.source or "amount"]
    context = {
        "asked": question,
        "pledge": pledge,
        "cell": cell,
        "value": cell.value(execution),
        "opened": opened,
        "added": added,
        "settled": cell.value(execution) not in (None, opened + added),
        "footnote": footnote(cell, cell.value(execution), opened, added, question.as_of),
        "execution": execution,
        "lines": lines(execution),
        "columns": execution.columns,
        "listing": listing,
        "totals": totals,
        "itemising": rows["itemising"].totals()["amount"],
        "base": rows["base"],
        "openings": openings,
    }
    return render(request, "pledges/money_why.html", context)


CELL = ("column", "source")


@dataclass(frozen=True)
class Cell:
    """Which cell of the table is asked about; None is all columns, "" all sources."""

    term: Term
    column: Column | None = None
    source: str = ""

    @property
    def is_whole(self) -> bool:
        return self.column is None and not self.source

    @property
    def title(self) -> str:
        where = (
            "" if self.column is None else f"{self.column}년" if isinstance(self.column, int) else AFTER_TERM
        )
        return " ".join(
            filter(None, (where, str(Source(self.source).label) if self.source else "", "집행액"))
        )

    def value(self, execution: Execution) -> int | None:
        """The cell in won, exactly; None where it is not known."""
        if self.column is None:
            return execution.of_source(self.source) if self.source else execution.total
        return execution.cell(self.column, self.source) if self.source else execution.of_year(self.column)

    def takes(self, opening: ExecutionOpening) -> bool:
        """Whether an opening's row belongs to the cell."""
        column: Column = AFTER_TERM if opening.after_term else opening.year
        return self.column in (None, column) and self.source in ("", opening.fund)

    def rows(self, rows: Any) -> Any:
        """The ledger rows of the cell: of its 회계연도, with money of its source. Years not on the card stay out."""
        late = Q(paid_on__gt=self.term.ends_on) | Q(fiscal_year__gt=self.term.ends_on.year)
        on_card = rows.filter(late | Q(fiscal_year__in=list(self.term.years)))
        if self.column == AFTER_TERM:
            on_card = on_card.filter(late)
        elif self.column is not None:
            on_card = on_card.exclude(late).filter(fiscal_year=self.column)
        return on_card.exclude(**{self.source: 0}) if self.source else on_card


def asked_cell(request: HttpRequest, term: Term) -> Cell:
    """``?column=2024|after&source=national``; a column or source that the table does not have is a 404."""
    column, source = request.GET.get("column", ""), request.GET.get("source", "")
    years = {str(year): year for year in term.years}
    if (column and column != "after" and column not in years) or source not in ("", *SOURCES):
        raise Http404("집행액 표에 그런 칸이 없습니다.")
    return Cell(term, AFTER_TERM if column == "after" else years.get(column), source)


def footnote(cell: Cell, value: int | None, opened: int, added: int, as_of: date) -> str:
    """The cell's working as one sentence, to paste below a report."""
    day = f"{korean_date(as_of)} 기준"
    if value is None:
        return f"※ {cell.title}은 도입 전 누계의 기준일 이전이어서 집계할 수 없음({day})"
    operands = f"도입 전 누계 {signed(opened)}원 + 그 뒤 교부·지급·여입 {signed(added)}원"
    return f"※ {cell.title} {signed(value)}원 = {operands}({day})"


def lines(execution: Execution) -> list[tuple[str, list[int | None], int | None]]:
    """The table in won: the total and a line a source; all columns, and its sum."""
    total = ("계", [execution.of_year(column) for column in execution.columns], execution.total)
    return [
        total,
        *(
            (
                str(Source(source).label),
                [execution.cell(column, source) for column in execution.columns],
                execution.of_source(source),
            )
            for source in SOURCES
        ),
    ]


@require_safe
@allow("view")
def office_money(request: HttpRequest) -> HttpResponse:
    """A cell of the dashboard's table, pledge by pledge: exact won, each leading to its own records."""
    question = asked(request, *CELL)
    cell = asked_cell(request, question.term)
    pledges = list(Pledge.objects.in_term(question.term).with_card())
    tables = executions(pledges, question.as_of)
    rows = [(pledge, cell.value(tables[pledge.pk])) for pledge in pledges]
    known = [won for _, won in rows if won is not None]
    context = {
        "asked": question,
        "cell": cell,
        "rows": [(pledge, won) for pledge, won in rows if won != 0],
        "total": sum(known) if len(known) == len(rows) else None,
    }
    return render(request, "pledges/office_money.html", context)
