"""Days inside a closed quarter: figures of the records as they stood when its card was made (DOMAIN §3.15).

The last day of a closed quarter was published and is frozen; a day before it was not. It is counted, but from what the
closing knew: what is entered, changed or voided later enters no figure of the quarter until a correction makes its card
anew (docs/adr/0009). The first closing covers the quarters of the term before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from common.periods import Quarter
from pledges.models import ClosedCard, Closing, Pledge
from pledges.past import Mark, reading

T = TypeVar("T")
Load = Callable[[Sequence[Pledge], Sequence[date]], T]


def each_as_it_stood(
    pledges: Sequence[Pledge], days: Sequence[date], load: Load[T], published: bool = False
) -> list[T]:
    """What ``load`` makes of one term's pledges on ``days``, part by part, each part read as its records stood.

    Every pair of a pledge and a day is in one part; there is one part where no day lies inside a closed quarter.
    ``published``: also the last day of a closed quarter is read so, for what its frozen cards do not hold exactly.
    """
    knew = _knew(pledges, days, published)
    parts: dict[tuple[int | None, tuple[date, ...]], list[Pledge]] = defaultdict(list)
    for pledge in pledges:
        by_closing: dict[int | None, list[date]] = defaultdict(list)
        for day in days:
            by_closing[knew.get((pledge.pk, day))].append(day)
        for closing, mine in by_closing.items():
            parts[closing, tuple(mine)].append(pledge)
    marks = marks_of({closing for closing, _ in parts})
    return [_part(marks.get(closing), mine, wanted, load) for (closing, wanted), mine in parts.items()]


def _part(mark: Mark | None, pledges: Sequence[Pledge], days: Sequence[date], load: Load[T]) -> T:
    with reading(mark):
        return load(pledges if mark is None else _as_they_stood(pledges), days)


def _as_they_stood(pledges: Sequence[Pledge]) -> list[Pledge]:
    """The pledges themselves (weights, targets, text) as of the moment that is being read."""
    stood = {row.pk: row for row in Pledge.objects.filter(pk__in=[row.pk for row in pledges]).with_card()}
    return [stood.get(pledge.pk, pledge) for pledge in pledges]


def lies_inside(days: Sequence[date], closed: Iterable[Quarter], ends_on: date) -> bool:
    """Whether one of ``days`` was covered by a closing and not itself published; of a term that ends on ``ends_on``."""
    ends = {min(quarter.last_day, ends_on) for quarter in closed}
    return any(day < max(ends) and day not in ends for day in days) if ends else False


def mark_of(pledge: Pledge, day: date) -> Mark | None:
    """How the records of ``day`` are to be read for one pledge: None, as they stand now."""
    closing = _knew([pledge], [day]).get((pledge.pk, day))
    return marks_of({closing}).get(closing)


def marks_of(closings: set[int | None]) -> dict[int | None, Mark]:
    """The marks of closings; those that kept none are left out. No query where there is nothing to ask."""
    keys = closings - {None}
    rows = Closing.objects.filter(pk__in=keys).values_list("pk", "mark") if keys else ()
    return {pk: mark for pk, mark in rows if mark}


def _knew(
    pledges: Sequence[Pledge], days: Sequence[date], published: bool = False
) -> dict[tuple[int, date], int]:
    """The closing that made the card covering a day, for each pledge and day; days that were ``published`` if asked."""
    if not pledges or not days:
        return {}
    made = _made(pledges, Quarter.of(min(days)))
    found = {}
    for pledge, cards in made.items():
        ends = [end for end, _ in cards]
        for day in days:
            at = bisect_left(ends, day)
            if at < len(ends) and (published or ends[at] != day):
                found[pledge, day] = cards[at][1]
    return found


def _made(pledges: Sequence[Pledge], first: Quarter) -> dict[int, list[tuple[date, int]]]:
    """By pledge, from a quarter on: the day of each closed card and the closing that made it, in order. One query.

    A later version may only have taken the card over, byte for byte: then an earlier one made it.
    """
    cards = ClosedCard.objects.filter(pledge__in=pledges, closing__year__gte=first.year)
    fields = ("pledge_id", "closing__year", "closing__quarter", "digest", "closing_id")
    rows = cards.order_by("closing__year", "closing__quarter", "closing__version").values_list(*fields)
    ends_on = pledges[0].term.ends_on
    found: dict[int, dict[date, tuple[str, int]]] = defaultdict(dict)
    for pledge, year, number, digest, closing in rows:
        day, mine = min(Quarter(year, number).last_day, ends_on), found[pledge]
        if day not in mine or mine[day][0] != digest:
            mine[day] = digest, closing
    return {pledge: [(day, made[1]) for day, made in mine.items()] for pledge, mine in found.items()}
