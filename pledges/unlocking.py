"""What locks a result, and 마감 예외: one person may change the results of one closed quarter for some days (§3.15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Role, User
from accounts.permissions import can
from common.periods import Quarter
from pledges.models import Pledge, Result, ResultState, Term, UnlockGrant
from pledges.quarters import Lock, closed_through, lock_of

# By the key of a term and the quarter.
Opened = dict[tuple[int, Quarter], UnlockGrant]


def grant(
    pledge: Pledge, quarter: Quarter, user: User, by: User, at: datetime, days: int, reason: str
) -> UnlockGrant:
    """마감 예외: ``user`` may change the results of the closed quarter for some days."""
    return UnlockGrant.objects.create(
        term=pledge.term, year=quarter.year, quarter=quarter.number, user=user, reason=reason, granted_by=by,
        until=at + timedelta(days=days),
    )  # fmt: skip


def running_grants(term: Term, at: datetime) -> Any:
    """마감 예외 that have not run out, with who holds them and who gave them."""
    return UnlockGrant.objects.live().filter(term=term, until__gte=at).select_related("user", "granted_by")


def opened_to(user: Any, at: datetime | None) -> Opened:
    """The closed quarters whose results ``user`` may change at ``at``, each with the 마감 예외 that runs longest."""
    if user is None or at is None:
        return {}
    held = UnlockGrant.objects.live().filter(user=user, until__gte=at).select_related("granted_by")
    return {(row.term_id, Quarter(row.year, row.quarter)): row for row in held.order_by("until", "pk")}


def ran_out(user: Any, at: datetime | None) -> Opened:
    """As ``opened_to``, those that have run out by ``at``; of each quarter the last."""
    if user is None or at is None:
        return {}
    held = UnlockGrant.objects.live().filter(user=user, until__lt=at)
    return {(row.term_id, Quarter(row.year, row.quarter)): row for row in held.order_by("until", "pk")}


def is_lifted(user: Any, term: Term, quarter: Quarter, at: datetime) -> bool:
    """Whether a closed quarter's results may be taken on: by who holds its 마감 예외, and while it runs by 확인자."""
    running = running_grants(term, at).filter(year=quarter.year, quarter=quarter.number)
    return any(row.user_id == user.pk or can(user, "confirm_result") for row in running)


def lock_of_result(row: Result | None, lock: Lock, opened: bool) -> Lock:
    """Why a result takes no value: its quarter's ``lock`` unless a 마감 예외 lifts it, else how far it has gone."""
    if lock:
        return Lock() if opened and not lock.is_outside else lock
    if row is None or row.pk is None:
        return lock
    if row.state == ResultState.SUBMITTED:
        return Lock("제출한 실적입니다. 고치려면 ‘제출·확인’에서 제출을 거둡니다.")
    if row.state == ResultState.CONFIRMED:
        return Lock("확인된 실적입니다. 고치려면 확인자가 반려해야 합니다.")
    return lock


def locked_among(rows: Sequence[Result], user: Any, at: datetime) -> Iterable[tuple[Result, Lock]]:
    """Those of ``rows`` that ``user`` may not change at ``at``, each with why. Rows with their indicator's pledge."""
    opened = opened_to(user, at)
    closed = {term.pk: closed_through(term) for term in {row.indicator.pledge.term for row in rows}}
    for row in rows:
        term, quarter = row.indicator.pledge.term, Quarter(row.year, row.quarter)
        lock = lock_of(quarter, term, closed[term.pk])
        if found := lock_of_result(row, lock, (term.pk, quarter) in opened):
            yield row, found


def until_words(row: UnlockGrant) -> str:
    """``2024. 7. 12. 09:00``, on the office's clock."""
    at = timezone.localtime(row.until)
    return f"{at.year}. {at.month}. {at.day}. {at:%H:%M}"


def openers() -> str:
    """Who gives 마감 예외, with their names: ``총괄부서(박총괄)``. One query."""
    names = User.objects.filter(role=Role.COORDINATOR, is_active=True).order_by("full_name", "username")
    named = ", ".join(map(str, names))
    return f"총괄부서({named})" if named else "총괄부서"
