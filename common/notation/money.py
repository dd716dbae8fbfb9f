"""Amounts of money as officials type them, to whole won (DOMAIN §4.1, §7)."""

import re
from dataclasses import dataclass, replace

from common import money
from common.notation import amounts
from common.notation.errors import Refused, explained
from common.notation.numbers import split_sign
from common.notation.text import clean

UNITS = money.UNITS | {"만원": 10**4, "천만원": 10**7}
NONE_MARKS = ("-", "ㅡ")
LIMIT = 10**16
# Words without 원 in a column of another unit are won only when they could hardly be a count of that unit.
SURELY_WON = 10**6

# By far the most cells: read at once, to the same value (an import of 100,000 rows reads half a million of them).
_PLAIN = re.compile(r"0|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,14}")
_APPROXIMATE = re.compile(
    r"약|대략|[0-9조억만천백십]\s*여|수[십백천만억]|몇|가량|정도|내외|안팎|쯤|이상|이하|미만|초과|이내|최대|최소|[≒≈±]"
)
_RANGE = re.compile(r"~|[0-9원조억만천백십]\s*-\s*[0-9△]")
_SEVERAL = re.compile(r"[0-9원조억만천]\s*[/;·+×*x]\s*[0-9]|[0-9원조억만천],\s+[0-9]|[원억만천],\s*[0-9]")
_RESTATED = re.compile(r"([^()]+?)\s*\(([^()]+)\)")
_UNIT_IN_BRACKETS = re.compile(r"([^()]+?)\s*\((?:단위\s*:?\s*)?([천백만억]{0,2}\s?원)\)")
_FULL_STOP = re.compile(r"(?<=[원정])\.$")
_PREFIX = re.compile(r"(?P<formal>일?금\s*)?(?P<mark>[₩\\]\s*)?")
_ENDING = re.compile(r"\s*(?P<won>원)?\s*(?P<end>정)?$")


@explained
def read_money(text: str, *, unit: str | None = None) -> int | None:
    """Won, exactly; None for `-` alone ("none", which is not 0). `unit` is that of the column or table (원, 천원,
    만원, 백만원, 천만원, 억원; default 원); a unit written in the text wins over it.

    Whatever is not wholly understood raises NotationError: approximate, ranges, several amounts, other units,
    fractions of a won, bad grouping, three decimals, brackets, `2천` without 원. See docs/notation.md.
    """
    scale = unit_scale(unit)
    if _PLAIN.fullmatch(text) and (value := int(text.replace(",", "")) * scale) < LIMIT:
        return value
    line = _FULL_STOP.sub("", clean(text))
    if line in NONE_MARKS:
        return None
    _refuse_vague(line)
    if united := _UNIT_IN_BRACKETS.fullmatch(line):
        return _in_bracketed_unit(united[1], unit_scale(united[2]))
    restated = _RESTATED.fullmatch(line)
    if not restated:
        return _read(line, scale)
    return _agreed(restated[1], restated[2], scale)


@explained
def read_unit(text: str) -> str:
    """The money unit that a caption or header names: `(단위: 개소/ 명/ 백만 원)` → `백만원`. One, or refused."""
    words = [re.sub(r"\s", "", word) for word in re.split(r"[:/,()·]|단위", clean(text))]
    found = {word for word in words if word in UNITS}
    if len(found) != 1:
        raise Refused(
            "금액 단위를 하나로 알 수 없습니다.", f"단위를 {'·'.join(UNITS)} 가운데 하나로 정해 주십시오."
        )
    return found.pop()


def unit_scale(unit: str | None) -> int:
    """Won in one of the unit; None is 원. Raises Refused for an unknown unit."""
    name = re.sub(r"\s", "", unit or "원")
    if name not in UNITS:
        raise Refused(
            f"‘{unit}’은(는) 아는 금액 단위가 아닙니다.", f"{'·'.join(UNITS)} 가운데 하나를 쓰십시오."
        )
    return UNITS[name]


def _refuse_vague(line: str) -> None:
    if _APPROXIMATE.search(line):
        raise Refused("어림한 금액입니다.", "정확한 금액을 적어 주십시오.")
    if _RANGE.search(line):
        raise Refused("금액의 범위나 날짜로 보입니다.", "금액 하나만 적어 주십시오.")
    if _SEVERAL.search(line):
        raise Refused("금액이 여럿이거나 계산식입니다.", "금액 하나만 적어 주십시오.")


def _in_bracketed_unit(figure: str, scale: int) -> int:
    """`1,200(천원)`, `1,200 (단위: 천원)`: a figure that has no other unit."""
    if re.search(r"[원₩\\금정조억만천백십]", figure):
        raise Refused("단위가 둘입니다.", "금액과 단위를 하나씩만 적어 주십시오.")
    return _read(figure, scale)


def _agreed(outside: str, inside: str, scale: int) -> int:
    """`금 20,000,000원(금이천만원정)`: the same amount twice, as contracts write it; any difference is refused."""
    if not re.search(r"[원₩\\]|금", inside.translate(amounts.HANJA)):
        raise Refused("괄호 안의 뜻을 알 수 없습니다.", "금액 하나만 괄호 없이 적어 주십시오.")
    first, second = _read(outside, scale), _read(inside, scale)
    if first != second:
        raise Refused(
            f"괄호 밖({first:,}원)과 안({second:,}원)의 금액이 다릅니다.", "맞는 금액 하나만 적어 주십시오."
        )
    return first


@dataclass(frozen=True)
class _Dress:
    """What stands around an amount: sign, 금 … 정 (`formal`), 원 behind it (`won`), ₩ before it (`marked`)."""

    negative: bool
    formal: bool
    marked: bool
    won: bool


def _read(line: str, scale: int) -> int:
    """Undress the amount, parse what is left, apply the column's unit where the text has none."""
    dress, body = _undress(line.translate(amounts.HANJA))
    _refuse_unread(body)
    amount = amounts.parse(body, formal=dress.formal, won=dress.won)
    if amount.is_plain:
        _refuse_unitless(amount, dress, scale)
    value = _in_won(amount, body, scale, is_won=dress.won or dress.marked)
    return -value if dress.negative else value


def _undress(line: str) -> tuple[_Dress, str]:
    negative, body = split_sign(line)
    prefix = _PREFIX.match(body)
    ending = _ENDING.search(body)
    assert prefix is not None  # all parts of both patterns are optional
    assert ending is not None
    if ending["end"] and not ending["won"]:
        raise Refused("‘정’ 앞에 ‘원’이 없습니다.", "금 20,000,000원정처럼 적어 주십시오.")
    dress = _Dress(
        negative=negative,
        formal=bool(prefix["formal"] or ending["end"]),
        marked=bool(prefix["mark"]),
        won=bool(ending["won"]),
    )
    inner = body[prefix.end() : max(prefix.end(), ending.start())]
    if prefix[0] and body == line and inner[:1] in ("-", "△"):
        negative, inner = split_sign(inner)
        dress = replace(dress, negative=negative)
    return dress, inner


def _refuse_unitless(amount: amounts.Amount, dress: _Dress, scale: int) -> None:
    """A bare word (`사원`: 4 won, or an employee?), or 금 with a figure in a column of another unit."""
    bare_word = amount.in_words and not (dress.formal and dress.won)
    at_odds = dress.formal and not (dress.won or dress.marked) and scale != 1
    if bare_word or at_odds:
        raise Refused("금액인지, 어느 단위인지 알 수 없습니다.", amounts.EXPLICIT)


def _refuse_unread(body: str) -> None:
    """Name what is behind the figure (명, %, 달러, E+06), since that is what the officer has to look at."""
    tail = re.fullmatch(r"[0-9,.\s]*[0-9]\s*([^0-9,.\s조억만천백십].*)", body)
    if tail and re.match(r"[eE][+-]?[0-9]", tail[1]):
        raise Refused(
            "지수 표기라서 아래 자리가 잘렸을 수 있습니다.",
            "엑셀에서 셀 서식을 ‘숫자’로 바꾼 뒤 다시 가져와 주십시오.",
        )
    if tail:
        raise Refused(
            f"‘{tail[1]}’은(는) 금액의 단위가 아닙니다.", "원·천원·백만원·억원 단위의 금액을 적어 주십시오."
        )
    if not body or body == "-":
        raise Refused("숫자가 없습니다.", "금액을 적거나, 값이 없으면 ‘-’만 적어 주십시오.")


def _in_won(amount: amounts.Amount, body: str, scale: int, *, is_won: bool) -> int:
    value = amount.value
    if not is_won and amount.is_plain:
        value *= scale
    elif not is_won:
        _refuse_half_words(amount, scale)
    # The column's unit does not excuse `24.394`: there, too, it is a slip more often than a decimal.
    amounts.refuse_slips(body, amount.first_unit)
    if value.denominator != 1:
        raise Refused("원 아래의 끝수가 생깁니다.", "단위를 확인하고 원 단위까지 적어 주십시오.")
    if value >= LIMIT:
        raise Refused("금액이 너무 큽니다.", "단위와 자릿수를 확인해 주십시오.")
    return int(value)


def _refuse_half_words(amount: amounts.Amount, scale: int) -> None:
    if amount.ends_open or amount.in_words:
        raise Refused(
            "끝에 ‘원’이나 ‘만원’이 없어 단위를 알 수 없습니다.", "2,000원처럼 원까지 적어 주십시오."
        )
    if scale != 1 and amount.value < SURELY_WON:
        raise Refused("적힌 단위와 표의 단위가 겹칩니다.", "끝에 ‘원’을 붙이거나 숫자만 적어 주십시오.")
