"""What the entry form says at once, from what has been typed so far: split, words, budget, doubts, sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from common.money import in_words
from subsidies.agreements import InstalmentLine, unpaid_instalments
from subsidies.budgets import BudgetState, budget_state, ratio_of
from subsidies.checks import Warning, warnings
from subsidies.disbursing import log_line
from subsidies.facts import awards_for, facts_of
from subsidies.models import SOURCES, Award, Disbursement, Program
from subsidies.questions import must_ask
from subsidies.recipients import Recipient
from subsidies.splits import Ratio, Shares, ratio_text, split
from subsidies.wording import LogLine


@dataclass(frozen=True)
class Outlook:
    """What is known of a payment that is being typed; None and empty for what is not known yet."""

    program: Program | None = None
    year: int | None = None
    amount: int | None = None
    ratio: Ratio | None = None
    expected: Shares | None = None
    entered: Shares | None = None
    budget: BudgetState | None = None
    awards: Sequence[Award] = ()
    instalments: Sequence[InstalmentLine] = ()
    warnings: Sequence[Warning] = ()
    log: LogLine | None = None
    asks: bool = False

    @property
    def words(self) -> str:
        return in_words(self.amount) if self.amount else ""

    @property
    def ratio_text(self) -> str:
        return ratio_text(self.ratio) if self.ratio else ""

    @property
    def shares(self) -> Shares | None:
        """What would be saved: the typed sources, else the split by ratio."""
        return self.entered or self.expected

    @property
    def lacks_ratio(self) -> bool:
        return bool(self.program and self.year and self.ratio is None)

    @property
    def difference(self) -> int:
        """Typed sources minus the amount; 0 where they agree or are not typed."""
        return self.entered.total - self.amount if self.entered and self.amount else 0

    @property
    def differs(self) -> bool:
        """Typed otherwise than the ratio says: a reason is asked."""
        return bool(self.entered and self.expected and self.entered != self.expected)

    @property
    def codes(self) -> str:
        return ",".join(warning.code for warning in self.warnings)

    @property
    def left_after(self) -> Shares | None:
        """Budget left once this is paid; None without a budget."""
        if not self.budget or not self.budget.registered or not self.shares:
            return None
        return Shares(*(rest - part for rest, part in zip(self.budget.left, self.shares, strict=True)))


def outlook(typed: Mapping[str, Any], today: date, row: Disbursement | None = None) -> Outlook:
    """``typed``: the values that could be read so far, by field; ``row``: the ledger row that is being edited."""
    program, year, amount = typed.get("program"), typed.get("fiscal_year"), typed.get("amount")
    if program is None:
        return Outlook(amount=amount, year=year)
    recipient: Recipient | None = typed.get("recipient")
    ratio = ratio_of(program, year) if year else None
    expected = split(amount, ratio, program.split_unit) if ratio and amount else None
    known = Outlook(
        program=program,
        year=year,
        amount=amount,
        ratio=ratio,
        expected=expected,
        entered=entered_shares(typed),
        instalments=unpaid_instalments(recipient.entrustment) if recipient and recipient.entrustment else (),
        budget=budget_state(program, year, leave_out=row.pk if row else None) if year else None,
        awards=awards_for(program, recipient.enterprise.pk, year)
        if recipient and recipient.enterprise
        else (),
    )
    draft = draft_row(typed, known, row)
    return _judged(known, draft, today) if draft else known


def _judged(known: Outlook, draft: Disbursement, today: date) -> Outlook:
    """The outlook once there is a whole payment to judge."""
    facts = facts_of(draft, today)
    asks = bool(
        draft.enterprise and must_ask(draft.program, draft.enterprise, draft.paid_on, exclude_pk=draft.pk)
    )
    found = {"warnings": warnings(draft, facts), "log": log_line(draft), "asks": asks}
    return Outlook(**{**known.__dict__, **found})


def entered_shares(typed: Mapping[str, Any]) -> Shares | None:
    """The sources that were typed, blanks as 0; None where all are blank."""
    parts = [typed.get(name) for name in SOURCES]
    return None if all(part is None for part in parts) else Shares(*(part or 0 for part in parts))


def draft_row(typed: Mapping[str, Any], known: Outlook, row: Disbursement | None) -> Disbursement | None:
    """The ledger row as it would be saved; None while something it needs is missing."""
    recipient: Recipient | None = typed.get("recipient")
    shares, paid_on = known.shares, typed.get("paid_on")
    if not (known.program and recipient and paid_on and known.year and shares and shares.total > 0):
        return None
    return Disbursement(
        pk=row.pk if row else None,
        program=known.program,
        award=typed.get("award"),
        enterprise=recipient.enterprise,
        entrustment=recipient.entrustment,
        contract=recipient.contract,
        recipient_text=recipient.text,
        fiscal_year=known.year,
        paid_on=paid_on,
        installment=typed.get("installment") or "",
        **dict(zip(SOURCES, shares, strict=True)),
    )
