"""A small pledge with three indicators, one of each kind, for tests of the editing pages; nothing is random."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from accounts.models import User
from enterprises.models import Designation, DesignationKind, Enterprise
from markets.models import Market, MarketDay, MarketEvent, State
from pledges.models import (
    Aggregation,
    Closing,
    Goal,
    Indicator,
    IndicatorOpening,
    Measure,
    Pledge,
    Result,
    Target,
    Term,
)
from subsidies.models import Disbursement, Program


def term(name: str = "민선8기") -> Term:
    fields = {"starts_on": date(2022, 7, 1), "ends_on": date(2026, 6, 30)}
    return Term.objects.get_or_create(name=name, defaults=fields)[0]


def goal(number: str = "1") -> Goal:
    return Goal.objects.get_or_create(term=term(), number=number, defaults={"name": "함께 잘사는 구"})[0]


def pledge(number: str = "가-1", **fields: Any) -> Pledge:
    fields = {
        "term": term(),
        "goal": goal(),
        "title": "장터와 기업(예시)",
        "cost_district": 30_000_000,
    } | fields
    return Pledge.objects.create(number=number, **fields)


def indicator(of: Pledge, no: int = 1, **fields: Any) -> Indicator:
    fields = {"name": f"지표 {no}", "aggregation": Aggregation.SUM, "weight": Decimal(50)} | fields
    return Indicator.objects.create(pledge=of, no=no, **fields)


def market_days(of: Pledge, no: int = 1, **fields: Any) -> Indicator:
    """An indicator that counts the held days of a market which the pledge names."""
    fields = {"name": "횟수", "unit": "회", "measure": Measure.MARKET_DAYS} | fields
    of.markets.add(market())
    return indicator(of, no, **fields)


def market() -> Market:
    return Market.objects.get_or_create(name="가나장터(예시)", defaults={"short_name": "장터"})[0]


def held(*days: date, name: str = "봄 장터") -> None:
    event = MarketEvent.objects.get_or_create(market=market(), name=name)[0]
    for day in days:
        MarketDay.objects.create(event=event, day=day, state=State.HELD)


def supported(of: Pledge, no: int = 2, **fields: Any) -> Indicator:
    """An indicator that counts enterprises paid under a programme which the pledge names."""
    of.programs.add(program())
    measure = {
        "aggregation": Aggregation.YEARLY_DISTINCT,
        "measure": Measure.SUPPORTED,
        "name": "지원 기업 수",
    }
    return indicator(of, no, **(measure | fields))


def program() -> Program:
    return Program.objects.get_or_create(name="장터 지원(예시)")[0]


def paid(enterprise: Enterprise, on: date, won: int = 1_000_000) -> Disbursement:
    return Disbursement.objects.create(
        program=program(), enterprise=enterprise, fiscal_year=on.year, paid_on=on, district=won
    )


def enterprises(of: Pledge, no: int = 3, **fields: Any) -> Indicator:
    """An indicator of the state of the register."""
    measure = {
        "aggregation": Aggregation.LEVEL,
        "measure": Measure.ENTERPRISES,
        "name": "기업 수",
        "unit": "개소",
    }
    return indicator(of, no, **(measure | fields))


def designated(name: str, on: date) -> Enterprise:
    kind = DesignationKind.objects.get_or_create(
        code="cooperative", defaults={"name": "협동조합", "short_name": "협동"}
    )
    enterprise = Enterprise.objects.create(name=name)
    Designation.objects.create(enterprise=enterprise, kind=kind[0], starts_on=on)
    return enterprise


def target(
    of: Indicator, value: str | None, year: int | None = None, quarter: int | None = None, **f: Any
) -> Target:
    f.setdefault("valid_from", date(2022, 7, 1))
    number = None if value is None else Decimal(value)
    return Target.objects.create(indicator=of, year=year, quarter=quarter, value=number, **f)


def result(of: Indicator, year: int, quarter: int, value: str, **fields: Any) -> Result:
    return Result.objects.create(indicator=of, year=year, quarter=quarter, value=Decimal(value), **fields)


def opening(of: Indicator, on: date, value: str) -> IndicatorOpening:
    return IndicatorOpening.objects.create(indicator=of, on=on, value=Decimal(value))


def closed(of: Pledge, year: int, quarter: int) -> Closing:
    """A quarter of the pledge's term as closed, without cards: enough for what is locked by it."""
    by, _ = User.objects.get_or_create(username="마감자(예시)")
    at = datetime(year, quarter * 3, 28, tzinfo=UTC)
    return Closing.objects.create(
        term=of.term, year=year, quarter=quarter, closed_by=by, closed_at=at, digest=f"{year}{quarter}"
    )
