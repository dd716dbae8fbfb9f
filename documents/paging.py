"""Where a page ends: what belongs together stays together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Strip:
    """A row of the page: its height, and whether the next one must stand on the same page."""

    height: float
    keep: bool = False


def page_ends(strips: Sequence[Strip], room: float) -> list[int]:
    """The rows (from 1) after which a new page begins; ``room`` is a page's height in the rows' measure.

    Rows kept together that are taller than a page are broken like any others.
    """
    ends: list[int] = []
    used = 0.0
    for first, last in _groups(strips, room):
        height = sum(strip.height for strip in strips[first:last])
        if used and used + height > room:
            ends.append(first)
            used = 0.0
        used += height
    return ends


def _groups(strips: Sequence[Strip], room: float) -> list[tuple[int, int]]:
    groups: list[tuple[int, int]] = []
    first = 0
    for at, strip in enumerate(strips, start=1):
        if not strip.keep or at == len(strips):
            whole = sum(each.height for each in strips[first:at]) <= room
            groups += [(first, at)] if whole else [(row, row + 1) for row in range(first, at)]
            first = at
    return groups
