"""The line that a market event proposes for 추진실적: pure, from values to text.

As the seed writes it: ``꿈시장 운영`` / ``- 4. 27.~4. 28. 구청 광장 36개업체 매출 84백만 원``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from common.money import MILLION, THOUSAND, signed

# Below this a figure in 백만 원 would lose more than a tenth.
SMALL_SALES = 5 * MILLION.won


@dataclass(frozen=True)
class Line:
    """``title`` 추진사항 and ``text`` 세부 내용; both empty while there is nothing to tell."""

    title: str = ""
    text: str = ""


def event_line(
    *,
    market: str,
    name: str,
    place: str,
    days: Sequence[date],
    vendors: int | None,
    sales: int | None,
    online: bool,
) -> Line:
    """The proposal for an event held on ``days``; an empty line while it was held on none. ``sales`` in won."""
    if not days:
        return Line()
    parts = [spans(days), "온라인" if online and not place else place, _vendors(vendors), _sales(sales)]
    return Line(
        title=name if online else f"{market} 운영", text="- " + " ".join(part for part in parts if part)
    )


def spans(days: Iterable[date]) -> str:
    """Days without their year, runs joined: ``4. 27.~4. 28.``, ``9. 13., 9. 20.~9. 21.``."""
    return ", ".join(_span(run[0], run[-1]) for run in _runs(sorted(set(days))))


def _runs(days: Sequence[date]) -> list[list[date]]:
    runs: list[list[date]] = []
    for day in days:
        if runs and runs[-1][-1] + timedelta(days=1) == day:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def _span(first: date, last: date) -> str:
    start = f"{first.month}. {first.day}."
    return start if first == last else f"{start}~{last.month}. {last.day}."


def _vendors(count: int | None) -> str:
    return f"{signed(count)}개업체" if count else ""


def _sales(won: int | None) -> str:
    if not won:
        return ""
    unit = THOUSAND if won < SMALL_SALES else MILLION
    return f"매출 {signed(unit.of(won))}{unit.label}"


def follow(written: str, proposed_before: str, proposed_now: str) -> str:
    """The text to keep when the record changes: a proposal nobody has edited follows it, words of a person stay."""
    return proposed_now if written == proposed_before else written
