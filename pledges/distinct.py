"""Yearly distinct: an enterprise counts in the quarter of its first unreversed payment of the year (§3.5).

Pure: no database, no clock.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class FirstPayment(NamedTuple):
    """The first unreversed payment of ``key`` (an enterprise, or enterprise and programme) in a year.

    ``later`` is its first one after the last closed quarter: a payment entered late into a closed quarter
    enters no figure, so the next one in an open quarter brings the enterprise in.
    """

    key: Hashable
    year: int
    day: date
    named_in_opening: bool = False
    later: date | None = None


@dataclass(frozen=True)
class FrozenNames:
    """Who the closed quarter ending on ``last_day`` counted: they do not count again in that year.

    ``begins`` is the first day that closings cover, the term's: what was paid before it is nobody's late entry.
    """

    year: int
    last_day: date
    keys: frozenset[Hashable]
    begins: date = date.min


def counted_on(
    payments: Iterable[FirstPayment], opening_day: date | None, frozen: Iterable[FrozenNames] = ()
) -> list[FirstPayment]:
    """The payments that bring an enterprise into the count, in order of their days.

    Left out: those that itemise the opening (``opening_day`` or before), enterprises of that year that a record
    itemising it names (paid by that day, or answered 이미 포함), and, after the closed quarters, enterprises
    that one of them names already.
    """
    names = list(frozen)
    closed_through = max((quarter.last_day for quarter in names), default=None)
    begins = min((quarter.begins for quarter in names), default=date.min)
    taken = {(quarter.year, key) for quarter in names for key in quarter.keys}
    found = []
    for payment in payments:
        if payment.named_in_opening or (opening_day is not None and payment.day <= opening_day):
            continue
        reflected: FirstPayment | None = payment
        if payment.day >= begins:
            reflected = _reflected(payment, closed_through, (payment.year, payment.key) in taken)
        if reflected is not None:
            found.append(reflected)
    return sorted(found, key=lambda payment: (payment.day, str(payment.key)))


def _reflected(payment: FirstPayment, closed_through: date | None, taken: bool) -> FirstPayment | None:
    """``payment`` where it enters the figures: in the closed quarter that names it, else in an open one."""
    if closed_through is None or payment.day > closed_through:
        return None if taken else payment
    if taken:
        return payment
    return payment._replace(day=payment.later) if payment.later else None
