"""Ledger, budgets, agreements and awards of programmes as the checks read them: each a query or two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from enterprises.models import Designation
from pledges.reconciling import awards, ledger
from pledges.reconciling.awards import Granted
from pledges.reconciling.ledger import Paid
from subsidies.balances import Balance, balances
from subsidies.models import Entrustment, Instalment, Program, ProgramYear, ServiceContract, SupportOpening
from subsidies.splits import Ratio, Shares

ByKey = dict[int, list[Any]]


def grouped(rows: Iterable[Any], key: str) -> ByKey:
    """Rows by an attribute; a key without rows has an empty list."""
    found: ByKey = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


class Books(ABC):
    """The books of some programmes at the end of ``as_of``. Everything is fetched when a check first asks for it."""

    as_of: date

    @property
    @abstractmethod
    def programs(self) -> Mapping[int, Program]: ...

    @cached_property
    def ledger(self) -> dict[int, list[Paid]]:
        return ledger.load(self.programs, self.as_of)

    @cached_property
    def executed(self) -> dict[tuple[int, int], Shares]:
        return ledger.executed(self.programs, self.as_of)

    @cached_property
    def paid_under(self) -> dict[str, dict[int, int]]:
        """Net won under each entrustment and contract."""
        kinds = ("entrustment", "contract")
        return {name: ledger.under(name, self.programs, self.as_of) for name in kinds}

    @cached_property
    def balances(self) -> list[Balance]:
        return balances(self.programs.values())

    @cached_property
    def program_years(self) -> dict[tuple[int, int], ProgramYear]:
        rows = ProgramYear.objects.live().filter(program__in=self.programs)
        return {(row.program_id, row.year): row for row in rows}

    @cached_property
    def ratios(self) -> dict[tuple[int, int], Ratio]:
        return {key: row.ratio for key, row in self.program_years.items()}

    @cached_property
    def entrustments(self) -> ByKey:
        return grouped(Entrustment.objects.live().filter(program__in=self.programs), "program_id")

    @cached_property
    def contracts(self) -> ByKey:
        return grouped(ServiceContract.objects.live().filter(program__in=self.programs), "program_id")

    @cached_property
    def instalments(self) -> ByKey:
        rows = Instalment.objects.live().filter(entrustment__program__in=self.programs)
        return grouped(rows, "entrustment_id")

    @cached_property
    def awards(self) -> dict[int, list[Granted]]:
        return awards.load(self.programs)

    @cached_property
    def support_openings(self) -> ByKey:
        """Openings of 지원현황 by programme, oldest first; what closings wrote is left out."""
        rows = SupportOpening.objects.live().filter(program__in=self.programs, closed=False)
        return grouped(rows.filter(on__lte=self.as_of).order_by("on"), "program_id")

    @cached_property
    def designated(self) -> dict[int, list[tuple[date | None, date | None]]]:
        """First and last days (None: not known, open) of the designations of enterprises in the ledger."""
        rows = Designation.objects.live().filter(enterprise__disbursements__program__in=self.programs)
        found: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
        spans = rows.with_last_day().order_by().values_list("enterprise_id", "starts_on", "last_day", "pk")
        for enterprise, first, last, _ in spans.distinct():
            found[enterprise].append((first, last))
        return found
