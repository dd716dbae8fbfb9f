"""Returns: which kind a day makes them, and how they divide among the sources (DOMAIN §4.7). Pure."""

from __future__ import annotations

from datetime import date

from common.periods import fiscal_window
from subsidies.models import LedgerKind
from subsidies.splits import SOURCES, Shares

# Who takes the last won that do not divide: the district first, as in a payment.
TAKERS = ("district", "other", "city", "national")


def return_kind(fiscal_year: int, day: date) -> LedgerKind:
    """여입 while the year's books are open (through 20 January), else 현년도 세입: 지방회계법 제27조."""
    return LedgerKind.RESTORED if day <= fiscal_window(fiscal_year)[1] else LedgerKind.REVENUE


def left_to_return(paid: Shares, returned: Shares) -> Shares:
    """What is left of a payment by source; ``returned`` is negative, as the ledger holds it."""
    return Shares(*(one + other for one, other in zip(paid, returned, strict=True)))


def return_shares(left: Shares, amount: int) -> Shares:
    """``amount`` (positive won) of what is left, by source in its proportions; negative, as the ledger holds it.

    No source gives back more than it has left, and all of it gives back exactly all. ValueError beyond that.
    """
    if not 0 < amount <= left.total:
        raise ValueError(f"반납할 수 있는 금액은 1원부터 {left.total}원까지입니다")
    parts = {name: amount * won // left.total for name, won in zip(SOURCES, left, strict=True)}
    missing = amount - sum(parts.values())
    for name in TAKERS:
        more = min(missing, getattr(left, name) - parts[name])
        parts[name] += more
        missing -= more
    return Shares(**{name: -won for name, won in parts.items()})
