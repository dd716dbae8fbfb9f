import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory

from accounts.models import Role, User
from accounts.permissions import PERMISSIONS, allow, can

FIGURES = {"edit_registers", "edit_ledger", "edit_budgets", "edit_openings", "import_rows", "record_result"}


def test_the_auditor_reads_everything_and_changes_nothing() -> None:
    held = {verb for verb, roles in PERMISSIONS.items() if Role.AUDITOR in roles}
    assert held == {"view", "view_personal_data", "view_history", "view_access_log", "export"}


def test_the_administrator_enters_no_figures() -> None:
    assert not [verb for verb in FIGURES if Role.ADMIN in PERMISSIONS[verb]]


def test_nobody_both_records_and_confirms() -> None:
    assert not PERMISSIONS["record_result"] & PERMISSIONS["confirm_result"]
    assert PERMISSIONS["record_confirmation"] == {Role.STAFF}


def test_every_role_sees_and_every_verb_is_held() -> None:
    assert PERMISSIONS["view"] == set(Role)
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize("role", list(Role))
def test_can_follows_the_table(role: Role) -> None:
    user = User(username="x", role=role)
    assert {verb for verb in PERMISSIONS if can(user, verb)} == {
        v for v, roles in PERMISSIONS.items() if role in roles
    }


def test_neither_strangers_nor_who_left_can_do_anything() -> None:
    left = User(username="x", role=Role.STAFF, is_active=False)
    assert not [verb for verb in PERMISSIONS if can(AnonymousUser(), verb) or can(left, verb)]


def test_an_unknown_verb_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        can(User(role=Role.STAFF), "no-such-verb")
    with pytest.raises(AssertionError):
        allow("no-such-verb")


@allow("edit_ledger")
def ledger(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def asked_by(role: Role) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = User(username="x", role=role)
    return request


def test_allow_opens_to_who_holds_the_verb() -> None:
    assert ledger(asked_by(Role.STAFF)).status_code == 200
    assert ledger.verb == "edit_ledger"


def test_allow_tells_others_who_may() -> None:
    with pytest.raises(PermissionDenied, match=r"담당\(주무관\)만"):
        ledger(asked_by(Role.MANAGER))


def test_templates_ask_the_same_table() -> None:
    template = Template('{% load permissions %}{% if user|can:"edit_ledger" %}yes{% else %}no{% endif %}')
    assert template.render(Context({"user": User(role=Role.STAFF)})) == "yes"
    assert template.render(Context({"user": User(role=Role.AUDITOR)})) == "no"
