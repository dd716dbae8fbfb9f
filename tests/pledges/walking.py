"""Every number that a page shows, where it stands, and the link around it: for tests that each figure opens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

import pytest
from django.test import Client

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
        # A caption names its table; the means in its .unit are figures.
        skipped = self.skipped - {"caption"} if ".unit" in marks else self.skipped
        if "main" not in marks or marks & skipped:
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


class Opened:
    """The derivations behind a walk's numbers. Each address is rendered once, whatever the pages that lead to it."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.pages: dict[str, tuple[set[str], list[str]]] = {}

    def faults(self, shown: Shown) -> list[str]:
        """What is wrong with the page a number opens: not there, does not state it, does not add up."""
        address = shown.href.partition("#")[0]
        if address not in self.pages:
            self.pages[address] = self._open(address)
        said, faults = self.pages[address]
        missing = [] if shown.text in said else [f"{shown.text} is not stated by {address}: {sorted(said)}"]
        return [*missing, *faults]

    def _open(self, address: str) -> tuple[set[str], list[str]]:
        page: Any = self.client.get(address)
        if page.status_code != 200:
            return set(), [f"{address}: {page.status_code}"]
        return stated(page.content.decode()), [f"{address}: {fault}" for fault in unsummed(page.context)]


def unsummed(context: Any) -> list[str]:
    """Figures of a derivation's page that their operands or records do not make."""
    faults = []
    for one in context.get("derivations") or ():
        if one.value is not None and one.known != one.value:
            faults.append(f"{one.title} {one.value} made of {one.known}")
    for line in context.get("lines") or ():
        part = getattr(line, "part", None)
        if part is not None and part.value is not None and sum(o.value for o in part.parts) != part.value:
            faults.append(f"{part.name} {part.value}")
    if "opened" in context and context["value"] is not None and not context["settled"]:
        made = context["opened"] + context["added"]
        faults += [] if made == context["value"] else [f"집행액 {context['value']} made of {made}"]
    return faults


# What the views of a walk compute again and again; while nothing is written the answer is the same.
STILL = (
    ("pledges.card.build", "build_cards"),
    ("pledges.board", "all_rows"),
    ("pledges.views.why_course", "progress"),
    ("pledges.views.money", "executions"),
)


@contextmanager
def standing_still() -> Iterator[None]:
    """Nothing is written inside: what several pages compute alike is computed once."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name in STILL:
            patch.setattr(f"{module}.{name}", once(getattr(import_module(module), name)))
        yield


def once(function: Callable[..., Any]) -> Callable[..., Any]:
    known: dict[Any, Any] = {}

    def remembered(*args: Any) -> Any:
        key = tuple(tuple(each.pk for each in arg) if isinstance(arg, list) else arg for arg in args)
        if key not in known:
            known[key] = function(*args)
        return known[key]

    return remembered
