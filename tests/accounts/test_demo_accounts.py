from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Role, User


def made() -> str:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue()


def test_one_account_per_role_with_the_given_password(db: None, settings: Any) -> None:
    settings.DEMO_PASSWORD = "given-by-env"
    printed = made()
    assert {user.username: user.role for user in User.objects.all()} == {
        role.value: role.value for role in Role
    }
    assert all(user.check_password("given-by-env") for user in User.objects.all())
    assert "given-by-env" in printed
    assert "coordinator" in printed


def test_a_made_password_is_kept(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DEMO_PASSWORD, settings.VAR_DIR = "", tmp_path
    assert made() == made()
    password = (tmp_path / "demo-password").read_text()
    assert User.objects.get(username="staff").check_password(password)


def test_what_somebody_changed_stays(db: None, settings: Any, tmp_path: Path) -> None:
    settings.DEMO_PASSWORD, settings.VAR_DIR = "", tmp_path
    made()
    staff = User.objects.get(username="staff")
    staff.full_name = "다른 이름(예시)"
    staff.set_password("my-own")
    staff.save()
    made()
    staff.refresh_from_db()
    assert (staff.full_name, staff.check_password("my-own")) == ("다른 이름(예시)", True)


@pytest.mark.parametrize("role", list(Role))
def test_a_demonstration_account_is_marked_as_an_example(db: None, settings: Any, role: Role) -> None:
    settings.DEMO_PASSWORD = "given-by-env"
    made()
    assert "(예시)" in User.objects.get(username=role.value).full_name
