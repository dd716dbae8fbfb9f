"""Accessibility, measured by axe-core (KWCAG 2.2 follows WCAG 2.2)."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A frame that scrolls, a label or a name that is hidden, a heading or a landmark that goes away.
NARROW = [
    "scrollable-region-focusable",
    "label",
    "link-name",
    "button-name",
    "select-name",
    "page-has-heading-one",
    "heading-order",
    "landmark-one-main",
]
measuring = False


def violations(page: Page, *, narrow: bool = False) -> list[str]:
    """What axe finds on the page, one line a rule: impact, rule, the first elements.

    `narrow` asks only for what the width can change, of a page whose rest was measured at a desk.
    """
    global measuring
    # Preloading would ask for style sheets once more, at addresses that are none.
    options: dict[str, Any] = {"preload": False, "resultTypes": ["violations"]}
    if narrow:
        options["runOnly"] = {"type": "rule", "values": NARROW}
    # axe sets styles of its own, which the page's policy refuses: not the page's fault (conftest.is_fault).
    measuring = True
    try:
        found = Axe().run(page, options=options).response["violations"]
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
