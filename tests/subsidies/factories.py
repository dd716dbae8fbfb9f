"""Small builders of subsidy rows. Every argument may be given; nothing depends on today."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from accounts.models import Office, Role, User
from enterprises.models import Designation, DesignationKind, Enterprise
from subsidies.models import (
    Award,
    Budget,
    BudgetKind,
    Disbursement,
    Entrustment,
    Program,
    ProgramYear,
    ServiceContract,
    SupportOpening,
)

_numbers = count(1)


def user(role: str = Role.STAFF, **fields: Any) -> User:
    name = fields.pop("username", f"{role}{next(_numbers)}")
    return User.objects.create_user(name, password="pw", role=role, **fields)


def office(**fields: Any) -> Office:
    return Office.objects.update_or_create(pk=1, defaults={"name": "관악구청", **fields})[0]


def enterprise(name: str = "", designated: date | None = date(2020, 1, 1), **fields: Any) -> Enterprise:
    """A firm with one designation from ``designated`` on (None: without)."""
    firm = Enterprise.objects.create(name=name or f"예시기업{next(_numbers)}(예시)", **fields)
    if designated:
        kind, _ = DesignationKind.objects.get_or_create(
            code="certified", defaults={"name": "인증사회적기업", "short_name": "인증"}
        )
        Designation.objects.create(enterprise=firm, kind=kind, starts_on=designated)
    return firm


def program(name: str = "일자리창출사업", **fields: Any) -> Program:
    return Program.objects.create(name=name, **fields)


def year(of: Program, year: int = 2024, ratio: str = "75:17.5:7.5", **fields: Any) -> ProgramYear:
    parts = [Decimal(part) for part in ratio.split(":")]
    sources = dict(zip(("national", "city", "district", "other"), parts, strict=False))
    return ProgramYear.objects.create(program=of, year=year, **sources, **fields)


def budget(
    of: ProgramYear, amount: int, source: str = "district", kind: str = "본예산", **fields: Any
) -> Budget:
    found, _ = BudgetKind.objects.get_or_create(name=kind)
    return Budget.objects.create(program_year=of, kind=found, source=source, amount=amount, **fields)


def award(of: Program, firm: Enterprise, amount: int = 3_000_000, **fields: Any) -> Award:
    values = {"year": 2024, "decided_on": date(2024, 2, 1), **fields}
    return Award.objects.create(program=of, enterprise=firm, amount=amount, **values)


def opening(
    of: Program, year: int, on: date, enterprises: int, people: int | None, amount: int
) -> SupportOpening:
    return SupportOpening.objects.create(
        program=of, year=year, on=on, enterprises=enterprises, headcount=people, amount=amount
    )


def entrustment(of: Program, **fields: Any) -> Entrustment:
    values = {
        "title": "관악 사회적경제 통합지원센터 민간위탁",
        "partner": "수탁법인(예시)",
        "starts_on": date(2023, 1, 1),
        "ends_on": date(2024, 12, 31),
        **fields,
    }
    return Entrustment.objects.create(program=of, **values)


def contract(of: Program, **fields: Any) -> ServiceContract:
    values = {"title": "꿈시장 운영 용역", "amount": 43_560_000, "signed_on": date(2024, 3, 19), **fields}
    return ServiceContract.objects.create(program=of, **values)


def disbursement(of: Program, amount: int = 1_000_000, **fields: Any) -> Disbursement:
    """A payment, all of it 구비 unless sources are given."""
    values: dict[str, Any] = {"fiscal_year": 2024, "paid_on": date(2024, 3, 5), **fields}
    if not set(values) & {"national", "city", "district", "other"}:
        values["district"] = amount
    if not set(values) & {"enterprise", "entrustment", "contract", "recipient_text"}:
        values["enterprise"] = enterprise()
    return Disbursement.objects.create(program=of, **values)
