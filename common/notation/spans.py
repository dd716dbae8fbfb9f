"""From written parts to days: what is missing comes from the context or is refused."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from common.notation.atoms import YEARS, Atom, read_atom
from common.notation.behind import check_note, check_weekday, split_note, without_clocks
from common.notation.errors import Refused

Precision = Literal["day", "month", "year"]

_RECURRING = re.compile(r"매주|격주|주말|평일|매월|매일|매년|요일마다|수시|상시|연중")
_VAGUE = re.compile(
    r"상반기|하반기|(?:[1-4]\s?/\s?)?[0-9ⅠⅡⅢⅣ]\s*분기|[0-9]월\s*(?:초|중순|말|중)|상순|하순|이전|이후|경$|쯤|예정|미정"
)
_MONTH_DASH_NUMBER = re.compile(r"(?:[0-9]{4}|'[0-9]{2}|1[3-9]|[2-9][0-9])[./] ?[0-9]{1,2}-[0-9]{1,2}\.?")
# `8월 17~19일`, `1~12월`, `2022~2024년`: the mark behind the last number is that of both.
_SHARED_MARK = re.compile(r"(?<![0-9/-])([0-9]{1,4})( ?~ ?[0-9]{1,4} ?)(년도?|월|일)$")
_ISO_DAY = re.compile(r"([0-9]{4}-)[0-9]{2}-[0-9]{2}")
_OPEN_WORDS = ("", "현재", "계속")


@dataclass(frozen=True)
class Period:
    """Days from `start` through `end` (None: open). `precision` says what was written: a day, a month, a year."""

    start: date
    end: date | None
    precision: Precision = "day"

    def iso(self) -> str:
        """`2022-08-02`, `2022-08-17/2022-09-01`, `2024-01-01/..` (the contract of read_notation)."""
        if self.end is None:
            return f"{self.start.isoformat()}/.."
        if self.end == self.start:
            return self.start.isoformat()
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


def resolve(line: str, *, year: int | None, before: date | None = None, listed: bool = False) -> Period:
    """Read one cleaned date or range. `year` is the context's. In a list (`listed`), `before` is the last day named
    so far: its year and month stand in for what is not written (`2023. 4. 27., 28.`). Raises Refused.
    """
    if year is not None and year not in YEARS:
        raise Refused(f"기준 연도 {year}이(가) 잘못되었습니다.", "연도를 네 자리로 정해 주십시오.")
    refuse_words(line)
    # Counts stand before the clock or behind it.
    body, note = split_note(line)
    body, timed = without_clocks(body)
    body, before_clock = split_note(body)
    left_text, right_text = _halves(body)
    atom = read_atom(left_text)
    if right_text is None and not listed:
        _refuse_decimal_look(atom, body)
    period = _period(_settled(atom, year, before), right_text)
    if before and atom.year is None and period.start <= before:
        raise Refused(
            f"‘{line}’이(가) 앞의 날짜보다 빠르거나 같습니다.",
            "차례를 고치거나 연도를 적어 주십시오.",
        )
    if timed and (period.end is None or period.precision != "day"):
        raise Refused(
            "시각이 적혀 있는데 끝나는 날이나 일이 없습니다.", "2022. 8. 2.처럼 연·월·일을 적어 주십시오."
        )
    check_note(period, note + before_clock)
    return period


def refuse_words(line: str) -> None:
    """Days that are only described are never computed: 9월 13일~28일 매주 주말 is not sixteen days (DOMAIN §3.14)."""
    if found := _RECURRING.search(line):
        raise Refused(
            f"‘{found[0]}’처럼 되풀이되는 날은 셀 수 없습니다.",
            "날짜를 하루씩 나열해 주십시오.",
        )
    if found := _VAGUE.search(line):
        raise Refused(f"‘{found[0]}’은(는) 정확한 날이 아닙니다.", "시작일과 종료일을 적어 주십시오.")


def _halves(body: str) -> tuple[str, str | None]:
    """(left, right) of a range; right is None for a single date and "" for an open end."""
    spelled = re.sub(r"\s*부터\s*", "~", body)
    text = _SHARED_MARK.sub(r"\1\3\2\3", re.sub(r"\s*까지$", "", spelled))
    if text.count("~") > 1:
        raise Refused("기간이 둘 이상입니다.", "기간 하나만 적어 주십시오.")
    if "~" in text:
        left, _, right = (part.strip() for part in text.partition("~"))
        if not left:
            raise Refused("시작일이 없습니다.", "2024. 1. 1.~2024. 12. 31.처럼 시작일도 적어 주십시오.")
        return left, "" if right in _OPEN_WORDS else _with_iso_year(left, right)
    if text != spelled:
        raise Refused("‘까지’만 있고 시작일이 없습니다.", "시작일도 적어 주십시오.")
    return _dash_halves(text)


def _with_iso_year(left: str, right: str) -> str:
    """`2022-08-17~09-01`: a month and a day with a dash are read only behind a whole date with dashes."""
    year = _ISO_DAY.fullmatch(left)
    return year[1] + right if year and re.fullmatch("[0-9]{2}-[0-9]{2}", right) else right


def _dash_halves(text: str) -> tuple[str, str | None]:
    """A dash between dates, where it cannot be a dash inside a date: `2022. 8. 17. - 9. 1.`, `2018-2026`."""
    spaced = re.fullmatch(r"(.+?) - (.+)", text)
    lone = re.fullmatch(r"([^-]+)-([^-]+)", text)
    if _MONTH_DASH_NUMBER.fullmatch(text):
        raise Refused(
            "날짜(8월 9일)인지 기간(8~9월)인지 알 수 없습니다.",
            "2022. 8. 9.나 2022. 8.~9.처럼 적어 주십시오.",
        )
    halves = spaced or lone
    if not halves or re.fullmatch(r"[0-9]{4}-[0-9]{1,2}", text):
        return text, None
    return halves[1].strip(), halves[2].strip()


def _settled(atom: Atom, year: int | None, before: date | None) -> Atom:
    """The (left) date with its year, month and day settled from the context."""
    if atom.bare is not None:
        if before is None:
            raise Refused("연·월을 알 수 없습니다.", "2022. 8. 2.처럼 연·월·일을 적어 주십시오.")
        atom = replace(atom, day=atom.bare, bare=None)
    if atom.day is not None and atom.month is None:
        if before is None:
            raise Refused("월을 알 수 없습니다.", "8. 2.처럼 월과 일을 적어 주십시오.")
        atom = replace(atom, month=before.month)
    if atom.year is not None:
        return atom
    context = before.year if before else year
    if context is None:
        raise Refused(
            "연도가 없어 어느 해인지, 월·일인지 알 수 없습니다.", "2022. 8. 2.처럼 연도를 적어 주십시오."
        )
    return replace(atom, year=context)


def _refuse_decimal_look(atom: Atom, body: str) -> None:
    """A cell typed 2022.10 or 4.20 arrives as the number 2022.1 or 4.2: October or January, the 2nd or the 20th?
    And 22.05 alone is as good a decimal as a month.
    """
    if not re.fullmatch(r"[0-9]+\.[0-9]{1,2}", body):
        return
    last = body.partition(".")[2]
    may_have_lost_zero = last in ("1", "2", "3") if atom.day is not None else last == "1"
    if may_have_lost_zero or (atom.day is None and body.index(".") == 2):
        raise Refused(
            "소수로도 읽힙니다(끝의 0이 지워졌을 수 있습니다).",
            "2022. 8. 2.처럼 끝에도 점을 찍어 적어 주십시오.",
        )


def _period(left: Atom, right_text: str | None) -> Period:
    start, last, precision = span(left)
    if right_text is None:
        return Period(start, last, precision)
    if right_text == "":
        return Period(start, None, precision)
    right = read_atom(right_text)
    borrowed_year = right.year is None
    _, end, right_precision = span(_inherit(right, left, precision))
    if right_precision != precision:
        raise Refused("앞뒤가 하나는 월, 하나는 일(또는 연도)입니다.", "앞뒤를 같은 자리까지 적어 주십시오.")
    if end < start:
        crossing = " 해를 넘기는 기간이면 뒤 날짜에도 연도를 적어 주십시오." if borrowed_year else ""
        raise Refused("끝이 시작보다 빠릅니다.", f"앞뒤 날짜를 확인해 주십시오.{crossing}")
    return Period(start, end, precision)


def _inherit(right: Atom, left: Atom, precision: Precision) -> Atom:
    """`~28.` after a day is a day, `~12.` after a month is a month; the year and month come from the left."""
    if right.bare is not None:
        if precision == "year":
            raise Refused("뒤의 연도를 알 수 없습니다.", "연도를 네 자리로 적어 주십시오.")
        right = replace(right, bare=None, **{precision: right.bare})
    if right.year is not None:
        return right
    if right.day is not None and right.month is None:
        right = replace(right, month=left.month)
    return replace(right, year=left.year)


def span(atom: Atom) -> tuple[date, date, Precision]:
    """First day, last day and precision of a date whose year is known. Refuses days that do not exist."""
    assert atom.year is not None
    year, month, day = atom.year, atom.month, atom.day
    if month is None and day is None:
        return date(year, 1, 1), date(year, 12, 31), "year"
    if month is None:
        raise Refused("월을 알 수 없습니다.", "앞뒤를 같은 자리까지 적어 주십시오.")
    if not 1 <= month <= 12:
        raise Refused(f"{month}월은 없는 달입니다.", "월을 확인해 주십시오.")
    length = calendar.monthrange(year, month)[1]
    if day is None:
        return date(year, month, 1), date(year, month, length), "month"
    if not 1 <= day <= length:
        raise Refused(f"{year}. {month}. {day}.은(는) 없는 날입니다.", "날짜를 확인해 주십시오.")
    found = date(year, month, day)
    if atom.weekday is not None:
        check_weekday(found, atom.weekday)
    return found, found, "day"
