"""마감 뒤 입력(미반영): records dated in a closed quarter that were entered after its card was made (DOMAIN §3.15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery

from common.periods import Quarter
from enterprises.models import Designation
from markets.models import MarketDay
from pledges.models import Activity, ClosedCard, Engagement, Measure, Pledge
from pledges.past import reading
from subsidies.models import Award, Disbursement


@dataclass(frozen=True)
class Late:
    """One record: what it is, its key and day, the closed quarter, and when it was entered."""

    kind: str
    pk: int
    what: str
    day: date
    quarter: Quarter
    entered: datetime


@dataclass(frozen=True)
class Source:
    """A kind of record: its name, its rows, the field of its day, and the pledges it belongs to."""

    kind: str
    model: Any
    day: str
    pledge: str
    related: tuple[str, ...] = ()


PAYEES = ("program", "enterprise", "entrustment", "contract")
SOURCES = (
    Source("교부·지급", Disbursement, "paid_on", "program__pledges", PAYEES),
    Source("교부결정", Award, "decided_on", "program__pledges", ("program", "enterprise")),
    Source("시장 운영일", MarketDay, "day", "event__market__pledges", ("event",)),
    Source("추진실적", Activity, "starts_on", "pledge"),
    Source("주민 참여 실적", Engagement, "starts_on", "pledge"),
)


def load(pledges: Sequence[Pledge], as_of: date) -> dict[int, list[Late]]:
    """By pledge, in order of their days. Nothing is asked beyond one query while no quarter is closed.

    Of the records of now, also where a day is read as its closing knew it: there they are what is missing.
    """
    made = closed_at(pledges)
    found: dict[int, list[Late]] = defaultdict(list)
    if not made:
        return found
    with reading(None):
        for pledge, late in _late(pledges, made, as_of):
            found[pledge].append(late)
    for rows in found.values():
        rows.sort(key=lambda late: (late.day, late.kind, late.pk))
    return found


def closed_at(pledges: Sequence[Pledge]) -> dict[tuple[int, Quarter], datetime]:
    """When the card that now holds was made, by pledge and closed quarter; later versions may only take it over."""
    cards = ClosedCard.objects.filter(pledge__in=pledges).order_by("closing__version")
    fields = ("pledge_id", "closing__year", "closing__quarter", "digest", "closing__closed_at")
    made: dict[tuple[int, Quarter], datetime] = {}
    last: dict[tuple[int, Quarter], str] = {}
    for pledge, year, number, digest, at in cards.values_list(*fields):
        key = pledge, Quarter(year, number)
        if last.get(key) != digest:
            last[key], made[key] = digest, at
    return made


def _late(
    pledges: Sequence[Pledge], made: dict[tuple[int, Quarter], datetime], as_of: date
) -> Iterator[tuple[int, Late]]:
    first, last_day = min(made.values()), max(quarter.last_day for _, quarter in made)
    for source in SOURCES:
        rows = _entered(source, first, min(last_day, as_of)).filter(**{f"{source.pledge}__in": pledges})
        yield from _those(
            source, rows.annotate(of_pledge=F(source.pledge)).select_related(*source.related), made
        )
    register = [p.pk for p in pledges if p.shows_register or _counts_register(p)]
    if register:
        kind = Source("유형·자격", Designation, "starts_on", "")
        rows = list(_entered(kind, first, min(last_day, as_of)).select_related("enterprise", "kind"))
        for pledge in register:
            yield from _those(kind, rows, made, pledge)


def _counts_register(pledge: Pledge) -> bool:
    return any(row.measure == Measure.ENTERPRISES and not row.is_void for row in pledge.indicators.all())


def _entered(source: Source, after: datetime, upto: date) -> Any:
    """Live rows dated by ``upto`` and first saved after the moment ``after``."""
    saved = source.model.history.filter(history_type="+", history_date__gt=after)
    when = source.model.history.filter(id=OuterRef("pk"), history_type="+").order_by("history_date")
    rows = source.model.objects.live().filter(**{f"{source.day}__lte": upto}, pk__in=saved.values("id"))
    return rows.annotate(entered=Subquery(when.values("history_date")[:1]))


def _those(
    source: Source, rows: Iterable[Any], made: dict[tuple[int, Quarter], datetime], pledge: int | None = None
) -> Iterator[tuple[int, Late]]:
    for row in rows:
        day, owner = getattr(row, source.day), pledge or row.of_pledge
        quarter = Quarter.of(day)
        at = made.get((owner, quarter))
        if at is not None and row.entered > at:
            yield owner, Late(source.kind, row.pk, str(row), day, quarter, row.entered)
