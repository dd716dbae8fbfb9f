"""Accessibility, measured by axe-core (KWCAG 2.2 follows WCAG 2.2)."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

measuring = False


def violations(page: Page) -> list[str]:
    """What axe finds on the page, one line a rule: impact, rule, the first elements."""
    global measuring
    # axe sets styles of its own, which the page's policy refuses: not the page's fault (conftest.is_fault).
    measuring = True
    try:
        found = Axe().run(page, options={"preload": False}).response["violations"]
    finally:
        measuring = False
    return [
        f"{rule['impact']}: {rule['id']}: {[node['target'] for node in rule['nodes'][:3]]}"
        for rule in found
        if rule["impact"] in {"serious", "critical", "moderate"}
    ]


def scrolls_sideways(page: Page) -> bool:
    """True if the page as a whole is wider than the window (a table in its own scrolling frame is not)."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
