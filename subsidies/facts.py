"""What the checks must know about a ledger row before it is saved, fetched once per row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median_low
from typing import Any

from django.db.models import Q, Sum

from accounts.models import Office
from enterprises.models import Designation
from subsidies.budgets import BudgetState, budget_state
from subsidies.models import Award, Disbursement, LedgerKind, Program
from subsidies.splits import Shares

# The usual amount is read from this many of the programme's last payments.
RECENT = 99


@dataclass(frozen=True)
class Facts:
    """Facts about one payment; ``usual`` in won, None while the programme has neither payment nor award."""

    today: date
    closed_through: date | None = None
    designated: bool = True
    awards: Sequence[Award] = ()
    paid_under_award: int = 0
    paid_under_agreement: int = 0
    usual: int | None = None
    twins: int = 0
    budget: BudgetState = field(default_factory=lambda: BudgetState(False, Shares(), Shares()))
    # What rules of apps above looked up; an import gives all its rows one, so that nothing is asked for twice.
    memo: dict[Any, Any] = field(default_factory=dict)


def facts_of(row: Disbursement, today: date) -> Facts:
    """The facts about ``row`` (saved or not); about eight queries."""
    return Facts(
        today=today,
        closed_through=Office.current().closed_through,
        designated=row.enterprise is None or is_designated(row.enterprise_id or 0, row.paid_on),
        awards=awards_for(row.program, row.enterprise_id, row.fiscal_year),
        paid_under_award=_paid(row, award_id=row.award_id) if row.award_id else 0,
        paid_under_agreement=_paid_under_agreement(row),
        usual=usual_amount(row.program, row.pk),
        twins=twins_of(row),
        budget=budget_state(row.program, row.fiscal_year, leave_out=row.pk),
    )


def is_designated(enterprise: int, day: date) -> bool:
    """Holding a designation on ``day``. An undated one is held until its end: its start is merely not known."""
    held = Designation.objects.live().filter(enterprise_id=enterprise).with_last_day()
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    return held.filter(begun, Q(last_day__isnull=True) | Q(last_day__gte=day)).exists()


def awards_for(program: Program, enterprise: int | None, year: int | None = None) -> list[Award]:
    """Live awards of a firm under a programme: of the year and of the year before (carried over)."""
    if enterprise is None:
        return []
    awards = Award.objects.live().filter(program=program, enterprise_id=enterprise)
    if year is not None:
        awards = awards.filter(year__in=[year - 1, year])
    return list(awards.select_related("program", "enterprise"))


def usual_amount(program: Program, leave_out: int | None = None) -> int | None:
    """The median of the programme's recent payments, else of its awards (won); None without either."""
    payments = Disbursement.objects.live().filter(program=program, kind=LedgerKind.PAYMENT)
    amounts = list(payments.exclude(pk=leave_out).values_list("amount", flat=True)[:RECENT])
    amounts = amounts or list(
        Award.objects.live().filter(program=program).values_list("amount", flat=True)[:RECENT]
    )
    return median_low(amounts) if amounts else None


def twins_of(row: Disbursement) -> int:
    """Live rows with the same payee, day and amount."""
    same = Disbursement.objects.live().filter(paid_on=row.paid_on, amount=row.shares.total, **_payee(row))
    return same.exclude(pk=row.pk).count()


def _payee(row: Disbursement) -> dict[str, object]:
    return {
        "enterprise_id": row.enterprise_id,
        "entrustment_id": row.entrustment_id,
        "contract_id": row.contract_id,
        "recipient_text": row.recipient_text,
    }


def _paid(row: Disbursement, **of: object) -> int:
    """Net won already paid under one award or contract, without ``row`` itself."""
    found = Disbursement.objects.live().filter(**of).exclude(pk=row.pk)
    return int(found.aggregate(total=Sum("amount", default=0))["total"])


def _paid_under_agreement(row: Disbursement) -> int:
    if row.contract_id:
        return _paid(row, contract_id=row.contract_id)
    return _paid(row, entrustment_id=row.entrustment_id) if row.entrustment_id else 0
