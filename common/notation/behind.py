"""What officials write behind a date: clocks, which name no other day, and counts and weekdays, which must agree."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from common.notation.atoms import WEEKDAYS
from common.notation.errors import Refused

if TYPE_CHECKING:
    from common.notation.spans import Period

_TIME = (
    r"(오전 ?|오후 ?)?(?:([01]?[0-9]|2[0-3]):([0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,6})?)?"
    r"|([01]?[0-9]|2[0-3])시(?: ?([0-5]?[0-9])분)?)"
)
# `T` as in 2022-08-02T14:33; a clock ends a text or one side of a range, so that `10:00, 14:00` stays unread.
_CLOCK = re.compile(
    rf"(?:(?<![~-]),? |(?<=[)일])|(?<=[0-9])T){_TIME}(?: ?(?:[~-]|부터) ?{_TIME}(?: ?까지)?)?"
    r"(?=$| ?~| - | ?부터| ?까지)"
)
_COUNT = r"(?:총 ?)?([0-9]{1,3}) ?(일|개월|년)간?"
_SPAN_OF_WEEKDAYS = rf"([{WEEKDAYS}])(?:요일)? ?[~-] ?([{WEEKDAYS}])(?:요일)?"
_NOTE = re.compile(r" ?\(([^()]*)\)$|(?:, ?| )((?:총 ?)?[0-9]{1,3} ?(?:일|개월|년)간)$")


def without_clocks(line: str) -> tuple[str, bool]:
    """(the text without clocks, had it any): `2022. 8. 2.(화) 14:00~16:00`, `2022-08-02 14:33:21 ~ …`.

    Raises Refused for hours that run past midnight, whose last day is the next one.
    """
    for found in _CLOCK.finditer(line):
        first, last = _minutes(found.groups()[:5]), _minutes(found.groups()[5:])
        if first is not None and last is not None and last <= first and found[1] == (found[6] or found[1]):
            raise Refused("적힌 시각이 자정을 넘깁니다.", "시작일과 종료일을 적어 주십시오.")
    body = _CLOCK.sub("", line)
    return body, body != line


def _minutes(parts: tuple[str | None, ...]) -> int | None:
    """Minutes of the clock's face; 오전 and 오후 are compared by the caller."""
    _, hour, minute, spoken_hour, spoken_minute = parts
    if hour is None and spoken_hour is None:
        return None
    return int(hour or spoken_hour or 0) * 60 + int(minute or spoken_minute or 0)


def split_note(line: str) -> tuple[str, list[str]]:
    """(date, counts and weekdays behind it): `….(수~금, 3일간)`, `… 3일간`, `….(2년)`. Other brackets stay."""
    found = _NOTE.search(line)
    if not found:
        return line, []
    parts = re.split(r" ?[,/·] ?", (found[1] if found[1] is not None else found[2]).strip())
    known = all(re.fullmatch(_COUNT, part) or re.fullmatch(_SPAN_OF_WEEKDAYS, part) for part in parts)
    return (line[: found.start()], parts) if known else (line, [])


def check_note(period: Period, parts: list[str]) -> None:
    """Refuse a range that its own `(2일간)`, `(목~금)` or `(3년)` contradicts."""
    for part in parts:
        if count := re.fullmatch(_COUNT, part):
            _check_count(period, int(count[1]), count[2])
        elif found := re.fullmatch(_SPAN_OF_WEEKDAYS, part):
            end = _end(period, days=True)
            check_weekday(period.start, WEEKDAYS.index(found[1]))
            check_weekday(end, WEEKDAYS.index(found[2]))


def check_weekday(day: date, written: int) -> None:
    """Refuse a weekday (0 = 월) that is not the day's."""
    if day.weekday() != written:
        true, seen = WEEKDAYS[day.weekday()], WEEKDAYS[written]
        raise Refused(
            f"{day.year}. {day.month}. {day.day}.은 {true}요일인데, 적힌 요일은 ({seen})입니다.",
            "날짜나 요일을 고쳐 주십시오.",
        )


def _end(period: Period, *, days: bool) -> date:
    if period.end is None or (days and period.precision != "day"):
        raise Refused(
            "기간 뒤의 괄호를 확인할 수 없습니다.", "괄호를 지우거나 시작일과 종료일을 적어 주십시오."
        )
    return period.end


def _check_count(period: Period, count: int, word: str) -> None:
    end = _end(period, days=word == "일")
    days = (end - period.start).days + 1
    if word == "일" and days != count:
        raise Refused(f"기간은 {days}일인데, 적힌 일수는 ({count}일)입니다.", "날짜나 일수를 고쳐 주십시오.")
    if word != "일" and end != _last_day(period.start, count * (12 if word == "년" else 1)):
        raise Refused(
            f"날짜로는 {days}일간인데, 적힌 기간은 ({count}{word})입니다.", "날짜나 기간을 고쳐 주십시오."
        )


def _last_day(start: date, months: int) -> date:
    """The last day of so many months from `start`; the month's last where that day is missing (민법 제160조)."""
    years, month = divmod(start.month - 1 + months, 12)
    year = min(start.year + years, date.max.year)
    length = calendar.monthrange(year, month + 1)[1]
    if start.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, start.day) - timedelta(days=1)
