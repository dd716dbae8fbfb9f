"""집행액 by 실집행액: for programmes whose basis it is, what the recipients spent by their settlements (DOMAIN §2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models.functions import Coalesce

from pledges.models import Pledge
from subsidies.models import Program, ProgramYear, Settlement
from subsidies.models.programs import Basis
from subsidies.splits import Shares, split


@dataclass(frozen=True)
class Spent:
    """One confirmed settlement as a pledge counts it: its 회계연도, its day, won by source."""

    pledge: int
    settlement: int
    program: int
    year: int
    day: date
    shares: Shares


def is_after_term(row: Spent, ends: date) -> bool:
    """임기 후: spent of the last year's money or a later one, and settled after the term."""
    return row.day > ends and row.year >= ends.year


def settled(pledges: Sequence[Pledge], as_of: date) -> list[Spent]:
    """Settlements of programmes with this basis confirmed by ``as_of``, each once a pledge, by their days.

    The day of a settlement is the day it was confirmed. Without a ratio of its year the district bears it all.
    """
    rows = _settlements(pledges, as_of)
    ratios = _ratios(rows)
    return [replace(row, shares=_shares(row, ratios.get((row.program, row.year)))) for row in rows]


def _shares(row: Spent, ratio: ProgramYear | None) -> Shares:
    won = sum(row.shares)
    return split(won, ratio.ratio, ratio.program.split_unit) if ratio else Shares(district=won)


def _settlements(pledges: Sequence[Pledge], as_of: date) -> list[Spent]:
    """The settlements with all they spent as 구비: not yet split."""
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
        .order_by("settled_on", "pk")
        .values_list("pk", "program", "year", "settled_on", "spent")
    )
    wanted = {pledge.pk for pledge in pledges}
    return [
        Spent(pledge, pk, program, year, day, Shares(district=won))
        for pk, program, year, day, won in rows
        if day is not None
        for pledge in mine[program]
        if pledge in wanted
    ]


def _ratios(rows: Sequence[Spent]) -> dict[tuple[int, int], ProgramYear]:
    if not rows:
        return {}
    years = (
        ProgramYear.objects.live().filter(program__in={row.program for row in rows}).select_related("program")
    )
    return {(year.program_id, year.year): year for year in years}
