"""The stage of the manual's screenshots: a server with the seed on a pinned day, windows of each role, the camera."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMAGES = Path(__file__).resolve().parent / "img"
TODAY = date(2024, 7, 9)
WIDTH = 1280
PASSWORD = "manual-of-2024"  # noqa: S105 - of a database that is thrown away

# Moments of entry come from the real clock; a picture shows the pinned day's.
STOP_CLOCK = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode())
    node.data = node.data.replace(/20\\d\\d\\. \\d+\\. \\d+\\. \\d\\d:\\d\\d/g, "2024. 7. 9. 10:00");
}"""

sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from playwright.sync_api import Browser, Page  # noqa: E402

Desk = Callable[[str], Page]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Address of a server of this process, with the seed and one account a role."""
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'manual.sqlite3'}"
    os.environ["DEMO_PASSWORD"] = PASSWORD
    import django

    django.setup()
    from django.apps import apps
    from django.conf import settings
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.test.testcases import LiveServerThread

    settings.PINNED_TODAY = TODAY
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    # The tables as the models are now: the migrations' own way takes half a minute.
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    call_command("migrate", run_syncdb=True, verbosity=0)
    with open(os.devnull, "w") as silence:
        call_command("load_seed", stdout=silence)
        call_command("demo_accounts", stdout=silence)
    disguise()
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()


def disguise() -> None:
    """Nobody's name and number in a manual: the card's officers become examples."""
    from pledges.models import Officer

    for place, officer in enumerate(Officer.objects.order_by("pk")):
        officer.name, officer.phone = f"{'가나다라마바사'[place % 7]}담당(예시)", f"000{place}"
        officer.save()


def desks(browser: Browser, address: str) -> Desk:
    """`desk("manager")`: a new window of that role; `desk("")`: nobody has logged in."""

    def at(role: str) -> Page:
        context = browser.new_context(
            base_url=address,
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            viewport={"width": WIDTH, "height": 900},
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.goto("/accounts/login/")
        if role:
            page.locator("[name=username]").fill(role)
            page.locator("[name=password]").fill(PASSWORD)
            page.get_by_role("button", name="로그인").click()
            page.wait_for_url("**/")
        return page

    return at


def shoot(page: Page, name: str, height: int = 0, top: str = "") -> None:
    """Writes img/<name>.png: the whole page, or `height` pixels of it, from the element `top` on."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.evaluate(STOP_CLOCK)
    whole = page.evaluate("document.documentElement.scrollHeight")
    start = page.locator(top).first.bounding_box() if top else None
    first = int(start["y"] + page.evaluate("window.scrollY")) - 12 if start else 0
    page.screenshot(
        path=IMAGES / f"{name}.png",
        full_page=True,
        animations="disabled",
        clip={"x": 0, "y": first, "width": WIDTH, "height": min(height or whole, whole - first)},
    )


def save(page: Page) -> None:
    page.get_by_role("button", name="저장", exact=True).first.click()


def choose(page: Page, path: Path) -> None:
    """Chooses a file; by its content, since a browser in another locale finds no Korean name."""
    kind = "application/octet-stream"
    page.locator("input[type=file]").set_input_files(
        {"name": path.name, "mimeType": kind, "buffer": path.read_bytes()}
    )
