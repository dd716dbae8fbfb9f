"""A clean pledge, in which everything adds up: each test disturbs one thing and looks for the one finding."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from accounts.models import DeadlineRule
from enterprises.models import (
    Committee,
    DesignationKind,
    Enterprise,
    Member,
    MemberOpening,
    RegisterOpening,
    Space,
    Tenancy,
    TenantOpening,
)
from pledges.models import Activity, Engagement, ExecutionOpening, Indicator, Pledge, Result
from pledges.reconciling import Finding, findings
from subsidies.models import Award, Disbursement, Entrustment, Program, SupportOpening
from tests.copies import copied
from tests.pledges import factories as make
from tests.subsidies import factories as money

TODAY = date(2024, 6, 30)
OPENED = date(2024, 3, 31)

Found = Callable[..., list[Finding]]


@dataclass
class Clean:
    """The rows of the clean pledge that tests disturb."""

    pledge: Pledge
    days: Indicator
    supported: Indicator
    enterprises: Indicator
    firm: Enterprise
    grants: Program
    centre: Entrustment
    award: Award
    grant: Disbursement
    first: Disbursement
    second: Disbursement
    space: Space
    committee: Committee

    def told(self, no: int, on: date, detail: str, **fields: object) -> Activity:
        """A row of the log, dated ``on``."""
        fields = {"title": "교부", "date_text": f"{on.year}. {on.month}. {on.day}."} | fields
        return Activity.objects.create(pledge=self.pledge, no=no, starts_on=on, detail=detail, **fields)


@pytest.fixture
def clean(db: None) -> Clean:
    return copied("clean", _clean)


def _clean() -> Clean:
    DeadlineRule.objects.create(code="quarter_result", title="분기 실적", base="분기 마지막 날", offset=10)
    pledge = make.pledge(cost_district=300_000_000, shows_register=True)
    days = make.market_days(pledge, 1, weight=Decimal(50))
    supported = make.supported(pledge, 2, weight=Decimal(30), unit="개소")
    enterprises = make.enterprises(pledge, 3, weight=Decimal(20))
    for indicator, goal in ((days, "10"), (supported, "2"), (enterprises, "1")):
        make.target(indicator, goal)
        make.target(indicator, goal, 2024)
    make.target(days, "4", 2024, 2)
    make.target(days, "6", 2024, 3)
    firm = make.designated("가나다(예시)", date(2020, 1, 1))
    grants, centre = _money(pledge)
    award = money.award(grants, firm, 3_000_000)
    grant = money.disbursement(grants, 3_000_000, enterprise=firm, paid_on=date(2024, 3, 5))
    first, second = (
        money.disbursement(centre.program, 10_000_000, entrustment=centre, paid_on=day, installment=label)
        for day, label in ((date(2024, 1, 24), "1분기"), (date(2024, 3, 29), "2분기"))
    )
    make.held(date(2024, 3, 30), date(2024, 4, 25), date(2024, 4, 26))
    recorded(days, "2", date(2024, 7, 5))
    space, committee = _places(pledge, firm)
    made = Clean(
        pledge,
        days,
        supported,
        enterprises,
        firm,
        grants,
        centre,
        award,
        grant,
        first,
        second,
        space,
        committee,
    )
    _openings(made)
    _log(made)
    return made


def recorded(indicator: Indicator, value: str, entered: date, **fields: object) -> Result:
    """A result of the second quarter of 2024, entered on a day."""
    result = make.result(indicator, 2024, 2, value, **fields)
    result.history.update(history_date=datetime(entered.year, entered.month, entered.day, 3, tzinfo=UTC))
    return result


def _money(pledge: Pledge) -> tuple[Program, Entrustment]:
    grants = make.program()
    money.budget(money.year(grants, 2024, "0:0:100"), 80_000_000)
    trust = money.program("센터 위탁(예시)", pays_enterprises=False, in_support_table=False)
    money.year(trust, 2024, "0:0:100")
    pledge.programs.set([grants, trust])
    ends = date(2024, 6, 30)
    return grants, money.entrustment(trust, amount=40_000_000, starts_on=date(2024, 1, 1), ends_on=ends)


def _places(pledge: Pledge, firm: Enterprise) -> tuple[Space, Committee]:
    space = Space.objects.create(name="나눔터(예시)")
    Tenancy.objects.create(space=space, enterprise=firm, starts_on=date(2023, 1, 1))
    committee = Committee.objects.create(name="위원회(예시)")
    Member.objects.create(committee=committee, name="홍길동(예시)", appointed_on=date(2023, 1, 1))
    pledge.spaces.add(space)
    Pledge.objects.filter(pk=pledge.pk).update(committee=committee)
    pledge.refresh_from_db()
    return space, committee


def _openings(made: Clean) -> None:
    kind = DesignationKind.objects.get()
    RegisterOpening.objects.create(kind=kind, on=OPENED, count=1)
    TenantOpening.objects.create(space=made.space, on=OPENED, count=1)
    MemberOpening.objects.create(committee=made.committee, on=OPENED, count=1)
    make.opening(made.days, OPENED, "1")
    make.opening(made.supported, OPENED, "1")
    make.opening(made.enterprises, OPENED, "1")
    SupportOpening.objects.create(
        program=made.grants, year=2024, on=OPENED, enterprises=1, headcount=1, amount=3_000_000
    )
    ExecutionOpening.objects.create(
        pledge=made.pledge, year=2024, on=OPENED, fund="district", amount=23_000_000
    )


def _log(made: Clean) -> None:
    made.told(1, date(2024, 1, 24), "- 2024년도 1분기 위탁금 교부(10,000천 원)", disbursement=made.first)
    made.told(2, date(2024, 3, 5), "- 2024년 지원금 교부(1개 기업/ 3,000천 원)", disbursement=made.grant)
    made.told(3, date(2024, 3, 29), "- 2024년도 2분기 위탁금 교부(10,000천 원)", disbursement=made.second)
    Engagement.objects.create(
        pledge=made.pledge,
        no=1,
        kind="언론보도",
        date_text="2024. 4. 25.",
        starts_on=date(2024, 4, 25),
        detail="-",
    )


@pytest.fixture
def found(clean: Clean) -> Found:
    """The findings of the disturbed pledge; with codes, only those."""

    def of(*codes: str, on: date = TODAY) -> list[Finding]:
        pledge = Pledge.objects.get(pk=clean.pledge.pk)
        return [one for one in findings(pledge, on) if not codes or one.code in codes]

    return of


def told(finding: Finding) -> tuple[str, str, str, str]:
    """A finding in short: severity, both figures, the gap."""
    return str(finding.severity), finding.left.text, finding.right.text, finding.gap_text
