"""예산 집행액 of pledges by fiscal year and source, in won (DOMAIN §4.6, §3.6, §3.8).

A cell is the opening's plus the signed ledger rows paid after it. What is paid after the term's last day is
임기 후; fiscal years before the term's first calendar year are not on its card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, F, Q, Sum, Value, When

from pledges.models import ExecutionOpening, Pledge, Term
from pledges.spent import Spent, is_after_term, settled
from pledges.then import each_as_it_stood
from subsidies.models import SOURCES, Disbursement
from subsidies.models.programs import Basis

AFTER_TERM = "임기 후"
Column = int | str


@dataclass(frozen=True)
class Execution:
    """Won by (column, source); a column is a year of the term or ``AFTER_TERM``.

    ``cells`` lacks what is not known: a year already begun on a day before the opening. ``known`` then holds
    what its ledger rows add up to. ``base`` is the day of the opening the cells start from.
    """

    years: tuple[int, ...]
    cells: dict[tuple[Column, str], int]
    known: dict[tuple[Column, str], int] = field(default_factory=dict)
    base: date | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        return (*self.years, AFTER_TERM)

    @property
    def is_known(self) -> bool:
        return len(self.cells) == len(self.columns) * len(SOURCES)

    def cell(self, column: Column, source: str) -> int | None:
        return self.cells.get((column, source))

    def of_year(self, column: Column) -> int | None:
        """All sources of a column; None while one is not known."""
        return _plus(self.cell(column, source) for source in SOURCES)

    def of_source(self, source: str) -> int | None:
        return _plus(self.cell(column, source) for column in self.columns)

    @property
    def in_term(self) -> int | None:
        """All years of the term; what was executed after its last day is left out."""
        return _plus(self.of_year(year) for year in self.years)

    @property
    def total(self) -> int | None:
        return _plus(self.of_source(source) for source in SOURCES)


def _plus(values: Iterable[int | None]) -> int | None:
    found = list(values)
    return None if None in found else sum(value for value in found if value is not None)


def executions(pledges: Sequence[Pledge], as_of: date) -> dict[int, Execution]:
    """The table of each pledge (one term's) at the end of ``as_of``. A number of queries that does not grow.

    Programmes count what was handed out, or what was spent, by their own basis.
    """
    return executions_of(pledges, [as_of])[as_of]


def executions_on(pledges: Sequence[Pledge], days: Sequence[date]) -> dict[date, dict[int, Execution]]:
    """`executions` for several days; a day inside a closed quarter as its closing knew the records."""
    found: dict[date, dict[int, Execution]] = {day: {} for day in days}

    def load(mine: Sequence[Pledge], wanted: Sequence[date]) -> None:
        for day, tables in executions_of(mine, wanted).items():
            found[day] |= tables

    each_as_it_stood(pledges, days, load)
    return found


def executions_of(pledges: Sequence[Pledge], days: Sequence[date]) -> dict[date, dict[int, Execution]]:
    """`executions` for several days, in as many queries: the ledger is added up between the days that matter."""
    if not pledges:
        return {day: {} for day in days}
    openings = _openings(pledges)
    bases = {day: _bases(openings, day) for day in days}
    edges = sorted({*days, *(base for found in bases.values() for base in found.values())})
    bands = _bands(pledges, edges)
    for row in settled(pledges, max(days)):
        late = is_after_term(row, pledges[0].term.ends_on)
        for source, won in zip(SOURCES, row.shares, strict=True):
            bands[row.pledge].append((row.day, (row.year, late, source), won))
    return {
        day: {
            p.pk: _table(p.term, day, openings[p.pk], _moved(bands[p.pk], bases[day].get(p.pk), day))
            for p in pledges
        }
        for day in days
    }


def _openings(pledges: Sequence[Pledge]) -> dict[int, list[ExecutionOpening]]:
    found: dict[int, list[ExecutionOpening]] = defaultdict(list)
    for opening in ExecutionOpening.objects.live().filter(pledge__in=pledges).order_by("on", "closed"):
        found[opening.pledge_id].append(opening)
    return found


def _bases(openings: dict[int, list[ExecutionOpening]], as_of: date) -> dict[int, date]:
    """The day each pledge's figures start from, where there is one."""
    past = {pk: [row.on for row in rows if row.on <= as_of] for pk, rows in openings.items()}
    return {pk: max(days) for pk, days in past.items() if days}


# (the last day of the band it was paid in, (fiscal year, paid after the term, source), won)
Banded = tuple[date, tuple[int, bool, str], int]


def _bands(pledges: Sequence[Pledge], edges: Sequence[date]) -> dict[int, list[Banded]]:
    """Ledger rows added up from one edge to the next, by pledge. One query."""
    band = Case(*(When(paid_on__lte=edge, then=Value(at)) for at, edge in enumerate(edges)))
    rows = (
        Disbursement.objects.executed()
        .filter(program__pledges__in=pledges, program__basis=Basis.DISBURSED, paid_on__lte=edges[-1])
        .annotate(pledge=F("program__pledges"), after=_after_term(pledges[0].term), band=band)
        .order_by()
        .values("pledge", "fiscal_year", "after", "band")
        .annotate(**{f"sum_{source}": Sum(source) for source in SOURCES})
    )
    found: dict[int, list[Banded]] = defaultdict(list)
    for row in rows:
        for source in SOURCES:
            cell = (row["fiscal_year"], row["after"], source)
            found[row["pledge"]].append((edges[row["band"]], cell, row[f"sum_{source}"]))
    return found


def _moved(bands: Sequence[Banded], base: date | None, as_of: date) -> dict[tuple[int, bool, str], int]:
    """What was paid after the base through the day, by (fiscal year, paid after the term, source)."""
    found: dict[tuple[int, bool, str], int] = defaultdict(int)
    for last, cell, won in bands:
        if last <= as_of and (base is None or last > base):
            found[cell] += won
    return found


def _after_term(term: Term) -> Case:
    late = Q(paid_on__gt=term.ends_on) | Q(fiscal_year__gt=term.ends_on.year)
    return Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField())


def _table(
    term: Term, as_of: date, openings: Sequence[ExecutionOpening], moved: dict[tuple[int, bool, str], int]
) -> Execution:
    years = tuple(term.years)
    past = [opening for opening in openings if opening.on <= as_of]
    # A later closing takes nothing away from an earlier day; a later opening says that its ledger is not the whole.
    later = [opening for opening in openings if not past and not opening.closed]
    before_opening = bool(later)
    base = past[-1] if past else (later[0] if later else None)
    start: dict[tuple[Column, str], int] = defaultdict(int)
    for opening in openings:
        if base is not None and (opening.on, opening.closed) == (base.on, base.closed):
            start[AFTER_TERM if opening.after_term else opening.year, opening.fund] += opening.amount
    cells: dict[tuple[Column, str], int] = {}
    known: dict[tuple[Column, str], int] = {}
    columns: tuple[Column, ...] = (*years, AFTER_TERM)
    for column in columns:
        for source in SOURCES:
            rows = _rows(moved, column, source, years)
            if not before_opening:
                cells[column, source] = start[column, source] + rows
            elif (settled := _settled_before(column, source, term, as_of, start)) is not None:
                cells[column, source] = settled
            else:
                known[column, source] = rows
    return Execution(years, cells, known, base.on if past and base else None)


def _rows(
    moved: dict[tuple[int, bool, str], int], column: Column, source: str, years: tuple[int, ...]
) -> int:
    if column == AFTER_TERM:
        return sum(won for (_, after, of), won in moved.items() if after and of == source)
    return sum(
        won for (year, after, of), won in moved.items() if not after and year == column and of == source
    )


def _settled_before(
    column: Column, source: str, term: Term, as_of: date, start: dict[tuple[Column, str], int]
) -> int | None:
    """On a day before the opening: ended years are the opening's, years to come are 0, the rest is unknown."""
    if column == AFTER_TERM:
        return 0 if as_of <= term.ends_on else None
    if date(int(column), 12, 31) <= as_of:
        return start[column, source]
    return 0 if int(column) > as_of.year else None


@dataclass(frozen=True)
class Behind:
    """What a page shows behind the table of a pledge: the opening it starts from and what was added since.

    ``rows`` and ``itemising`` are ledger rows, of programmes that count what was handed out; ``spent`` and
    ``spent_inside`` settlements, of those that count what was spent. The second of each itemise the opening.
    ``opened_later`` is the first opening after the day.
    """

    openings: list[ExecutionOpening]
    rows: Any
    itemising: Any
    spent: list[Spent]
    spent_inside: list[Spent]
    opened_later: list[ExecutionOpening]

    @property
    def base(self) -> ExecutionOpening | None:
        return self.openings[0] if self.openings else None


def behind(pledge: Pledge, as_of: date) -> Behind:
    """The opening rows the table of ``as_of`` starts from, the records added since and those that itemise it."""
    every = list(ExecutionOpening.objects.live().filter(pledge=pledge).order_by("on", "closed"))
    openings = [row for row in every if row.on <= as_of]
    later = [row for row in every if row.on > as_of and not row.closed]
    last = (openings[-1].on, openings[-1].closed) if openings else None
    rows = Disbursement.objects.executed().filter(
        program__pledges=pledge, program__basis=Basis.DISBURSED, paid_on__lte=as_of
    )
    spent_rows = settled([pledge], as_of)
    return Behind(
        openings=[row for row in openings if (row.on, row.closed) == last],
        rows=rows.paid_after(last[0]) if last else rows,
        itemising=rows.paid_by(last[0]) if last else rows.none(),
        spent=[row for row in spent_rows if last is None or row.day > last[0]],
        spent_inside=[row for row in spent_rows if last is not None and row.day <= last[0]],
        opened_later=[row for row in later if (row.on, row.closed) == (later[0].on, later[0].closed)],
    )
