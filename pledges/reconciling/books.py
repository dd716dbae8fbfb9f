"""Ledger, budgets, agreements and awards of programmes as the checks read them: each a query or two."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import Any

from common.names import name_key
from enterprises.models import Designation, Enterprise
from pledges.reconciling import awards, ledger
from pledges.reconciling.awards import Granted
from pledges.reconciling.ledger import Paid
from pledges.reconciling.twins import twins
from subsidies.balances import budgets
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
        return ledger.load(self.programs, self.as_of, self.firms)

    @cached_property
    def firms(self) -> dict[int, str]:
        """Names of all enterprises, voided ones too."""
        return dict(Enterprise.objects.order_by().values_list("pk", "name"))

    @cached_property
    def executed(self) -> dict[tuple[int, int], Shares]:
        return ledger.executed(self.programs, self.as_of)

    @cached_property
    def paid_under(self) -> dict[str, dict[int, int]]:
        """Net won under each entrustment and contract."""
        kinds = ("entrustment", "contract")
        return {name: ledger.under(name, self.programs, self.as_of) for name in kinds}

    @cached_property
    def budgets(self) -> dict[tuple[int, int], Shares]:
        """예산현액 by programme and 회계연도; no row, no limit."""
        return {key: Shares(**won) for key, won in sorted(budgets(self.programs).items())}

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
    def named(self) -> dict[str, int]:
        """Enterprises of the register by what two spellings of a name share; of several the first."""
        rows = Enterprise.objects.live().exclude(name_key="").order_by("-pk")
        return dict(rows.values_list("name_key", "pk"))

    @cached_property
    def twins(self) -> list[list[Enterprise]]:
        return twins()

    @cached_property
    def _first_of(self) -> dict[int, int]:
        return {row.pk: group[0].pk for group in self.twins for row in group}

    def payee(self, row: Paid) -> tuple[int | None, int | None, int | None, str]:
        """Who was paid, whichever way the name is written: a registered enterprise also where only words name it."""
        if row.enterprise is not None:
            return self._first_of.get(row.enterprise, row.enterprise), None, None, ""
        key = name_key(row.text) if row.text else ""
        known = self.named.get(key) if key else None
        if known:
            return self._first_of.get(known, known), None, None, ""
        return None, row.entrustment, row.contract, key

    @cached_property
    def designated(self) -> dict[int, list[tuple[date | None, date | None]]]:
        """First and last days (None: not known, open) of every enterprise's designations: a register is short."""
        rows = Designation.objects.live().with_last_day().order_by()
        found: dict[int, list[tuple[date | None, date | None]]] = defaultdict(list)
        for enterprise, first, last in rows.values_list("enterprise_id", "starts_on", "last_day"):
            found[enterprise].append((first, last))
        return found
