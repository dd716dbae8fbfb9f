"""Quarters, fiscal years and how dates are printed. No clock: every day is an argument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta


@dataclass(frozen=True, order=True)
class Quarter:
    """A calendar quarter; sorts by time. ValueError for a number outside 1–4, or a year that no date has."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"분기는 1에서 4까지입니다: {self.number!r}")
        if not MINYEAR < self.year < MAXYEAR:
            raise ValueError("그런 연도는 없습니다.")

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that ``day`` lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next().first_day - timedelta(days=1)

    def next(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    def previous(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def label(self) -> str:
        return f"{self.year}년 {self.number}분기"

    def __str__(self) -> str:
        return self.label

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def quarters_of(year: int) -> tuple[Quarter, Quarter, Quarter, Quarter]:
    """The four quarters of a year, in order."""
    return Quarter(year, 1), Quarter(year, 2), Quarter(year, 3), Quarter(year, 4)


def quarters_between(first_day: date, last_day: date) -> list[Quarter]:
    """Every quarter touched from ``first_day`` through ``last_day``; none if they are reversed."""
    return list(_quarters(first_day, last_day))


def _quarters(first_day: date, last_day: date) -> Iterator[Quarter]:
    if first_day > last_day:
        return
    quarter, last = Quarter.of(first_day), Quarter.of(last_day)
    while quarter <= last:
        yield quarter
        quarter = quarter.next()


def fiscal_window(year: int) -> tuple[date, date]:
    """First and last day on which money of the 회계연도 may be paid.

    The year's books take payments until 20 January of the next: 지방회계법 제7조, 시행령 제2조 (DOMAIN §4.2).
    """
    return date(year, 1, 1), date(year + 1, 1, 20)


def fiscal_year_can_contain(year: int, day: date) -> bool:
    """Whether a payment on ``day`` can belong to the 회계연도 ``year`` (both ends included)."""
    first, last = fiscal_window(year)
    return first <= day <= last


def korean_date(day: date) -> str:
    """``2023. 10. 18.``"""
    return f"{day.year}. {day.month}. {day.day}."


def korean_period(first: date, last: date | None) -> str:
    """``2022. 8. 17.~9. 1.``: the year once if it is one, one day alone, ``2023. 1. 1.~`` without an end."""
    if last is None:
        return f"{korean_date(first)}~"
    if first == last:
        return korean_date(first)
    end = f"{last.month}. {last.day}." if first.year == last.year else korean_date(last)
    return f"{korean_date(first)}~{end}"


def korean_months(first: date, last: date | None) -> str:
    """Whole months, as terms are headed: ``2022. 7.~2026. 6.``, ``2023. 1.~12.``, ``2024. 3.``."""
    start = f"{first.year}. {first.month}."
    if last is None:
        return f"{start}~"
    if (first.year, first.month) == (last.year, last.month):
        return start
    return f"{start}~{last.month}." if first.year == last.year else f"{start}~{last.year}. {last.month}."
