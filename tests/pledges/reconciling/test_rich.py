"""A rich and clean pledge finds nothing, on any day: several programmes, returns, carried-over money, closings."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import F

from accounts.models import DeadlineRule, Role
from common.periods import Quarter
from enterprises.models import Designation, DesignationKind, Enterprise
from markets.models import MarketDay, MarketEvent, Mode, State
from pledges.closing import close_quarter
from pledges.execution import executions
from pledges.models import Activity, Aggregation, ExecutionOpening, Pledge, ResultState
from pledges.reconciling import findings
from subsidies.disbursing import give_back
from subsidies.models import Disbursement, Program, Settlement
from subsidies.models.programs import Basis
from subsidies.splits import split
from tests import factories as people
from tests.copies import copied
from tests.pledges import factories as make
from tests.subsidies import factories as money


def firms() -> list[Enterprise]:
    """Four enterprises; one holds two kinds, the third's designation ends in 2024."""
    village = DesignationKind.objects.create(code="village", name="마을기업", short_name="마을")
    found = [make.designated(f"{name}(예시)", date(2021, 1, 1)) for name in ("가나", "다라", "마바", "사아")]
    Designation.objects.create(enterprise=found[0], kind=village, starts_on=date(2023, 5, 1))
    found[2].designations.update(expires_on=date(2024, 8, 31))
    return found


def pay(of: Program, won: int, *day: int, year: int | None = None, **fields: Any) -> Disbursement:
    """A payment split by its year's ratio."""
    paid_on = date(*day)
    ratio = of.years.get(year=year or paid_on.year)
    shares = split(won, ratio.ratio, of.split_unit)
    sources = dict(zip(("national", "city", "district", "other"), shares, strict=True))
    return Disbursement.objects.create(
        program=of, fiscal_year=year or paid_on.year, paid_on=paid_on, **sources, **fields
    )


def programme(name: str, ratio: str, years: tuple[int, ...] = (2023, 2024, 2025), **fields: Any) -> Program:
    """A programme with a ratio and a budget of every source in each year."""
    made = money.program(name, **fields)
    for year in years:
        row = money.year(made, year, ratio)
        for source in ("national", "city", "district"):
            if getattr(row, source):
                money.budget(row, 100_000_000, source)
    return made


@pytest.fixture
def rich(db: None) -> Pledge:
    return copied("rich", _rich)


def _rich() -> Pledge:
    DeadlineRule.objects.create(code="quarter_result", title="분기 실적", base="분기 마지막 날", offset=10)
    pledge = make.pledge(
        cost_national=300_000_000, cost_city=300_000_000, cost_district=600_000_000, shows_register=True
    )
    grants = programme("일자리(예시)", "75:17.5:7.5", split_unit=10)
    own = programme("사업개발비(예시)", "0:0:100")
    trust = programme("센터 위탁(예시)", "0:0:100", pays_enterprises=False, in_support_table=False)
    spent = programme("마을기업(예시)", "50:25:25", basis=Basis.SPENT)
    pledge.programs.set([grants, own, trust, spent])
    found = firms()
    grants_paid(grants, found)
    returned(own, found)
    entrusted(trust)
    settled(spent, found[0])
    indicators(pledge)
    market()
    log(pledge)
    return pledge


def grants_paid(grants: Program, found: list[Enterprise]) -> None:
    """Two years of grants; 2023's last is paid in January, and 2024 pays out carried-over money."""
    for year in (2023, 2024):
        for firm in found[:3]:
            money.award(grants, firm, 9_487_000, year=year, decided_on=date(year, 2, 1), headcount=2)
            pay(grants, 4_743_500, year, 3, 15, enterprise=firm)
    pay(grants, 4_743_500, 2024, 1, 19, year=2023, enterprise=found[0])
    carried = money.award(grants, found[1], 5_000_000, year=2023, decided_on=date(2023, 12, 1), headcount=1)
    money.budget(grants.years.get(year=2024), 5_000_000, "national", "전년도 이월")
    pay(grants, 5_000_000, 2024, 2, 10, enterprise=found[1], award=carried)


def returned(own: Program, found: list[Enterprise]) -> None:
    """A part and a whole came back within the year, a part after it."""
    rows = []
    for at, firm in enumerate(found[:3]):
        money.award(own, firm, 8_000_000, year=2024, decided_on=date(2024, 4, 1))
        rows.append(pay(own, 8_000_000, 2024, 5, 2 + at, enterprise=firm))
    give_back(rows[0], 1_234_567, date(2024, 11, 20))
    give_back(rows[1], 8_000_000, date(2025, 1, 15))
    give_back(rows[2], 500_000, date(2025, 3, 10))


def entrusted(trust: Program) -> None:
    agreement = money.entrustment(
        trust, amount=120_000_000, starts_on=date(2023, 1, 1), ends_on=date(2024, 12, 31)
    )
    for year in (2023, 2024):
        for quarter in (1, 2, 3, 4):
            pay(
                trust,
                15_000_000,
                year,
                3 * quarter - 2,
                5,
                entrustment=agreement,
                installment=f"{quarter}분기",
            )


def settled(spent: Program, firm: Enterprise) -> None:
    """Counted by what was spent: less than was handed out."""
    award = money.award(spent, firm, 30_000_000, year=2024, decided_on=date(2024, 3, 2))
    pay(spent, 30_000_000, 2024, 3, 20, enterprise=firm, award=award)
    Settlement.objects.create(
        award=award, year=2024, settled_on=date(2025, 2, 20), granted=30_000_000, spent=28_500_000
    )


def indicators(pledge: Pledge) -> None:
    """A level and two flows that are counted, a percentage that is recorded; yearly and quarterly targets."""
    days = make.market_days(pledge, 1, weight=Decimal(40))
    supported = make.supported(pledge, 2, weight=Decimal(30), unit="개소")
    pledge.programs.remove(make.program())
    level = make.enterprises(pledge, 3, weight=Decimal(20))
    share = make.indicator(
        pledge, 4, weight=Decimal(10), name="만족도", unit="%", aggregation=Aggregation.LEVEL
    )
    for indicator, term, years in (
        (days, "6", {2023: "2", 2024: "4"}),
        (supported, "6", {2023: "3", 2024: "3"}),
        (level, "5", {2023: "5", 2024: "5"}),
        (share, "92.5", {2023: "90", 2024: "92.5"}),
    ):
        make.target(indicator, term)
        for year, value in years.items():
            make.target(indicator, value, year)
    for number, planned in ((1, None), (2, "2"), (3, "2"), (4, None)):
        make.target(days, planned, 2024, number)
    for quarter, last in ((1, (4, 5)), (2, (7, 5)), (3, (10, 5)), (4, (12, 30))):
        row = make.result(share, 2024, quarter, "91.5", state=ResultState.CONFIRMED)
        row.history.update(history_date=datetime(2024, *last, 3, tzinfo=UTC))


def market() -> None:
    make.held(date(2023, 5, 6), date(2023, 5, 7), name="봄 장터")
    make.held(date(2024, 5, 4), date(2024, 5, 5), name="2024 봄 장터")
    make.held(date(2024, 5, 5), name="같은 날 다른 행사")
    make.held(date(2024, 9, 7), date(2024, 9, 8), name="가을 장터")
    online = MarketEvent.objects.create(market=make.market(), name="온라인")
    MarketDay.objects.create(event=online, day=date(2024, 10, 1), state=State.HELD, mode=Mode.ONLINE)
    MarketDay.objects.create(event=online, day=date(2024, 10, 2), state=State.CANCELLED)


def log(pledge: Pledge) -> None:
    """The log tells of all that was handed out, also of what came back later or was not wholly spent."""
    rows = Disbursement.objects.filter(kind="payment").order_by("paid_on", "pk")
    for no, row in enumerate(rows, start=1):
        Activity.objects.create(
            pledge=pledge, no=no, title="교부", date_text=f"{row.paid_on:%Y. %m. %d}.", starts_on=row.paid_on,
            detail=f"- {row.program} {row.amount:,}원 교부", disbursement=row,
        )  # fmt: skip


DAYS = [
    date(2023, 6, 30),
    date(2024, 1, 31),
    date(2024, 9, 30),
    date(2024, 12, 31),
    date(2025, 1, 31),
    date(2026, 6, 30),
    date(2026, 11, 22),
]


def said(pledge: Pledge, day: date) -> list[tuple[str, str, str, str]]:
    found = findings(Pledge.objects.get(pk=pledge.pk), day)
    return [(one.code, one.where, one.left.text, one.right.text) for one in found]


@pytest.mark.parametrize("day", DAYS)
def test_a_rich_clean_pledge_finds_nothing(rich: Pledge, day: date) -> None:
    assert said(rich, day) == []


def test_nor_does_it_after_closings(rich: Pledge) -> None:
    user = people.user(Role.COORDINATOR)
    for quarter, day in ((2, 9), (3, 9), (4, 9)):
        when = Quarter(2024, quarter).next().first_day.replace(day=day)
        close_quarter(
            rich.term,
            Quarter(2024, quarter),
            user,
            datetime(when.year, when.month, when.day, tzinfo=UTC),
            when,
        )
    for on in DAYS:
        assert [one for one in said(rich, on) if one[0] != "late_entry"] == [], on


def test_the_same_pledge_with_one_amount_told_otherwise_finds_that_alone(rich: Pledge) -> None:
    row = rich.activities.get(no=3)
    Activity.objects.filter(pk=row.pk).update(detail="- 일자리(예시) 4,753,500원 교부")
    assert [one[0] for one in said(rich, date(2024, 12, 31))] == ["log_amount"]


def test_an_opening_made_of_payments_and_settlements_is_itemised_by_them(rich: Pledge) -> None:
    day = date(2025, 3, 31)
    table = executions([rich], day)[rich.pk]
    for (column, fund), won in table.cells.items():
        if won:
            ExecutionOpening.objects.create(pledge=rich, on=day, year=column, fund=fund, amount=won)
    assert said(rich, date(2025, 6, 30)) == []
    ExecutionOpening.objects.filter(year=2024, fund="city").update(amount=F("amount") - 7_000_001)
    (excess,) = said(rich, date(2025, 6, 30))
    assert excess[:2] == ("execution_excess", "예산 집행액 표 2024 시비")
