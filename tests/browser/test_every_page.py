"""Every page that links lead to, as each role sees it: it opens, reads well with a screen reader, fits a telephone.

The walk starts at the menu and follows links, one page for each address of the project, so that a new page is
measured as soon as something leads to it. A link that leads nowhere is found on the way.
"""

import re
from collections import deque
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.http import Http404
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Page

from accounts.models import Role
from accounts.permissions import PERMISSIONS
from gwanak_se.navigation import MENU
from tests import copies
from tests.browser.axe import faults_at
from tests.browser.conftest import Login
from tests.conftest import ClientAs, PinToday

# 409: a page that says why the deed cannot be done now.
READ = (200, 409)
LINK = re.compile(r'(?:href|hx-get)="([^"#][^"]*)"')
# The first role opens everything that it may; the others only what none before them could.
ROLES = (Role.STAFF, Role.COORDINATOR, Role.MANAGER, Role.ADMIN)


@pytest.fixture
def _seed(live_server: Any, pin_today: PinToday) -> None:
    pin_today(2024, 6, 30)
    copies.seed()


@pytest.mark.usefixtures("_seed")
@pytest.mark.parametrize("role", ROLES)
def test_every_page(role: Role, client_as: ClientAs, logged_in: Login, page: Page) -> None:
    client = client_as(role)
    pages, faults = walk(client, role)
    logged_in(page, role)
    for address in pages:
        faults += faults_at(page, address, narrow=True)
    assert faults == []


def walk(client: Client, role: Role) -> tuple[list[str], list[str]]:
    """Addresses of the pages that `role` is the first to see, one for each view, and the links that lead nowhere."""
    start = [item.path for item in MENU if role in PERMISSIONS[item.verb]]
    waiting, seen, pages, faults = deque(start), set(), [], []
    while waiting:
        address = waiting.popleft()
        view = view_of(address)
        if view is None or view in seen:
            continue
        seen.add(view)
        response = client.get(address)
        if response.status_code not in (*READ, 302, 405):
            faults.append(f"{address}: {response.status_code}")
        if response.status_code not in READ or not response["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        if "<html" in html and is_first_to_see(address, role):
            pages.append(address)
        waiting.extend(urldefrag(urljoin(address, unescape(link))).url for link in LINK.findall(html))
    return pages, faults


def view_of(address: str) -> str | None:
    """Name of the view behind the address; None for what is no page of ours."""
    parts = urlsplit(address)
    if parts.netloc or parts.scheme or parts.path.startswith(("/static/", "/media/")):
        return None
    try:
        match = resolve(parts.path)
    except Http404:
        return address  # a dead link: opened, and told
    if match.namespace == "admin":
        return "admin"  # Django's own pages: the first one stands for them
    # One page asks about every voiding, one about each thing done with an opening, whatever it is of.
    if match.view_name.endswith("void") or "action" in match.kwargs:
        return str(match.kwargs.get("action", "void"))
    return match.view_name


def is_first_to_see(address: str, role: Role) -> bool:
    verb = getattr(resolve(urlsplit(address).path).func, "verb", "view")
    if address.startswith("/admin/"):
        verb = "admin"
    return role == next(each for each in ROLES if each in PERMISSIONS[verb])
