"""Every address × every role: closed by default, never an error of ours, refused in words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern

from accounts.models import Role
from accounts.permissions import PERMISSIONS
from gwanak_se.navigation import MENU
from tests.conftest import ClientAs

DOORS = ("/accounts/login/", "/admin/login/")
OPEN = {"/healthz", *DOORS}

# What a path converter is filled with; nothing of this number or name exists.
SAMPLES = {
    "int": "987654321",
    "str": "987654321",
    "slug": "no-such",
    "path": "no/such",
    "year": "2024",
    "quarter": "1",
}


def addresses(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[tuple[str, Any]]:
    """Every address of the project with a sample for each part, and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + sample(entry)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route)
        else:
            yield route, entry.callback


def sample(entry: URLPattern | URLResolver) -> str:
    pattern: Any = entry.pattern
    if isinstance(pattern, RegexPattern):
        # Only the admin has these: an app's page, a version in the history, and everything that it does not know.
        known = re.sub(r"\(\?P<app_label>(\w+)[^)]*\)", r"\1", str(pattern)).replace("(?P<url>.*)", "no/such")
        return known.replace("([^/]+)", "987654321").strip("^$")
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        route = route.replace(f"<{kind}:{name}>", SAMPLES.get(kind, "987654321")).replace(
            f"<{name}>", SAMPLES["str"]
        )
    return route


def all_addresses() -> list[str]:
    return sorted({route for route, _ in addresses()})


def test_the_walk_sees_the_whole_tree() -> None:
    found = all_addresses()
    assert {"/healthz", "/", "/accounts/password/", "/admin/accounts/user/add/"} <= set(found)
    assert not [route for route in found if set(route) & set("<(^$")]


def test_without_login_only_the_door_opens(db: None) -> None:
    client = Client(raise_request_exception=False)
    opened = {}
    for route in all_addresses():
        for method in ("get", "post"):
            response = getattr(client, method)(route)
            to_login = response.status_code == 302 and response.headers["Location"].startswith(DOORS)
            if not to_login and route not in OPEN:
                opened[f"{method} {route}"] = response.status_code
    assert opened == {}


@pytest.mark.parametrize("role", list(Role))
def test_no_address_fails_for_any_role(role: Role, client_as: ClientAs) -> None:
    client = client_as(role)
    client.raise_request_exception = False
    failed = {}
    for route in all_addresses():
        for method in ("get", "post"):
            if route == "/accounts/logout/":
                continue
            status = getattr(client, method)(route).status_code
            if status >= 500:
                failed[f"{method} {route}"] = status
    assert failed == {}


def guarded_views() -> list[tuple[str, Any]]:
    """All but the door, health and the admin, which has a door of its own (accounts.admin_site)."""
    not_ours = ("/accounts/", "/admin/", "/healthz")
    return [(route, view) for route, view in addresses() if not route.startswith(not_ours)]


def test_every_view_of_ours_names_its_verb() -> None:
    assert [route for route, view in guarded_views() if getattr(view, "verb", None) not in PERMISSIONS] == []


@pytest.mark.parametrize("role", list(Role))
def test_who_lacks_the_verb_is_refused(role: Role, client_as: ClientAs) -> None:
    client = client_as(role)
    let_in = {}
    for route, view in guarded_views():
        if role in PERMISSIONS[getattr(view, "verb", "view")]:
            continue
        for method in ("get", "post"):
            response = getattr(client, method)(route)
            if response.status_code not in (403, 405):
                let_in[f"{method} {route}"] = response.status_code
            elif response.status_code == 403:
                assert "만 쓸 수 있습니다" in response.content.decode()
    assert let_in == {}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_the_admin_is_for_administrators(role: Role, client_as: ClientAs) -> None:
    response = client_as(role).get("/admin/accounts/user/")
    assert response.status_code in (302, 403)


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_leads_to_pages_that_open(role: Role, client_as: ClientAs) -> None:
    client = client_as(role)
    statuses = {
        item.path: client.get(item.path).status_code for item in MENU if role in PERMISSIONS[item.verb]
    }
    assert {path: status for path, status in statuses.items() if status != 200} == {}
