"""The first payments of enterprises in a year, read from the ledger for many pledges and days at once (DOMAIN §3.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import CharField, Min, Q
from django.db.models.functions import Cast, Substr

from pledges.distinct import FirstPayment
from pledges.models import CountingRule, Indicator
from subsidies.models import Disbursement, LedgerKind

# (year, enterprise) or (year, (enterprise, programme)), by the indicator's rule
Key = tuple[int, Hashable]
Day = date | None


class Firsts(NamedTuple):
    """The earliest payment of a key, the earliest that was answered 이미 포함, the earliest after each closing."""

    first: date
    named: Day
    later: tuple[Day, ...]

    def and_(self, other: Firsts) -> Firsts:
        """Both together."""
        later = tuple(map(_earlier, self.later, other.later))
        return Firsts(min(self.first, other.first), _earlier(self.named, other.named), later)

    def seen(self, key: Key, day: date, at: int | None) -> FirstPayment:
        """As it looks on ``day``; ``at``: which of the closings is the last."""
        later = None if at is None else self.later[at]
        named = self.named is not None and self.named <= day
        return FirstPayment(key[1], key[0], self.first, named, later if later and later <= day else None)


def _earlier(one: Day, other: Day) -> Day:
    return other if one is None else one if other is None else min(one, other)


class Row(NamedTuple):
    """Payments of one year to one enterprise under one programme of a pledge."""

    pledge: int
    program: int
    firm: int
    year: int
    firsts: Firsts

    def key(self, rule: str) -> Key:
        return self.year, self.firm if rule == CountingRule.BY_ENTERPRISE else (self.firm, self.program)


class Returned(NamedTuple):
    """A payment of which something came back within its year (여입): when and how much, in won."""

    row: Row
    amount: int
    back: tuple[tuple[date, int], ...]

    def stands(self, on: date) -> bool:
        """Paid by the day, and not given back whole by then."""
        given_back = sum(won for day, won in self.back if day <= on)
        return self.row.firsts.first <= on and given_back < self.amount


def first_payments(
    indicators: Sequence[Indicator], days: Mapping[date, date | None]
) -> dict[date, dict[int, list[FirstPayment]]]:
    """By day and indicator: the first unreversed payment of each enterprise (and programme, where its rule says
    so) in each calendar year, under the pledge's own programmes. ``days``: the day, and how far quarters are
    closed on it. Two queries, however many days: the ledger is added up in the database.
    """
    pledges, last = {indicator.pledge_id for indicator in indicators}, max(days)
    closed = sorted({day for day in days.values() if day is not None})
    kept, returned = _by_pledge(_kept(pledges, last, closed)), _returned(pledges, last, closed)
    found: dict[date, dict[int, list[FirstPayment]]] = {day: {} for day in days}
    for indicator in indicators:
        rule, mine = indicator.counting_rule, [r for r in returned if r.row.pledge == indicator.pledge_id]
        whole = _merged(kept[indicator.pledge_id], rule)
        for day, through in days.items():
            rows = _merged((one.row for one in mine if one.stands(day)), rule, whole) if mine else whole
            at = None if through is None else closed.index(through)
            found[day][indicator.pk] = [
                firsts.seen(key, day, at) for key, firsts in rows.items() if firsts.first <= day
            ]
    return found


def _by_pledge(rows: Iterable[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.pledge].append(row)
    return found


def _merged(rows: Iterable[Row], rule: str, start: Mapping[Key, Firsts] | None = None) -> dict[Key, Firsts]:
    """One entry for each enterprise, or enterprise and programme, of a year."""
    found = dict(start or {})
    for row in rows:
        key = row.key(rule)
        before = found.get(key)
        found[key] = row.firsts if before is None else before.and_(row.firsts)
    return found


def _kept(pledges: Iterable[int], last: date, closed: Sequence[date]) -> Iterator[Row]:
    """The payments of which nothing came back, by year, enterprise and programme. One query."""
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
    for pledge, program, firm, year, first, named, *after in rows:
        yield Row(pledge, program, firm, int(year), Firsts(first, named, tuple(after)))


def _year() -> Substr:
    """The year of 교부일 as text: cheaper than a date function, and the same on both databases."""
    return Substr(Cast("paid_on", CharField()), 1, 4)


def _returned(pledges: Iterable[int], last: date, closed: Sequence[date]) -> list[Returned]:
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
        firsts = Firsts(day, day if named else None, tuple(day if day > end else None for end in closed))
        new = Returned(Row(pledge, program, firm, day.year, firsts), amount, ())
        one = found.setdefault((pk, pledge), new)
        found[pk, pledge] = one._replace(back=(*one.back, (on, -won)))
    return list(found.values())
