"""Ledger rows as the checks read them: light, all of a batch of pledges in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from common.periods import korean_date
from subsidies.models import Disbursement, LedgerKind
from subsidies.splits import Shares

FIELDS = (
    "pk", "kind", "program_id", "award_id", "enterprise_id", "enterprise__name", "entrustment_id",
    "entrustment__title", "contract_id", "contract__title", "recipient_text", "fiscal_year", "paid_on",
    "installment", "national", "city", "district", "other", "amount", "split_reason", "needs_check",
    "checked_on", "in_opening", "log_text",
)  # fmt: skip


class Paid(NamedTuple):
    """A live ledger row; amounts in won."""

    pk: int
    kind: str
    program: int
    award: int | None
    enterprise: int | None
    firm: str | None
    entrustment: int | None
    entrusted: str | None
    contract: int | None
    contracted: str | None
    text: str
    year: int
    day: date
    installment: str
    national: int
    city: int
    district: int
    other: int
    amount: int
    split_reason: str
    needs_check: str
    checked_on: date | None
    in_opening: bool | None
    log_text: str

    @property
    def payee(self) -> str:
        return self.firm or self.entrusted or self.contracted or self.text

    @property
    def payee_key(self) -> tuple[int | None, int | None, int | None, str]:
        return self.enterprise, self.entrustment, self.contract, self.text

    @property
    def shares(self) -> Shares:
        return Shares(self.national, self.city, self.district, self.other)

    @property
    def is_payment(self) -> bool:
        return self.kind == LedgerKind.PAYMENT

    @property
    def is_executed(self) -> bool:
        """Makes 예산 집행액: a payment, or a return that reduces its year."""
        return self.kind != LedgerKind.REVENUE

    @property
    def where(self) -> str:
        return f"집행 장부 {korean_date(self.day)} {self.payee}"


def load(programs: Iterable[int], as_of: date) -> dict[int, list[Paid]]:
    """Live rows paid by ``as_of``, by programme, in order of their days. One query."""
    rows = Disbursement.objects.live().filter(program__in=set(programs), paid_on__lte=as_of)
    found: dict[int, list[Paid]] = defaultdict(list)
    for values in rows.order_by("paid_on", "pk").values_list(*FIELDS):
        row = Paid(*values)
        found[row.program].append(row)
    return found
