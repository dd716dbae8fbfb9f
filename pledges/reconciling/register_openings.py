"""Openings of the registers (기업, 입주, 위원) and what itemises them, asked once for a batch of pledges."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from enterprises import register
from enterprises.register import KINDS, MEMBERS, TENANTS, Register


@dataclass(eq=False)
class Registers:
    """Openings of the registers up to a day and what itemises them; a query for each register and opening day."""

    as_of: date
    _details: dict[Any, Any] = field(default_factory=dict)

    @cached_property
    def _openings(self) -> dict[str, dict[int, list[Any]]]:
        return {which.key: self._load(which) for which in (KINDS, TENANTS, MEMBERS)}

    def _load(self, which: Register) -> dict[int, list[Any]]:
        rows = which.openings._default_manager.filter(
            voided_at__isnull=True, closed=False, on__lte=self.as_of
        )
        found: dict[int, list[Any]] = defaultdict(list)
        for row in rows.select_related(which.key.removesuffix("_id")).order_by("on"):
            found[getattr(row, which.key)].append(row)
        return found

    def openings(self, which: Register) -> dict[int, list[Any]]:
        """By key, oldest first; what closings wrote is left out."""
        return self._openings[which.key]

    def on_day(self, which: Register, day: date) -> list[int]:
        """The counts of the openings of exactly that day."""
        return [row.count for rows in self.openings(which).values() for row in rows if row.on == day]

    def details(self, which: Register, day: date) -> dict[int, int]:
        return self._once((which.key, day), lambda: register.itemised(which, day))

    def change(self, which: Register, after: date, upto: date) -> dict[int, int]:
        return self._once((which.key, after, upto), lambda: register.changes(which, after, upto))

    def _once(self, key: Any, ask: Any) -> dict[int, int]:
        if key not in self._details:
            self._details[key] = ask()
        found: dict[int, int] = self._details[key]
        return found
