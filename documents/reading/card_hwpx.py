"""A HWPX document's visible text as lines: paragraphs in their order, tables as rows with tabs.

``hp:p`` holds runs, runs hold ``hp:t``, ``hp:tbl`` and shapes. What no page shows is not read: comments, memos, text
struck by tracked changes. Running heads are named and left; notes stand at the end.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from documents.reading.card_lines import (
    MOST_PLACES,
    TOO_LARGE,
    Box,
    joined,
    one_line,
    paragraph_lines,
    table_lines,
)
from documents.reading.errors import Unreadable
from documents.reading.hwpx_package import HEADER, local_name, open_hwpx, parsed, section_names

DEEPEST = 12
TOO_DEEP = "표 안의 표가 지나치게 깊습니다. 표를 풀어 다시 저장해 주십시오."
# Not part of what a page shows, or no text: comments, memos (in fieldBegin), fields' own parameters.
UNSEEN = {
    "hiddenComment", "memo", "fieldBegin", "secPr", "colPr", "parameters", "shapeComment", "autoNum",
    "newNum", "pageNum", "linesegarray", "metaTag",
}  # fmt: skip
RUNNING, NOTES = ("header", "footer"), {"footNote": "각주", "endNote": "미주"}


def hwpx_lines(content: bytes) -> tuple[str, list[str]]:
    """(the text of all sections, warnings about what was left out). Unreadable with the reason."""
    archive = open_hwpx(content)
    try:
        return _read(archive)
    except RecursionError as error:
        # Elements inside elements by the thousand: no program writes that.
        raise Unreadable(TOO_DEEP) from error


def _read(archive: zipfile.ZipFile) -> tuple[str, list[str]]:
    sections = [parsed(archive, name) for name in section_names(archive)]
    walk = _Walk(_bullets(archive))
    lines = walk.lines(sections)
    if walk.deleted:
        # A deletion that never ends would swallow the rest of the document.
        walk = _Walk(_bullets(archive), strikes=False)
        lines = walk.lines(sections)
        walk.told.append(
            "변경 내용 추적의 ‘삭제’ 표시가 끝나지 않아 지운 글까지 읽었습니다. 한글에서 변경 내용을 적용해 주십시오."
        )
    return joined(lines), walk.warnings()


def _bullets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sign of each kind of paragraph that 한글 draws a bullet before, by the kind's number."""
    if HEADER not in archive.namelist():
        return {}
    root = parsed(archive, HEADER)
    signs = {each.get("id"): each.get("char", "") for each in root.iter() if local_name(each) == "bullet"}
    found: dict[str, str] = {}
    for kind in root.iter():
        if local_name(kind) == "paraPr" and (heading := _child(kind, "heading")) is not None:
            sign = signs.get(heading.get("idRef"), "") if heading.get("type") == "BULLET" else ""
            if sign.strip():
                found[kind.get("id", "")] = sign
    return found


class _Walk:
    """Reads paragraphs in order; keeps what reaches over them: open deletions, notes, running heads."""

    def __init__(self, bullets: dict[str, str], strikes: bool = True) -> None:
        self.bullets = bullets
        self.strikes = strikes
        self.told: list[str] = []
        self.deleted: set[str] = set()
        self.notes: list[str] = []
        self.running: dict[str, None] = {}

    def lines(self, sections: list[Any]) -> list[str]:
        """All sections, the notes behind them."""
        lines: list[str] = []
        for section in sections:
            for child in section:
                if local_name(child) == "p":
                    lines += self.paragraph(child, 0)
        return [*lines, "", *self.notes] if self.notes else lines

    def warnings(self) -> list[str]:
        """What was left out or is doubtful."""
        words = ", ".join(f"‘{text[:40]}’" for text in self.running)
        running = [f"쪽마다 되풀이되는 머리말·꼬리말은 읽지 않았습니다: {words}"] if words else []
        return [*self.told, *running]

    def paragraph(self, paragraph: Any, depth: int) -> Iterator[str]:
        """The paragraph's own text, then each table in it."""
        if depth > DEEPEST:
            raise Unreadable(TOO_DEEP)
        text: list[str] = []
        tables: list[Any] = []
        self._collect(paragraph, text, tables, depth)
        words = "".join(text)
        if words.strip() or not tables:
            sign = self.bullets.get(paragraph.get("paraPrIDRef", ""), "") if words.strip() else ""
            yield from paragraph_lines(f"{sign} {words}" if sign else words)
        for table in tables:
            yield from self._table(table, depth)

    def _collect(self, element: Any, text: list[str], tables: list[Any], depth: int) -> None:
        for child in element:
            name = local_name(child)
            if name == "tbl":
                if not self.deleted:
                    tables.append(child)
            elif name == "t":
                self._words(child, text)
            elif name in ("checkBtn", "radioBtn"):
                text.append(_button(child))
            elif name == "lineBreak":
                text.append("\n")
            elif name in ("drawText", "caption"):
                # A text box or a caption: paragraphs of its own.
                text.append("\n".join(["", *self._inside(child, depth), ""]))
            elif name in RUNNING:
                self.running |= dict.fromkeys(filter(None, map(str.strip, self._inside(child, depth))))
            elif name in NOTES:
                self.notes += [f"{NOTES[name]}: {one_line(' '.join(self._inside(child, depth)))}"]
            elif name not in UNSEEN:
                self._collect(child, text, tables, depth)

    def _inside(self, element: Any, depth: int) -> list[str]:
        """The lines of the paragraphs that an element holds."""
        return [line for each in _paragraphs(element) for line in self.paragraph(each, depth + 1)]

    def _words(self, element: Any, text: list[str]) -> None:
        self._add(element.text, text)
        for child in element:
            name = local_name(child)
            if name == "deleteBegin" and self.strikes:
                self.deleted.add(child.get("Id", ""))
            elif name == "deleteEnd":
                self.deleted.discard(child.get("Id", ""))
            elif name == "lineBreak":
                self._add("\n", text)
            elif name in ("tab", "nbSpace", "fwSpace"):
                self._add(" ", text)
            elif name == "hyphen":
                self._add("-", text)
            elif name not in UNSEEN:
                self._words(child, text)
            self._add(child.tail, text)

    def _add(self, words: str | None, text: list[str]) -> None:
        """Struck text is not part of the document any more."""
        if words and not self.deleted:
            text.append(words)

    def _table(self, table: Any, depth: int) -> Iterator[str]:
        """A table's rows. One that only frames others, or has one column, is what it holds, in order."""
        caption = _child(table, "caption")
        told = self._inside(caption, depth) if caption is not None else []
        if caption is not None and caption.get("side") != "BOTTOM":
            yield from told
            told = []
        rows = [[cell for cell in row if local_name(cell) == "tc"] for row in _rows(table)]
        if all(len(row) == 1 for row in rows):
            for row in rows:
                yield from self._inside(row[0], depth)
        elif any(_is_frame(cell) for row in rows for cell in row):
            yield from self._unfolded(rows, depth)
        else:
            yield from table_lines(self._boxes(table, depth))
            yield ""
        yield from told

    def _unfolded(self, rows: list[list[Any]], depth: int) -> Iterator[str]:
        """Rows of a table that holds tables: what stands beside them first, then they."""
        for row in rows:
            plain = [one_line(self._cell_text(cell, depth)) for cell in row if not _is_frame(cell)]
            if any(plain):
                yield "\t".join(plain)
            for cell in row:
                if _is_frame(cell):
                    yield from self._inside(cell, depth)
        yield ""

    def _boxes(self, table: Any, depth: int) -> Iterator[Box]:
        covered: set[tuple[int, int]] = set()
        for at, row in enumerate(_rows(table)):
            col = 0
            for cell in (cell for cell in row if local_name(cell) == "tc"):
                address, span = _child(cell, "cellAddr"), _child(cell, "cellSpan")
                rows, cols = _number(span, "rowSpan", 1), _number(span, "colSpan", 1)
                if len(covered) + rows * cols > MOST_PLACES:
                    raise Unreadable(TOO_LARGE)
                while (at, col) in covered:
                    col += 1
                place = (_number(address, "rowAddr", at), _number(address, "colAddr", col))
                covered |= {(place[0] + r, place[1] + c) for r in range(rows) for c in range(cols)}
                yield Box(*place, self._cell_text(cell, depth), rows, cols)

    def _cell_text(self, cell: Any, depth: int) -> str:
        return "\n".join(self._inside(cell, depth))


def _rows(table: Any) -> list[Any]:
    return [row for row in table if local_name(row) == "tr"]


def _is_frame(cell: Any) -> bool:
    """Whether a cell holds a table of several cells."""
    return any(
        local_name(each) == "tbl" and sum(local_name(inner) == "tc" for inner in each.iter()) > 1
        for each in cell.iter()
    )


def _button(element: Any) -> str:
    """A checkbox of a form."""
    words = element.get("captionText") or element.get("caption") or ""
    return f"{'☑' if element.get('value') == 'CHECKED' else '☐'} {words} "


def _paragraphs(element: Any) -> Iterator[Any]:
    for part in element:
        if local_name(part) == "subList":
            yield from (child for child in part if local_name(child) == "p")


def _child(element: Any, name: str) -> Any:
    return next((child for child in element if local_name(child) == name), None)


def _number(element: Any, name: str, default: int) -> int:
    text = element.get(name, "") if element is not None else ""
    return int(text) if re.fullmatch(r"\d{1,5}", text) else default
