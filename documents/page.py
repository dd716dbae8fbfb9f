"""A document on paper: lines of text and tables, one under the other. XLSX and HWPX print the same page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from documents.grid import Grid


class Style(Enum):
    """What a line of text is to the page."""

    TITLE = "title"
    SECTION = "section"
    HEADING = "heading"
    BODY = "body"
    # At the right, over a table: (단위: 백만 원).
    ABOVE = "above"
    NOTE = "note"


@dataclass(frozen=True)
class Text:
    """A line with its marker, as it is printed; ``level`` indents it (1 at the margin)."""

    text: str
    style: Style = Style.BODY
    level: int = 1


Block = Text | Grid


@dataclass(frozen=True)
class Page:
    """``title`` names the sheet and the document; it is printed only if a block says so."""

    title: str
    blocks: Sequence[Block]
    landscape: bool = False
