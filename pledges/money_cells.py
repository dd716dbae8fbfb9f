"""One cell of the 집행액 table: its figure, and the records that belong to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest

from pledges.card.model import ExecutionPart
from pledges.execution import AFTER_TERM, Column, Execution
from pledges.models import ExecutionOpening, Term
from pledges.spent import Spent, is_after_term
from subsidies.models import SOURCES, Source

# How a cell stands in the address.
CELL = ("column", "source")
IN_TERM = "임기 내"
WORDS = {"after": AFTER_TERM, "in_term": IN_TERM}


@dataclass(frozen=True)
class Cell:
    """Which cell is asked about: a year, ``AFTER_TERM`` or ``IN_TERM`` (None: all); a source ("": all)."""

    term: Term
    column: Column | None = None
    source: str = ""

    @property
    def is_whole(self) -> bool:
        return self.column is None and not self.source

    @property
    def title(self) -> str:
        when = f"{self.column}년" if isinstance(self.column, int) else self.column or ""
        of = str(Source(self.source).label) if self.source else ""
        return " ".join(filter(None, (when, of, "집행액")))

    @property
    def query(self) -> dict[str, str]:
        """The cell in the address."""
        names = {words: name for name, words in WORDS.items()}
        column = "" if self.column is None else names.get(str(self.column), str(self.column))
        return {name: value for name, value in (("column", column), ("source", self.source)) if value}

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the table that the cell is the sum of."""
        if self.column is None:
            return (*self.term.years, AFTER_TERM)
        return tuple(self.term.years) if self.column == IN_TERM else (self.column,)

    def value(self, execution: Execution) -> int | None:
        """The cell in won, exactly; None where it is not known."""
        sources = (self.source,) if self.source else SOURCES
        found = [execution.cell(column, source) for column in self.columns for source in sources]
        return None if None in found else sum(won for won in found if won is not None)

    def printed(self, part: ExecutionPart) -> str:
        """The figure as the card prints it, with its unit; empty where it is not known."""
        row = next(row for row in part.rows if row.source == (self.source or "total"))
        names: dict[Any, Any] = {None: row.total, IN_TERM: row.in_term, AFTER_TERM: row.after_term}
        value = (names | row.by_year).get(self.column)
        return "" if value is None else f"{value:,f}{part.unit}".replace("-", "△")

    def takes(self, opening: ExecutionOpening) -> bool:
        """Whether an opening's row belongs to the cell."""
        column: Column = AFTER_TERM if opening.after_term else opening.year
        return column in self.columns and self.source in ("", opening.fund)

    def rows(self, rows: Any) -> Any:
        """The ledger rows of the cell: of its 회계연도, with money of its source. Years not on the card stay out."""
        late = Q(paid_on__gt=self.term.ends_on) | Q(fiscal_year__gt=self.term.ends_on.year)
        years = [column for column in self.columns if column != AFTER_TERM]
        wanted = ~late & Q(fiscal_year__in=years)
        if AFTER_TERM in self.columns:
            wanted |= late
        found = rows.filter(wanted)
        return found.exclude(**{self.source: 0}) if self.source else found

    def spent(self, rows: Iterable[Spent]) -> list[tuple[Spent, int]]:
        """The settlements of the cell, each with its won."""
        found = []
        for row in rows:
            column: Column = AFTER_TERM if is_after_term(row, self.term.ends_on) else row.year
            won = getattr(row.shares, self.source) if self.source else row.shares.total
            if column in self.columns and won:
                found.append((row, won))
        return found


def asked_cell(request: HttpRequest, term: Term) -> Cell:
    """``?column=2024|in_term|after&source=national``; a column or source that the table does not have is a 404."""
    column, source = request.GET.get("column", ""), request.GET.get("source", "")
    known: dict[str, Column] = {str(year): year for year in term.years} | WORDS
    if (column and column not in known) or source not in ("", *SOURCES):
        raise Http404("집행액 표에 그런 칸이 없습니다.")
    return Cell(term, known.get(column), source)
