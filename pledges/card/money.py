"""The card's money: 총사업비, 확보액 and 예산 집행액, rounded once so that rows and columns foot (DOMAIN §4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from common.footing import Footed, foot, tree
from common.money import Unit, printed_unit
from pledges.card.model import Adjusted, ExecutionPart, ExecutionRow, MoneyRow
from pledges.execution import AFTER_TERM, Column, Execution
from pledges.models import Pledge
from subsidies.models import SOURCES
from subsidies.models.programs import Basis

TOTAL, IN_TERM = "total", "in_term"


def cost_row(pledge: Any) -> MoneyRow:
    """총사업비 by source in the pledge's unit; of a pledge or of one of its wordings (its history)."""
    won = {source: getattr(pledge, f"cost_{source}") for source in SOURCES}
    return money_row(won, printed_unit(pledge.cost_unit, pledge.unit_decimals))


def secured_row(pledge: Pledge) -> MoneyRow | None:
    """확보액 by source, all years; None where none is recorded."""
    won = dict.fromkeys(SOURCES, 0)
    rows = [row for row in pledge.secured.all() if not row.is_void]
    for row in rows:
        won[row.source] += row.amount
    return money_row(won, printed_unit(pledge.cost_unit, pledge.unit_decimals)) if rows else None


def money_row(won: Mapping[str, int], printed: Unit) -> MoneyRow:
    """Won by source as one row that foots."""
    footed = foot({(s, "won"): won[s] for s in SOURCES}, tree(TOTAL, *SOURCES), tree("won"), printed.step)
    cells = {row: Decimal(printed.number(footed.value(row, "won"))) for row in (TOTAL, *SOURCES)}
    exact = {source: footed.exact(source, "won") for source in SOURCES if footed.adjusted(source, "won")}
    return MoneyRow(unit=printed.label, exact=exact, **cells)


def execution_part(pledge: Pledge, execution: Execution) -> ExecutionPart:
    """The table in the pledge's unit. Columns that are not known stay None, and with them the totals."""
    printed = printed_unit(pledge.execution_unit, pledge.unit_decimals)
    known = [column for column in execution.columns if execution.of_year(column) is not None]
    footed = _foot(execution, known, printed)
    rows = tuple(_row(source, execution, footed, printed, known) for source in (TOTAL, *SOURCES))
    return ExecutionPart(
        unit=printed.label,
        basis=basis_text(pledge),
        rows=rows,
        adjusted=tuple(
            Adjusted(source=str(row), column=str(column), won=footed.exact(row, column))
            for row, column in footed.adjusted_cells
            if execution.is_known or column not in (TOTAL, IN_TERM)
        ),
        opening_on=execution.base,
    )


def _foot(execution: Execution, known: list[Column], printed: Unit) -> Footed:
    cells = {(source, column): execution.cells[column, source] for column in known for source in SOURCES}
    years = [column for column in known if column != AFTER_TERM]
    after = [AFTER_TERM] if AFTER_TERM in known else []
    columns = tree(TOTAL, tree(IN_TERM, *years), *after) if years else tree(TOTAL, *after)
    return foot(cells, tree(TOTAL, *SOURCES), columns, printed.step)


def _row(
    source: str, execution: Execution, footed: Footed, printed: Unit, known: list[Column]
) -> ExecutionRow:
    def cell(column: Column) -> Decimal:
        return Decimal(printed.number(footed.value(source, column)))

    all_years = all(year in known for year in execution.years)
    return ExecutionRow(
        source=source,
        total=cell(TOTAL) if execution.is_known else None,
        in_term=cell(IN_TERM) if all_years else None,
        by_year={year: cell(year) if year in known else None for year in execution.years},
        after_term=cell(AFTER_TERM) if AFTER_TERM in known else None,
    )


def basis_text(pledge: Pledge) -> str:
    """What 집행액 counts, as printed below the table."""
    bases = {Basis(program.basis) for program in pledge.programs.all()}
    labels = "·".join(sorted(str(basis.label) for basis in bases or {Basis.DISBURSED}))
    return f"집행액은 {labels} 기준(민간위탁금·용역비 지급액 포함, 여입 차감)"
