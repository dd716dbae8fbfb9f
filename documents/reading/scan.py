"""One pass over a worksheet's XML before it is parsed: how far values reach, what is hidden, which cells are broken.

The reader holds the rectangle around all values in memory, and shows errors and unsaved formulas as empty cells:
neither may happen unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from documents.reading.errors import Unreadable
from documents.reading.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROW_BYTES, MOST_ROWS
from documents.reading.package import refuse_entities

# Cells with something in them: neither closed at once nor empty inside.
_SOMETHING = rb"[^>/]*>(?!\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>)"
_VALUED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})[0-9]{1,7}"' + _SOMETHING)
_LAST_ROW = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="[A-Z]{1,3}([0-9]{1,7})"' + _SOMETHING)
_NAMELESS = re.compile(rb"<(?:\w+:)?c(?:\s+(?!r=)[a-z]+=\"[^\"]*\")*\s*>")
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="([0-9]{1,7})"')
_ERROR = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>(?:(?!</(?:\w+:)?c>).){0,9000}?'
    rb"<(?:\w+:)?v>([^<]{1,20})<",
    re.S,
)
_UNSAVED = re.compile(
    # A formula that says "" is saved as t="str"; that is a value.
    rb'<(?:\w+:)?c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>/]*>\s*<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]{0,9000})</(?:\w+:)?f>)'
    rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ROW_END = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
MOST_BROKEN = 10_000


@dataclass
class Scan:
    """``broken``: (row from 1, column from 0) → the error value, or the formula that has no value."""

    last_row: int = 0
    last_column: int = 0
    hidden: set[int] = field(default_factory=set)
    broken: dict[tuple[int, int], str] = field(default_factory=dict)


def scan(pieces: Iterable[bytes]) -> Scan:
    """Looks through the sheet's XML. Unreadable where reading it would take too much memory."""
    found = Scan()
    for block in _rows(pieces):
        _reach(block, found)
        found.hidden.update(int(row) for row in _HIDDEN.findall(block))
        if b'="e"' in block:
            _keep(found, ((letters, row, value) for letters, row, value in _ERROR.findall(block)))
        if b"<f" in block or b":f" in block:
            _keep(found, ((letters, row, b"=" + text) for letters, row, text in _UNSAVED.findall(block)))
    return found


def _keep(found: Scan, cells: Iterable[tuple[bytes, bytes, bytes]]) -> None:
    for letters, row, text in cells:
        if len(found.broken) < MOST_BROKEN:
            found.broken[int(row), column_number(letters)] = text.decode("utf-8", "replace")[:200]


def _rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The XML in blocks that end with a row."""
    rest = b""
    for at, piece in enumerate(pieces):
        if at == 0:
            refuse_entities(piece)
        rest += piece
        ends = [match.end() for match in _ROW_END.finditer(rest)]
        if ends:
            yield rest[: ends[-1]]
            rest = rest[ends[-1] :]
        elif len(rest) > MOST_ROW_BYTES and b"<sheetData" in rest:
            raise Unreadable("한 행의 내용이 지나치게 큽니다. 필요한 열만 새 파일에 붙여 넣어 주십시오.")
    yield rest


def _reach(block: bytes, found: Scan) -> None:
    letters = set(_VALUED.findall(block))
    if letters:
        found.last_column = max(found.last_column, *map(column_number, letters))
        found.last_row = max(found.last_row, _last_row(block))
    if _NAMELESS.search(block):
        widest = max(row.count(b"<c") for row in _ROW_END.split(block))
        found.last_column = max(found.last_column, widest)
        found.last_row += len(_ROW_END.findall(block))
    _refuse_reach(found)


def _last_row(block: bytes) -> int:
    """The row of the last cell with a value: looked for from the end, a little at a time."""
    size = 4096
    while True:
        rows = _LAST_ROW.findall(block[-size:])
        if rows:
            return int(rows[-1])
        if size >= len(block):
            return 0
        size *= 8


def _refuse_reach(found: Scan) -> None:
    rows, columns = found.last_row, found.last_column + 1
    if columns > MOST_COLUMNS:
        raise Unreadable(
            f"열이 {MOST_COLUMNS}개를 넘습니다({columns}번째 열에 값이 있음). 필요한 열만 새 파일에 붙여 넣어 주십시오."
        )
    if rows > MOST_ROWS or rows * columns > MOST_CELLS:
        raise Unreadable(
            f"{rows:,}행 × {columns}열까지 값이 있어 너무 큽니다. 표에서 떨어진 값을 지우거나 나누어 올려 주십시오."
        )


def column_number(letters: bytes) -> int:
    """``A`` → 0, ``AA`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
