"""Outlines as offices type them: a marker, a text, and depth by leading spaces (DOMAIN §8).

The card's 추진계획, 향후계획 and the like are kept as ``Line``s. In the office's documents ``- `` stands at
the margin and `` - `` one space in is the level below. Some type two or four spaces a level: the step is
what all indents of the text have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import gcd

MARKERS = "◆□○▶※-*·"

# Signs may stand directly before the text; -, * and · only with a space, or they belong to it (-5.2%).
LINE = re.compile(r"(?P<indent>\s*)(?:(?P<marker>[◆□○▶※](?=.)|[-*·](?=\s))\s*)?(?P<text>.*)")


@dataclass(frozen=True)
class Line:
    """One line; ``level`` is 1 at the margin, ``marker`` one of MARKERS or empty."""

    level: int
    marker: str
    text: str


def read_outline(text: str) -> list[Line]:
    """The lines of a text; blank ones are dropped, a tab or a full-width space is one space.

    ``read_outline(write_outline(lines)) == lines`` for an outline that goes down one level at a time.
    """
    parts = [match for row in text.splitlines() if row.strip() and (match := LINE.fullmatch(row.rstrip()))]
    step = gcd(*(len(part["indent"]) for part in parts)) or 1
    return [Line(1 + len(part["indent"]) // step, part["marker"] or "", part["text"]) for part in parts]


def write_outline(lines: Iterable[Line]) -> str:
    """One row per line, a space per level below the first, as the seed card is typed."""
    return "\n".join(" " * (line.level - 1) + f"{line.marker} {line.text}".strip() for line in lines)
