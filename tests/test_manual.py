"""The manual: every link in it leads somewhere, every picture is there and shown, and none is heavy."""

import re
from pathlib import Path

import pytest

MANUAL = Path(__file__).resolve().parents[1] / "docs" / "manual"
PAGES = sorted(MANUAL.glob("*.md"))
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]+))?\)")
HEAVIEST = 200_000


def anchors(page: Path) -> set[str]:
    """The anchors that a heading gets when the page is shown (as GitHub and GitLab make them)."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", head).strip().lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    lost = []
    for path, anchor in LINK.findall(page.read_text()):
        target = page.parent / path if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            lost.append(f"{path}#{anchor}")
    assert lost == []


def test_the_index_leads_to_every_page() -> None:
    listed = {path for path, _ in LINK.findall((MANUAL / "index.md").read_text())}
    assert listed == {page.name for page in PAGES} - {"index.md"}


def test_every_picture_is_shown_and_light() -> None:
    shown = {path for page in PAGES for path, _ in LINK.findall(page.read_text()) if path.startswith("img/")}
    pictures = {f"img/{picture.name}": picture.stat().st_size for picture in (MANUAL / "img").glob("*.png")}
    assert shown == set(pictures)
    assert [name for name, size in pictures.items() if size > HEAVIEST] == []
