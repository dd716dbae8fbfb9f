"""정정: asked for with a reason, approved or refused by the coordinator; approved, it is a new version (§3.15)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts.models import User
from common.editing import locked
from common.periods import Quarter
from pledges.card import Card
from pledges.card.build import build_cards
from pledges.closing import CannotClose, correct_quarter, latest_closing, quarter_day
from pledges.comparing import Difference, differences
from pledges.models import (
    ClosedCard,
    Closing,
    CorrectionRequest,
    Pledge,
    RequestState,
    Result,
    ResultState,
    Term,
)
from pledges.recounting import covered


class AlreadyDecided(Exception):
    """Somebody else decided the request first."""


def ask(
    pledge: Pledge,
    quarter: Quarter,
    user: User,
    at: datetime,
    reason: str,
    take_counted: Collection[int] = (),
) -> CorrectionRequest:
    """A request to make the card of a closed quarter anew. CannotClose if it is open, or asked for already.

    ``take_counted``: indicators whose typed result becomes the counted value with the approval.
    """
    if latest_closing(pledge.term, quarter) is None:
        raise CannotClose(f"{quarter}는 마감하지 않은 분기입니다. 기록을 바로 고치면 됩니다.")
    try:
        with transaction.atomic():
            return CorrectionRequest.objects.create(
                pledge=pledge,
                year=quarter.year,
                quarter=quarter.number,
                reason=reason,
                take_counted=sorted(take_counted),
                asked_by=user,
                asked_at=at,
            )
    except IntegrityError as error:
        raise CannotClose(f"{quarter}의 정정 요청이 이미 있습니다. 그 결정을 기다리세요.") from error


def waiting(pledge: Pledge, quarter: Quarter) -> CorrectionRequest | None:
    """The request for the quarter that nobody has decided yet."""
    rows = CorrectionRequest.objects.live().filter(pledge=pledge, state=RequestState.ASKED)
    found: CorrectionRequest | None = rows.filter(year=quarter.year, quarter=quarter.number).first()
    return found


@transaction.atomic
def approve(request: CorrectionRequest, user: User, at: datetime, today: date, decision: str) -> Closing:
    """Makes the new version and closes the request. AlreadyDecided if somebody was first."""
    row = _open(request)
    reason = f"정정: {row.reason}"[:300]
    pledge = row.pledge
    closing = correct_quarter(pledge.term, row.period, [pledge], user, at, today, reason, row.take_counted)
    _decide(row, RequestState.APPROVED, user, at, decision, closing)
    return closing


@transaction.atomic
def refuse(request: CorrectionRequest, user: User, at: datetime, decision: str) -> None:
    """Leaves the closed card as it is, with the reason."""
    _decide(_open(request), RequestState.REFUSED, user, at, decision, None)


def _open(request: CorrectionRequest) -> CorrectionRequest:
    row: CorrectionRequest = locked(request)
    if row.state != RequestState.ASKED or row.is_void:
        raise AlreadyDecided
    return row


def _decide(
    row: CorrectionRequest, state: str, user: User, at: datetime, decision: str, closing: Closing | None
) -> None:
    row.state, row.decided_by, row.decided_at = state, user, at
    row.decision, row.closing, row.revision = decision, closing, row.revision + 1
    row.save()


def preview(
    pledge: Pledge,
    quarter: Quarter,
    user: User,
    at: datetime,
    today: date,
    take_counted: Collection[int] = (),
) -> list[Difference]:
    """What the correction would change, figure by figure."""
    before = build_cards([pledge], quarter_day(quarter, pledge.term))[0]
    return differences(before, as_recorded(pledge, quarter, user, at, today, take_counted))


def as_recorded(
    pledge: Pledge,
    quarter: Quarter,
    user: User,
    at: datetime,
    today: date,
    take_counted: Collection[int] = (),
) -> Card:
    """The card that a correction approved now would make. Made in a transaction that is taken back."""
    with transaction.atomic():
        correct_quarter(pledge.term, quarter, [pledge], user, at, today, "미리 보기", take_counted)
        card = build_cards([pledge], quarter_day(quarter, pledge.term))[0]
        transaction.set_rollback(True)
    return card


def unconfirmed(pledge: Pledge, quarter: Quarter) -> list[Result]:
    """Results that a correction of ``quarter`` takes in and nobody confirmed, such as those changed by 마감 예외."""
    periods = Q()
    for period in covered([pledge], quarter):
        periods |= Q(year=period.year, quarter=period.number)
    rows = Result.objects.live().filter(periods, indicator__pledge=pledge, indicator__voided_at__isnull=True)
    return list(rows.exclude(state=ResultState.CONFIRMED).select_related("indicator"))


def closed_after(term: Term, quarter: Quarter) -> list[Quarter]:
    """The quarters closed after ``quarter``: a correction leaves their cards as they are (docs/adr/0005)."""
    periods = {Quarter(*period) for period in term.closings.values_list("year", "quarter")}
    return sorted(period for period in periods if period > quarter)


def first_closed(term: Term) -> Quarter | None:
    """The quarter of the first closing, which covers those before it."""
    return min((Quarter(*period) for period in term.closings.values_list("year", "quarter")), default=None)


def changes_of_version(closing: Closing) -> dict[int, list[Difference]]:
    """By pledge: what a version changed against the version of the same quarter before it. Two queries at most."""
    if closing.version == 1:
        return {}
    quarter = {
        "closing__term": closing.term,
        "closing__year": closing.year,
        "closing__quarter": closing.quarter,
    }
    before = ClosedCard.objects.filter(closing__version=closing.version - 1, **quarter)
    old = {row.pledge_id: row for row in before}
    # Cards that were only taken over are the same byte for byte.
    made = [
        row for row in closing.cards.all() if row.pledge_id in old and row.digest != old[row.pledge_id].digest
    ]
    return {row.pledge_id: differences(_card(old[row.pledge_id]), _card(row)) for row in made}


def version_changes(closing: Closing, pledge: Pledge) -> list[Difference]:
    """The changes of one pledge's card; none for a first version."""
    return changes_of_version(closing).get(pledge.pk, [])


def _card(row: ClosedCard) -> Card:
    return Card.model_validate_json(row.content)
