"""Units that cannot be: a table that would exceed the 총사업비, a figure that the text names in another unit.

The seed heads a table 백만 원 and prints 9,487 (천 원) beside 80 (백만 원) (DOMAIN §4.1). Nothing is changed:
the warning names table, figure and likely unit, and the officer chooses.
"""

from __future__ import annotations

import re

from common.notation import NotationError, money_in_text, read_money

from .model import Amount, ReadSupport
from .reading import Reading
from .source import key
from .units import in_unit, label_of_unit, likely_unit

_PRINTED = ("원", "천원", "백만원", "억원")
_ROUND = re.compile(r"\d+(?:\.\d+)?\s*(?:천만|백만|억|만)\s*(?:\d+\s*(?:천만|백만|만)\s*)?원")


def ask_about_units(reading: Reading) -> None:
    support, cost = reading.card.support, reading.card.cost
    if support is None:
        return
    limit = sum(cost.parts.values()) if cost else 0
    asked = _ask_about_table(reading, support, limit) if limit else False
    for cells in support.years.values():
        for name, cell in cells.items():
            amount = cell.planned or cell.amount
            if amount is not None and not (asked and cell.amount):
                _ask_about_part(reading, support, name, amount)


def _ask_about_table(reading: Reading, support: ReadSupport, limit: int) -> bool:
    """Whether some amount of the table exceeds the whole cost of the pledge; that is said once."""
    amounts = [cell.amount for cells in support.years.values() for cell in cells.values() if cell.amount]
    largest = max(amounts, key=lambda amount: amount.won, default=None)
    total = max(
        (sum(c.amount.won for c in cells.values() if c.amount) for cells in support.years.values()), default=0
    )
    if largest is None or total <= limit:
        return False
    likely = likely_unit(total, support.unit, limit)
    advice = " 금액이나 단위를 확인해 주십시오."
    if likely:
        advice = f" 단위가 {label_of_unit(likely)}일 수 있습니다. ‘{support.title}={likely}’(으)로 정할 수 있습니다."
    reading.faults.warn(
        largest.line,
        f"{support.title}: {in_unit(total, support.unit)}{label_of_unit(support.unit)}이면"
        f" 총사업비({limit:,}원)를 넘습니다.{advice}",
    )
    return True


def _ask_about_part(reading: Reading, support: ReadSupport, program: str, amount: Amount) -> None:
    """A figure that lines about the same programme give in another unit: 80 beside ``구비 8천만 원``."""
    named = _amounts_named(reading, program)
    if not named or amount.won in named or not re.fullmatch(r"[\d,.]+", amount.text):
        return
    for unit in _PRINTED:
        if _won(amount.text, unit) in named:
            reading.faults.warn(
                amount.line,
                f"{support.title}/{program}: {amount.text}은(는) 문서의 다른 곳을 보면"
                f" {label_of_unit(unit)}일 수 있습니다. ‘{support.title}/{program}={unit}’(으)로 정할 수 있습니다.",
            )
            return


def _won(text: str, unit: str) -> int | None:
    """None where the figure cannot be in that unit: 43,345.7 in 원."""
    try:
        return read_money(text, unit=unit)
    except NotationError:
        return None


def _amounts_named(reading: Reading, program: str) -> set[int]:
    word = re.sub(r"(?:지원)?(?:사업)?$", "", key(program)) or key(program)
    return {
        found.value_won
        for line in reading.doc.lines
        if word in key(line.text)
        for found in money_in_text(line.text)
    }
