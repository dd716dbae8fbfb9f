"""Who confirms or returns a pledge's results: 확인자 those of the department, 총괄부서 anybody's (DOMAIN §1)."""

from __future__ import annotations

from django.db.models import Q

from accounts.models import Role, User
from accounts.permissions import can
from pledges.models import Pledge


def is_theirs(pledge: Pledge, user: User) -> bool:
    """Of the user's department; of everybody where either has none."""
    if pledge.department_id is None or user.department_id is None:
        return True
    return bool(pledge.department_id == user.department_id)


def may_confirm(user: User, pledge: Pledge) -> bool:
    """Whether ``user`` confirms or returns the results of ``pledge``."""
    if not can(user, "confirm_result"):
        return False
    return can(user, "confirm_any_department") or is_theirs(pledge, user)


def confirmers(pledge: Pledge) -> str:
    """Who may, in Korean, with the names of 확인자: ``사회적경제과 확인자(김팀장)나 총괄부서``. One query."""
    wanted = Q(department=pledge.department_id) | Q(department=None) if pledge.department_id else Q()
    accounts = User.objects.filter(wanted, role=Role.MANAGER, is_active=True)
    names = list(accounts.order_by("full_name", "username"))
    if not names:
        whose = f"{pledge.department}에는" if pledge.department else "이 기관에는"
        return f"총괄부서({whose} 확인자 계정이 없습니다)"
    of_department = pledge.department_id is not None and any(row.department_id for row in names)
    where = f"{pledge.department} " if of_department else ""
    return f"{where}확인자({', '.join(map(str, names))})나 총괄부서"
