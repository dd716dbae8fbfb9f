"""한 분기의 제출·확인·반려 of a pledge: every indicator's result beside what the records count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import allow, can, refusal
from common.clock import now, today
from common.editing import locked
from common.periods import Quarter
from pledges import workflow
from pledges.closing import quarter_day
from pledges.confirmers import confirmers, may_confirm
from pledges.editing import version_of
from pledges.forms.workflow import ApprovalForm, ReturnForm
from pledges.models import Pledge, Result
from pledges.quarters import Lock, closed_through, lock_of
from pledges.unlocking import is_lifted
from pledges.views.editing import address, page, pledge_at

# Deed -> the verb that allows it.
VERBS = {
    "submit": "record_result",
    "withdraw": "record_result",
    "approve": "record_confirmation",
    "confirm": "confirm_result",
    "return": "confirm_result",
}


def asked_quarter(request: HttpRequest, pledge: Pledge) -> Quarter:
    """``?year=&quarter=``; without them the term's quarter that ended last, or its first. 400 for another's."""
    day = min(today(), pledge.term.ends_on)
    ended = Quarter.of(day) if Quarter.of(day).last_day <= day else Quarter.of(day).previous()
    latest = max(ended, Quarter.of(pledge.term.starts_on))
    year, number = request.GET.get("year"), request.GET.get("quarter")
    if not year and not number:
        return latest
    try:
        quarter = Quarter(int(year or 0), int(number or 0))
    except ValueError as error:
        raise BadRequest("연도와 분기(1~4)를 확인하세요.") from error
    if quarter.year not in pledge.term.years:
        raise BadRequest(f"{pledge.term}에 없는 분기입니다: {quarter}")
    return quarter


@require_safe
@allow("view")
def confirm_page(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number, "year", "quarter")
    return _page(request, pledge, asked_quarter(request, pledge))


def _page(request: HttpRequest, pledge: Pledge, quarter: Quarter, **forms: Any) -> HttpResponse:
    rows = workflow.quarter_rows(pledge, quarter, min(today(), pledge.term.ends_on))
    states = {row.result.state for row in rows if row.result}
    confirms = may_confirm(request.user, pledge)  # type: ignore[arg-type]
    # 확인자 of another department could return what is confirmed, too.
    tells = "submitted" in states or ("confirmed" in states and can(request.user, "confirm_result"))
    lock = lock_of(quarter, pledge.term, closed_through(pledge.term))
    context = {
        "rows": rows,
        "seen": version_of(row.result for row in rows if row.result),
        "quarter": quarter,
        "before": quarter.previous() if quarter.first_day > pledge.term.starts_on else None,
        "after": quarter.next() if quarter.last_day < pledge.term.ends_on else None,
        "lock": lock,
        "is_locked": _is_locked(request, pledge, quarter, lock),
        "can_submit": can(request.user, "record_result") and any(
            row.result is None or row.result.state in workflow.NEXT["submit"] for row in rows
        ),
        "can_withdraw": can(request.user, "record_result") and "submitted" in states,
        "can_approve": can(request.user, "record_confirmation") and "submitted" in states,
        "can_confirm": confirms and "submitted" in states,
        "can_return": confirms and bool(states & {"submitted", "confirmed"}),
        "waits": "submitted" in states,
        "confirmers": confirmers(pledge) if tells and not confirms else "",
        "return_form": forms.get("return_form") or ReturnForm(),
        "approval_form": forms.get("approval_form") or _approval_form(pledge, quarter),
    }  # fmt: skip
    return page(request, "confirm", pledge, "confirm", **context)


def _is_locked(request: HttpRequest, pledge: Pledge, quarter: Quarter, lock: Lock) -> bool:
    if not lock or lock.is_outside:
        return bool(lock)
    return not is_lifted(request.user, pledge.term, quarter, now())


@require_POST
@allow("view")
def confirm_act(request: HttpRequest, number: str, deed: str) -> HttpResponse:
    """제출, 거두기, 결재로 확인, 확인 or 반려 of the quarter in the address."""
    if deed not in VERBS:
        raise BadRequest("모르는 처리입니다.")
    if not can(request.user, VERBS[deed]):
        raise PermissionDenied(refusal(VERBS[deed]))
    pledge = pledge_at(request, number, "year", "quarter")
    if VERBS[deed] == "confirm_result" and not may_confirm(request.user, pledge):  # type: ignore[arg-type]
        raise PermissionDenied(
            f"{pledge.department}의 공약입니다. 확인·반려는 {confirmers(pledge)}가 합니다."
        )
    quarter = asked_quarter(request, pledge)
    back = redirect(address("confirm", pledge, year=quarter.year, quarter=quarter.number))
    try:
        with transaction.atomic():
            # Who closes the quarter holds the term, who else acts on it the pledge: one after the other.
            locked(pledge.term), locked(pledge)
            _check(request, pledge, quarter)
            return DEEDS[deed](request, pledge, quarter) or back
    except workflow.NotNow as error:
        messages.error(request, str(error))
        # What was typed stays.
        typed = {name: form(request, pledge, quarter) for name, form in TYPED.get(deed, {}).items()}
        return _page(request, pledge, quarter, **typed) if typed else back


def _check(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> None:
    """NotNow where the quarter is locked, or its results are not as the page showed them."""
    if _is_locked(request, pledge, quarter, lock_of(quarter, pledge.term, closed_through(pledge.term))):
        raise workflow.NotNow("마감한 분기이거나 임기 밖의 분기입니다. 고치려면 정정을 요청하세요.")
    seen = request.POST.get("seen")
    if seen and seen != version_of(_results(pledge, quarter)):
        raise workflow.NotNow("이 화면을 연 뒤 실적이 바뀌었습니다. 바뀐 값을 확인하고 다시 누르세요.")


def _results(pledge: Pledge, quarter: Quarter) -> list[Result]:
    rows = Result.objects.live().filter(indicator__pledge=pledge, indicator__voided_at__isnull=True)
    return list(rows.filter(year=quarter.year, quarter=quarter.number))


def _submit(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> None:
    count = workflow.submit(pledge, quarter, request.user, min(today(), pledge.term.ends_on))  # type: ignore[arg-type]
    messages.success(request, f"{quarter} 실적 {count}건을 제출했습니다. 확인되기 전에는 거둘 수 있습니다.")


def _withdraw(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> None:
    count = workflow.withdraw(_results(pledge, quarter))
    messages.success(request, f"{quarter} 실적 {count}건의 제출을 거두었습니다.")


def _confirm(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> None:
    count = workflow.confirm(_results(pledge, quarter), request.user, today())  # type: ignore[arg-type]
    messages.success(request, f"{quarter} 실적 {count}건을 확인했습니다.")


def _return_form(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> ReturnForm:
    return ReturnForm(request.POST)


def _typed_approval(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> ApprovalForm:
    return _approval_form(pledge, quarter, request.POST)


def _approval_form(pledge: Pledge, quarter: Quarter, data: Any = None) -> ApprovalForm:
    return ApprovalForm(data, ended=quarter_day(quarter, pledge.term), today=today())


def _return(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> HttpResponse | None:
    form = _return_form(request, pledge, quarter)
    if not form.is_valid():
        return _page(request, pledge, quarter, return_form=form)
    count = workflow.send_back(_results(pledge, quarter), form.cleaned_data["reason"])
    messages.success(request, f"{quarter} 실적 {count}건을 반려했습니다.")
    return None


def _approve(request: HttpRequest, pledge: Pledge, quarter: Quarter) -> HttpResponse | None:
    form = _typed_approval(request, pledge, quarter)
    if not form.is_valid():
        return _page(request, pledge, quarter, approval_form=form)
    number, on = form.cleaned_data["approval_number"], form.cleaned_data["approval_on"]
    count = workflow.record_confirmation(_results(pledge, quarter), number, on)
    messages.success(request, f"{quarter} 실적 {count}건을 결재({number})로 확인했습니다.")
    return None


DEEDS: dict[str, Callable[[HttpRequest, Pledge, Quarter], HttpResponse | None]] = {
    "submit": _submit,
    "withdraw": _withdraw,
    "approve": _approve,
    "confirm": _confirm,
    "return": _return,
}
# The form that a deed fills in.
TYPED: dict[str, dict[str, Callable[[HttpRequest, Pledge, Quarter], Any]]] = {
    "return": {"return_form": _return_form},
    "approve": {"approval_form": _typed_approval},
}
