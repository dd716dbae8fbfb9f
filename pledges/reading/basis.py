"""Which term and which day the card is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from common.notation import NotationError, read_period
from common.periods import Quarter

from .captions import base_day
from .log import last_day_of_log
from .model import ReadTerm
from .reading import Reading

# 민선1기 began on 1995-07-01 for three years; from 민선2기 on each has four (지방자치법).
SECOND_TERM = 1998
_TERM = re.compile(r"민선\s*제?\s*(\d{1,2})\s*기(?:\s*[(（]([^()（）]*\d[^()（）]*)[)）])?")

# ``※ 2024. 3. 31. 기준`` as a line of its own.
_ALONE = re.compile(r"[※○□*\s-]*['’]?\d{2,4}[\d.\s년월일분기/-]*말?\s*(?:기준|현재)\s*(?:작성)?\.?\s*")


def read_term(reading: Reading) -> None:
    """``민선8기(2022. 7.~2026. 6.) 목표``, else the name alone, else the years of the targets.

    A card may tell of an earlier term: the one whose 목표 it prints is its own.
    """
    named = [
        (_named(match, line.no), bool(re.match(r"\s*(?:내\s*)?목표", line.text[match.end() :])))
        for line in reading.doc.lines
        for match in _TERM.finditer(line.text)
    ]
    # max() takes the first of equals.
    found = max(named, key=lambda each: 2 * each[1] + bool(each[0].line), default=(None, False))[0]
    for line in reading.doc.lines:
        if _TERM.fullmatch(line.text.strip()) and not reading.doc.is_taken(line.no):
            reading.doc.take(line.no, "임기")
    asked = _TERM.fullmatch(reading.asked_term.strip()) if reading.asked_term else None
    if asked and (found is None or f"민선{asked[1]}기" != found.name):
        found = _named(asked, 0)
    found = found or _from_years(reading) or _from_day(reading)
    if found is not None and reading.asked_term.strip() and asked is None:
        # A term that is not counted by 민선: its months are those registered, else the document's.
        found = ReadTerm(reading.asked_term.strip(), found.starts_on, found.ends_on)
    reading.card.term = found


def _named(match: re.Match[str], line: int) -> ReadTerm:
    """``line`` is kept only where the months are printed."""
    start = SECOND_TERM + 4 * (int(match[1]) - 2)
    term = ReadTerm(f"민선{match[1]}기", date(start, 7, 1), date(start + 4, 6, 30))
    if match[2]:
        try:
            period = read_period(match[2].strip())
        except NotationError:
            return term
        if period.end is not None and period.end > period.start:
            return ReadTerm(term.name, period.start, period.end, line)
    return term


def _from_years(reading: Reading) -> ReadTerm | None:
    years = sorted({year for row in reading.card.indicators for year in row.years})
    if not years and reading.card.execution:
        years = sorted(reading.card.execution.years)
    if not years or (years[0] - SECOND_TERM) % 4 or len(years) > 5:
        return None
    number = 2 + (years[0] - SECOND_TERM) // 4
    reading.faults.warn(
        0, f"임기가 적혀 있지 않아 연도({years[0]}~{years[-1]})로 민선{number}기로 보았습니다."
    )
    return ReadTerm(f"민선{number}기", date(years[0], 7, 1), date(years[0] + 4, 6, 30))


def _from_day(reading: Reading) -> ReadTerm | None:
    """The term in which the document's own day lies, where nothing else names one."""
    day, _ = _day(reading)
    if day is None or day.year <= SECOND_TERM:
        return None
    number = 2 + (day.year - SECOND_TERM - (day.month < 7)) // 4
    start = SECOND_TERM + 4 * (number - 2)
    reading.faults.warn(0, f"임기가 적혀 있지 않아 기준일({day.isoformat()})로 민선{number}기로 보았습니다.")
    return ReadTerm(f"민선{number}기", date(start, 7, 1), date(start + 4, 6, 30))


def read_day(reading: Reading) -> None:
    """The day that the figures hold: as asked, as the document says, or by its last log line."""
    card = reading.card
    card.as_of, card.base_text = _day(reading)
    if reading.asked_day is None and card.as_of is None:
        ends = card.term.ends_on if card.term else date.max
        starts = card.term.starts_on if card.term else date.min
        card.as_of = max(min(reading.today or ends, ends), starts)
        reading.faults.warn(
            0, f"기준일을 알 수 없어 {card.as_of.isoformat()}로 두었습니다. 다르면 기준일을 정해 주십시오."
        )


def _day(reading: Reading) -> tuple[date | None, str]:
    if reading.asked_day is not None:
        return reading.asked_day, "지정한 기준일"
    stated = [(day, line) for line, text in _stated(reading) if (day := base_day(text)) is not None]
    if stated:
        day, line = max(stated)
        _take_day(reading, line)
        return day, f"문서의 기준일({line}번째 줄)"
    last = last_day_of_log(reading.card.log or reading.card.engagement)
    if last is None:
        return None, ""
    day = Quarter.of(last.starts_on).last_day
    return day, f"마지막 추진실적의 분기 말({last.line}번째 줄)"


def _take_day(reading: Reading, line: int) -> None:
    """``기준일: 2024. 9. 30.`` says nothing else; ``(…기준, 단위: 원)`` belongs to its table."""
    text = reading.doc.lines[line - 1].text if line <= len(reading.doc.lines) else ""
    rest = re.sub(r"[\d\s.년월일말※:：()\[\]<>【】*○□-]|기준|작성|현재|분기", "", text)
    if not rest and not reading.doc.is_taken(line):
        reading.doc.take(line, "기준일")


def _stated(reading: Reading) -> Iterator[tuple[int, str]]:
    """Where a document says its own day: in brackets over a table or behind a heading, or as 기준일.

    A day that the narrative mentions (2022. 12. 기준 인구) is not the document's.
    """
    for line in reading.doc.lines:
        if line.is_row and len([cell for cell in line.cells if cell]) > 2:
            continue
        for found in re.finditer(r"[(\[<【（]([^()\[\]]*(?:기준|현재)[^()\[\]]*)[)\]>】）]", line.text):
            yield line.no, found[1]
        if _ALONE.fullmatch(line.text):
            yield line.no, line.text
        elif re.search(r"기준일|작성\s*기준|기준\s*작성|작성일", line.text):
            yield line.no, re.sub(r"(?:작성)?(?:기준일|작성일)\s*[:：]?\s*(.*)", r"\1 기준", line.text)
