"""Accessibility, measured by axe-core (KWCAG 2.2 follows WCAG 2.2)."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

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
# A desk, and a telephone.
WIDTHS = (1280, 390)
# What htmx fetches when the page opens.
LOADING = "[hx-trigger=load]:empty, .htmx-request"
measuring = False


def faults_at(page: Page, address: str, *, narrow: bool = False) -> list[str]:
    """What is wrong with the page at a desk and on a telephone; `narrow` as for `violations`, on the telephone."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(address)
    expect(page.locator(LOADING)).to_have_count(0)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        seen = violations(page, narrow=narrow and width != WIDTHS[0])
        seen += ["scrolls sideways"] if scrolls_sideways(page) else []
        found += [f"{address} at {width}: {fault}" for fault in seen]
    return found


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
