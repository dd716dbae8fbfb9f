"""Finding the enterprise that a row of somebody's list means: by number, else by name and address (DOMAIN §6)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from common.names import name_key
from enterprises.models import Enterprise

NEAREST = 3
_DISTRICT = re.compile(r"[가-힣]{1,3}구(?=[가-힣])")


@dataclass(slots=True, eq=False)
class Firm:
    """An enterprise as matching knows it; ``pk`` is None while it is only planned."""

    pk: int | None
    name: str
    key: str
    number: str
    address: str
    row: Enterprise | None = field(default=None, repr=False)
    # Several names of one file that stand for it.
    planned: dict[str, object] = field(default_factory=dict)


def address_key(address: str) -> str:
    """``서울특별시 관악구 봉천로 1, 2층`` → without the city, spaces and signs."""
    plain = re.sub(r"^\s*서울(?:특별시|시)?\s*", "", address)
    return re.sub(r"[\s,.\-()·]", "", plain)


def same_address(one: str, other: str) -> bool | None:
    """None where one of them is not known; else whether they agree (one may say more)."""
    first, second = address_key(one), address_key(other)
    if not first or not second:
        return None
    # One list leaves the district out, another says it.
    if bool(_DISTRICT.match(first)) != bool(_DISTRICT.match(second)):
        first, second = _DISTRICT.sub("", first), _DISTRICT.sub("", second)
    return first.startswith(second) or second.startswith(first)


class Register:
    """All live enterprises, loaded once: an import asks it for every row."""

    def __init__(self, rows: Iterable[Enterprise] | None = None) -> None:
        self.by_number: dict[str, list[Firm]] = {}
        self.by_key: dict[str, list[Firm]] = {}
        self.keys: dict[str, str] = {}
        for row in Enterprise.objects.live() if rows is None else rows:
            self.add(Firm(row.pk, row.name, row.name_key, row.business_number, row.address, row))

    def add(self, firm: Firm) -> None:
        self.by_key.setdefault(firm.key, []).append(firm)
        if firm.number:
            self.by_number.setdefault(firm.number, []).append(firm)

    def key(self, name: str) -> str:
        """``name_key``, worked out once a spelling."""
        found = self.keys.get(name)
        if found is None:
            found = self.keys[name] = name_key(name)
        return found

    def named(self, name: str) -> list[Firm]:
        """Every firm of this name; where several share it, only those spelled exactly so, if there are any."""
        found = self.by_key.get(self.key(name), [])
        exact = [firm for firm in found if firm.name == name]
        return exact if len(found) > 1 and exact else found

    def nearest(self, name: str) -> list[str]:
        """Names of the register that look most like ``name``."""
        keys = get_close_matches(self.key(name), self.by_key, NEAREST, 0.5)
        return [firm.name for key in keys for firm in self.by_key[key][:1]]


def look_like(names: Iterable[str]) -> str:
    """The remedy for an unknown name."""
    shown = list(names)
    return f"비슷한 이름: {', '.join(shown)}." if shown else ""
