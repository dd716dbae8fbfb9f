"""Column widths that hold what cannot be broken: figures and words; where all of it is too much, smaller type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from documents.grid import Grid, Placed
from documents.measure import text_width
from documents.table import Column

# A longer word of prose may be broken between letters; a figure may not, it would print as ####.
LONGEST_WORD = 12.0
# So short a heading (구 분, 총 계) is one word for the eye.
SHORT = 6.0
SMALLEST = 0.55
# Bold type to normal type.
BOLD = 1.12


# Half-width characters of 10-point type on a turned A4 page, printed no smaller than 8.5 points.
WIDEST = 172.0
# What a column of a sheet may lose before the whole page is printed smaller: figures little, since they cannot wrap.
FIGURE_KEEPS, TEXT_KEEPS, NARROWEST = 0.9, 0.5, 10.0


def narrowed(columns: Sequence[Column], room: float = WIDEST) -> list[float]:
    """The columns' widths; where they sum to more than ``room``, text takes more lines and figures lose their slack.

    Columns that hold no more are left alone: then the page as a whole is printed smaller.
    """
    widths = [column.characters for column in columns]
    gives = [width - _least(column) for width, column in zip(widths, columns, strict=True)]
    over = sum(widths) - room
    if over <= 0 or not sum(gives):
        return widths
    share = min(over / sum(gives), 1.0)
    return [width - give * share for width, give in zip(widths, gives, strict=True)]


def _least(column: Column) -> float:
    heading = max((text_width(word) for word in column.heading.split()), default=0) * BOLD + 1
    wraps = column.format.code == "General"
    kept = max(column.characters * TEXT_KEEPS, NARROWEST) if wraps else column.characters * FIGURE_KEEPS
    return min(max(kept, heading), column.characters)


@dataclass(frozen=True)
class Fit:
    """``widths`` in half-width characters of ``scale`` times the normal type; they sum to the room given."""

    widths: Sequence[float]
    scale: float


def fitted(grid: Grid, room: float, lost: float) -> Fit:
    """The grid's columns in ``room`` characters, near their declared proportions.

    ``lost`` is what a cell loses at its borders. Columns too narrow for a figure or a word take from those
    that have more than they need; if there is not enough, the type shrinks.
    """
    declared = [width * room / sum(grid.widths) for width in grid.widths]
    needs = _needs(grid, lost)
    if sum(needs) >= room:
        scale = max(room / sum(needs), SMALLEST)
        return Fit([need * room / sum(needs) for need in needs], scale)
    missing = sum(max(need - have, 0) for need, have in zip(needs, declared, strict=True))
    spare = sum(max(have - need, 0) for need, have in zip(needs, declared, strict=True))
    taken = missing / spare if spare else 0
    return Fit(
        [max(need, have - max(have - need, 0) * taken) for need, have in zip(needs, declared, strict=True)],
        1.0,
    )


def _needs(grid: Grid, lost: float) -> list[float]:
    needs = [lost + 2.0] * len(grid.widths)
    for placed in grid.placed():
        if placed.cell.cols == 1:
            needs[placed.col] = max(needs[placed.col], _unbroken(placed) + lost)
    return needs


def _unbroken(placed: Placed) -> float:
    text, bold = placed.cell.text, BOLD if placed.cell.head or placed.cell.bold else 1.0
    if not isinstance(placed.cell.value, str) or text_width(text) <= SHORT:
        return bold * max((text_width(line) for line in text.split("\n")), default=0)
    return bold * min(max(text_width(word) for word in text.split() or [""]), LONGEST_WORD)
