"""Amounts and periods inside sentences, for reconciling a log's words with the books.

Only what a reader is sure of is reported; a doubtful figure is passed over in silence, since a sentence is no entry.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from common.notation.dates import read_period
from common.notation.errors import NotationError
from common.notation.money import read_money
from common.notation.spans import Period
from common.notation.text import fold


@dataclass(frozen=True)
class Found:
    """An amount at text[start:end], in won."""

    value_won: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FoundPeriod:
    """A date or range at text[start:end]."""

    period: Period
    start: int
    end: int
    text: str


_NUMBER = r"[0-9][0-9,.]{0,20}"
_MONEY = re.compile(
    rf"(?<![0-9.,~\-:/×*A-Za-z])(?P<sign>△ ?)?(?P<body>{_NUMBER}(?: ?[조억만천백십](?: ?{_NUMBER})?){{0,8}} ?원)"
)
# 원 as the beginning of another word (5 원칙, 3 원장) is not won; what may follow it is a particle or 정, 씩, 대 …
_AFTER_WON = re.compile(
    r"정|을|이|은|의|으로|에|씩|과|도|만|까지|부터|규모|상당|교부|지원|지급|집행|편성|증|감|(?![가-힣])"
)
_VAGUE_AFTER = re.compile(r"\s*(?:이상|이하|미만|초과|이내|내외|안팎|정도|가량|쯤|대(?:\s|$)|~|-\s*[0-9])")
_VAGUE_BEFORE = re.compile(r"(?:약|대략|최대|최소|[~≒≈±]|[0-9원만억천]\s?-)\s*$")
# An amount or a date never runs over the end of a line or of a table cell.
_LINE = re.compile(r"[^\n\r\t]+")

_PART = r"[0-9]{1,2}"
_DAY_END = r"(?:\.|(?![0-9가-힣.])|(?=부터|까지))"
_WEEKDAY = r"(?:\s?\([월화수목금토일]\))?"
_DAY = rf"{_PART}(?:{_DAY_END}|\s?일(?=부터|까지|[^가-힣]|$)){_WEEKDAY}"
_YEAR = r"(?:[0-9]{4}|'[0-9]{2})"
_ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
_DATE = rf"(?:{_YEAR}\. ?{_PART}\. ?{_DAY}|{_YEAR}년 ?{_PART}월 ?{_PART}일{_WEEKDAY}|{_ISO})"
_MONTH = rf"(?:{_YEAR}\. ?{_PART}\.|{_YEAR}년 ?{_PART}월)"
_SHORT = rf"(?:{_PART}\. ?{_PART}\.{_WEEKDAY}|{_PART}월 ?{_PART}일{_WEEKDAY})"
_RIGHT = rf"(?:{_DATE}|{_SHORT}|{_MONTH}|{_YEAR}\.|{_DAY}|{_PART}월)"
_TILL = rf"(?: ?(?:~|부터) ?(?:{_RIGHT}(?: ?까지)?)?)?"
_PERIOD = re.compile(rf"(?<![0-9.'/\-])(?<![0-9]\. )(?:{_DATE}|{_MONTH}|{_YEAR}\.?(?= ?~)|{_SHORT}){_TILL}")
_WORD_AFTER_OPEN = re.compile(r" *(?!현재|계속)[0-9A-Za-z가-힣]")


def money_in_text(text: str) -> list[Found]:
    """Amounts that end in 원 inside a sentence: `(9개 기업/ 44,600천 원)` → 44,600,000.

    Passed over: about (약, 여), limits (이상, 이내), ranges, figures without 원, and all that read_money refuses.
    """
    return [
        Found(value, line.start() + start, line.start() + end, line[0][start:end])
        for line in _LINE.finditer(text)
        for value, start, end in _amounts(fold(line[0]))
    ]


def _amounts(line: str) -> Iterator[tuple[int, int, int]]:
    for found in _MONEY.finditer(line):
        start, end = found.span()
        if not _AFTER_WON.match(line, end) or _VAGUE_AFTER.match(line, end):
            continue
        if _VAGUE_BEFORE.search(line[max(0, start - 10) : start]):
            continue
        try:
            value = read_money(found[0])
        except NotationError:
            continue
        if value is not None:
            yield value, start, end


def periods_in_text(text: str, *, year: int | None = None) -> list[FoundPeriod]:
    """Dates and ranges inside a sentence; those without a year (`4. 27.~4. 28.`) only where `year` is given.

    Years alone (2024년), days alone (25~26일) and open ends with words behind (`~별도 통보일`) are passed over.
    """
    return [
        FoundPeriod(period, line.start() + start, line.start() + end, line[0][start:end])
        for line in _LINE.finditer(text)
        for period, start, end in _periods(fold(line[0]), year)
    ]


def _periods(line: str, year: int | None) -> Iterator[tuple[Period, int, int]]:
    for found in _PERIOD.finditer(line):
        body = found[0].rstrip()
        try:
            period = read_period(body, year=year)
        except NotationError:
            continue
        if period.end is None and _WORD_AFTER_OPEN.match(line, found.end()):
            continue
        yield period, found.start(), found.start() + len(body)
