"""Every number that a page shows, where it stands, and the link around it: for tests that each figure opens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

NUMBER = re.compile(r"△?\d[\d,]*(?:\.\d+)?")
# A date is no figure: 2024. 3. 31., 2024. 3., ~9. 1.; nor is a year, a quarter or a number in a list.
DATE = re.compile(
    r"\d{4}\. ?\d{1,2}\.(?: ?\d{1,2}\.)?|~ ?\d{1,2}\. \d{1,2}\.|\d{4}년도?|\d분기|\d{4}-\d\d-\d\d"
)
VOID = {"br", "img", "input", "link", "meta", "hr", "col", "circle", "polyline", "path", "use"}


@dataclass(frozen=True)
class Shown:
    """A number on a page: its text, the address that the link around it opens (empty: none), and its surroundings."""

    text: str
    href: str
    path: tuple[str, ...]

    @property
    def where(self) -> str:
        return " > ".join(self.path[-4:])


class _Walker(HTMLParser):
    """``skipped``: names of elements, ``.class`` or ``#id``, whose numbers are no figures."""

    def __init__(self, skipped: frozenset[str]) -> None:
        super().__init__()
        self.skipped = skipped
        self.stack: list[tuple[str, frozenset[str], str]] = []
        self.found: list[Shown] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        marks = {tag, *(f".{name}" for name in given.get("class", "").split()), f"#{given.get('id', '')}"}
        if tag == "td" and ".num" not in marks:
            marks.add(".text")
        if tag not in VOID:
            self.stack.append((tag, frozenset(marks), given.get("href", "") if tag == "a" else ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        return

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        marks = frozenset().union(*(entry[1] for entry in self.stack)) if self.stack else frozenset()
        if "main" not in marks or marks & self.skipped:
            return
        href = next((entry[2] for entry in reversed(self.stack) if entry[2]), "")
        path = tuple(
            entry[0] + "".join(sorted(mark for mark in entry[1] if mark[0] == ".")) for entry in self.stack
        )
        self.found += [Shown(number, href, path) for number in NUMBER.findall(DATE.sub(" ", data))]


def numbers(page: str, *skipped: str) -> list[Shown]:
    """The numbers in the page's ``<main>``, but for those inside ``skipped`` and cells of words (no ``num``)."""
    walker = _Walker(frozenset({".text", *skipped}))
    walker.feed(page)
    return walker.found


def stated(page: str) -> set[str]:
    """The figures that a page says it derives: what stands in elements of class ``stated``."""
    walker = _Walker(frozenset())
    walker.feed(page)
    return {shown.text for shown in walker.found if any(".stated" in entry for entry in shown.path)}
