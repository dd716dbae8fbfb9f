"""What stands above a table: its title, ``(2024. 3. 기준, 단위: 개소)``, its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from common.notation import NotationError, read_period
from common.notation.text import fold
from common.periods import Quarter

from .document import Document, Paragraph, Section
from .tables import Table

_BASE = re.compile(
    r"('?\d{2,4}\s?[.년]\s?\d{1,2}\s?[.월]?(?:\s?\d{1,2}\s?[.일]?)?|\d{4}-\d{2}-\d{2})\s*\.?\s*(?:말\s*)?(?:현재|기준)"
)
_BASE_QUARTER = re.compile(
    r"(20\d\d)\s?(?:년도?|\.)?\s?(?:([1-4])\s?(?:/\s?4)?\s?분기|연?말)\s*(?:말\s*)?(?:현재|기준)"
)
_CAPTION = re.compile(r"[(\[<【].*(?:단위|기준|현재).*[)\]>】]|\s*단위\s*[:：].*")


@dataclass(frozen=True)
class Caption:
    """Title and unit of a table, the day it names, and the lines they were read from."""

    title: str = ""
    unit: str = ""
    on: date | None = None
    lines: tuple[int, ...] = ()
    full: str = ""


def caption_of(doc: Document, section: Section, table: Table) -> Caption:
    """The lines directly above the table: captions in brackets, then one title line or the section's heading."""
    at = section.items.index(table)
    unit, title, full, lines = "", "", "", list[int]()
    for item in reversed(section.items[max(0, at - 4) : at]):
        if not isinstance(item, Paragraph) or (doc.is_taken(item.line) and not is_caption(item.bare)):
            break
        if is_caption(item.bare):
            unit = unit or item.bare
            lines.append(item.line)
        else:
            if (
                re.match(r"\s*(?:[○□◦●■◎❍▶<\[【]|[가-하][.)]|\d{1,2}[.)])|[^-*※\s]", item.text)
                and len(item.bare) < 70
            ):
                title, full = title_of(item.bare), item.bare
                lines.append(item.line)
            break
    if not title and section.heading:
        title, full = title_of(section.heading.text), section.heading.text
    unit = unit or _own_caption(table)
    return Caption(title, unit or full, base_day(unit) or base_day(full), tuple(lines), full)


def is_caption(text: str) -> bool:
    return bool(_CAPTION.fullmatch(text.strip()))


def _own_caption(table: Table) -> str:
    """A caption that the copy put into the table's first row."""
    filled = table.rows[0].filled
    return filled[-1] if filled and len(filled) < 3 and is_caption(filled[-1]) else ""


def title_of(text: str) -> str:
    """``○ 사회적경제기업 지원현황 (단위: …)`` without bullet, caption and figures behind a colon."""
    bare = re.sub(
        r"^[\s○□◦●■◎❍▶<\[【-]+(?:(?:[가-하]|\d{1,2})[.)]\s+)?|^(?:[가-하]|\d{1,2})[.)]\s+|[>\]】]\s*$",
        "",
        text,
    )
    return re.sub(r"\s*[(\[][^()]*(?:단위|기준)[^()]*[)\]]|\s*[:：].*$", "", bare).strip()


def base_day(text: str) -> date | None:
    """The last day of what stands before 기준 or 현재: ``2024. 3. 기준`` and ``2024년 1분기 기준`` are 2024-03-31."""
    plain = fold(text)
    if quarter := _BASE_QUARTER.search(plain):
        return Quarter(int(quarter[1]), int(quarter[2] or 4)).last_day
    found = _BASE.search(plain)
    if not found:
        return None
    written = found[1].strip()
    try:
        return read_period(written if written[-1] in ".월일" or "-" in written else f"{written}.").end
    except NotationError:
        return None
