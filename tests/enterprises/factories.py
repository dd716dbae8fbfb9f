"""Rows of the register for tests, by plain functions: what a test does not name is filled in."""

from datetime import date
from itertools import count
from typing import Any

from enterprises.models import Committee, Designation, DesignationKind, Enterprise, RegisterOpening, Space

_numbers = count(1)

SEED_DAY = date(2024, 3, 31)
# Code, name, group, and the count of the seed on SEED_DAY (233 in all).
SEED_KINDS = (
    ("certified", "인증", "social", 19),
    ("preliminary", "예비", "social", 7),
    ("village", "마을기업", "", 5),
    ("cooperative", "협동조합", "", 198),
    ("self_support", "자활기업", "", 4),
)


def kind(code: str = "cooperative", **values: Any) -> DesignationKind:
    """The kind of this code, made if it is not there."""
    names = {code: (name, group) for code, name, group, _ in SEED_KINDS}
    name, group = names.get(code, (code, ""))
    defaults = {
        "name": name,
        "short_name": name,
        "group_code": group,
        "group_name": "사회적기업" if group else "",
    }
    defaults["position"] = list(names).index(code) if code in names else 9
    return DesignationKind.objects.get_or_create(code=code, defaults=defaults | values)[0]


def enterprise(name: str = "", **values: Any) -> Enterprise:
    return Enterprise.objects.create(name=name or f"기업{next(_numbers)}(예시)", **values)


def designation(of: Enterprise | None = None, code: str = "cooperative", **values: Any) -> Designation:
    return Designation.objects.create(enterprise=of or enterprise(), kind=kind(code), **values)


def seed_register() -> None:
    """The seed's register: five kinds and their openings on SEED_DAY."""
    for code, _, _, number in SEED_KINDS:
        RegisterOpening.objects.create(kind=kind(code), on=SEED_DAY, count=number)


def space(name: str = "", **values: Any) -> Space:
    return Space.objects.create(name=name or f"공간{next(_numbers)}(예시)", **values)


def committee(name: str = "", **values: Any) -> Committee:
    return Committee.objects.create(name=name or f"위원회{next(_numbers)}(예시)", **values)
