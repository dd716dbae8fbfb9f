"""What was planned and paid under an entrustment, instalment by instalment. Won."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from subsidies.models import Disbursement, Entrustment, Instalment


@dataclass(frozen=True)
class InstalmentLine:
    """One instalment of a year: planned, paid, or both. ``planned`` None: paid without a plan."""

    year: int
    label: str
    instalment: Instalment | None
    payments: tuple[Disbursement, ...]

    @property
    def planned(self) -> int | None:
        return self.instalment.amount if self.instalment else None

    @property
    def paid(self) -> int:
        return sum(row.amount for row in self.payments)

    @property
    def left(self) -> int | None:
        return self.planned - self.paid if self.planned is not None else None


def instalment_lines(planned: Iterable[Instalment], payments: Iterable[Disbursement]) -> list[InstalmentLine]:
    """Plans and payments matched by 회계연도 and label; a payment without a plan has its own line."""
    plans = {(row.year, row.label): row for row in planned}
    paid: dict[tuple[int, str], list[Disbursement]] = {key: [] for key in plans}
    for row in payments:
        paid.setdefault((row.fiscal_year, row.installment), []).append(row)
    return [
        InstalmentLine(year, label, plans.get((year, label)), tuple(rows))
        for (year, label), rows in sorted(paid.items())
    ]


def unpaid_instalments(entrustment: Entrustment) -> list[InstalmentLine]:
    """Planned instalments of which something is still to be paid."""
    planned = entrustment.instalments.live()
    payments = Disbursement.objects.live().filter(entrustment=entrustment)
    return [line for line in instalment_lines(planned, payments) if line.left and line.left > 0]


def with_paid(rows: QuerySet, field: str) -> QuerySet:
    """Annotates ``paid``: net won handed out under each agreement; ``field`` is its name in the ledger."""
    paid = Disbursement.objects.live().filter(**{field: OuterRef("pk")}).order_by().values(field)
    return rows.annotate(paid=Coalesce(Subquery(paid.annotate(total=Sum("amount")).values("total")), 0))
