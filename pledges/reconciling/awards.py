"""교부결정 as the checks read them: light, all of a batch of pledges in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from subsidies.models import Award, SupportOpening

FIELDS = ("pk", "program_id", "enterprise_id", "year", "decided_on", "headcount", "amount", "checked_on")


class Granted(NamedTuple):
    """A live award; its amount in won."""

    pk: int
    program: int
    enterprise: int
    year: int
    decided_on: date | None
    headcount: int | None
    amount: int
    checked_on: date | None

    def is_by(self, day: date) -> bool:
        """Decided by a day; one that is undated is from before any."""
        return self.decided_on is None or self.decided_on <= day


def load(programs: Iterable[int]) -> dict[int, list[Granted]]:
    """Live awards by programme, in order of their decisions. One query."""
    rows = Award.objects.live().filter(program__in=set(programs)).order_by("decided_on", "pk")
    found: dict[int, list[Granted]] = defaultdict(list)
    for values in rows.values_list(*FIELDS):
        found[values[1]].append(Granted(*values))
    return found


def inside(awards: Iterable[Granted], opening: SupportOpening) -> list[Granted]:
    """Awards of an opening's year that itemise it: decided by its day, or undated."""
    return [row for row in awards if row.year == opening.year and row.is_by(opening.on)]
