"""The ledger as an import compares its rows with it: the same record, a changed one, or a twin."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from subsidies.columns import DisbursementLine
from subsidies.models import SOURCES, Disbursement

FIELDS = (
    "pk",
    "program_id",
    "fiscal_year",
    "paid_on",
    "installment",
    *SOURCES,
    "amount",
    "expenditure_number",
    "note",
    "enterprise_id",
    "entrustment_id",
    "contract_id",
    "recipient_text",
)


@dataclass(slots=True, eq=False)
class Entry:
    """A ledger row. ``taken`` by a row of the file."""

    pk: int
    program: int
    fiscal_year: int
    paid_on: date
    installment: str
    national: int
    city: int
    district: int
    other: int
    amount: int
    expenditure_number: str
    note: str
    token: str
    taken: bool = False


def token_of(enterprise: Any, entrustment: Any, contract: Any, text: str) -> str:
    """The payee's token, as ``subsidies.lookups.Payee`` has it."""
    if enterprise:
        return f"e{enterprise}"
    if entrustment:
        return f"n{entrustment}"
    return f"c{contract}" if contract else f"t{text}"


class Ledger:
    """Live rows of the fiscal years that a file names, in two maps; one query."""

    def __init__(self, years: Iterable[int]) -> None:
        self.by_payment: dict[Any, list[Entry]] = {}
        self.by_number: dict[Any, list[Entry]] = {}
        self.planned: set[Any] = set()
        rows = Disbursement.objects.live().filter(fiscal_year__in=set(years)).order_by("pk")
        tokens: dict[str, str] = {}
        for values in rows.values_list(*FIELDS).iterator(chunk_size=5_000):
            token = token_of(*values[-4:])
            row: Any = (*values[:-4], tokens.setdefault(token, token))
            self._add(Entry(*row))

    def _add(self, entry: Entry) -> None:
        self.by_payment.setdefault((entry.token, entry.paid_on, entry.amount), []).append(entry)
        if entry.expenditure_number:
            key = (entry.expenditure_number, entry.fiscal_year, entry.program, entry.token)
            self.by_number.setdefault(key, []).append(entry)

    def same(self, line: DisbursementLine, program: int, year: int, token: str) -> Entry | None:
        """The record that the line is: same payee, day and amount with nothing against it, else same 지출결의번호."""
        found = None
        for entry in self.by_payment.get((token, line.paid_on, line.amount), ()):
            if entry.taken or not _agrees(entry, line, program, year):
                continue
            if found is None or _closeness(entry, line) > _closeness(found, line):
                found = entry
        found = found or self._by_number(line, program, year, token)
        if found is not None:
            found.taken = True
        return found

    def _by_number(self, line: DisbursementLine, program: int, year: int, token: str) -> Entry | None:
        if not line.expenditure_number:
            return None
        rows = self.by_number.get((line.expenditure_number, year, program, token), [])
        return rows[0] if len(rows) == 1 and not rows[0].taken else None

    def twin(self, line: DisbursementLine, token: str) -> bool:
        """Whether the ledger, or an earlier row of the file, has the same payee, day and amount; remembers it."""
        key = (token, line.paid_on, line.amount)
        twin = key in self.planned or key in self.by_payment
        self.planned.add(key)
        return twin


def _agrees(entry: Entry, line: DisbursementLine, program: int, year: int) -> bool:
    if entry.program != program or entry.fiscal_year != year:
        return False
    pairs = ((entry.installment, line.installment), (entry.expenditure_number, line.expenditure_number))
    return all(not one or not other or one == other for one, other in pairs)


def _closeness(entry: Entry, line: DisbursementLine) -> int:
    return sum(
        (
            entry.expenditure_number == line.expenditure_number,
            entry.installment == line.installment,
            entry.note == line.note,
        )
    )
