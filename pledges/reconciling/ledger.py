"""Ledger rows as the checks read them: light, all of a batch of pledges in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import Sum

from common.periods import korean_date
from subsidies.models import SOURCES, Disbursement, Entrustment, LedgerKind, ServiceContract
from subsidies.splits import Shares

FIELDS = (
    "pk", "kind", "program_id", "award_id", "enterprise_id", "entrustment_id", "contract_id", "recipient_text",
    "fiscal_year", "paid_on", "installment", "national", "city", "district", "other", "amount", "returns_id",
    "split_reason", "needs_check", "checked_on", "in_opening", "log_text",
)  # fmt: skip

PAYMENT = LedgerKind.PAYMENT.value


class Paid(NamedTuple):
    """A live ledger row; amounts in won."""

    pk: int
    kind: str
    program: int
    award: int | None
    enterprise: int | None
    entrustment: int | None
    contract: int | None
    text: str
    year: int
    day: date
    installment: str
    national: int
    city: int
    district: int
    other: int
    amount: int
    returns: int | None
    split_reason: str
    needs_check: str
    checked_on: date | None
    in_opening: bool | None
    log_text: str
    payee: str

    @property
    def shares(self) -> Shares:
        return Shares(self.national, self.city, self.district, self.other)

    @property
    def is_payment(self) -> bool:
        return self.kind == PAYMENT

    @property
    def is_executed(self) -> bool:
        """Makes 예산 집행액: a payment, or a return that reduces its year."""
        return self.kind != LedgerKind.REVENUE

    @property
    def where(self) -> str:
        return f"집행 장부 {korean_date(self.day)} {self.payee}"


def load(programs: Iterable[int], as_of: date, firms: Mapping[int, str]) -> dict[int, list[Paid]]:
    """Live rows paid by ``as_of``, by programme, in order of their days; ``firms``: names of enterprises.

    A query, and one for each kind of agreement.
    """
    mine = set(programs)
    rows = Disbursement.objects.live().filter(program__in=mine, paid_on__lte=as_of)
    trusts, contracts = (
        dict(model.objects.order_by().values_list("pk", "title")) for model in (Entrustment, ServiceContract)
    )
    found: dict[int, list[Paid]] = defaultdict(list)
    for values in rows.order_by("paid_on", "pk").values_list(*FIELDS).iterator():
        firm, trust, contract, text = values[4:8]
        payee = firms[firm] if firm else trusts[trust] if trust else contracts[contract] if contract else text
        found[values[2]].append(Paid._make((*values, payee)))
    return found


def days_of(rows: list[Paid]) -> str:
    """``2024. 4. 25. 외 2건``."""
    first = korean_date(rows[0].day)
    return first if len(rows) == 1 else f"{first} 외 {len(rows) - 1}건"


def executed(programs: Iterable[int], as_of: date) -> dict[tuple[int, int], Shares]:
    """Won by source that were executed by ``as_of``, by programme and 회계연도. One query."""
    rows = Disbursement.objects.executed().filter(program__in=set(programs), paid_on__lte=as_of).order_by()
    sums = rows.values_list("program_id", "fiscal_year").annotate(*(Sum(source) for source in SOURCES))
    return {(program, year): Shares(*map(int, won)) for program, year, *won in sums}


def under(agreement: str, programs: Iterable[int], as_of: date) -> dict[int, int]:
    """Net won paid by ``as_of`` under each ``entrustment`` or ``contract``. One query."""
    mine = {f"{agreement}__program__in": set(programs)}
    rows = Disbursement.objects.live().filter(paid_on__lte=as_of, **mine)
    sums = rows.order_by().values_list(f"{agreement}_id").annotate(Sum("amount"))
    return {key: int(won) for key, won in sums}
