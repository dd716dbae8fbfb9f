"""Writing imported payments in batches, with history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from common.importing import Changed, Outcome
from enterprises.writing import BATCH, change, create
from subsidies.disbursing import log_line
from subsidies.imports.amounts import shares_of
from subsidies.lookups import Payee
from subsidies.models import SOURCES, Award, Disbursement, Program

ANSWERS = {"included": True, "fresh": False}


@dataclass(frozen=True, slots=True)
class Named:
    """What a row's names mean; one object for all rows that name the same."""

    program: Program
    payee: Payee
    year: int


@dataclass(slots=True)
class Plan:
    """A new payment. ``logs``: it says its sentence in 추진실적."""

    named: Named
    split_reason: str = ""
    warnings: str = ""
    award: Award | None = None
    logs: bool = False


def write(outcomes: Iterable[Outcome], reason: str, user: Any) -> None:
    """Saves planned rows, 500 at a time."""
    stream = iter(outcomes)
    while block := list(islice(stream, BATCH)):
        create(Disbursement, [payment(one) for one in block if isinstance(one.plan, Plan)], reason, user)
        known = {one.plan.pk: one.plan.sets for one in block if isinstance(one.plan, Changed)}
        rows = Disbursement.objects.select_for_update().in_bulk(list(known))
        change([(row, known[pk]) for pk, row in rows.items()], reason, user)


def payment(outcome: Outcome) -> Disbursement:
    """The new ledger row of a planned payment; its warnings stay with it as 확인 필요."""
    line, plan = outcome.row.line, outcome.plan
    program, who = plan.named.program, plan.named.payee.recipient
    shares = shares_of(line) or outcome.computed
    row = Disbursement(
        program=program,
        award=plan.award,
        enterprise=who.enterprise,
        entrustment=who.entrustment,
        contract=who.contract,
        recipient_text=who.text,
        fiscal_year=plan.named.year,
        paid_on=line.paid_on,
        installment=line.installment,
        expenditure_number=line.expenditure_number,
        note=line.note,
        detail_business=program.detail_business,
        statistics_item=program.statistics_item,
        split_reason=plan.split_reason,
        needs_check=plan.warnings,
        check_reason="가져오면서 확인함" if outcome.doubts else "",
        in_opening=ANSWERS.get(outcome.answer),
        **dict(zip(SOURCES, shares, strict=True)),
    )
    if plan.logs:
        said = log_line(row)
        row.log_title, row.log_text = said.title[:120], said.text
    return row
