"""집행액 by 실집행액: for programmes whose basis it is, what the recipients spent by their settlements (DOMAIN §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce

from pledges.models import Pledge
from subsidies.models import SOURCES, Program, ProgramYear, Settlement
from subsidies.models.programs import Basis
from subsidies.splits import Shares, split

# (fiscal year, paid after the term, source) -> won
Moved = dict[tuple[int, bool, str], int]


@dataclass(frozen=True)
class _Row:
    pledge: int
    program: int
    year: int
    settled_on: date
    spent: int


def spent(pledges: Sequence[Pledge], bases: Mapping[int, date], as_of: date) -> dict[int, Moved]:
    """By pledge: won spent by settlements confirmed by ``as_of`` and after its base, split by the year's ratio.

    The day of a settlement is the day it was confirmed. Without a ratio of that year the district bears it all.
    Three queries; one where no programme has this basis.
    """
    found: dict[int, Moved] = defaultdict(lambda: defaultdict(int))
    rows = _settlements(pledges, as_of)
    ratios = _ratios(rows)
    ends = pledges[0].term.ends_on
    for row in rows:
        if row.pledge in bases and row.settled_on <= bases[row.pledge]:
            continue
        late = row.settled_on > ends and row.year >= ends.year
        ratio = ratios.get((row.program, row.year))
        shares = (
            split(row.spent, ratio.ratio, ratio.program.split_unit) if ratio else Shares(district=row.spent)
        )
        for source, won in zip(SOURCES, shares, strict=True):
            found[row.pledge][row.year, late, source] += won
    return found


def _settlements(pledges: Sequence[Pledge], as_of: date) -> list[_Row]:
    mine: dict[int, list[int]] = defaultdict(list)
    for program, pledge in Program.objects.filter(basis=Basis.SPENT, pledges__in=pledges).values_list(
        "pk", "pledges"
    ):
        mine[program].append(pledge)
    if not mine:
        return []
    rows = (
        Settlement.objects.live()
        .annotate(program=Coalesce("award__program", "entrustment__program"))
        .filter(settled_on__lte=as_of, program__in=mine)
        .values_list("program", "year", "settled_on", "spent")
    )
    return [
        _Row(pledge, program, year, settled_on, spent)
        for program, year, settled_on, spent in rows
        if settled_on is not None
        for pledge in mine[program]
    ]


def _ratios(rows: Sequence[_Row]) -> dict[tuple[int, int], ProgramYear]:
    if not rows:
        return {}
    years = (
        ProgramYear.objects.live().filter(program__in={row.program for row in rows}).select_related("program")
    )
    return {(year.program_id, year.year): year for year in years}
