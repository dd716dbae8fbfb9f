"""Small makers of rows for tests: plain functions, everything has a default, nothing is random."""

from typing import Any

from accounts.models import Department, Role, User

PASSWORD = "seed-of-tests-1"


def department(name: str = "일자리벤처과") -> Department:
    """By default the seed card's own."""
    return Department.objects.get_or_create(name=name)[0]


def user(role: str = Role.STAFF, username: str = "", **fields: Any) -> User:
    """The account `username` (default: the role's name), password PASSWORD."""
    fields.setdefault("department", department())
    return User.objects.create_user(username=username or role, password=PASSWORD, role=role, **fields)
