"""Pledges of many shapes, drawn by a number, in which all adds up: reconciling them must find nothing."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from common.money import grouped, printed_unit, round_to_step
from common.periods import quarters_of
from enterprises.models import Designation, DesignationKind, Enterprise, RegisterOpening
from markets.models import MarketDay, Mode, State
from pledges.models import Activity, ExecutionOpening, Goal, Indicator, Pledge, Term
from pledges.quarters import counted_quarters
from subsidies.disbursing import give_back
from subsidies.models import (
    SOURCES,
    Award,
    Disbursement,
    Entrustment,
    Instalment,
    LedgerKind,
    Program,
    ServiceContract,
    SupportOpening,
)
from subsidies.splits import split
from tests.pledges import factories as make
from tests.subsidies import factories as money

# RECONCILE_WORLDS=50 draws fifty pledges instead of a few.
MANY = int(os.environ.get("RECONCILE_WORLDS", "0"))
RATIOS = ("75:17.5:7.5", "50:25:25", "0:0:100", "0:50:50", "70:0:30", "33.3:33.3:33.4", "60:20:10:10")


@dataclass
class World:
    """A clean pledge with the rows that a test breaks."""

    rng: Random
    pledge: Pledge
    start: int
    grants: Program
    own: Program
    trust: Entrustment
    contract: ServiceContract
    firms: list[Enterprise] = field(default_factory=list)
    payments: list[Disbursement] = field(default_factory=list)
    opened: date | None = None

    @property
    def years(self) -> tuple[int, ...]:
        return self.start, self.start + 1, self.start + 2

    @property
    def last(self) -> date:
        """When every record has been made."""
        return date(self.start + 3, 1, 31)

    @property
    def days(self) -> list[date]:
        """Days from the middle of the records to long after them."""
        start = self.start
        return [
            date(start, 6, 30),
            date(start + 1, 3, 31),
            date(start + 2, 1, 10),
            self.last,
            date(start + 3, 8, 31),
        ]


def build(number: int) -> World:
    """The clean pledge of a number; the same number makes the same one."""
    rng = Random(number)
    start = rng.choice((2022, 2023, 2026, 2027))
    term, goal = _term(start)
    fields = {
        "term": term, "goal": goal, "shows_register": rng.random() < 0.7,
        "execution_unit": rng.choice(("원", "천원", "백만원", "억원")),
        "support_unit": rng.choice(("원", "천원", "백만원")),
        "unit_decimals": rng.choice((0, 0, 1)),
        **{f"cost_{source}": 50_000_000_000 for source in SOURCES},
    }  # fmt: skip
    pledge = make.pledge(f"나-{number}", **fields)
    grants = money.program(f"일자리 {number}(예시)", split_unit=rng.choice((1, 10, 1000)))
    own = money.program(f"개발비 {number}(예시)")
    centre = money.program(f"위탁 {number}(예시)", pays_enterprises=False, in_support_table=False)
    trust = money.entrustment(centre, starts_on=date(start, 1, 1), ends_on=date(start + 2, 12, 31))
    contract = money.contract(centre, title=f"용역 {number}", signed_on=date(start, 3, 2), amount=None)
    world = World(rng, pledge, start, grants, own, trust, contract)
    pledge.programs.set([grants, own, centre])
    world.firms = _firms(world)
    _grants(world)
    _returns(world)
    _trustee(world)
    _another_pledge(world)
    _budgets(world)
    _indicators(world)
    if rng.random() < 0.6:
        _openings(world)
    _log(world)
    return world


def _term(start: int) -> tuple[Term, Goal]:
    if start < 2026:
        return make.term(), make.goal()
    days = {"starts_on": date(2026, 7, 1), "ends_on": date(2030, 6, 30)}
    term = Term.objects.get_or_create(name="민선9기", defaults=days)[0]
    return term, Goal.objects.get_or_create(term=term, number="1", defaults={"name": "다음 목표"})[0]


def _firms(world: World) -> list[Enterprise]:
    """Designated long ago, this year, without a known day, twice, or until after their last payment."""
    kind = DesignationKind.objects.get_or_create(code="c1", defaults={"name": "인증", "short_name": "인증"})[
        0
    ]
    other = DesignationKind.objects.get_or_create(code="c2", defaults={"name": "마을", "short_name": "마을"})[
        0
    ]
    found = [Enterprise.objects.create(name=f"기업{world.pledge.number}{at}(예시)") for at in range(5)]
    for at, firm in enumerate(found):
        begins: date | None = date(world.start, 1, 2) if at % 2 else date(2015 + at, 5, 1)
        ends = date(world.start + 3, 2, 1 + at) if world.rng.random() < 0.3 else None
        Designation.objects.create(enterprise=firm, kind=kind, starts_on=begins, expires_on=ends)
        if world.rng.random() < 0.3:
            Designation.objects.create(enterprise=firm, kind=other, starts_on=date(world.start, 7, 1))
    # Designated after the last payment to another, and paid by nobody.
    late = Enterprise.objects.create(name=f"나중{world.pledge.number}(예시)")
    Designation.objects.create(enterprise=late, kind=kind, starts_on=date(world.start + 1, 9, 1))
    return found


def _pay(world: World, of: Program, won: int, day: date, year: int, **fields: Any) -> Disbursement:
    ratio = of.years.get(year=year)
    shares = split(won, ratio.ratio, of.split_unit)
    sources = dict(zip(SOURCES, shares, strict=True))
    row = Disbursement.objects.create(program=of, fiscal_year=year, paid_on=day, **sources, **fields)
    world.payments.append(row)
    return row


def _grants(world: World) -> None:
    """Each year some firms: decided, then paid in parts until 20 January of the next, or carried over."""
    rng = world.rng
    for year in world.years:
        money.year(world.grants, year, rng.choice(RATIOS))
        money.year(world.own, year, "0:0:100")
        for firm in rng.sample(world.firms, 3):
            for of in rng.sample((world.grants, world.own), rng.choice((1, 2))):
                decided = rng.choice((None, date(year, 2, 1), date(year, 2, 1)))
                won = rng.choice((9_487_000, 12_345_678, 8_000_000, 23_000_001))
                award = money.award(
                    of, firm, won, year=year, decided_on=decided, headcount=rng.choice((None, 2))
                )
                parts = rng.choice((1, 2, 3))
                linked = {"award": award} if rng.random() < 0.5 else {}
                for part in range(parts):
                    day = date(year, 2 + 3 * part, rng.randint(1, 28))
                    if part == parts - 1 and rng.random() < 0.3:
                        day = date(year + 1, 1, rng.randint(2, 20))
                    label = f"{part + 1}차"
                    _pay(world, of, won // parts, day, year, enterprise=firm, installment=label, **linked)
    carried = money.award(
        world.own, world.firms[0], 7_000_000, year=world.start, decided_on=date(world.start, 12, 1)
    )
    if rng.random() < 0.5:
        day = date(world.start + 1, 3, 3)
        _pay(world, world.own, 7_000_000, day, world.start + 1, enterprise=world.firms[0], award=carried)


def _returns(world: World) -> None:
    """Within the year, after it, and in two parts."""
    rows = [row for row in world.payments if row.program_id == world.own.pk]
    for row in world.rng.sample(rows, min(3, len(rows))):
        row.refresh_from_db()
        give_back(row, 300_000, row.paid_on + timedelta(days=world.rng.choice((1, 9))))
        if world.rng.random() < 0.5:
            give_back(row, 200_000, min(date(row.fiscal_year + 1, 3, 10), world.last))


def _trustee(world: World) -> None:
    """Paid by quarter, some quarters together on one day; a service paid in two parts."""
    rng, total = world.rng, 0
    labels = rng.choice(("{}분기", "{}/4분기", "{}분기 위탁금"))
    for year in world.years:
        money.year(world.trust.program, year, "0:0:100")
        together = rng.random() < 0.4
        for number in (1, 2, 3, 4):
            month = 3 * (number - 1) + 1 if not (together and number == 4) else 7
            won = 15_000_000 if together else 15_000_000 + 1_000 * number
            fields = {"entrustment": world.trust, "installment": labels.format(number)}
            _pay(world, world.trust.program, won, date(year, month, 24), year, **fields)
            if rng.random() < 0.5:
                Instalment.objects.create(
                    entrustment=world.trust, year=year, label=f"{number}분기", amount=won
                )
            total += won
    for part, month in (("선금", 4), ("잔금", 11)):
        day = date(world.start, month, 9)
        _pay(
            world,
            world.trust.program,
            21_780_000,
            day,
            world.start,
            contract=world.contract,
            installment=part,
        )
    world.trust.amount = rng.choice((None, total, total + 5))
    world.trust.save()
    world.contract.amount = rng.choice((None, 43_560_000))
    world.contract.save()


def _another_pledge(world: World) -> None:
    """Another pledge with a programme of its own, and records of the programmes from before the term."""
    other = make.pledge(f"{world.pledge.number}-다", term=world.pledge.term, goal=world.pledge.goal)
    program = money.program(f"딴 사업 {world.pledge.number}(예시)")
    other.programs.set([program])
    money.disbursement(program, 5_000_000, enterprise=world.firms[0], paid_on=date(world.start, 3, 5))
    before = world.pledge.term.starts_on.year - 1
    money.year(world.own, before, "0:0:100")
    money.disbursement(
        world.own, 4_000_000, enterprise=world.firms[0], fiscal_year=before, paid_on=date(before, 5, 5)
    )


def _budgets(world: World) -> None:
    """What was executed of every source and some more: 본예산, a 추경 that cuts, money carried over."""
    for program in (world.grants, world.own, world.trust.program):
        for year in program.years.all() if world.rng.random() < 0.8 else ():
            paid = Disbursement.objects.filter(kind=LedgerKind.PAYMENT, fiscal_year=year.year)
            won = paid.filter(program=program).totals()
            for source in SOURCES:
                if won[source]:
                    money.budget(year, won[source] + 2_000_000, source)
                    money.budget(year, -2_000_000, source, "추경")
                    if world.rng.random() < 0.3:
                        money.budget(year, 1_000, source, "전년도 이월")


def _indicators(world: World) -> None:
    """Three that count, one that is recorded; targets by term, year, or quarter; results as counted."""
    pledge, start, rng = world.pledge, world.start, world.rng
    days = make.market_days(pledge, 1, weight=Decimal(40))
    supported = make.supported(pledge, 2, weight=Decimal("30.5"), unit="개소")
    pledge.programs.remove(make.program())
    level = make.enterprises(pledge, 3, weight=Decimal("29.5"))
    _market(world)
    for indicator, value in ((days, 4), (supported, 3), (level, 10)):
        is_level = indicator is level
        shape = rng.choice(("term", "years", "quarters"))
        make.target(indicator, str(value if is_level or shape == "term" else 3 * value))
        for year in world.years if shape != "term" else ():
            make.target(indicator, str(value), year)
            if shape == "quarters":
                make.target(indicator, None, year, 1)
                make.target(indicator, str(value if is_level else value - 1), year, 2)
                make.target(indicator, str(value if is_level else 1), year, 4)
    quarters = [quarter for year in (start, start + 1) for quarter in quarters_of(year)]
    quarters = [one for one in quarters if one.first_day >= pledge.term.starts_on]
    if rng.random() < 0.6:
        _record(world, [days, supported, level], quarters)


def _record(world: World, indicators: list[Indicator], quarters: list[Any]) -> None:
    for (pk, quarter), found in counted_quarters(indicators, quarters, world.last).items():
        if found.value is not None and world.rng.random() < 0.7:
            indicator = next(row for row in indicators if row.pk == pk)
            make.result(indicator, quarter.year, quarter.number, str(found.value))


def _market(world: World) -> None:
    start = world.start
    make.held(date(start, 4, 29), date(start, 4, 30), name=f"봄 {start}")
    make.held(*(date(start + 1, 9, day) for day in (7, 8, 14)), name=f"가을 {start}")
    make.held(date(start - 2, 5, 5), name="임기 전")
    event = make.market().events.first()
    assert event
    MarketDay.objects.create(event=event, day=date(start, 5, 1), state=State.CANCELLED)
    MarketDay.objects.create(event=event, day=date(start, 5, 2), state=State.HELD, mode=Mode.ONLINE)


def _openings(world: World) -> None:
    """Totals of a day that the records up to it itemise to the last, money as the table prints it."""
    pledge, rng = world.pledge, world.rng
    world.opened = on = date(world.start + 1, 3, 31)
    step = printed_unit(pledge.execution_unit, pledge.unit_decimals).step if rng.random() < 0.7 else 1
    cells: dict[tuple[int, str], int] = defaultdict(int)
    for row in Disbursement.objects.executed().filter(program__pledges=pledge, paid_on__lte=on):
        for source in SOURCES if row.fiscal_year >= pledge.term.starts_on.year else ():
            cells[row.fiscal_year, source] += getattr(row, source)
    for (year, source), won in cells.items():
        amount = round_to_step(won, step) * step
        ExecutionOpening.objects.create(pledge=pledge, on=on, year=year, fund=source, amount=amount)
    held = {row.day for row in MarketDay.objects.counted().filter(day__range=(pledge.term.starts_on, on))}
    make.opening(pledge.indicators.get(no=1), on, str(len(held)))
    paid = {
        (row.paid_on.year, row.enterprise_id)
        for row in world.payments
        if row.enterprise_id and pledge.term.starts_on <= row.paid_on <= on
    }
    make.opening(pledge.indicators.get(no=2), on, str(len(paid)))
    _support_openings(world, on)
    held_kinds: dict[int, int] = defaultdict(int)
    for row in Designation.objects.filter(starts_on__lte=on):
        held_kinds[row.kind_id] += 1
    for kind in DesignationKind.objects.all():
        RegisterOpening.objects.get_or_create(kind=kind, on=on, defaults={"count": held_kinds[kind.pk]})
    make.opening(pledge.indicators.get(no=3), on, str(sum(held_kinds.values())))


def _support_openings(world: World, on: date) -> None:
    step = printed_unit(world.pledge.support_unit, world.pledge.unit_decimals).step
    for program in (world.grants, world.own):
        for year in world.years[:2]:
            rows = [
                row
                for row in Award.objects.filter(program=program, year=year)
                if row.decided_on is None or row.decided_on <= on
            ]
            SupportOpening.objects.create(
                program=program, year=year, on=on, enterprises=len({row.enterprise_id for row in rows}),
                headcount=sum(row.headcount or 0 for row in rows),
                amount=round_to_step(sum(row.amount for row in rows), step) * step,
            )  # fmt: skip


def _told(rng: Random, won: int) -> str:
    """As officers write it: exact, or in 천 원."""
    return f"{grouped(round_to_step(won, 1000))}천 원" if rng.random() < 0.5 else f"{grouped(won)}원"


def _log(world: World) -> None:
    """Linked to its payment or not, several payments in one sentence, the ledger's own sentence, decisions."""
    rng, rows = world.rng, []
    by_day: dict[tuple[date, int], list[Disbursement]] = defaultdict(list)
    for row in Disbursement.objects.filter(program__pledges=world.pledge, kind=LedgerKind.PAYMENT):
        if row.fiscal_year >= world.pledge.term.starts_on.year:
            by_day[row.paid_on, row.program_id].append(row)
    for (day, _), paid in by_day.items():
        style = rng.choice(("linked", "unlinked", "own", "silent"))
        won = sum(row.amount for row in paid)
        text = f"- {paid[0].fiscal_year}년 지원금 교부({len(paid)}건/ {_told(rng, won)})"
        if style == "own":
            for row in paid:
                words = f"- {row.fiscal_year}년 지원금 교부({_told(rng, row.amount)})"
                Disbursement.objects.filter(pk=row.pk).update(log_text=words)
        elif style != "silent":
            rows.append((day, text, paid[0] if style == "linked" else None))
    rows.append((date(world.start, 2, 1), "- 교부결정 통지(3개 기업/ 36,000천 원)", None))
    rows.append((date(world.start, 3, 2), "- 지원금 지급 계획 수립(예산 80,000천 원)", None))
    rows.append((date(world.start, 6, 1), "- 국비 교부 신청(12,000천 원)", None))
    rows.sort(key=lambda row: row[0])
    for no, (day, text, record) in enumerate(rows, start=1):
        Activity.objects.create(
            pledge=world.pledge, no=no, title="교부", date_text=f"{day.year}. {day.month}. {day.day}.",
            starts_on=day, detail=text, disbursement=record,
        )  # fmt: skip
