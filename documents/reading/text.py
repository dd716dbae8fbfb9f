"""CSV and pasted cells: encodings, delimiters, and limits."""

from __future__ import annotations

import csv
import re
from collections import Counter
from io import StringIO

from common.importing.cells import Broken
from documents.csvfile import unguarded
from documents.reading.errors import Unreadable
from documents.reading.limits import MOST_CELL_TEXT, MOST_COLUMNS, MOST_ROWS

BOM = b"\xef\xbb\xbf"
BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_INSIDE_QUOTES = re.compile(r'"[^"]*"')
_QUOTED = re.compile(r'="(.*)"\s*', re.S)
UNKNOWN = "글자 인코딩을 알 수 없습니다. 엑셀에서 ‘CSV UTF-8(쉼표로 분리)’로 저장한 뒤 올려 주십시오."


def decoded(content: bytes) -> str:
    """UTF-8 (with or without BOM), UTF-16 with BOM, or CP949. Unreadable for anything else."""
    for mark, encoding in BOMS:
        if content.startswith(mark):
            return _decode(content, (encoding,))
    try:
        return _decode(content, ("utf-8-sig", "cp949"))
    except Unreadable:
        # Some systems put the mark of UTF-8 before CP949.
        if not content.startswith(BOM):
            raise
        return _decode(content[len(BOM) :], ("cp949",))


def _decode(content: bytes, encodings: tuple[str, ...]) -> str:
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, UnicodeError):
            continue
        if "\0" in text or "�" in text:
            break
        return text
    raise Unreadable(UNKNOWN)


def cells(text: str) -> list[list[str]]:
    """Rows of cells; the delimiter is the one that the first lines have most of: tab, comma or semicolon."""
    rows: list[list[str]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS:
                raise Unreadable(
                    f"열이 {MOST_COLUMNS}개를 넘습니다({reader.line_num}번째 줄). 구분 기호를 확인해 주십시오."
                )
            if len(rows) >= MOST_ROWS:
                raise Unreadable(f"{MOST_ROWS:,}행을 넘습니다. 나누어 올려 주십시오.")
            if any(len(cell) > MOST_CELL_TEXT for cell in row):
                raise Unreadable(
                    f"{len(rows) + 1}번째 행의 한 칸이 {MOST_CELL_TEXT:,}자를 넘습니다. 따옴표를 확인해 주십시오."
                )
            rows.append([_plain(cell) for cell in row])
    except csv.Error as error:
        raise Unreadable(
            f"{reader.line_num}번째 줄에서 표를 읽을 수 없습니다. 따옴표가 닫혔는지 확인해 주십시오."
        ) from error
    return rows


def _plain(cell: str) -> str:
    """What ``csvfile`` guarded, what systems quote to keep leading zeros (="0101"), and other formulas."""
    if cell[:1] == "'":
        return unguarded(cell)
    if cell[:1] == "=":
        quoted = _QUOTED.fullmatch(cell)
        return quoted[1].replace('""', '"') if quoted else Broken(cell)
    return cell


def _delimiter(text: str) -> str:
    """Tab, comma or semicolon: the one of which most lines have as many as each other outside quotes, then the most."""
    first = [_INSIDE_QUOTES.sub("", line) for line in text[:20_000].splitlines()[:20] if line.strip()]

    def fits(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in first if (count := line.count(sign)))
        return max(counts.values(), default=0), sum(count * lines for count, lines in counts.items())

    best = max("\t,;", key=fits)
    return best if fits(best)[0] else ","
