"""One date as written, possibly with parts missing: `2022. 8. 2.`, `’20. 2. 21.(금)`, `4. 27.`, `28.`, `2018.`."""

import re
from dataclasses import dataclass, replace

from common.notation.errors import Refused

YEARS = range(1900, 2101)
# Two digits mean 20YY up to here; ’99 could as well be 1999.
LAST_SHORT_YEAR = 40
WEEKDAYS = "월화수목금토일"
WRITE_DATE = "2022. 8. 2.처럼 연·월·일을 적어 주십시오."

_HANJA = str.maketrans("年月火水木金土日", "년" + WEEKDAYS)
_WEEKDAY = re.compile(rf"\s*(?:\(([{WEEKDAYS}])(?:요일)?\)\s*\.?|\s([{WEEKDAYS}])요일)$")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DASHED = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")
_SLASHED = re.compile(r"([0-9]{4})\s?/\s?([0-9]{1,2})(?:\s?/\s?([0-9]{1,2}))?")
_MONTH_SLASH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_SHORT_YEAR_FOREIGN = re.compile(r"[0-9]{1,2}([-/])[0-9]{1,2}\1[0-9]{1,4}")
_SHORT_QUOTED = re.compile(r"' ?([0-9]{2})(?=[-/])")
_TOKEN = re.compile(r"('?)\s?([0-9]{1,4})\s?([년월일.]|\Z)\s?")
_ORDER = ("년", "월", "일")


@dataclass(frozen=True)
class Atom:
    """The parts that are written. `bare` is a number whose place only the date before it can tell."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    bare: int | None = None
    weekday: int | None = None


@dataclass(frozen=True)
class _Token:
    quoted: bool
    digits: str
    mark: str

    @property
    def number(self) -> int:
        return int(self.digits)


def read_atom(text: str) -> Atom:
    """Split one cleaned date into its parts. Raises Refused for anything else than exactly one date."""
    text = text.translate(_HANJA).replace("년도", "년")
    found = _WEEKDAY.search(text)
    atom = _numeric(text[: found.start()] if found else text)
    if not found:
        return atom
    if atom.day is None and atom.bare is None:
        raise Refused("일이 없는데 요일이 적혀 있습니다.", WRITE_DATE)
    return replace(atom, weekday=WEEKDAYS.index(found[1] or found[2]))


def _numeric(body: str) -> Atom:
    if quoted := _SHORT_QUOTED.match(body):
        body = f"{_short_year(quoted[1])}{body[quoted.end() :]}"
    for pattern in (_COMPACT, _DASHED, _SLASHED):
        if found := pattern.fullmatch(body):
            year, month, day = found.groups()
            return Atom(_full_year(year), int(month), None if day is None else int(day))
    if found := _MONTH_SLASH_DAY.fullmatch(body):
        return _month_slash_day(int(found[1]), int(found[2]))
    if _SHORT_YEAR_FOREIGN.fullmatch(body):
        raise Refused("연·월·일의 차례를 알 수 없습니다.", "연도를 네 자리로, 2022-08-02처럼 적어 주십시오.")
    if re.fullmatch("[0-9]{5,}", body):
        raise _digits_only(body)
    if re.search("[0-9]:[0-9]", body):
        raise Refused("시각이 붙어 있습니다.", "날짜만 적어 주십시오.")
    return _placed(_tokens(body))


def _month_slash_day(month: int, day: int) -> Atom:
    if day == 4 and month <= 4:
        raise Refused(
            "분기(1/4분기)인지 날짜(1월 4일)인지 알 수 없습니다.", "날짜이면 1. 4.처럼 점으로 적어 주십시오."
        )
    return Atom(month=month, day=day)


def _digits_only(body: str) -> Refused:
    if len(body) == 5:
        return Refused(
            "엑셀의 날짜 일련번호로 보이지만 알 수 없습니다.",
            "엑셀에서 셀 서식을 ‘날짜’로 바꾼 뒤 다시 가져와 주십시오.",
        )
    return Refused(
        "숫자만으로는 날짜를 알 수 없습니다.", "20220802(여덟 자리)나 2022. 8. 2.처럼 적어 주십시오."
    )


def _tokens(body: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(body):
        found = _TOKEN.match(body, at)
        if not found or (found[1] and tokens) or len(tokens) == 3:
            raise Refused("날짜로 읽을 수 없습니다.", WRITE_DATE)
        tokens.append(_Token(bool(found[1]), found[2], found[3]))
        at = found.end()
    if not tokens:
        raise Refused("날짜가 없습니다.", WRITE_DATE)
    return tokens


def _placed(tokens: list[_Token]) -> Atom:
    """Give each number its place (년, 월, 일), and refuse a written mark that contradicts it."""
    first = tokens[0]
    places: tuple[str, ...] = _ORDER
    if len(tokens) == 2:
        places = _ORDER[:2] if _leads_with_year(first, tokens[1]) else _ORDER[1:]
    elif len(tokens) == 1:
        marked = first.mark in _ORDER
        if not marked and not first.quoted and len(first.digits) != 4:
            return Atom(bare=_part(first))
        places = (first.mark,) if marked else ("년",)
    if not tokens[-1].mark and any(token.mark in _ORDER for token in tokens):
        raise Refused("끝 숫자가 월인지 일인지 적혀 있지 않습니다.", WRITE_DATE)
    for token, place in zip(tokens, places, strict=True):
        if token.mark in _ORDER and token.mark != place:
            raise Refused("연·월·일의 차례가 맞지 않습니다.", WRITE_DATE)
    return _atom(dict(zip(places, tokens, strict=True)))


def _leads_with_year(first: _Token, second: _Token) -> bool:
    """`2022. 8.`, `’22. 8.`, and `22.05` (no month is 22); `4. 27.` is a month and a day."""
    if first.mark == "년" or first.quoted or len(first.digits) == 4:
        return True
    return first.number > 12 and first.mark != "월" and second.mark != "일"


def _atom(parts: dict[str, _Token]) -> Atom:
    year, month, day = (parts.get(place) for place in _ORDER)
    return Atom(
        year=None if year is None else _year(year, alone=month is None),
        month=None if month is None else _part(month),
        day=None if day is None else _part(day),
    )


def _year(token: _Token, *, alone: bool) -> int:
    if len(token.digits) == 4:
        return _full_year(token.digits)
    if len(token.digits) != 2 or (alone and not token.quoted):
        raise Refused("연도를 알 수 없습니다.", "연도를 네 자리로 적어 주십시오.")
    return _short_year(token.digits)


def _short_year(digits: str) -> int:
    if int(digits) > LAST_SHORT_YEAR:
        raise Refused(
            f"두 자리 연도 {digits}이(가) 19{digits}인지 20{digits}인지 알 수 없습니다.",
            "연도를 네 자리로 적어 주십시오.",
        )
    return 2000 + int(digits)


def _full_year(digits: str) -> int:
    year = int(digits)
    if year not in YEARS:
        raise Refused(f"{digits}은(는) 연도로 볼 수 없습니다.", "연도를 확인해 주십시오.")
    return year


def _part(token: _Token) -> int:
    if token.quoted or len(token.digits) > 2:
        raise Refused(f"{token.digits}은(는) 월이나 일이 될 수 없습니다.", WRITE_DATE)
    return token.number
