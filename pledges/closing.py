"""마감: freezing a quarter's published cards, correcting them by a new version, and proving them unchanged.

A closing writes, in one transaction, each pledge's card as canonical JSON, each indicator's own value of the
quarter, and the published totals as checkpoints beside the openings (``Opening.closed``): later days start from
them, so that nothing entered late moves a figure (DOMAIN §3.15; docs/adr/0005).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.models import Office, User
from common.checkpoints import Kind
from common.fields import plain
from common.periods import Quarter, korean_date
from pledges import checkpointing, measures, past, recounting
from pledges.card import Card
from pledges.card.build import compute_cards
from pledges.card.model import ClosingMark
from pledges.figures import IndicatorFigure, counted_payments, load_facts, pledge_figures
from pledges.models import Aggregation, ClosedCard, ClosedResult, Closing, Indicator, Measure, Pledge, Term


class CannotClose(Exception):
    """Why the quarter cannot be closed now, in Korean."""


@dataclass(frozen=True)
class Broken:
    """A closing whose seal does not hold, and what is wrong with it."""

    closing: Closing
    fault: str


def canonical(card: Card) -> str:
    """The card as JSON that is the same byte for byte whenever the card is the same."""
    return json.dumps(card.model_dump(mode="json"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def next_quarter(term: Term) -> Quarter | None:
    """The quarter that closes next: after the last closed one. None while nothing is closed (any may be first)."""
    last = term.closings.order_by("-year", "-quarter").first()
    return Quarter(last.year, last.quarter).next() if last else None


def quarter_day(quarter: Quarter, term: Term) -> date:
    """The day a quarter's card is dated: its last, or the term's if that is earlier."""
    return min(quarter.last_day, term.ends_on)


def check_order(term: Term, quarter: Quarter, today: date) -> None:
    """CannotClose unless ``quarter`` has ended, lies in the term, and is the next in order."""
    if quarter.last_day < term.starts_on or quarter.first_day > term.ends_on:
        raise CannotClose(f"{quarter}는 {term} 기간이 아닙니다.")
    if today <= quarter_day(quarter, term):
        ends = korean_date(quarter_day(quarter, term))
        raise CannotClose(f"{quarter}는 아직 끝나지 않았습니다. {ends} 뒤에 마감하세요.")
    expected = next_quarter(term)
    if expected is not None and quarter < expected:
        raise CannotClose(f"{quarter}는 이미 마감했습니다. 고치려면 정정을 요청하세요.")
    if expected is not None and quarter > expected:
        raise CannotClose(f"분기는 차례로 마감합니다. 먼저 {expected}를 마감하세요.")


def check_pledges(pledges: Sequence[Pledge]) -> None:
    """CannotClose where there is nothing to close."""
    if not pledges:
        raise CannotClose("이 임기에는 마감할 공약이 없습니다.")


@transaction.atomic
def close_quarter(
    term: Term, quarter: Quarter, user: User, at: datetime, today: date, reason: str = ""
) -> Closing:
    """Closes ``quarter`` for all pledges of the term in one step. CannotClose where the order forbids it."""
    Term.objects.select_for_update().get(pk=term.pk)
    check_order(term, quarter, today)
    pledges = list(Pledge.objects.in_term(term).with_card().order_by("pk"))
    check_pledges(pledges)
    closing = _closing(term, quarter, 1, user, at, reason)
    _freeze(closing, pledges, {}, user, today)
    office = Office.objects.select_for_update().filter(pk=1).first() or Office(pk=1)
    office.closed_through = office_closed_through()
    office.save()
    return closing


def office_closed_through() -> date | None:
    """The day that every term which closes its quarters has closed through: what registers warn by.

    While an older term still has quarters to close, a later term's closings do not reach back over them.
    """
    through = None
    rows = Closing.objects.select_related("term").order_by("term__starts_on", "year", "quarter")
    for last in {row.term_id: row for row in rows}.values():
        through = quarter_day(Quarter(last.year, last.quarter), last.term)
        if through < last.term.ends_on:
            break
    return through


@transaction.atomic
def correct_quarter(
    term: Term,
    quarter: Quarter,
    pledges: Iterable[Pledge],
    user: User,
    at: datetime,
    today: date,
    reason: str,
    take_counted: Collection[int] = (),
) -> Closing:
    """A new version of a closed quarter in which the cards of ``pledges`` are made anew from the records.

    Results accepted as counted follow the records, and so do those of the indicators ``take_counted``. The other
    cards are taken over as they are; the old version stays readable. CannotClose if it was never closed.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    before = latest_closing(term, quarter)
    if before is None:
        raise CannotClose(f"{quarter}는 마감하지 않은 분기입니다.")
    wanted = {pledge.pk for pledge in pledges}
    kept = {card.pledge_id: card for card in before.cards.exclude(pledge__in=wanted)}
    closing = _closing(term, quarter, before.version + 1, user, at, reason)
    every = list(Pledge.objects.filter(pk__in=[*wanted, *kept]).with_card().order_by("pk"))
    anew = [pledge for pledge in every if pledge.pk not in kept]
    checkpointing.lift(anew, quarter_day(quarter, term), user, reason)
    recounting.recount(anew, quarter, user, take_counted)
    _freeze(closing, every, kept, user, today)
    return closing


def latest_closing(term: Term, quarter: Quarter) -> Closing | None:
    """The version of a quarter that holds now."""
    found = term.closings.filter(year=quarter.year, quarter=quarter.number)
    return found.order_by("-version").first()


def _closing(term: Term, quarter: Quarter, version: int, user: User, at: datetime, reason: str) -> Closing:
    return Closing(
        term=term,
        year=quarter.year,
        quarter=quarter.number,
        version=version,
        closed_by=user,
        closed_at=at,
        reason=reason,
        previous=Closing.objects.order_by("-pk").first(),
    )


def _freeze(
    closing: Closing, pledges: Sequence[Pledge], kept: dict[int, ClosedCard], user: User, today: date
) -> None:
    """Writes the closing with its cards, results and checkpoints. Kept cards come over byte for byte."""
    quarter, anew = Quarter(closing.year, closing.quarter), [p for p in pledges if p.pk not in kept]
    day = quarter_day(quarter, closing.term)
    mark = ClosingMark(year=quarter.year, quarter=quarter.number, version=closing.version, closed_on=today)
    cards = {p.pk: c for p, c in zip(anew, compute_cards(anew, day, without=quarter), strict=True)}
    texts = {pk: canonical(card.model_copy(update={"closing": mark})) for pk, card in cards.items()}
    texts |= {pk: card.content for pk, card in kept.items()}
    closing.mark = past.mark_now()
    closing.digest = seal(closing, {pk: digest(text) for pk, text in texts.items()})
    closing.save()
    ClosedCard.objects.bulk_create(
        ClosedCard(closing=closing, pledge_id=pk, content=text, digest=digest(text))
        for pk, text in sorted(texts.items())
    )
    _freeze_results(closing, anew, kept, day, quarter)
    checkpointing.write(anew, day, user, closing)


def _freeze_results(
    closing: Closing, anew: Sequence[Pledge], kept: dict[int, ClosedCard], day: date, quarter: Quarter
) -> None:
    rows = [
        ClosedResult(
            closing=closing, indicator_id=old.indicator_id, value=old.value, total=old.total, names=old.names
        )
        for card in kept.values()
        for old in ClosedResult.objects.filter(closing=card.closing, indicator__pledge=card.pledge_id)
    ]
    for found in pledge_figures(anew, day, without=quarter):
        for figure in found.indicators:
            rows.append(_frozen_result(closing, figure, day, quarter))
    ClosedResult.objects.bulk_create(rows)


def _frozen_result(closing: Closing, figure: IndicatorFigure, day: date, quarter: Quarter) -> ClosedResult:
    row = ClosedResult(closing=closing, indicator=figure.indicator)
    if figure.is_level:
        row.value = figure.value
    else:
        row.value, row.total = own_value(figure, quarter), figure.value
    if figure.indicator.measure == Measure.SUPPORTED:
        row.names = _names(figure.indicator, day, quarter)
    return row


def _names(indicator: Indicator, day: date, quarter: Quarter) -> list[Any]:
    """Who was counted in the quarter; at the first closing, which covers what was before it, in the year so far."""
    facts = load_facts([indicator], day, without=quarter)
    records = measures.load([indicator], day, facts.closed_through)
    first = quarter.first_day if facts.closed[indicator.pk] else date(quarter.year, 1, 1)
    counted = counted_payments(indicator, day, facts, records)
    return [payment.key for payment in counted if first <= payment.day <= quarter.last_day]


def own_value(figure: IndicatorFigure, quarter: Quarter) -> Decimal | None:
    """The quarter's own part of a flow; None where an opening at its end swallows it."""
    own = [part for part in figure.figure.parts if part.first is not None and part.last in quarter]
    return own[0].value if own and own[0].kind is not Kind.OPENING else None


def seal(closing: Closing, cards: dict[int, str]) -> str:
    """The digest that chains a closing: the one before, what was closed by whom and when, how far the records had
    been written, and every card's own digest."""
    before = closing.previous.digest if closing.previous else ""
    lines = [before, *_sealed(closing), *(f"{pk}:{found}" for pk, found in sorted(cards.items()))]
    return digest("\n".join(lines))


def _sealed(closing: Closing) -> list[str]:
    what = f"{closing.year}/{closing.quarter}/{closing.version}/{closing.reason}"
    if not closing.mark:
        # As closings were sealed before they had marks.
        return [f"{closing.term.name}/{what}"]
    when = closing.closed_at.astimezone(UTC).isoformat()
    marks = [f"{table}={number}" for table, number in sorted(closing.mark.items())]
    return [f"{closing.term_id}/{what}", f"{closing.closed_by_id}/{when}", *marks]


def broken_closings() -> list[Broken]:
    """Every closing whose cards or chain do not agree with their digests. Two queries, however many closings."""
    found: list[Broken] = []
    last = None
    digests: dict[int, dict[int, str]] = defaultdict(dict)
    altered: set[int] = set()
    fields = ClosedCard.objects.values_list("closing_id", "pledge_id", "digest", "content")
    for closing_id, pledge_id, kept, content in fields.iterator(chunk_size=50):
        digests[closing_id][pledge_id] = kept
        if digest(content) != kept:
            altered.add(closing_id)
    for closing in Closing.objects.select_related("term", "previous").order_by("pk"):
        if closing.pk in altered:
            found.append(Broken(closing, "카드의 내용이 지문과 다릅니다."))
        if closing.digest != seal(closing, digests[closing.pk]):
            found.append(Broken(closing, "마감의 지문이 카드나 앞 마감과 맞지 않습니다."))
        if closing.previous != last:
            found.append(Broken(closing, "앞 마감과의 이어짐이 끊겼습니다."))
        last = closing
    return found


def drifted_closings() -> list[Broken]:
    """Every closing whose frozen results, where later days start from, are not what its cards print."""
    found = []
    for closing in Closing.objects.select_related("term").order_by("pk"):
        printed: dict[int, Any] = {}
        for content in closing.cards.values_list("content", flat=True):
            printed |= {row["pk"]: row for row in json.loads(content).get("indicators", ())}
        for row in closing.results.select_related("indicator"):
            card = printed.get(row.indicator_id, {"aggregation": "", "value": None})
            kept = row.value if card["aggregation"] == Aggregation.LEVEL else row.total
            if kept is not None and (card["value"] is None or kept != Decimal(str(card["value"]))):
                found.append(
                    Broken(closing, f"‘{row.indicator}’의 마감한 실적 {plain(kept)}이(가) 카드와 다릅니다.")
                )
    return found
