"""Programmes with their ratio of each year, awards, agreements, payments, returns and budgets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from enterprises.models import Enterprise
from subsidies.disbursing import log_line
from subsidies.models import (
    SOURCES,
    Award,
    Budget,
    BudgetKind,
    Disbursement,
    Entrustment,
    LedgerKind,
    Program,
    ProgramYear,
)
from subsidies.refunds import return_kind, return_shares
from subsidies.splits import Ratio, split

from .size import Frame

RATIOS = (
    ("75", "17.5", "7.5", "0"),
    ("50", "25", "25", "0"),
    ("0", "50", "50", "0"),
    ("0", "0", "100", "0"),
    ("0", "0", "90", "10"),
)
DISTRICT_ONLY = RATIOS[3]
INSTALMENTS = 3
# One payment in so many is named in 추진실적, and one line of payments in so many has a return.
LOGGED, RETURNED = 10, 3


@dataclass
class Line:
    """One programme in one year, and how many ledger rows it gets."""

    year: ProgramYear
    rows: int
    entrustment: Entrustment | None

    @property
    def ratio(self) -> Ratio:
        return Ratio(*(getattr(self.year, name) for name in SOURCES))


def make_programs(frame: Frame) -> list[list[Program]]:
    """For each pledge one programme that pays enterprises, and for every third one an entrusted one."""
    rows = [_program(frame, number, entrusted=False) for number in range(frame.size.pledges)]
    entrusted = [_program(frame, number, entrusted=True) for number in range(0, frame.size.pledges, 3)]
    paying, trusted = frame.writer.write(rows), frame.writer.write(entrusted)
    return [
        [program, *trusted[number // 3 : number // 3 + 1]] if number % 3 == 0 else [program]
        for number, program in enumerate(paying)
    ]


def _program(frame: Frame, number: int, entrusted: bool) -> Program:
    word = "민간위탁" if entrusted else "지원사업"
    return Program(
        name=f"{word} {number + 1}(예시)",
        regime="entrustment" if entrusted else frame.dice.choice(("national_act", "local_act")),
        pays_enterprises=not entrusted,
        in_support_table=not entrusted,
        split_unit=frame.dice.choice((1, 10, 1000)),
        position=100 + number,
    )


def make_money(frame: Frame, programs: Iterable[list[Program]], firms: list[Enterprise]) -> None:
    """Exactly ``size.disbursements`` ledger rows, spread evenly over programmes and years."""
    lines = _lines(frame, [program for several in programs for program in several])
    kind = BudgetKind.objects.order_by("position").first()
    budgets = [row for line in lines for row in _budgets(line, kind, _pay(frame, line, firms))]
    frame.writer.write(budgets)


def _lines(frame: Frame, programs: list[Program]) -> list[Line]:
    years = frame.writer.write([_program_year(frame, p, year) for p in programs for year in frame.years])
    agreements = {
        row.program_id: row
        for row in frame.writer.write([_entrustment(frame, p) for p in programs if not p.pays_enterprises])
    }
    each, more = divmod(frame.size.disbursements, len(years))
    return [
        Line(year, each + (index < more), agreements.get(year.program_id)) for index, year in enumerate(years)
    ]


def _program_year(frame: Frame, program: Program, year: int) -> ProgramYear:
    ratio = frame.dice.choice(RATIOS) if program.pays_enterprises else DISTRICT_ONLY
    parts = dict(zip(SOURCES, map(Decimal, ratio), strict=True))
    return ProgramYear(program=program, year=year, source="예시", **parts)


def _entrustment(frame: Frame, program: Program) -> Entrustment:
    return Entrustment(
        program=program,
        title=f"{program.name} 협약",
        partner="수탁기관(예시)",
        starts_on=frame.first_day,
        ends_on=frame.last_day(frame.years[-1]),
    )


def _pay(frame: Frame, line: Line, firms: list[Enterprise]) -> list[Disbursement]:
    """The ledger rows of one line, written."""
    returns = 1 if line.rows > 1 and frame.dice.randrange(RETURNED) == 0 else 0
    rows = line.rows - returns
    if line.entrustment:
        planned = [_instalment(frame, line, number) for number in range(rows)]
    else:
        planned = _to_enterprises(frame, line, firms, rows)
    paid = frame.writer.write(planned)
    return paid + frame.writer.write(
        [_return(frame, line, payment) for payment in frame.dice.some(paid, returns)]
    )


def _to_enterprises(frame: Frame, line: Line, firms: list[Enterprise], rows: int) -> list[Disbursement]:
    """Awards to as many firms as are needed, each paid in instalments that make its sum."""
    chosen = frame.dice.some(firms, -(-rows // INSTALMENTS))
    counts = (
        [rows // len(chosen) + (index < rows % len(chosen)) for index in range(len(chosen))] if chosen else []
    )
    plans = [[frame.dice.randrange(500, 20_000) * 1_000 for _ in range(count)] for count in counts]
    awards = frame.writer.write(
        [_award(line, firm, sum(plan), frame) for firm, plan in zip(chosen, plans, strict=True)]
    )
    return [
        _payment(frame, line, amount, f"{number}차", award=award, enterprise=award.enterprise)
        for award, plan in zip(awards, plans, strict=True)
        for number, amount in enumerate(plan, 1)
    ]


def _award(line: Line, firm: Enterprise, amount: int, frame: Frame) -> Award:
    year = line.year.year
    return Award(
        program=line.year.program,
        enterprise=firm,
        year=year,
        decided_on=date(year, 1, 2),
        headcount=frame.dice.randrange(1, 6),
        amount=amount,
    )


def _instalment(frame: Frame, line: Line, number: int) -> Disbursement:
    amount = frame.dice.randrange(20_000, 80_000) * 1_000
    return _payment(frame, line, amount, f"{number + 1}차", entrustment=line.entrustment)


def _payment(frame: Frame, line: Line, amount: int, label: str, **recipient: object) -> Disbursement:
    year, program = line.year.year, line.year.program
    row = Disbursement(
        program=program,
        fiscal_year=year,
        paid_on=frame.dice.day(date(year, 1, 3), frame.last_day(year)),
        installment=label,
        **dict(zip(SOURCES, split(amount, line.ratio, program.split_unit), strict=True)),
        **recipient,
    )
    if frame.dice.randrange(LOGGED) == 0:
        row.log_title, row.log_text = _sentence(row)
    return row


def _sentence(row: Disbursement) -> tuple[str, str]:
    said = log_line(row)
    return said.title, said.text


def _return(frame: Frame, line: Line, payment: Disbursement) -> Disbursement:
    """A tenth of a payment comes back before the year's books close."""
    day = frame.dice.day(payment.paid_on, frame.last_day(line.year.year))
    shares = return_shares(payment.shares, payment.shares.total // 10)
    return Disbursement(
        kind=return_kind(payment.fiscal_year, day),
        returns=payment,
        program=payment.program,
        award=payment.award,
        enterprise=payment.enterprise,
        entrustment=payment.entrustment,
        fiscal_year=payment.fiscal_year,
        paid_on=day,
        **dict(zip(SOURCES, shares, strict=True)),
    )


def _budgets(line: Line, kind: BudgetKind | None, paid: list[Disbursement]) -> list[Budget]:
    """What was paid before any return, and a tenth more, to the next million."""
    sums = {
        name: sum(getattr(row, name) for row in paid if row.kind == LedgerKind.PAYMENT) for name in SOURCES
    }
    return [
        Budget(program_year=line.year, kind=kind, source=name, amount=-(-won * 11 // 10_000_000) * 1_000_000)
        for name, won in sums.items()
        if won
    ]
