"""Importing payments. The rules are those of the entry form (``subsidies.checks``); what they need is loaded once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from accounts.models import Office
from common.importing import (
    Change,
    Changed,
    Checked,
    Doubt,
    Fault,
    Kind,
    Options,
    Outcome,
    Row,
    State,
    in_words,
    same,
)
from common.importing.sharing import Shared
from common.money import grouped
from common.periods import korean_date
from subsidies import checks, lookups, questions
from subsidies.checks import Warning
from subsidies.columns import DISBURSEMENT_COLUMNS, DisbursementLine
from subsidies.facts import Facts
from subsidies.imports.amounts import amount_faults, no_ratio, shares_of, whose
from subsidies.imports.ledger import Entry, Ledger
from subsidies.imports.writing import Named, Plan, write
from subsidies.lookups import NotFound
from subsidies.models import SOURCES, Award, Disbursement
from subsidies.splits import SOURCE_LABELS, Shares

# What stops an import until somebody decides; every other warning is kept with the row as 확인 필요.
DOUBTFUL = {"unit", "duplicate", "closed", "beyond_total_cost"}
VOID = "무효"
# Up to so many new payments say their sentence in 추진실적, as the entry form would; more would flood the card.
MOST_LOGGED = 20
ASKED = (("included", "이미 포함됨"), ("fresh", "포함 안 됨(새로 셈)"))
LABELS = {
    "paid_on": "교부일",
    "installment": "차수",
    "expenditure_number": "지출결의번호",
    "note": "적요",
    **SOURCE_LABELS,
}


class Checker:
    """Everything that the rows are compared with; about a dozen queries, whatever the number of rows."""

    def __init__(self, rows: Sequence[Row], options: Options) -> None:
        office = Office.current()
        self.today = options.today
        self.closed_through: date | None = office.closed_through
        self.blocks = office.blocks_over_budget
        self.programs = lookups.Programs()
        self.payees = lookups.Payees()
        self.ratios = lookups.Ratios()
        self.budgets = lookups.Budgets()
        self.designated = lookups.Designated()
        self.awards = lookups.Awards()
        self.ledger = Ledger(row.line.fiscal_year or row.line.paid_on.year for row in rows)
        self.usual = lookups.Usual(self._amounts(rows))
        self.under_agreement: dict[str, int] = {}
        self.memo: dict[Any, Any] = {}
        self.named: dict[Any, Named] = {}
        self.shared = Shared()
        self.asked: set[tuple[int, int]] = set()
        self.askers: dict[tuple[int, int], questions.Asker] = {}

    def _amounts(self, rows: Sequence[Row]) -> Iterable[tuple[int, int]]:
        for row in rows:
            program = self.programs.names.get(lookups.plain(row.line.program))
            if program and row.line.amount:
                yield program.pk, row.line.amount

    def outcome(self, row: Row) -> Outcome:
        line: DisbursementLine = row.line
        if line.state.startswith(VOID):
            return Outcome(row, State.UNCHANGED)
        named, faults = self._named(row, line)
        faults += amount_faults(row, line)
        if faults or named is None:
            return Outcome(row, State.WRONG, faults=tuple(faults))
        entry = self.ledger.same(line, named.program.pk, named.year, named.payee.token)
        if entry is not None and (line.amount > 0 or entry.amount == line.amount):
            return self._known(row, line, entry, named)
        if line.amount <= 0:
            fault = row.fault(
                "금액",
                grouped(line.amount),
                "새 교부의 금액이 0보다 크지 않습니다.",
                "반납은 원 교부의 ‘반납 기록’에 적어 주십시오.",
            )
            return Outcome(row, State.WRONG, faults=(fault,))
        return self._new(row, line, named)

    def _named(self, row: Row, line: DisbursementLine) -> tuple[Named | None, list[Fault]]:
        year = line.fiscal_year or line.paid_on.year
        try:
            program = self.programs.find(line.program)
        except NotFound as unknown:
            return None, [row.fault("사업", line.program, unknown.rule, unknown.remedy)]
        try:
            payee = self.payees.find(program, line.recipient, line.business_number, line.paid_on)
        except NotFound as unknown:
            return None, [row.fault("수령자", line.recipient, unknown.rule, unknown.remedy)]
        key = (program.pk, payee.token, payee.doubt, year)
        return self.named.setdefault(key, Named(program, payee, year)), []

    def _known(self, row: Row, line: DisbursementLine, entry: Entry, named: Named) -> Outcome:
        shares = shares_of(line)
        if shares is None and line.amount != entry.amount:
            shares = self.ratios.split(named.program, named.year, line.amount)
            if shares is None:
                return Outcome(row, State.WRONG, faults=(no_ratio(row, named.program, named.year),))
        sets = _differences(line, entry, shares)
        if not sets:
            return Outcome(row, State.UNCHANGED)
        changes = tuple(
            Change(LABELS[name], in_words(getattr(entry, name)), in_words(value))
            for name, value in sets.items()
        )
        doubts: tuple[Doubt, ...] = ()
        if self.closed_through and entry.paid_on <= self.closed_through and set(sets) & {*SOURCES, "paid_on"}:
            doubts = (
                Doubt(
                    "closed",
                    f"{korean_date(self.closed_through)}까지 마감되어, 정정 마감 전에는 집계에 들지 않습니다.",
                ),
            )
        return Outcome(row, State.CHANGED, changes, doubts, plan=Changed(entry.pk, sets))

    def _new(self, row: Row, line: DisbursementLine, named: Named) -> Outcome:
        shares, by_file = shares_of(line), True
        usual_split = self.ratios.split(named.program, named.year, line.amount)
        if shares is None:
            if usual_split is None:
                return Outcome(row, State.WRONG, faults=(no_ratio(row, named.program, named.year),))
            shares, by_file = usual_split, False
        firm = named.payee.recipient.enterprise
        award = self.awards.only(named.program.pk, firm.pk, named.year) if firm else None
        payment = _payment(line, named, shares, award)
        found = self._warnings(payment, named, line)
        if self.blocks and (over := next((one for one in found if one.code == "over_budget"), None)):
            fault = row.fault(
                "금액", grouped(line.amount), over.message, "예산을 먼저 고치거나 금액을 확인해 주십시오."
            )
            return Outcome(row, State.WRONG, faults=(fault,))
        doubts = [self.shared(Doubt(one.code, one.message)) for one in found if one.code in DOUBTFUL]
        doubts += [*whose(line, named.payee), *self._question(payment)]
        reason = "가져온 파일의 재원" if by_file and shares != usual_split else ""
        plan = Plan(named, reason, self.shared(checks_text(found)), award)
        notes = tuple(one.message for one in found if one.code not in DOUBTFUL)
        known = self.shared(tuple(doubts))
        computed = None if by_file else shares
        return Outcome(row, State.NEW, doubts=known, notes=notes, plan=plan, computed=computed)

    def _warnings(self, payment: Disbursement, named: Named, line: DisbursementLine) -> list[Warning]:
        firm, token = payment.enterprise_id, named.payee.token
        facts = Facts(
            today=self.today,
            closed_through=self.closed_through,
            designated=firm is None or self.designated.on(firm, line.paid_on),
            awards=self.awards.of(named.program.pk, firm, named.year),
            paid_under_award=self.awards.paid.get(payment.award_id, 0) if payment.award_id else 0,
            paid_under_agreement=self._paid_under(payment, token),
            usual=self.usual.of(named.program),
            twins=int(self.ledger.twin(line, token)),
            budget=self.budgets.of(named.program, named.year),
            memo=self.memo,
        )
        found = checks.warnings(payment, facts)
        self.budgets.spend(named.program, named.year, payment.shares)
        if payment.award:
            self.awards.pay(payment.award, line.amount)
        if token[0] in "nc":
            self.under_agreement[token] += line.amount
        return found

    def _paid_under(self, payment: Disbursement, token: str) -> int:
        """Won paid under the row's agreement so far, rows of the file before it included."""
        if token[0] not in "nc":
            return 0
        if token not in self.under_agreement:
            name = "entrustment_id" if token[0] == "n" else "contract_id"
            rows = Disbursement.objects.live().filter(**{name: int(token[1:])})
            self.under_agreement[token] = rows.totals()["amount"]
        return self.under_agreement[token]

    def _question(self, payment: Disbursement) -> list[Doubt]:
        """DOMAIN §3.5: asked at an enterprise's first payment of a year whose opening is not itemised."""
        if payment.enterprise is None or payment.enterprise_id is None:
            return []
        program, year = payment.program, payment.paid_on.year
        key = (program.pk, year)
        if (payment.enterprise_id, year) in self.asked:
            return []
        self.asked.add((payment.enterprise_id, year))
        if key not in self.askers:
            self.askers[key] = questions.asker(program, year)
        if not self.askers[key](payment.enterprise, payment.paid_on):
            return []
        return [Doubt("in_opening", f"{year}년 첫 교부입니다. {questions.QUESTION}", ASKED)]


def checks_text(found: Iterable[Warning]) -> str:
    return "\n".join(warning.message for warning in found)


def _payment(line: DisbursementLine, named: Named, shares: Shares, award: Award | None) -> Disbursement:
    who = named.payee.recipient
    return Disbursement(
        program=named.program,
        award=award,
        enterprise=who.enterprise,
        entrustment=who.entrustment,
        contract=who.contract,
        recipient_text=who.text,
        fiscal_year=named.year,
        paid_on=line.paid_on,
        **dict(zip(SOURCES, shares, strict=True)),
    )


def _differences(line: DisbursementLine, entry: Entry, shares: Shares | None) -> dict[str, Any]:
    """Fields that the file says otherwise; what it leaves empty stays."""
    sets: dict[str, Any] = {}
    for name in ("installment", "expenditure_number", "note"):
        value = getattr(line, name)
        if value and not same(getattr(entry, name), value):
            sets[name] = value
    if line.paid_on != entry.paid_on:
        sets["paid_on"] = line.paid_on
    pairs = zip(SOURCES, shares or (), strict=shares is not None)
    return sets | {name: part for name, part in pairs if part != getattr(entry, name)}


def check(rows: Sequence[Row], options: Options) -> Checked:
    """Classifies every row against the ledger; writes nothing."""
    checker = Checker(rows, options)
    outcomes = [checker.outcome(row) for row in rows]
    new = [outcome for outcome in outcomes if outcome.state == State.NEW]
    if len(new) > MOST_LOGGED:
        words = (
            f"새 교부가 {grouped(len(new))}건이라 추진실적 문구는 올리지 않습니다({MOST_LOGGED}건까지 올림)."
        )
        return Checked(outcomes, [f"{words} 카드에 올릴 교부는 장부에서 고쳐 적습니다."])
    for outcome in new:
        outcome.plan.logs = True
    return Checked(outcomes)


def further(rows: Sequence[Row], options: Options) -> Iterable[Fault]:
    """Unknown programmes and payees, in rows with other faults."""
    programs, payees = lookups.Programs(), lookups.Payees()
    for row in rows:
        line: DisbursementLine = row.line
        try:
            program = programs.find(line.program) if line.program else None
        except NotFound as unknown:
            yield row.fault("사업", line.program, unknown.rule, unknown.remedy)
            continue
        try:
            if program and line.recipient:
                payees.find(program, line.recipient, line.business_number, line.paid_on)
        except NotFound as unknown:
            yield row.fault("수령자", line.recipient, unknown.rule, unknown.remedy)


def save(outcomes: Iterable[Outcome], reason: str, user: Any) -> None:
    """Writes what ``check`` planned, with history, in the caller's transaction."""
    write(outcomes, reason, user)


DISBURSEMENTS = Kind(
    "disbursements",
    "교부·지급",
    DISBURSEMENT_COLUMNS,
    DisbursementLine,
    check,
    save,
    models=(Disbursement,),
    further=further,
    about="e호조·보탬e에서 내려받은 집행 내역도 올릴 수 있습니다. 열 이름이 다르면 한 번 짝지어 주면 기억합니다.",
)
