"""Percentages, quarters and ratios of funding sources."""

import re
from decimal import Decimal

from common.notation.errors import Refused, explained
from common.notation.numbers import DIGITS, plain_digits, refuse_three_decimals, signed, split_sign
from common.notation.text import clean

Ratio = tuple[Decimal, Decimal, Decimal, Decimal]

SOURCES = ("국비", "시비", "구비", "기타")
_NAMES = {"국비": 0, "국고": 0, "국": 0, "시비": 1, "시": 1, "구비": 2, "구": 2, "기타": 3}
_NAME = "국비|국고|국|시비|시|구비|구|기타"
_WRITE_RATIO = "75:17.5:7.5, ‘국비 75%, 시비 17.5%, 구비 7.5%’, ‘전액 구비’ 가운데 하나로 적어 주십시오."

_WHOLE = re.compile(rf"전액\s*({_NAME})|({_NAME})\s*전액")
_LABELLED = re.compile(rf"({_NAME})\s*:?\s*({DIGITS})\s?%?")
_HEADED = re.compile(rf"((?:{_NAME})(?:\s*:\s*(?:{_NAME}))+)\s*[=\s]\s*([0-9].*)")
_QUARTER = re.compile(
    r"제?\s?([1-4])\s?(?:/\s?4\s?(?:분기)?|사?\s?분기|[qQ])?|제?\s?([ⅠⅡⅢⅣ]|I{1,3}|IV)\s?(?:/\s?4\s?)?(?:분기)?|[qQ]\s?([1-4])"
)
_ROMAN = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "I": 1, "II": 2, "III": 3, "IV": 4}


@explained
def read_percent(text: str) -> Decimal:
    """Per cent, so `17.5%` and `17.5` are 17.5; without the sign 1 and less are refused (0.75 may be 75%)."""
    negative, body = split_sign(clean(text))
    found = re.fullmatch(rf"({DIGITS})\s*(%|퍼센트|프로)?", body)
    if not found:
        raise Refused("백분율로 읽을 수 없습니다.", "17.5%처럼 적어 주십시오.")
    plain = plain_digits(found[1])
    value = Decimal(plain)
    if not found[2]:
        refuse_three_decimals(plain)
        if 0 < value <= 1:
            hundredfold = (value * 100).normalize()
            raise Refused(
                f"{plain}%인지 {hundredfold:f}%인지 알 수 없습니다.",
                "% 기호를 붙여 적어 주십시오.",
            )
    return signed(plain, negative=negative)


@explained
def read_quarter(text: str) -> int:
    """1–4 from `1`, `1분기`, `1/4`, `1/4분기`, `제1분기`, `1사분기`, `Ⅰ`, `IV분기`, `Q1`."""
    line = clean(text)
    if re.match(r"[0-9]{4}[-./]", line):
        raise Refused(
            "분기가 아니라 날짜입니다.", "엑셀이 1/4를 날짜로 바꾸었을 수 있으니 1분기처럼 적어 주십시오."
        )
    found = _QUARTER.fullmatch(line)
    if not found:
        raise Refused("분기로 읽을 수 없습니다.", "1부터 4까지, 1분기처럼 적어 주십시오.")
    digit = found[1] or found[3]
    return int(digit) if digit else _ROMAN[found[2]]


@explained
def read_ratio(text: str) -> Ratio:
    """(국비, 시비, 구비, 기타) in per cent, adding up to 100: `75:17.5:7.5`, `0:0:100:0`, `전액 구비`,
    `국비 75%, 시비 17.5%, 구비 7.5%`, `국비:시비:구비 75:17.5:7.5`. Anything else is refused, never scaled.
    """
    line = clean(text)
    if whole := _WHOLE.fullmatch(line):
        return _shares([(whole[1] or whole[2], Decimal(100))])
    if headed := _HEADED.fullmatch(line):
        names = re.split(r"\s*:\s*", headed[1])
        return _shares(_paired(names, _in_order(headed[2])))
    if re.match(_NAME, line):
        return _shares(_labelled(line))
    shares = _in_order(line)
    if len(shares) not in (3, 4):
        raise Refused(f"비율이 {len(shares)}개라서 어느 재원인지 알 수 없습니다.", _WRITE_RATIO)
    return _shares(list(zip(SOURCES, shares, strict=False)))


def _in_order(line: str) -> list[Decimal]:
    return [_share(part.strip().removesuffix("%").rstrip()) for part in line.split(":")]


def _share(digits: str) -> Decimal:
    if not re.fullmatch(DIGITS, digits):
        raise Refused("재원 비율로 읽을 수 없습니다.", _WRITE_RATIO)
    return Decimal(plain_digits(digits))


def _paired(names: list[str], shares: list[Decimal]) -> list[tuple[str, Decimal]]:
    if len(names) != len(shares):
        raise Refused("재원 이름과 비율의 수가 다릅니다.", _WRITE_RATIO)
    return list(zip(names, shares, strict=True))


def _labelled(line: str) -> list[tuple[str, Decimal]]:
    shares = []
    for part in re.split(r"\s*[,/·+]\s*|(?<=[0-9%])\s*:\s*(?=\D)|(?<=%)\s+(?=\D)", line):
        found = _LABELLED.fullmatch(part)
        if not found:
            raise Refused("재원 비율로 읽을 수 없습니다.", _WRITE_RATIO)
        shares.append((found[1], _share(found[2])))
    return shares


def _shares(named: list[tuple[str, Decimal]]) -> Ratio:
    places = [_NAMES[name] for name, _ in named]
    if len(set(places)) != len(places):
        raise Refused("같은 재원이 두 번 적혀 있습니다.", _WRITE_RATIO)
    shares = dict(zip(places, (share for _, share in named), strict=True))
    total = sum(shares.values(), Decimal(0))
    if total != 100:
        raise Refused(f"비율의 합이 100이 아니라 {total:f}입니다.", "합이 100%가 되도록 고쳐 주십시오.")
    national, city, district, other = (shares.get(place, Decimal(0)) for place in range(4))
    return national, city, district, other
