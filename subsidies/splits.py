"""How an amount divides among 국비 : 시비 : 구비 : 기타 (DOMAIN §4.3, §4.4). Whole won, exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

SOURCES = ("national", "city", "district", "other")
SOURCE_LABELS = {"national": "국비", "city": "시비", "district": "구비", "other": "기타"}


@dataclass(frozen=True)
class Ratio:
    """Percentages by source. ValueError unless none is negative and they make 100 together."""

    national: Decimal
    city: Decimal
    district: Decimal
    other: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        parts = list(self)
        if any(part < 0 for part in parts):
            raise ValueError("재원 비율은 0보다 작을 수 없습니다")
        if sum(parts) != 100:
            raise ValueError(f"재원 비율의 합은 100이어야 합니다: {sum(parts):f}")

    def __iter__(self) -> Iterator[Decimal]:
        return iter((self.national, self.city, self.district, self.other))


@dataclass(frozen=True)
class Shares:
    """Won by source."""

    national: int = 0
    city: int = 0
    district: int = 0
    other: int = 0

    def __iter__(self) -> Iterator[int]:
        return iter((self.national, self.city, self.district, self.other))

    @property
    def total(self) -> int:
        return sum(self)


def split(amount: int, ratio: Ratio, unit: int = 1) -> Shares:
    """``amount`` won by source: every share is cut down to ``unit`` won, the district takes the remainder.

    Without district money the last source that has a share takes it (other, else city, else national),
    so a source with 0 % never gets a won. A return (minus) is the mirror of the payment.
    DOMAIN §4.4 [decision]; units under 10 won are dropped by 국고금 관리법 제47조, 지방회계법 제55조.
    """
    if amount < 0:
        return Shares(*(-share for share in splitter(ratio, unit)(-amount)))
    return Shares(*splitter(ratio, unit)(amount))


def splitter(ratio: Ratio, unit: int = 1) -> Callable[[int], tuple[int, ...]]:
    """`split` of many amounts, none of them negative: their shares as plain tuples, in the order of ``SOURCES``.

    In whole numbers, since an import or a reconciliation splits tens of thousands of rows.
    """
    if unit < 1:
        raise ValueError("절사 단위는 1원 이상입니다")
    cuts = [(parts, of * 100 * unit) for parts, of in (part.as_integer_ratio() for part in ratio)]
    taker = SOURCES.index(remainder_source(ratio))

    def made(amount: int) -> tuple[int, ...]:
        shares = [parts * amount // per * unit for parts, per in cuts]
        shares[taker] += amount - sum(shares)
        return tuple(shares)

    return made


def remainder_source(ratio: Ratio) -> str:
    """Which source takes what is left: district, or the last one with a share."""
    with_share = [name for name, part in zip(SOURCES, ratio, strict=True) if part]
    return "district" if ratio.district else with_share[-1]


def ratio_text(ratio: Ratio) -> str:
    """As the card prints it: ``75:17.5:7.5`` (a fourth part only where there is 기타), or ``전액 구비``."""
    for name, part in zip(SOURCES, ratio, strict=True):
        if part == 100:
            return f"전액 {SOURCE_LABELS[name]}"
    parts = list(ratio) if ratio.other else list(ratio)[:3]
    return ":".join(f"{part.normalize():f}" for part in parts)
