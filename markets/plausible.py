"""Whether a sales figure looks like a slip of the unit: 84 or 84,000 typed for 84,000,000 won (DOMAIN §4.1). Pure."""

from collections.abc import Sequence
from statistics import median

# Less than the price of a meal box for a whole day or event.
LEAST = 10_000
# A slip is 1,000 times; sales themselves differ tenfold and more.
SUSPICIOUS = 200


def sales_doubts(sales: int | None, usual: Sequence[int], what: str = "매출액") -> list[str]:
    """Questions about ``sales`` (won) beside what the same market usually sells; empty if there is none."""
    if not sales:
        return []
    if sales < LEAST:
        return [f"{what} {sales:,}원은 너무 작습니다. 원 단위로 적었는지 확인하세요(84백만 원은 84,000,000)."]
    known = [value for value in usual if value > 0]
    if not known:
        return []
    middle = int(median(known))
    beside = f"이 시장에서 보통 기록되는 {middle:,}원"
    if sales >= middle * SUSPICIOUS:
        return [f"{what} {sales:,}원은 {beside}의 {sales // middle:,}배입니다. 단위를 확인하세요."]
    if sales * SUSPICIOUS <= middle:
        return [f"{what} {sales:,}원은 {beside}의 {middle // sales:,}분의 1입니다. 단위를 확인하세요."]
    return []
