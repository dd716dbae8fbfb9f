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


def test_every_download_of_a_sheet_is_called_one_thing() -> None:
    """엑셀 alone says neither whether a file leaves nor which page it belongs to."""
    links = re.compile(r"<a [^>]*(?:xlsx|hwpx|_file')[^>]*>([^<]+)</a>")
    called = {
        word
        for page in TEMPLATES.rglob("*.html")
        for word in links.findall(page.read_text())
        if "{{" not in word and ("엑셀" in word or "한글" in word)
    }
    assert {word for word in called if not word.strip().endswith("내려받기")} == set()
    assert called
