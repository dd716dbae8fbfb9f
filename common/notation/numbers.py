"""Plain numbers: grouping, signs, decimals."""

import re
from collections.abc import Collection
from decimal import Decimal
from fractions import Fraction

from common.notation.errors import Refused, explained
from common.notation.text import clean

MAX_DIGITS = 18
DIGITS = r"[0-9][0-9,.]*"
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")


@explained
def read_number(text: str, *, units: Collection[str] = ()) -> Decimal:
    """A number as typed, exact: `1,234.5`, `△3`, `-3`, full-width digits; a trailing word of `units` is dropped.

    Refused: `24.394` (a slip for 24,394?), bad grouping, `1E+06`, an unknown unit word, `(3)`, `-` alone.
    """
    negative, body = split_sign(clean(text))
    found = re.fullmatch(rf"({DIGITS})\s*(.*)", body)
    if not found:
        raise Refused("숫자로 읽을 수 없습니다.", "1,234 또는 △1,234처럼 숫자만 적어 주십시오.")
    digits, word = found.groups()
    if word and word not in units:
        raise _unknown_word(word, units)
    plain = plain_digits(digits)
    refuse_three_decimals(plain)
    return signed(plain, negative=negative)


def _unknown_word(word: str, units: Collection[str]) -> Refused:
    if re.match(r"[eE][+-]?[0-9]", word):
        return Refused(
            "지수 표기라서 아래 자리가 잘렸을 수 있습니다.",
            "엑셀에서 셀 서식을 ‘숫자’로 바꾼 뒤 다시 가져와 주십시오.",
        )
    wanted = f"숫자만 적거나 단위를 {'·'.join(units)}(으)로" if units else "숫자만"
    return Refused(f"숫자 뒤의 ‘{word}’을(를) 알 수 없습니다.", f"{wanted} 적어 주십시오.")


def split_sign(body: str) -> tuple[bool, str]:
    """(is it negative, the rest). Minus is `-`, `△` or `▲`; `- 1,200` with a space may be a bullet and is refused."""
    if re.fullmatch(r"\(.*\)", body):
        raise Refused(
            "괄호만으로는 음수인지 덧붙인 값인지 알 수 없습니다.",
            "음수이면 △1,200처럼, 아니면 괄호 없이 적으십시오.",
        )
    if body[:2] == "- ":
        raise Refused(
            "앞의 ‘-’가 글머리표인지 음수인지 알 수 없습니다.",
            "음수이면 △1,200처럼, 아니면 ‘-’ 없이 적으십시오.",
        )
    if body[:1] in ("-", "△", "+"):
        rest = body[1:].lstrip()
        if rest[:1] in ("-", "△", "+", "(", ""):
            raise Refused("부호를 알 수 없습니다.", "음수는 △1,200처럼 부호 하나만 적어 주십시오.")
        return body[0] != "+", rest
    return False, body


def plain_digits(digits: str) -> str:
    """`1,234.5` → `1234.5`. Refuses wrong grouping, leading zeros, two points, a lone point, too many digits."""
    whole, point, decimals = digits.partition(".")
    if point and not re.fullmatch("[0-9]+", decimals):
        raise Refused("소수점이 잘못 쓰였습니다.", "소수점은 하나만 쓰고, 천 단위는 쉼표로 나누어 주십시오.")
    if not _GROUPED.fullmatch(whole):
        raise Refused("쉼표 자리가 세 자리씩이 아닙니다.", "1,234,567처럼 고치거나 쉼표 없이 적어 주십시오.")
    plain = whole.replace(",", "")
    if len(plain) > 1 and plain[0] == "0":
        raise Refused("숫자가 0으로 시작합니다.", "번호가 아니라 값이면 앞의 0을 지워 주십시오.")
    if len(plain) + len(decimals) > MAX_DIGITS:
        raise Refused("자릿수가 너무 많습니다.", "값을 확인해 주십시오.")
    return plain + point + decimals


def refuse_three_decimals(plain: str) -> None:
    """`24.394` is, as often as not, 24,394 with the wrong key: a question for the officer, never a guess."""
    whole, _, decimals = plain.partition(".")
    if len(decimals) == 3:
        grouped = f"{int(whole + decimals):,}"
        raise Refused(
            f"소수점 아래가 세 자리라서 {grouped}의 오타일 수 있습니다.",
            f"{grouped}이면 쉼표로, 소수이면 자릿수를 달리하여(끝의 0을 더하거나 빼서) 적어 주십시오.",
        )


def signed(plain: str, *, negative: bool) -> Decimal:
    """The digits of `plain_digits` as an exact Decimal; there is no -0."""
    value = Decimal(plain)
    return value.copy_negate() if negative and value else value


def exact(plain: str) -> Fraction:
    """The digits of `plain_digits` as an exact fraction."""
    return Fraction(plain)
