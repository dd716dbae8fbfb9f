"""Writing the ledger: one verb per deed, each in one transaction (DOMAIN §4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from common.editing import locked
from common.voiding import void
from subsidies import wording
from subsidies.budgets import budget_state, hold_budget, ratio_of
from subsidies.checks import Warning, over_budget
from subsidies.facts import Facts
from subsidies.models import SOURCES, Disbursement, LedgerKind, Program
from subsidies.models.checking import Checkable
from subsidies.refunds import left_to_return, return_kind, return_shares
from subsidies.splits import Shares, split
from subsidies.wording import LogLine, Wording


class OverBudget(Exception):
    """The budget does not hold the payment: blocked by the office's setting, or gone since the form was read."""

    def __init__(self, warning: Warning) -> None:
        super().__init__(warning.message)
        self.warning = warning


def shares_by_ratio(program: Program, year: int, amount: int) -> Shares | None:
    """The split by the programme's ratio of that year and its unit; None where no ratio is registered."""
    ratio = ratio_of(program, year)
    return split(amount, ratio, program.split_unit) if ratio else None


def log_line(row: Disbursement) -> LogLine:
    """The sentence that 추진실적 would say of the row."""
    program = row.program
    words = Wording(program.name, program.log_phrase, program.log_noun)
    amount, year = row.shares.total, row.fiscal_year
    if amount < 0:
        return wording.returned(words, year, -amount, row.recipient_name)
    if row.entrustment:
        return wording.to_trustee(words, year, row.installment, amount)
    if row.contract:
        return wording.to_contractor(words, year, row.installment, amount, row.contract.title)
    return wording.to_enterprise(words, year, row.installment, amount, row.recipient_name)


@transaction.atomic
def record(
    row: Disbursement, *, warnings: Sequence[Warning] = (), blocks_over_budget: bool = False
) -> Disbursement:
    """Saves a payment with its warnings as 확인 필요, one a line.

    Raises OverBudget where the office blocks it, and where the money went to somebody else meanwhile: the
    budget's row is held, so that of two payers of the last won the second sees the first (DOMAIN §4.9).
    """
    hold_budget(row.program, row.fiscal_year)
    above = _above_budget(row)
    known = {warning.code for warning in warnings}
    if above and (blocks_over_budget or above.code not in known):
        raise OverBudget(above)
    row.warn("\n".join(warning.message for warning in warnings))
    row.detail_business = row.detail_business or row.program.detail_business
    row.statistics_item = row.statistics_item or row.program.statistics_item
    row.save()
    return row


def _above_budget(row: Disbursement) -> Warning | None:
    state = budget_state(row.program, row.fiscal_year, leave_out=row.pk)
    warning = over_budget(row, Facts(today=row.paid_on, budget=state))
    return warning if warning and warning.code == "over_budget" else None


def returnable(payment: Disbursement, *, leave_out: int | None = None) -> Shares:
    """What of a payment has not been given back, by source; ``leave_out``: a return that is being corrected."""
    back = Disbursement.objects.live().filter(returns=payment).exclude(pk=leave_out).totals()
    returned = Shares(back["national"], back["city"], back["district"], back["other"])
    return left_to_return(payment.shares, returned)


# What a return takes over from its payment.
MIRRORED = (
    "program",
    "award",
    "enterprise",
    "entrustment",
    "contract",
    "recipient_text",
    "fiscal_year",
    "installment",
    "detail_business",
    "statistics_item",
)


def mirror(row: Disbursement, payment: Disbursement, amount: int) -> None:
    """Makes an unsaved row a return of ``amount`` won: 여입 or 현년도 세입 by its day, split like what is left.

    ValueError beyond what is left of the payment. A corrected return of the same amount keeps its sources.
    """
    row.returns, row.kind = payment, return_kind(payment.fiscal_year, row.paid_on)
    for name in MIRRORED:
        setattr(row, name, getattr(payment, name))
    if row.shares.total == -amount:
        return
    shares = return_shares(returnable(payment, leave_out=row.pk), amount)
    for name, won in zip(SOURCES, shares, strict=True):
        setattr(row, name, won)


@transaction.atomic
def give_back(
    payment: Disbursement, amount: int, paid_on: date, note: str = "", number: str = ""
) -> Disbursement:
    """Records that ``amount`` won of a payment came back on a day. ValueError beyond what is left of it.

    The payment's row is held, so two returns cannot exceed it.
    """
    row = Disbursement(paid_on=paid_on, note=note, expenditure_number=number)
    mirror(row, locked(payment), amount)
    row.save()
    return row


class HasReturns(Exception):
    """A payment that was given back in part is voided only after its returns."""


def void_row(row: Disbursement, user: object, reason: str) -> None:
    """Voids a ledger row. HasReturns while a live return names it."""
    with transaction.atomic():
        locked(row)
        if Disbursement.objects.live().filter(returns=row).exists():
            raise HasReturns
        void(row, user, reason)


@transaction.atomic
def mark_checked(row: Checkable, today: date, reason: str) -> None:
    """Takes a row off 확인 필요: somebody has looked; the warnings stay written. ValueError without a reason."""
    if not reason.strip():
        raise ValueError("A warning is confirmed with a reason.")
    current: Any = locked(row)
    current.checked_on = today
    current.revision += 1
    current._change_reason = f"확인 처리: {reason.strip()}"[:100]
    current.save()


def net_of(payment: Disbursement) -> int:
    """Won of a payment that stayed paid: less every live return."""
    return returnable(payment).total if payment.kind == LedgerKind.PAYMENT else 0
