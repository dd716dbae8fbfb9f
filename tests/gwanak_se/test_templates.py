"""What every template has to keep, read as text."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OPEN_COMMENT = re.compile(r"\{#(?!.*#\})")


def test_no_comment_runs_over_a_line() -> None:
    """Django ends `{# … #}` with its line: a longer one would stand on the page."""
    told = [
        f"{page.relative_to(TEMPLATES)}:{number}"
        for page in sorted(TEMPLATES.rglob("*.html"))
        for number, line in enumerate(page.read_text().splitlines(), start=1)
        if OPEN_COMMENT.search(line)
    ]
    assert told == []


def test_no_template_is_long() -> None:
    long = {
        str(page.relative_to(TEMPLATES)): lines
        for page in TEMPLATES.rglob("*.html")
        if (lines := len(page.read_text().splitlines())) > 150
    }
    assert long == {}
