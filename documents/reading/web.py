"""Tables of a web page that calls itself .xls: what e호조, 보탬e and many offices' sites hand out as "엑셀 내려받기".

Only the tables' cells are taken; merged ones stay merged, nothing is fetched. The signs are walked through once:
the standard library's parser takes minutes for a few hundred kilobytes of unclosed comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from documents.reading.errors import SAVE_ANEW, Unreadable
from documents.reading.limits import (
    MOST_CELL_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_WEB_BYTES,
)

NO_TABLE = "표가 없는 웹 문서입니다. 표가 든 파일을 올리거나 엑셀에서 열어 .xlsx로 다시 저장해 주십시오."
TOO_BIG = f"웹 문서의 표가 너무 큽니다. {SAVE_ANEW}"
BROKEN_SPAN = 1_000
MOST_TAG = 2_000
# Lines of their own within a cell.
BLOCKS = {"br", "p", "div", "li"}
HEAD = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<style", b"<div")


@dataclass
class WebTable:
    """Rows of texts, and merged cells as (first row, first column, last row, last column): rows from 1."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    # Places that a cell from above or from the left covers.
    covered: set[tuple[int, int]] = field(default_factory=set)
    cells: int = 0

    def put(self, text: str, rows: int, columns: int) -> None:
        number = len(self.rows)
        row = self.rows[-1]
        while (number, len(row)) in self.covered:
            row.append("")
        place = len(row)
        row += [text, *[""] * (columns - 1)]
        self.cells += columns
        if len(row) > MOST_COLUMNS or number > MOST_ROWS or self.cells > MOST_CELLS:
            raise Unreadable(TOO_BIG)
        if rows > 1 or columns > 1:
            self.merged.append((number, place, number + rows - 1, place + columns - 1))
            below = range(number + 1, number + min(rows, BROKEN_SPAN))
            self.covered.update((line, at) for line in below for at in range(place, place + columns))


class _Reader:
    """Tables that stand in no other table; the text of an inner one belongs to the outer cell."""

    def __init__(self) -> None:
        self.tables: list[WebTable] = []
        self.depth = 0
        self.text: list[str] | None = None
        self.spans = (1, 1)

    def tag(self, name: str, written: str) -> None:
        if name in ("table", "/table"):
            self._table(opens=name == "table")
        elif self.depth == 1 and name in ("tr", "/tr", "td", "th", "/td", "/th"):
            self._close()
            if name == "tr":
                self.tables[-1].rows.append([])
            elif name in ("td", "th"):
                self.spans = (_span("rowspan", written), _span("colspan", written))
                self.text = []
        elif name in BLOCKS and self.text:
            self.text.append("\n")

    def _table(self, opens: bool) -> None:
        if opens and self.depth == 0:
            self.tables.append(WebTable())
            if len(self.tables) > MOST_SHEETS:
                raise Unreadable(TOO_BIG)
        elif not opens and self.depth == 1:
            self._close()
        self.depth = max(self.depth + (1 if opens else -1), 0)

    def data(self, text: str) -> None:
        if self.text is not None and text:
            # Only tags break lines.
            self.text.append(text.replace("\n", " "))

    def _close(self) -> None:
        if self.text is None:
            return
        lines = unescape("".join(self.text)).replace("\xa0", " ").split("\n")
        text = "\n".join(" ".join(line.split()) for line in lines).strip()
        if len(text) > MOST_CELL_TEXT:
            raise Unreadable(f"웹 문서의 한 칸이 {MOST_CELL_TEXT:,}자를 넘습니다. {SAVE_ANEW}")
        table = self.tables[-1]
        if not table.rows:
            table.rows.append([])
        table.put(text, *self.spans)
        self.text = None


def _signs(text: str) -> Iterator[tuple[str, str, str]]:
    """(name of a tag, its inside, the text behind it); comments, scripts and styles are left out."""
    until = ""
    pieces = iter(text.split("<"))
    yield "", "", next(pieces)
    for piece in pieces:
        if until == "-->":
            _, found, behind = piece.partition(until)
            until = "" if found else until
            yield "", "", behind
            continue
        if until:
            until = "" if piece[: len(until)].lower() == until else until
            continue
        inside, closed, behind = piece.partition(">")
        name = re.match(r"/?[A-Za-z][A-Za-z0-9]*", inside)
        if piece.startswith("!--"):
            rest = piece.partition("-->")
            until = "" if rest[1] else "-->"
            yield "", "", rest[2]
        elif name and closed:
            until = f"/{name[0].lower()}" if name[0].lower() in ("script", "style") else ""
            yield name[0].lower(), inside, "" if until else behind
        elif not piece.startswith(("!", "?")):
            yield "", "", f"<{piece}"
        else:
            yield "", "", behind


def _span(name: str, written: str) -> int:
    """A span as written in a tag; nonsense is one."""
    found = re.search(rf"\b{name}\s*=\s*[\"']?\s*(\d{{1,4}})\b", written[:MOST_TAG], re.I)
    return min(max(int(found[1]), 1), BROKEN_SPAN) if found else 1


def is_web(content: bytes) -> bool:
    """Whether the content begins as a web page does."""
    return content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(HEAD)


def web_tables(text: str) -> list[WebTable]:
    """Every table with a row in it. Unreadable without any."""
    if len(text) > MOST_WEB_BYTES:
        raise Unreadable(TOO_BIG)
    reader = _Reader()
    for name, inside, behind in _signs(text):
        if name:
            reader.tag(name, inside)
        reader.data(behind)
    reader.tag("/table", "")
    found = [table for table in reader.tables if any(table.rows)]
    if not found:
        raise Unreadable(NO_TABLE)
    return found
