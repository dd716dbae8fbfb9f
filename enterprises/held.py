"""Designations as an import compares them: which one a row means, and whether a new one would overlap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from common.importing import Change, in_words
from common.periods import korean_date
from enterprises.matching import Firm
from enterprises.models import Designation

WORDS = {"number": "인증번호", "starts_on": "지정일", "expires_on": "만료일"}


@dataclass(slots=True, eq=False)
class Held:
    """A designation, stored (``pk``) or planned by an earlier row."""

    pk: int | None
    kind: int
    number: str
    starts_on: date | None
    expires_on: date | None
    ended_on: date | None = None

    @property
    def last_day(self) -> date | None:
        return min((day for day in (self.expires_on, self.ended_on) if day), default=None)

    @property
    def period(self) -> str:
        first = korean_date(self.starts_on) if self.starts_on else "지정일 모름"
        return f"{first}~{korean_date(self.last_day) if self.last_day else ''}"


class HeldIndex:
    """All live designations by enterprise, loaded once."""

    def __init__(self) -> None:
        self.of_firm: dict[Any, list[Held]] = {}
        fields = ("enterprise_id", "pk", "kind_id", "number", "starts_on", "expires_on", "ended_on")
        for firm, *values in Designation.objects.live().order_by("pk").values_list(*fields):
            self.of_firm.setdefault(firm, []).append(Held(*values))

    def match(self, firm: Firm, kind: int, values: dict[str, Any]) -> tuple[Held, dict[str, Any], bool]:
        """The designation that the row means, what it would change on it, and whether it is new."""
        mine = self.of_firm.setdefault(firm.pk or firm, [])
        same_kind = [held for held in mine if held.kind == kind]
        found = _meant(same_kind, values)
        if found is None:
            held = Held(None, kind, values["number"], values["starts_on"], values["expires_on"])
            mine.append(held)
            return held, {}, True
        sets = {name: value for name, value in values.items() if value and value != getattr(found, name)}
        return found, sets, False

    def overlap(self, firm: Firm, new: Held | None) -> Held | None:
        """Another designation of its kind with a day in common; an undated one is only the opening's detail."""
        if new is None or new.starts_on is None:
            return None
        for held in self.of_firm.get(firm.pk or firm, []):
            if held is new or held.kind != new.kind or held.starts_on is None:
                continue
            begins_before_end = new.last_day is None or held.starts_on <= new.last_day
            ends_after_begin = held.last_day is None or held.last_day >= new.starts_on
            if begins_before_end and ends_after_begin:
                return held
        return None


def _meant(mine: list[Held], values: dict[str, Any]) -> Held | None:
    """Same start, else same number, else one of which the start is known on one side only."""
    starts_on, number = values["starts_on"], _plain(values["number"])
    if starts_on and (same := [held for held in mine if held.starts_on == starts_on]):
        return same[0]
    if number and (same := [held for held in mine if _plain(held.number) == number]):
        return same[0]
    agreeing = [held for held in mine if not number or not held.number]
    if starts_on is None:
        undated = [held for held in agreeing if held.starts_on is None]
        found = undated or agreeing
        return found[-1] if found else None
    return next((held for held in agreeing if held.starts_on is None), None)


def _plain(number: str) -> str:
    return "".join(sign for sign in number if sign.isalnum()).removeprefix("제").removesuffix("호")


def changes_of(held: Held | None, sets: dict[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(WORDS[name], in_words(getattr(held, name)), in_words(value)) for name, value in sets.items()
    )
