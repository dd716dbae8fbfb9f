"""Single cells of a card's tables: numbers, money and days, each read exactly or named with its line and column."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from common.notation import NotationError, Period, read_date, read_money, read_number, read_period
from common.notation.text import fold

from .faults import Faults
from .own_words import is_own_cell

NONE = ("-", "–", "—", "−", "ㅡ", "－", "·", "해당없음", "해당 없음", "없음")
# fmt: off
UNITS = (
    "개소", "개", "명", "건", "회", "%", "점", "대", "동", "호", "곳", "가구", "세대", "명/년", "㎡", "m2",
    "m²", "km", "㎞", "m", "평", "t", "톤", "식", "종", "권", "팀", "단지", "면", "주", "그루", "일",
    "시간", "개사", "개교", "개관", "구간", "년", "기업", "업체", "기", "억원", "백만원", "천원", "만원",
    "원", "위", "차", "과정", "기관", "등급", "개기업", "개업체", "개월",
)
# fmt: on
_VALUE = re.compile(r"[△▲+-]?\s?\d[\d,.]*\s*(?P<word>[^\d\s,.()]{0,8})")
# ``연 4회``, ``5개소 이상``: told in words, so no figure is taken out of it. ``24.394`` is a figure, a doubtful one.
_WORDS = re.compile(
    r"^[^\d△▲+\-]*[가-힣A-Za-z][^\d]*\d|\d\s*[가-힣%㎡]+\s+[가-힣]|(?:이상|이하|이내|내외|미만|초과|여)$"
)


def is_none(text: str) -> bool:
    return not text.strip() or fold(text.strip()) in NONE or text.strip() in NONE


def looks_like_value(text: str) -> bool:
    """A figure, possibly with its unit; ``24.394`` and ``1,23`` are figures too, of the doubtful kind."""
    found = _VALUE.fullmatch(fold(text.strip()))
    return found is not None and (not found["word"] or found["word"] in UNITS or len(found["word"]) <= 3)


def decimals(text: str) -> int:
    """Decimal places a figure is printed with."""
    found = re.search(r"\.(\d+)", fold(text))
    return len(found[1]) if found is not None else 0


class Cells:
    """Reads cells and reports what it cannot read. ``where`` names table, row and column for the officer."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def number(self, text: str, where: str, line: int, unit: str = "") -> Decimal | None:
        """A value; None for ``-`` and for a cell of words (``연 4회``, ``제정``), which is kept as unplaced text."""
        if is_none(text) or is_own_cell(text):
            return None
        if not re.search(r"\d", text) or _WORDS.search(fold(text)):
            self.faults.warn(line, f"{where}: ‘{text}’은(는) 숫자가 아니어서 값 없음으로 두었습니다.")
            self.faults.leave(line, f"{where}: {text}")
            return None
        try:
            return read_number(text, units=(*UNITS, unit) if unit else UNITS)
        except NotationError as error:
            # The remedy may list every unit there is.
            remedy = error.remedy if len(error.remedy) < 100 else "숫자만 적어 주십시오."
            self.faults.error(line, f"{where}: ‘{error.seen}’: {error.reason} {remedy}")
            return None

    def count(self, text: str, where: str, line: int) -> int | None:
        """A whole number not below zero."""
        value = self.number(text, where, line)
        if value is None:
            return None
        if value != value.to_integral_value() or value < 0:
            self.faults.error(
                line, f"{where}: ‘{text}’은(는) 0 이상의 정수가 아닙니다. 값을 확인해 주십시오."
            )
            return None
        return int(value)

    def rate(self, text: str, where: str, line: int) -> Decimal | None:
        """A printed percentage, with as many decimals as it has."""
        if is_none(text):
            return None
        found = re.fullmatch(r"(△?\d[\d,]*(?:\.\d+)?)\s*%?", fold(text.strip()))
        if not found:
            self.faults.error(
                line, f"{where}: ‘{text}’을(를) 비율로 읽을 수 없습니다. 99.1처럼 적어 주십시오."
            )
            return None
        return Decimal(found[1].replace(",", "").replace("△", "-"))

    def money(self, text: str, unit: str, where: str, line: int) -> int | None:
        """Won; None for ``-`` and an empty cell."""
        if is_none(text):
            return None
        if not re.search(r"\d", text):
            self.faults.warn(line, f"{where}: ‘{text}’은(는) 금액이 아니어서 값 없음으로 두었습니다.")
            self.faults.leave(line, f"{where}: {text}")
            return None
        try:
            return read_money(text, unit=unit)
        except NotationError as error:
            self.faults.error(line, f"{where}: {error}")
            return None

    def day(self, text: str, where: str, line: int) -> date | None:
        if is_none(text):
            return None
        try:
            return read_date(text)
        except NotationError as error:
            self.faults.error(line, f"{where}: {error}")
            return None


def period(text: str, year: int | None) -> Period | None:
    """A day or range in ``text``; 상반기, 3분기 and 연중 as their months, None where nothing is certain."""
    try:
        return read_period(text, year=year)
    except NotationError:
        return _vague(fold(text), year)


_HALF = re.compile(
    r"(?:(?:(\d{4})|'(\d{2}))(?:년|\.)?\s*)?(상반기|하반기|([1-4])\s*/\s*4(?:분기)?|([1-4])\s*분기|연중)"
)


def _vague(text: str, year: int | None) -> Period | None:
    found = _HALF.fullmatch(text.strip().rstrip("."))
    if not found:
        return None
    of = int(found[1]) if found[1] else (2000 + int(found[2]) if found[2] else year)
    if of is None:
        return None
    word, quarter = found[3], found[4] or found[5]
    first, last = (1, 12) if word == "연중" else (1, 6) if word == "상반기" else (7, 12)
    if quarter:
        first, last = 3 * int(quarter) - 2, 3 * int(quarter)
    return read_period(f"{of}. {first}.~{of}. {last}.")
