"""How much room text takes: merged cells do not grow by themselves, in Excel nor in 한글."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor
from unicodedata import east_asian_width

# A full-width letter beside a digit, in the proportional Korean gothic faces.
WIDE = 1.85


def text_width(text: str) -> float:
    """Width in half-width characters; ambiguous signs (○ △ ※ ☑) are wide in Korean faces."""
    return sum(WIDE if east_asian_width(letter) in "WFA" else 1.0 for letter in text)


def line_count(text: str, room: float) -> int:
    """Lines that ``text`` takes in a cell of ``room`` half-width characters, broken at spaces where it can."""
    return sum(_lines(part, max(room, WIDE)) for part in text.split("\n"))


def _lines(text: str, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split(" "):
        width = text_width(word)
        space = 1.0 if used else 0.0
        if used + space + width <= room:
            used += space + width
            continue
        if used and width <= room:
            lines, used = lines + 1, width
            continue
        lines, used = _broken(word, lines, used + space, room)
    return lines


def _broken(word: str, lines: int, used: float, room: float) -> tuple[int, float]:
    """A word longer than a line, broken between letters."""
    for letter in word:
        width = text_width(letter)
        if used + width > room:
            lines, used = lines + 1, 0.0
        used += width
    return lines, used


def shares(widths: Sequence[float], total: int) -> list[int]:
    """``total`` units given out by ``widths``, at least one each; the sum is ``total``.

    ValueError if there are more widths than units.
    """
    if len(widths) > total:
        raise ValueError(f"{len(widths)}열을 {total}칸에 나눌 수 없습니다")
    scale = (total - len(widths)) / sum(widths)
    exact = [1 + width * scale for width in widths]
    given = [floor(share) for share in exact]
    by_rest = sorted(range(len(widths)), key=lambda at: given[at] - exact[at])
    for at in by_rest[: total - sum(given)]:
        given[at] += 1
    return given
