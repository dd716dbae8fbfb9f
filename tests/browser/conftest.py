"""A real browser (Debian's chromium, through playwright) against a live server with the test's own database.

`page` is logged out; `login(page, "staff")` logs in as a person does, `logged_in(page, "staff")` lends it a session.
Whatever asks for an outside address fails the test, and so does an error in the browser's console (a broken
Content-Security-Policy shows there).
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests import factories
from tests.browser import axe
from tests.conftest import ClientAs

# Two browsers and two servers share two cores: what is waited for may take longer than Playwright's five seconds.
expect.set_options(timeout=15_000)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
INSTALL = "no browser: apt-get install chromium fonts-noto-cjk"

Login = Callable[[Page, str], None]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if CHROMIUM:
        return
    if os.environ.get("CI") == "true":
        pytest.exit(f"CI needs the browser tests; {INSTALL}", returncode=1)
    for item in items:
        item.add_marker(pytest.mark.skip(reason=INSTALL))


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, users: dict[str, User]) -> Iterator[Page]:
    context = browser.new_context(
        base_url=live_server.url,
        locale="ko-KR",
        timezone_id="Asia/Seoul",
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    faults: list[str] = []
    page.on(
        "request",
        lambda request: faults.append(request.url) if is_outside(request.url, live_server) else None,
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
    yield page
    context.close()
    assert faults == []


def is_outside(url: str, live_server: LiveServer) -> bool:
    return not url.startswith((live_server.url, "data:", "blob:"))


def is_fault(message: Any) -> bool:
    # A 4xx page is told in the console too; tests that ask for one look at it themselves.
    return message.type == "error" and "Failed to load resource" not in message.text and not axe.measuring


@pytest.fixture
def login() -> Login:
    def through_the_door(page: Page, role: str) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("사용자 이름").fill(role)
        page.get_by_label("비밀번호").fill(factories.PASSWORD)
        page.get_by_role("button", name="로그인").click()
        page.wait_for_url("**/")

    return through_the_door


@pytest.fixture
def logged_in(client_as: ClientAs, live_server: LiveServer) -> Login:
    """Opens no page: for tests whose way does not begin at the door."""

    def with_a_session(page: Page, role: str) -> None:
        session = client_as(role).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])

    return with_a_session
