"""The pledge's number and title, however a document writes them: ``1-3``, ``가-①``, ``[공약 2-10]``, ``제3호``."""

from __future__ import annotations

import re

from .headings import Kind, kind_of
from .reading import Reading
from .source import squeezed

_PART = r"(?:\d{1,3}|[가나다라마바사아자차카타파하]|[A-Z]{1,2}|[IVX]{1,5}|[Ⅰ-Ⅻ]|[①-⑳]|[ⓐ-ⓩ]|[㉠-㉻])"
_MANY = rf"{_PART}(?:\s?[-–‐]\s?{_PART}){{1,3}}"
_LEAD = (
    r"[\[【(<〈□■○●◆◎]?\s*(?:민선\s?\d{1,2}기\s*)?"
    r"(?:(?:세부|단위|실천)?(?:공약|과제)\s*(?:사업|카드|번호)?\s*[:.]?\s*)?(?:No\.?\s*|제)?"
)
_KINDS = (
    _MANY,
    r"[가-힣]{2,6}-\d{1,3}(?:-\d{1,3})?(?=[\s\])】])",
    r"[A-Z]{1,2}\d{1,3}(?=\s)",
    r"\d{1,3}(?=호)",
    r"\d{1,3}(?:\.\d{1,3}){1,2}(?=\s)",
    r"(?<=[공약카드제번호업o\s:.])\d{1,3}",
    r"\d{1,3}(?=[.)\s\]】])",
)
_NUMBER = re.compile(
    rf"{_LEAD}(?P<number>{'|'.join(_KINDS)})호?\s*[\]】)>〉]?\s*[.:)]?(?P<title>\s+\S.*|\s*[가-힣].*)"
)
_SECOND_LABEL = re.compile(r"^[/|,·\s]*공약(?:사업)?명\s*[:：]?\s*")
_ALONE = re.compile(rf"\s*({_MANY}|{_PART})\s*")


def read_title(reading: Reading) -> None:
    """The first line before any known heading that is a number and a title."""
    card, last = reading.card, _last_title_line(reading)
    for line in reading.doc.lines:
        if card.number or line.no > last:
            break
        if reading.doc.is_taken(line.no):
            continue
        text = squeezed(" ".join(cell for cell in line.cells if cell)) if line.is_row else line.text.strip()
        found = _NUMBER.fullmatch(text)
        if found and not _is_other_heading(found):
            card.number = _plain(found["number"])
            card.title = card.title or _SECOND_LABEL.sub("", squeezed(found["title"])).strip(" []【】")
            card.title_line = line.no
            reading.doc.take(line.no, "번호와 제목")
    if not card.number:
        reading.faults.error(
            1, "공약 번호를 찾지 못했습니다. 첫 줄에 ‘1-3 사회적경제 활성화’처럼 번호와 제목을 적어 주십시오."
        )
    elif not card.title:
        reading.faults.error(card.title_line, "공약 제목을 찾지 못했습니다. 번호 뒤에 제목을 적어 주십시오.")


def _plain(number: str) -> str:
    """A number without spaces, its dashes as the keyboard has them."""
    return re.sub(r"[–‐—−]", "-", re.sub(r"\s", "", number))


def _is_other_heading(found: re.Match[str]) -> bool:
    """``1. 사업개요`` heads a section; ``24. 3. 31.`` is a day."""
    is_lone = found["number"].isdecimal()
    return is_lone and (kind_of(found["title"]) is not None or found["title"].strip()[:1].isdecimal())


def _last_title_line(reading: Reading) -> int:
    """The title stands before the first known heading; a lone number may look like an unknown heading."""
    for section in reading.doc.sections:
        if section.heading and section.kind != Kind.OTHER:
            return section.heading.line - 1
    return len(reading.doc.lines)


def take_number(reading: Reading, text: str, line: int) -> None:
    """What stands beside 공약번호."""
    found = _ALONE.fullmatch(text)
    reading.card.number = reading.card.number or (_plain(found[1]) if found else text)
    reading.card.title_line = line


def take_title(reading: Reading, text: str, line: int) -> None:
    """What stands beside 공약명, with its number or without."""
    card = reading.card
    if found := _NUMBER.fullmatch(text):
        card.number = card.number or _plain(found["number"])
        text = squeezed(found["title"])
    card.title, card.title_line = card.title or text, card.title_line or line
