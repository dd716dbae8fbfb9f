"""Paragraphs and tables of a document written down as lines of text, cells between tabs.

The form that a card's text has when it is copied out of 한글: one reader then serves every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.reading.errors import Unreadable

# No table of a card comes near this many places, empty ones included; they are held in memory.
MOST_PLACES = 400_000
TOO_LARGE = "표 하나가 지나치게 큽니다. 카드의 표만 남겨 다시 저장해 주십시오."


@dataclass(frozen=True)
class Box:
    """A cell by its place in the table, with how many rows and columns it covers."""

    row: int
    col: int
    text: str
    rows: int = 1
    cols: int = 1


def one_line(text: str) -> str:
    """A cell's text on one line; what stood on lines of its own keeps its mark (▶, ※) and a space before it."""
    return re.sub(r"[\t\r\n\x0b\x0c\u2028\u2029]+\s*", " ", text).strip()


def table_lines(boxes: Iterable[Box]) -> list[str]:
    """The rows of a table on the columns that its cells begin at; covered places are empty."""
    cells = list(boxes)
    if not cells:
        return []
    edges = sorted({box.col for box in cells})
    place = {edge: at for at, edge in enumerate(edges)}
    first, last = min(box.row for box in cells), max(box.row for box in cells)
    if (last - first + 1) * len(edges) > MOST_PLACES:
        raise Unreadable(TOO_LARGE)
    rows = [[""] * len(edges) for _ in range(last - first + 1)]
    for box in cells:
        rows[box.row - first][place[box.col]] = one_line(box.text)
    return ["\t".join(row) for row in rows if any(row)]


def paragraph_lines(text: str) -> list[str]:
    """A paragraph's lines; a tab inside would make it a row of a table."""
    return [line.replace("\t", " ").rstrip() for line in re.split(r"\r\n|[\r\n]", text)]


def joined(parts: Sequence[str]) -> str:
    """Lines as one text."""
    return "\n".join(parts) + "\n"
