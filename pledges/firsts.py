"""The first payments of enterprises in a year, read from the ledger for many pledges and days at once (DOMAIN §3.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Min, Q
from django.db.models.functions import Cast, Substr

from pledges.distinct import FirstPayment
from pledges.models import CountingRule, Indicator
from subsidies.models import Disbursement, LedgerKind


class Group(NamedTuple):
    """Payments of one year to one enterprise under one programme of a pledge."""

    pledge: int
    program: int
    firm: int
    year: int


@dataclass(frozen=True)
class Firsts:
    """The earliest payment of a group, the earliest that was answered 이미 포함, the earliest after each closing."""

    first: date
    named: date | None
    later: tuple[date | None, ...]


@dataclass(frozen=True)
class Returned:
    """A payment of which something came back within its year (여입): when and how much, in won."""

    group: Group
    day: date
    amount: int
    named: bool
    back: tuple[tuple[date, int], ...]

    def stands(self, on: date) -> bool:
        """Paid by the day, and not given back whole by then."""
        return self.day <= on and sum(won for day, won in self.back if day <= on) < self.amount


def first_payments(
    indicators: Sequence[Indicator], days: Mapping[date, date | None]
) -> dict[date, dict[int, list[FirstPayment]]]:
    """By day and indicator: the first unreversed payment of each enterprise (and programme, where its rule says
    so) in each calendar year, under the pledge's own programmes. ``days``: the day, and how far quarters are
    closed on it. Two queries, however many days: the ledger is added up in the database.
    """
    pledges, last = {indicator.pledge_id for indicator in indicators}, max(days)
    closed = sorted({day for day in days.values() if day is not None})
    kept, returned = _kept(pledges, last, closed), _returned(pledges, last)
    found: dict[date, dict[int, list[FirstPayment]]] = {}
    for day, through in days.items():
        at = None if through is None else closed.index(through)
        by_pledge = _on(day, at, through, kept, returned)
        found[day] = {
            i.pk: _merged(by_pledge[i.pledge_id], CountingRule(i.counting_rule)) for i in indicators
        }
    return found


def _kept(pledges: Iterable[int], last: date, closed: Sequence[date]) -> dict[Group, Firsts]:
    """The payments of which nothing came back, by group. One query."""
    back = Disbursement.objects.live().filter(
        kind=LedgerKind.RESTORED, paid_on__lte=last, returns__isnull=False
    )
    later = {f"later_{at}": Min("paid_on", filter=Q(paid_on__gt=day)) for at, day in enumerate(closed)}
    rows = (
        Disbursement.objects.live()
        .filter(kind=LedgerKind.PAYMENT, paid_on__lte=last, enterprise__isnull=False)
        .filter(program__pledges__in=set(pledges))
        .exclude(pk__in=back.values("returns"))
        .order_by()
        .values_list("program__pledges", "program_id", "enterprise_id", _year())
        .annotate(first=Min("paid_on"), named=Min("paid_on", filter=Q(in_opening=True)), **later)
    )
    return {
        Group(pledge, program, firm, int(year)): Firsts(first, named, tuple(after))
        for pledge, program, firm, year, first, named, *after in rows
    }


def _year() -> Substr:
    """The year of 교부일 as text: cheaper than a date function, and the same on both databases."""
    return Substr(Cast("paid_on", CharField()), 1, 4)


def _returned(pledges: Iterable[int], last: date) -> list[Returned]:
    """The payments of which something came back, few as they are, one by one. One query."""
    rows = (
        Disbursement.objects.live()
        .filter(kind=LedgerKind.RESTORED, paid_on__lte=last, returns__program__pledges__in=set(pledges))
        .filter(
            returns__kind=LedgerKind.PAYMENT, returns__paid_on__lte=last,
            returns__enterprise__isnull=False, returns__voided_at__isnull=True,
        )
        .order_by("returns", "paid_on")
        .values_list(
            "returns", "returns__program__pledges", "returns__program", "returns__enterprise",
            "returns__paid_on", "returns__amount", "returns__in_opening", "paid_on", "amount",
        )
    )  # fmt: skip
    found: dict[tuple[int, int], Returned] = {}
    for pk, pledge, program, firm, day, amount, named, on, won in rows:
        group = Group(pledge, program, firm, day.year)
        one = found.setdefault((pk, pledge), Returned(group, day, amount, bool(named), ()))
        found[pk, pledge] = replace(one, back=(*one.back, (on, -won)))
    return list(found.values())


def _on(
    day: date,
    at: int | None,
    through: date | None,
    kept: Mapping[Group, Firsts],
    returned: Iterable[Returned],
) -> dict[int, list[tuple[Group, FirstPayment]]]:
    """The groups as they stand on ``day``, by pledge; ``at``: the place of ``through`` among the closings."""
    firsts: dict[Group, list[FirstPayment]] = defaultdict(list)
    for group, row in kept.items():
        if row.first <= day:
            later = None if at is None else row.later[at]
            named = row.named is not None and row.named <= day
            shown = later if later is not None and later <= day else None
            firsts[group].append(FirstPayment(group.firm, group.year, row.first, named, shown))
    for one in returned:
        if one.stands(day):
            shown = one.day if through is not None and one.day > through else None
            firsts[one.group].append(FirstPayment(one.group.firm, one.group.year, one.day, one.named, shown))
    found: dict[int, list[tuple[Group, FirstPayment]]] = defaultdict(list)
    for group, rows in firsts.items():
        found[group.pledge] += [(group, row) for row in rows]
    return found


def _merged(rows: Iterable[tuple[Group, FirstPayment]], rule: CountingRule) -> list[FirstPayment]:
    """One first payment for each enterprise, or enterprise and programme, of a year."""
    found: dict[tuple[int, Any], list[FirstPayment]] = defaultdict(list)
    for group, row in rows:
        key = row.key if rule == CountingRule.BY_ENTERPRISE else (row.key, group.program)
        found[row.year, key].append(row)
    return [
        FirstPayment(
            key,
            year,
            min(row.day for row in group),
            any(row.named_in_opening for row in group),
            min((row.later for row in group if row.later is not None), default=None),
        )
        for (year, key), group in found.items()
    ]
