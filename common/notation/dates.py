"""Dates, ranges and lists of days as officials type them (DOMAIN §7)."""

import re
from datetime import date, timedelta

from common.notation.errors import Refused, explained
from common.notation.spans import Period, refuse_words, resolve
from common.notation.text import clean

# A list of held days: a longer range is a period of something, not days on which something was held.
MAX_DAYS = 366

_FULL = re.compile(r"((?:19|20)[0-9]{2})(?:-([0-9]{2})-([0-9]{2})|\. ?([0-9]{1,2})\. ?([0-9]{1,2})\.?)")
_LINE_BREAK = re.compile(r"[,\s]*[\r\n]+[,\s]*")
_SEPARATOR = re.compile(r"\s*(?:[,;·、]|및)\s*")


@explained
def read_date(text: str, *, year: int | None = None) -> date:
    """One day. `year` is used only where none is written. Raises NotationError, also for months and ranges."""
    period = _quick(text) or resolve(clean(text), year=year)
    if period.precision != "day":
        raise Refused("일이 없습니다.", "2022. 8. 2.처럼 일까지 적어 주십시오.")
    if period.end != period.start:
        raise Refused("하루가 아니라 기간입니다.", "날짜 하나만 적어 주십시오.")
    return period.start


@explained
def read_period(text: str, *, year: int | None = None) -> Period:
    """A day, month, year or range, first through last day; an open end (`2024. 1. 1.~`) has end None.

    Two-digit years are 20YY (up to 40). Weekdays and counts (`2일간`, `2년`) are checked, clocks
    dropped. Raises NotationError.
    """
    return _quick(text) or resolve(clean(text), year=year)


def _quick(text: str) -> Period | None:
    """By far the most cells, to the same day; None leaves the text, and any refusal, to the full reader."""
    if not (found := _FULL.fullmatch(text)):
        return None
    try:
        day = date(int(found[1]), int(found[2] or found[4]), int(found[3] or found[5]))
    except ValueError:
        return None
    return Period(day, day)


@explained
def read_days(text: str, *, year: int | None = None) -> list[date]:
    """The days that a list of days and ranges names, ascending: `9. 18.~9. 20.`, `4.27, 4.28`, `2023. 4. 27., 28.`

    Year and month carry over from the day before in the list, which must then be earlier. Raises NotationError,
    also for days that are only described (매주 주말), named twice, or in ranges of months.
    """
    line = clean(_LINE_BREAK.sub(", ", text.strip()))
    refuse_words(line)
    days: list[date] = []
    pieces = _SEPARATOR.split(line)
    for piece in pieces:
        before = days[-1] if days else None
        days += _days_of(resolve(_not_empty(piece), year=year, before=before, listed=len(pieces) > 1))
    if len(set(days)) != len(days):
        raise Refused("같은 날이 두 번 적혀 있습니다.", "겹치는 날을 지워 주십시오.")
    return sorted(days)


def _not_empty(piece: str) -> str:
    if not piece:
        raise Refused("쉼표 사이에 날짜가 없습니다.", "남는 쉼표를 지워 주십시오.")
    return piece


def _days_of(period: Period) -> list[date]:
    if period.precision != "day":
        raise Refused("일이 없습니다.", "날짜를 하루씩 또는 9. 18.~9. 20.처럼 일까지 적어 주십시오.")
    if period.end is None:
        raise Refused("끝나는 날이 없습니다.", "종료일을 적어 주십시오.")
    length = (period.end - period.start).days + 1
    if length > MAX_DAYS:
        raise Refused(f"기간이 {length}일이나 됩니다.", "실제로 연 날만 하루씩 적어 주십시오.")
    return [period.start + timedelta(days=offset) for offset in range(length)]
