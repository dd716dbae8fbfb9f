"""The grammar of amounts: `1억 2천만`, `50,028천`, `5억 11천만`, `이천삼백만`, without sign, 원 or 금.

A text is read as groups (조, 억, 만, rest), each made of terms (천, 백, 십, rest): Σ terms × group.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from common.notation.errors import Refused
from common.notation.numbers import DIGITS, exact, plain_digits, refuse_three_decimals

HUNDRED_MILLION = 10**8
BIG = {"만": 10**4, "억": HUNDRED_MILLION, "조": 10**12}
SMALL = {"십": 10, "백": 100, "천": 1000}
WORDS = {word: value for value, word in enumerate("영일이삼사오육칠팔구")} | {"륙": 6}
HANJA = str.maketrans(
    "一壹壱二貳弐三參参四肆五伍六陸七柒漆八捌九玖十拾百佰千仟阡萬万億兆圓整金",
    "일일일이이이삼삼삼사사오오육육칠칠칠팔팔구구십십백백천천천만만억조원정금",
)
EXPLICIT = "120,000,000원처럼 숫자로 풀어 적어 주십시오."
_TOKEN = re.compile(rf"({DIGITS})|([조억만])|([천백십])|([영일이삼사오육륙칠팔구])|( )|(.)")


@dataclass(frozen=True)
class Term:
    """One `coefficient × scale`; `written` is false where the coefficient is only implied (천만 = 1천만)."""

    coefficient: Fraction
    scale: int
    written: bool

    @property
    def value(self) -> Fraction:
        return self.coefficient * self.scale

    @property
    def is_unit_style(self) -> bool:
        """`11천`, `84백`: a unit of account behind a figure, not a number word like `2천`."""
        return self.scale > 1 and self.coefficient >= 10


@dataclass(frozen=True)
class Group:
    terms: tuple[Term, ...]
    scale: int

    @property
    def value(self) -> Fraction:
        return sum((term.value for term in self.terms), Fraction(0)) * self.scale


@dataclass(frozen=True)
class Amount:
    """A parsed amount; `in_words` when its digits are Hangul (이천만)."""

    groups: tuple[Group, ...]
    in_words: bool

    @property
    def value(self) -> Fraction:
        return sum((group.value for group in self.groups), Fraction(0))

    @property
    def is_plain(self) -> bool:
        """Only a figure, so that the unit of the column applies."""
        return len(self.groups) == 1 and self.groups[0].scale == 1 and self._lone(1)

    @property
    def first_unit(self) -> int:
        """The unit written behind the first figure: 1,000 for `50,028천`, 1 for a plain figure."""
        first = self.groups[0]
        return first.scale * first.terms[0].scale

    @property
    def ends_open(self) -> bool:
        """Ends where a reader would have to add 원 or 만 himself: `2천`, `1억 500`; but not `50,028천`."""
        last = self.groups[-1]
        return last.scale == 1 and not (
            len(self.groups) == 1 and self._lone(1000) and last.terms[0].is_unit_style
        )

    def _lone(self, scale: int) -> bool:
        terms = self.groups[-1].terms
        return len(terms) == 1 and terms[0].scale == scale


def parse(body: str, *, formal: bool, won: bool) -> Amount:
    """Read the body of an amount. `formal`: 금 … 정, where words are literal; `won`: 원 is written behind it.

    Raises Refused for whatever is not understood to the last character.
    """
    tokens = _tokens(body)
    kinds = {kind for kind, _ in tokens}
    if {"digits", "word"} <= kinds:
        raise Refused("숫자와 한글 숫자가 섞여 있습니다.", EXPLICIT)
    if not formal and not {"digits", "word"} & kinds:
        raise Refused("단위만 있고 숫자가 없습니다.", "단위 앞에 숫자를 적어 주십시오.")
    groups = _groups(tokens)
    in_words = "digits" not in kinds
    for group in groups:
        _check_terms(group)
    _check_zero(groups)
    _check_decimals(groups)
    if not in_words:
        _check_implied(groups)
    _check_order(groups, literal=in_words and formal, won=won)
    return Amount(groups, in_words)


def _tokens(body: str) -> list[tuple[str, str]]:
    tokens = []
    for digits, big, small, word, space, other in _TOKEN.findall(body):
        if other:
            raise Refused(
                f"금액에 ‘{other}’이(가) 섞여 있습니다.",
                "단위는 원·천원·백만원·억원으로, 금액 하나만 적어 주십시오.",
            )
        if not space:
            kind = "digits" if digits else "big" if big else "small" if small else "word"
            tokens.append((kind, digits or big or small or word))
    return tokens


def _groups(tokens: list[tuple[str, str]]) -> tuple[Group, ...]:
    groups: list[Group] = []
    terms: list[Term] = []
    number: Fraction | None = None
    for kind, value in [*tokens, ("end", "")]:
        if kind in ("digits", "word"):
            if number is not None:
                raise Refused(
                    "숫자가 잇달아 둘 있습니다.", "금액 하나만, 숫자 사이를 띄우지 말고 적어 주십시오."
                )
            number = _coefficient(value) if kind == "digits" else Fraction(WORDS[value])
        elif kind == "small":
            terms.append(Term(Fraction(1) if number is None else number, SMALL[value], number is not None))
            number = None
        else:
            if number is not None:
                terms.append(Term(number, 1, True))
            elif not terms and kind == "big":
                terms.append(Term(Fraction(1), 1, False))
            if terms:
                groups.append(Group(tuple(terms), BIG.get(value, 1)))
            terms, number = [], None
    return tuple(groups)


def _coefficient(digits: str) -> Fraction:
    return exact(plain_digits(digits))


def _check_terms(group: Group) -> None:
    """Inside a group: 천 > 백 > 십 > rest, one digit each; only a lone term may be `11천` or `84백`, but no `12십`."""
    if any(term.scale == SMALL["십"] and term.is_unit_style for term in group.terms):
        raise Refused("‘십’ 앞의 숫자가 한 자리가 아닙니다.", EXPLICIT)
    for before, after in pairwise(group.terms):
        if after.value >= before.scale or before.coefficient >= 10:
            raise Refused("천·백·십의 차례나 크기가 맞지 않습니다.", EXPLICIT)


def _check_zero(groups: tuple[Group, ...]) -> None:
    """`0원` and 일금 영원 are amounts; `0억 5천만` and `이영만` are slips."""
    terms = [term for group in groups for term in group.terms]
    if len(terms) > 1 and any(term.coefficient == 0 for term in terms):
        raise Refused("금액 가운데에 0이 따로 있습니다.", EXPLICIT)


def _check_decimals(groups: tuple[Group, ...]) -> None:
    terms = [term for group in groups for term in group.terms]
    if len(terms) > 1 and any(term.coefficient.denominator > 1 for term in terms):
        raise Refused("소수와 다른 금액 단위가 함께 쓰였습니다.", EXPLICIT)


def refuse_slips(body: str, unit: int) -> None:
    """`24.394천원` is as doubtful as `24.394`; behind 억 and 조 (`1.234억`) three decimals are how people write."""
    if unit >= HUNDRED_MILLION:
        return
    for digits in re.findall(DIGITS, body):
        refuse_three_decimals(plain_digits(digits))


def _check_implied(groups: tuple[Group, ...]) -> None:
    """Beside figures, a multiplier without one is read only in `1억 천만`; `84백만 천원` is two units at odds."""
    for index, group in enumerate(groups):
        for place, term in enumerate(group.terms):
            after_big = index > 0 and groups[index - 1].scale >= HUNDRED_MILLION and group.scale == BIG["만"]
            if not term.written and not (after_big and place == 0 and term.scale > 1):
                raise Refused("단위가 거듭 쓰였거나 숫자 없는 단위가 있습니다.", EXPLICIT)


def _check_order(groups: tuple[Group, ...], *, literal: bool, won: bool) -> None:
    """조 > 억 > 만 > rest, each part smaller than the unit before it (`5억 11천만` excepted, DOMAIN §7)."""
    for before, after in pairwise(groups):
        if after.scale >= before.scale:
            raise Refused("조·억·만의 차례가 맞지 않습니다.", EXPLICIT)
        unit_style = len(after.terms) == 1 and after.terms[0].is_unit_style
        if after.value >= before.scale * (10 if unit_style else 1):
            raise Refused("뒤의 금액이 앞의 단위보다 큽니다.", EXPLICIT)
        spelled_out = won and after.terms[0].scale == 1 and after.value >= BIG["만"]
        if after.scale == 1 and before.scale >= HUNDRED_MILLION and not (literal or spelled_out):
            raise Refused("억 뒤의 금액이 만 단위인지 원 단위인지 알 수 없습니다.", EXPLICIT)
