"""Budget, execution and balance of programmes, by year and source. Won, nothing rounded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Sum

from subsidies.models import SOURCES, Budget, Disbursement, Program, ProgramYear
from subsidies.splits import Shares


@dataclass(frozen=True)
class Balance:
    """One programme in one fiscal year; ``registered``: whether any budget row says a limit."""

    program: Program
    year: int
    ratio: ProgramYear | None
    registered: bool
    budget: Shares
    executed: Shares

    @property
    def left(self) -> Shares:
        return Shares(*(given - used for given, used in zip(self.budget, self.executed, strict=True)))

    @property
    def is_over(self) -> bool:
        return self.registered and self.left.total < 0


def balances(programs: Iterable[Program], years: Iterable[int] | None = None) -> list[Balance]:
    """Every programme × year that has a ratio, a budget or a payment (all of ``years``, if given), latest year first.

    Three queries.
    """
    columns = list(programs)
    mine = {program.pk for program in columns}
    ratios = {(row.program_id, row.year): row for row in ProgramYear.objects.live().filter(program__in=mine)}
    wanted_years = None if years is None else set(years)
    given = budgets(mine, wanted_years)
    executed = _executed(mine, wanted_years)
    keys = {*ratios, *given, *executed}
    wanted = sorted({year for _, year in keys} if wanted_years is None else wanted_years, reverse=True)
    return [
        Balance(
            program=program,
            year=year,
            ratio=ratios.get((program.pk, year)),
            registered=(program.pk, year) in given,
            budget=Shares(**given.get((program.pk, year), {})),
            executed=Shares(**executed.get((program.pk, year), {})),
        )
        for year in wanted
        for program in columns
        if wanted_years is not None or (program.pk, year) in keys
    ]


def budgets(programs: Iterable[int], years: set[int] | None = None) -> dict[tuple[int, int], dict[str, int]]:
    """예산현액 by programme and fiscal year, then by source; no row, no limit. One query."""
    rows = Budget.objects.live().filter(
        program_year__program__in=programs, program_year__voided_at__isnull=True
    )
    if years is not None:
        rows = rows.filter(program_year__year__in=years)
    found: dict[tuple[int, int], dict[str, int]] = defaultdict(dict)
    sums = rows.order_by().values_list("program_year__program_id", "program_year__year", "source")
    for program, year, source, amount in sums.annotate(Sum("amount")):
        found[program, year][source] = int(amount)
    return found


def _executed(programs: Iterable[int], years: set[int] | None) -> dict[tuple[int, int], dict[str, int]]:
    rows = Disbursement.objects.executed().filter(program__in=programs).order_by()
    if years is not None:
        rows = rows.filter(fiscal_year__in=years)
    sums = rows.values("program_id", "fiscal_year").annotate(**{name: Sum(name) for name in SOURCES})
    return {
        (row["program_id"], row["fiscal_year"]): {name: int(row[name]) for name in SOURCES} for row in sums
    }
