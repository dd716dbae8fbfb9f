"""Won, units and how figures are printed (DOMAIN §4.1, §4.5, §8).

Money is stored as whole won. Everything here is exact: a value is rounded once, half-up, and only
on its way to paper or screen. Floats are refused, since they have already been rounded by somebody.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Exact = Decimal | Fraction | int

MINUS = "△"
NONE = "-"
NO_RATE = "–"


def half_up(value: Exact, places: int = 0) -> Decimal:
    """``value`` with ``places`` decimals; a half goes away from zero (-0.5 -> -1), -0.0 is 0.0.

    Exact for fractions of any size. TypeError for floats, ValueError for negative places.
    """
    if isinstance(value, float):
        raise TypeError("half_up needs Decimal, Fraction or int, not float")
    if places < 0:
        raise ValueError("places must not be negative")
    exact = Fraction(value)
    digits = int(abs(exact) * 10**places + Fraction(1, 2))
    sign = 1 if exact < 0 and digits else 0
    return Decimal((sign, tuple(map(int, str(digits))), -places))


def round_to_step(won: int, step: int) -> int:
    """How many printed steps ``won`` is, half-up away from zero: (1_500, 1_000) -> 2."""
    steps = (2 * abs(won) + step) // (2 * step)
    return -steps if won < 0 else steps


UNITS: dict[str, int] = {"원": 1, "천원": 1_000, "백만원": 1_000_000, "억원": 100_000_000}
LABELS = {"원": "원", "천원": "천 원", "백만원": "백만 원", "억원": "억 원"}


@dataclass(frozen=True)
class Unit:
    """A unit of money as a table prints it; ``won`` is what one of it is worth."""

    name: str
    label: str
    won: int
    decimals: int = 0

    @property
    def step(self) -> int:
        """Won per printed step: 억원 with one decimal -> 10,000,000."""
        return self.won // int(10**self.decimals)

    def number(self, steps: int) -> int | Decimal:
        """The figure ``steps`` printed steps stand for: an int, or a Decimal where decimals are printed."""
        return half_up(Fraction(steps, 10**self.decimals), self.decimals) if self.decimals else steps

    def of(self, won: int) -> int | Decimal:
        """``won`` in this unit, half-up on its own (tables that must foot use ``common.footing``)."""
        return self.number(round_to_step(won, self.step))


def unit(name: str, decimals: int = 0) -> Unit:
    """The unit called ``name``, spaces ignored: ``천원`` and ``천 원`` are one.

    ValueError for an unknown name and for decimals finer than one won.
    """
    key = "".join(name.split())
    if key not in UNITS:
        raise ValueError(f"모르는 금액 단위입니다: {name!r} (쓸 수 있는 단위: {', '.join(UNITS)})")
    won = UNITS[key]
    if decimals < 0 or won % 10**decimals:
        raise ValueError(f"{LABELS[key]} 단위에는 소수 {decimals}자리를 쓸 수 없습니다")
    return Unit(key, LABELS[key], won, decimals)


def printed_unit(name: str, decimals: int) -> Unit:
    """The unit with as many of ``decimals`` as it can have: a card's tables share one setting, and 원 has none."""
    most = len(str(unit(name).won)) - 1
    return unit(name, min(decimals, most))


WON, THOUSAND, MILLION, HUNDRED_MILLION = (unit(name) for name in UNITS)

DIGITS = "영일이삼사오육칠팔구"
PLACES = ("천", "백", "십", "")
MYRIADS = ("", "만", "억", "조", "경")


def in_words(won: int) -> str:
    """The amount in Korean words: 23,000,000 -> ``일금 이천삼백만원``, 0 -> ``일금 영원``.

    Every 일 is written (일십, 일백, 일천, 일만) and nothing is spaced, as payment papers do so that
    no digit can be put in: 행정업무의 운영 및 혁신에 관한 규정 시행규칙 제2조제2항,
    ``금113,560원(금일십일만삼천오백육십원)``. Offices open the words with 일금. A return has △ before it.
    ValueError from 10^20 won on.
    """
    if abs(won) >= 10 ** (4 * len(MYRIADS)):
        raise ValueError("금액이 너무 큽니다")
    words = "".join(_myriad(abs(won) // 10_000**place % 10_000, place) for place in (4, 3, 2, 1, 0))
    return f"{MINUS if won < 0 else ''}일금 {words or DIGITS[0]}원"


def _myriad(group: int, place: int) -> str:
    """Four digits and their 만, 억, 조; empty for 0000."""
    words = "".join(
        DIGITS[int(digit)] + name for digit, name in zip(f"{group:04}", PLACES, strict=True) if int(digit)
    )
    return words + MYRIADS[place] if words else ""


def grouped(value: Decimal | int) -> str:
    """``1,234`` or ``1,234.5`` with a plain minus, as forms and CSV want it."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,f}"


def signed(value: Decimal | int) -> str:
    """Office style: ``1,200``, and ``△1,200`` for a minus."""
    return grouped(value).replace("-", MINUS)


def cell(value: Decimal | int | None) -> str:
    """A cell of an office table: ``-`` for none and for zero, else ``signed``."""
    return signed(value) if value else NONE


def percent(value: Exact | None, places: int = 1) -> str:
    """A rate (already times 100) as printed, without %: 99.148… -> ``99.1``; ``–`` where there is no rate."""
    if value is None:
        return NO_RATE
    return f"{half_up(value, places):f}".replace("-", MINUS)
