"""Amounts that the log tells of, and whether they are those of a record."""

from __future__ import annotations

import re
from functools import lru_cache

from common.money import round_to_step
from common.notation import money_in_text
from common.notation.scan import Found
from common.periods import fiscal_year_can_contain
from pledges.models import Activity

GIVING = re.compile(r"교부|지급")
# Money handed out; deciding on it, planning, asking or receiving it is none.
PAYING = re.compile(
    r"(?:교부|지급)(?!(?:할|될)? ?(?:금|액)? ?\(?(?:결정|신청|계획|예정|요청|요구|안내|공고|기준|대상|조건|통지|통보"
    r"|내시|승인|협의|방침|심의|의결|확정|검토|준비|방안|방법|받))"
)
OPENS_WITH_YEAR = re.compile(r"^[\s\-–○◦●*※▶·◆□]*(?P<year>20[0-9]{2})년")
# The unit an amount is told in: 84백만 원 tells of 84,123,000 as well as words can.
STEPS = (("백만", 1_000_000), ("억", 10_000_000), ("만", 10_000), ("천", 1_000))


@lru_cache(maxsize=32_768)
def told(text: str) -> list[Found]:
    """Amounts that a sentence tells and a reader is sure of. Several checks read the same sentence."""
    return money_in_text(text)


def told_by(row: Activity) -> list[Found]:
    return told(f"{row.title}\n{row.detail}")


def tells(amounts: list[Found], won: int) -> bool:
    """Whether a sentence tells of ``won``: one of its amounts does, in its own unit, or their sum is it."""
    return sum(found.value_won for found in amounts) == won or any(
        found.value_won == round_to_step(won, step) * step for found in amounts for step in (_step(found),)
    )


def _step(found: Found) -> int:
    return next((won for word, won in STEPS if word in found.text), 1)


def nearest(amounts: list[Found], won: int) -> int:
    return min((found.value_won for found in amounts), key=lambda value: abs(value - won))


def opens_with(text: str) -> int | None:
    """The year that a text opens with (2024년도 …)."""
    found = OPENS_WITH_YEAR.match(text.strip())
    return int(found["year"]) if found else None


def fiscal_year(row: Activity) -> int:
    """The 회계연도 of a payment that only the log tells of: until 20 January the year it opens with may be the last."""
    spoken = opens_with(row.title) or opens_with(row.detail)
    day = row.starts_on
    return spoken if spoken and fiscal_year_can_contain(spoken, day) else day.year


def is_linked(row: Activity) -> bool:
    return bool(row.disbursement_id or row.contract_id or row.entrustment_id or row.event_id)


def pays(row: Activity) -> bool:
    """A row that names no record and tells of a payment with its amount: in the amount's own line, else its title."""
    if is_linked(row):
        return False
    lines = [line for line in (row.title, *row.detail.split("\n")) if told(line)]
    return any(
        PAYING.search(line) or (not GIVING.search(line) and PAYING.search(row.title)) for line in lines
    )
