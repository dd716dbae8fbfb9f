"""추진실적 told in lines instead of a table: ``○ 2022. 9. 1.: 기본계획 수립``, ``- 착공(2024. 5. 2.)``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from common.notation import Period

from .cells import period
from .document import Paragraph
from .model import ReadLogRow
from .source import squeezed

_MARK = re.compile(r"\s*(?:[-*·○◦❍●◆▶▷※•□■▪➢☞]\s*|[①-⑳]\s*|\d{1,2}[.)]\s+(?=\D))?")
_BREAKS = re.compile(r"\s*[:：]\s*|\s+|(?<=[)）])|(?<=\.)(?=[^\s\d~∼\-–(])")
_BEHIND = re.compile(
    r"(?P<words>.*\S)\s*(?:[:：]\s*(?P<plain>[^:：]{4,40})|[(（](?P<inside>[^()（）]{4,40})[)）])"
)
LONGEST_DATE = 40


@dataclass(frozen=True)
class Dated:
    """A line with its day as typed, and whether it stands deeper than the lines that open rows."""

    paragraph: Paragraph
    text: str
    day: Period
    words: str


def rows_of(lines: Iterable[Paragraph], year: int | None) -> list[ReadLogRow]:
    """The rows that dated lines make, with the lines below each as its detail; none unless every line belongs."""
    rows: list[ReadLogRow] = []
    opening = ""
    for line in lines:
        mark = _mark_of(line)
        if rows and mark != opening:
            rows[-1].detail = f"{rows[-1].detail} {squeezed(line.bare)}".strip()
            continue
        found = dated(line, rows[-1].starts_on.year if rows else year)
        if found is None:
            return []
        opening = mark
        rows.append(_row(found))
    return rows


def _mark_of(line: Paragraph) -> str:
    """Depth and sign of a line; numbers are one sign."""
    found = _MARK.match(line.text)
    return re.sub(r"\d+|[①-⑳]", "1", found[0].rstrip()) if found else ""


def _row(found: Dated) -> ReadLogRow:
    end = found.day.end
    return ReadLogRow(
        no=0, date_text=found.text, starts_on=found.day.start,
        ends_on=None if end == found.day.start else end,
        title=found.words, detail="", line=found.paragraph.line,
    )  # fmt: skip


def dated(line: Paragraph, year: int | None) -> Dated | None:
    """The day a line begins with (the longest reading of it), else the one it ends with."""
    found = _MARK.match(line.text)
    bare = line.text[found.end() if found else 0 :].strip()
    for place in reversed(list(_BREAKS.finditer(bare[: LONGEST_DATE + 5]))):
        text, words = bare[: place.start()].strip(), bare[place.end() :].strip(" :：-–")
        if words and re.search(r"\d", text) and (day := period(text.strip("()（）[]"), year)):
            return Dated(line, text.strip("()（）[]"), day, squeezed(words))
    behind = _BEHIND.fullmatch(bare)
    if behind:
        text = (behind["plain"] or behind["inside"]).strip()
        if re.search(r"\d", text) and (day := period(text, year)):
            return Dated(line, text, day, squeezed(behind["words"]))
    return None
