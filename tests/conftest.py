from collections.abc import Callable
from datetime import date
from typing import Any

import hypothesis
import pytest
from django.test import Client

from accounts.models import Role, User
from tests import factories
from tests.copies import copied

# The same examples every time, however slow the machine is.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.load_profile("suite")

PinToday = Callable[..., date]
ClientAs = Callable[..., Client]


@pytest.fixture
def users(db: None) -> dict[str, User]:
    """One account per role, by the role's name."""
    return copied("users", lambda: {role.value: factories.user(role) for role in Role})


@pytest.fixture
def client_as(users: dict[str, User]) -> ClientAs:
    """`client_as("staff")`: a browser in which that role is logged in; checks CSRF with `csrf=True`."""

    def logged_in(role: str, csrf: bool = False) -> Client:
        client = Client(enforce_csrf_checks=csrf)
        client.force_login(users[role], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return logged_in


@pytest.fixture
def staff(client_as: ClientAs) -> Client:
    return client_as("staff")


@pytest.fixture
def manager(client_as: ClientAs) -> Client:
    return client_as("manager")


@pytest.fixture
def coordinator(client_as: ClientAs) -> Client:
    return client_as("coordinator")


@pytest.fixture
def auditor(client_as: ClientAs) -> Client:
    return client_as("auditor")


@pytest.fixture
def sysadmin(client_as: ClientAs) -> Client:
    return client_as("admin")


@pytest.fixture
def pin_today(settings: Any) -> PinToday:
    """`pin_today(2024, 6, 30)`: from now on that is today. Unpinned, tests live on 2024-04-01 (tests.settings)."""

    def pin(year: int, month: int, day: int) -> date:
        settings.PINNED_TODAY = date(year, month, day)
        return settings.PINNED_TODAY

    return pin
