"""Who may do what: the one table of permissions, and the two ways to ask it.

The roles and their work are DOMAIN §1. In short: 담당 records; 확인자 confirms and returns; 총괄부서 plans, closes
and approves; 감사 reads everything and changes nothing; 시스템 관리자 keeps accounts and code tables, enters no
figures and takes none out.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.models import Role

STAFF, MANAGER, COORDINATOR, AUDITOR, ADMIN = (
    Role.STAFF,
    Role.MANAGER,
    Role.COORDINATOR,
    Role.AUDITOR,
    Role.ADMIN,
)
EVERYBODY = frozenset(Role)

PERMISSIONS: dict[str, frozenset[Role]] = {
    # Read every page. Persons are masked unless "view_personal_data" is held too.
    "view": EVERYBODY,
    "view_personal_data": frozenset({STAFF, MANAGER, AUDITOR}),
    # Who changed what, who read whose data.
    "view_history": EVERYBODY,
    "view_access_log": frozenset({AUDITOR, ADMIN}),
    # Take figures out as a file; an administrator has no business with them.
    "export": frozenset({STAFF, MANAGER, COORDINATOR, AUDITOR}),
    # Enterprises, designations, spaces, committee, market events and days.
    "edit_registers": frozenset({STAFF}),
    # Awards, disbursements, refunds, settlements, contracts.
    "edit_ledger": frozenset({STAFF}),
    # Budgets by kind, year and source.
    "edit_budgets": frozenset({STAFF}),
    # Header, sections, officers, activities and engagements of a card.
    "edit_pledge": frozenset({STAFF, COORDINATOR}),
    # Totals from before the system.
    "edit_openings": frozenset({STAFF, COORDINATOR}),
    "import_rows": frozenset({STAFF}),
    # A quarter's result: entered by 담당, confirmed or returned by 확인자. Where 확인자 never logs in, 담당
    # records the approval (결재 문서번호, 결재일) instead, and it is marked so. 확인자 confirms what is of the own
    # department, 총괄부서 of any (pledges.confirmers).
    "record_result": frozenset({STAFF}),
    "confirm_result": frozenset({MANAGER, COORDINATOR}),
    "confirm_any_department": frozenset({COORDINATOR}),
    "record_confirmation": frozenset({STAFF}),
    # 총괄부서: targets and weights, 추진상황, changes of plan, and the quarter's closing.
    "edit_targets": frozenset({COORDINATOR}),
    "add_pledge": frozenset({COORDINATOR}),
    "confirm_status": frozenset({COORDINATOR}),
    "approve_change": frozenset({COORDINATOR}),
    "close_quarter": frozenset({COORDINATOR}),
    # Accounts, code tables, backup.
    "admin": frozenset({ADMIN}),
}

View = Callable[..., HttpResponseBase]


def can(user: Any, verb: str) -> bool:
    """True if `user` is active and the user's role holds `verb`. An unknown verb is a KeyError."""
    roles = PERMISSIONS[verb]
    return bool(user.is_authenticated and user.is_active and user.role in roles)


def allow(verb: str) -> Callable[[View], View]:
    """Opens a view to the roles that hold `verb`; others get a 403 page that says who may.

    The name is kept on the view as `verb`, so that a test can ask every address for it.
    """
    assert verb in PERMISSIONS, verb

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not can(request.user, verb):
                raise PermissionDenied(refusal(verb))
            return view(request, *args, **kwargs)

        guarded.verb = verb  # type: ignore[attr-defined]
        return guarded

    return decorate


def refusal(verb: str) -> str:
    """What somebody is told who lacks `verb`: who has it."""
    names = "·".join(str(role.label) for role in Role if role in PERMISSIONS[verb])
    return f"이 화면은 {names}만 쓸 수 있습니다. 필요하면 시스템 관리자에게 권한을 요청하세요."
