"""예산현액, what was executed of it, and what is left, per programme and fiscal year. Won."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from subsidies.models import SOURCES, Budget, Disbursement, Program, ProgramYear
from subsidies.splits import Ratio, Shares


@dataclass(frozen=True)
class BudgetState:
    """One programme's year. Without a budget row there is no limit (DOMAIN §4.9)."""

    registered: bool
    budget: Shares
    executed: Shares

    @property
    def left(self) -> Shares:
        pairs = zip(self.budget, self.executed, strict=True)
        return Shares(*(given - used for given, used in pairs))


def budget_state(program: Program, year: int, leave_out: int | None = None) -> BudgetState:
    """The state of ``program`` in the 회계연도 ``year``; ``leave_out`` is a ledger row not to count. Two queries."""
    rows = Budget.objects.live().filter(
        program_year__program=program, program_year__year=year, program_year__voided_at__isnull=True
    )
    by_source = dict(rows.order_by().values_list("source").annotate(Sum("amount")))
    ledger = Disbursement.objects.executed().filter(program=program, fiscal_year=year).exclude(pk=leave_out)
    totals = ledger.totals()
    return BudgetState(
        registered=bool(by_source),
        budget=Shares(**{name: int(by_source.get(name, 0)) for name in SOURCES}),
        executed=Shares(**{name: totals[name] for name in SOURCES}),
    )


def hold_budget(program: Program, year: int) -> None:
    """Holds the budget of that year until the transaction ends: the second payer waits and sees the first.

    Without a ProgramYear there is no budget row, so no limit to defend.
    """
    list(ProgramYear.objects.live().select_for_update().filter(program=program, year=year).values("pk"))


def ratio_of(program: Program, year: int) -> Ratio | None:
    """국비:시비:구비:기타 of the programme in that year; None where none is registered."""
    row = ProgramYear.objects.live().filter(program=program, year=year).first()
    return row.ratio if row else None
