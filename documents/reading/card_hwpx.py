"""A HWPX document's visible text as lines: paragraphs in their order, tables as rows with tabs.

OWPML (KS X 6101): a zip with ``Contents/section0.xml`` …; ``hp:p`` holds runs, runs hold ``hp:t`` and ``hp:tbl``.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from documents.reading.card_lines import Box, joined, paragraph_lines, table_lines
from documents.reading.errors import Unreadable
from documents.reading.limits import MOST_PARTS, MOST_UNPACKED

MOST_SECTION = 30 * 1024 * 1024
DEEPEST = 12
DAMAGED = "파일이 손상되었거나 끝까지 받아지지 않았습니다. 한글에서 열어 다시 저장한 뒤 올려 주십시오."
NOT_HWPX = (
    "한글 문서(.hwpx)가 아닙니다. 한글에서 ‘다른 이름으로 저장’의 파일 형식을 HWPX로 골라 저장해 주십시오."
)
LOCKED = "암호가 걸린 문서입니다. 한글에서 암호를 풀어 다시 저장한 뒤 올려 주십시오."
TOO_BIG = "압축을 푼 크기가 지나치게 큽니다. 카드 하나만 새 문서에 담아 올려 주십시오."
# Not part of what a page shows: comments, notes, running heads, fields' own parameters.
UNSEEN = {
    "hiddenComment", "memo", "header", "footer", "footNote", "endNote", "fieldBegin", "secPr",
    "colPr", "parameters", "shapeComment", "caption", "autoNum", "newNum", "pageNum", "linesegarray", "metaTag",
}  # fmt: skip


def hwpx_lines(content: bytes) -> str:
    """The text of all sections. Unreadable with the reason."""
    archive = _open(content)
    names = [name for name in archive.namelist() if re.fullmatch(r"Contents/section\d+\.xml", name)]
    if not names:
        raise Unreadable(NOT_HWPX)
    lines: list[str] = []
    for name in sorted(names, key=lambda name: int(re.sub(r"\D", "", name))):
        lines += _section(_xml(archive, name))
    return joined(lines)


def _open(content: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(LOCKED)
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(TOO_BIG)
    names = set(archive.namelist())
    if "META-INF/manifest.xml" in names and b"encryption-data" in _bytes(archive, "META-INF/manifest.xml"):
        raise Unreadable(LOCKED)
    if not any(name.startswith("Contents/") for name in names):
        raise Unreadable(NOT_HWPX)
    return archive


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as stream:
            content = stream.read(MOST_SECTION + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise Unreadable(DAMAGED) from error
    if len(content) > MOST_SECTION:
        raise Unreadable(TOO_BIG)
    return content


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        return fromstring(_bytes(archive, name), forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise Unreadable(DAMAGED) from error


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _section(root: Any) -> list[str]:
    lines: list[str] = []
    for child in root:
        if _name(child) == "p":
            lines += _paragraph(child, 0)
    return lines


def _paragraph(paragraph: Any, depth: int) -> Iterator[str]:
    """The paragraph's own text, then each table in it."""
    if depth > DEEPEST:
        raise Unreadable("표 안의 표가 지나치게 깊습니다. 표를 풀어 다시 저장해 주십시오.")
    text: list[str] = []
    tables: list[Any] = []
    _collect(paragraph, text, tables)
    words = "".join(text)
    if words.strip() or not tables:
        yield from paragraph_lines(words)
    for table in tables:
        yield from _table(table, depth)


def _collect(element: Any, text: list[str], tables: list[Any]) -> None:
    for child in element:
        name = _name(child)
        if name == "tbl":
            tables.append(child)
        elif name == "t":
            _words(child, text)
        elif name in ("checkBtn", "radioBtn"):
            text.append(_button(child))
        elif name == "lineBreak":
            text.append("\n")
        elif name not in UNSEEN:
            _collect(child, text, tables)


def _button(element: Any) -> str:
    """A checkbox of a form."""
    words = element.get("captionText") or element.get("caption") or ""
    return f"{'☑' if element.get('value') == 'CHECKED' else '☐'} {words} "


def _words(element: Any, text: list[str]) -> None:
    text.append(element.text or "")
    for child in element:
        name = _name(child)
        if name == "lineBreak":
            text.append("\n")
        elif name in ("tab", "nbSpace", "fwSpace"):
            text.append(" ")
        elif name == "hyphen":
            text.append("-")
        elif name not in UNSEEN:
            _words(child, text)
        text.append(child.tail or "")


def _table(table: Any, depth: int) -> Iterator[str]:
    """A table's rows; a table of one cell is only a frame around what it holds."""
    cells = [cell for row in table if _name(row) == "tr" for cell in row if _name(cell) == "tc"]
    if len(cells) == 1:
        for paragraph in _paragraphs(cells[0]):
            yield from _paragraph(paragraph, depth + 1)
        return
    yield from table_lines(_boxes(table, depth))
    yield ""


def _boxes(table: Any, depth: int) -> Iterator[Box]:
    covered: set[tuple[int, int]] = set()
    for at, row in enumerate(row for row in table if _name(row) == "tr"):
        col = 0
        for cell in (cell for cell in row if _name(cell) == "tc"):
            address, span = _child(cell, "cellAddr"), _child(cell, "cellSpan")
            rows, cols = _number(span, "rowSpan", 1), _number(span, "colSpan", 1)
            while (at, col) in covered:
                col += 1
            place = (_number(address, "rowAddr", at), _number(address, "colAddr", col))
            covered |= {
                (place[0] + r, place[1] + c) for r in range(min(rows, 500)) for c in range(min(cols, 200))
            }
            yield Box(*place, _cell_text(cell, depth), rows, cols)


def _cell_text(cell: Any, depth: int) -> str:
    return "\n".join(line for paragraph in _paragraphs(cell) for line in _paragraph(paragraph, depth + 1))


def _paragraphs(cell: Any) -> Iterator[Any]:
    for part in cell:
        if _name(part) == "subList":
            yield from (child for child in part if _name(child) == "p")


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if _name(child) == name), None)


def _number(element: Any, name: str, default: int) -> int:
    text = element.get(name, "") if element is not None else ""
    return int(text) if text.isdecimal() and len(text) < 6 else default
