from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from django.db import models
from simple_history.utils import bulk_create_with_history

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
BATCH = 5_000
ORIGIN = "예시 자료(generate_district)"


@dataclass(frozen=True)
class Size:
    """How much to make. ValueError for nothing to make, or for more years than history has."""

    pledges: int
    years: int
    disbursements: int
    enterprises: int
    seed: int = 1

    def __post_init__(self) -> None:
        if self.pledges < 1 or self.enterprises < 1 or self.disbursements < 0:
            raise ValueError("공약과 기업은 1 이상, 교부는 0 이상이어야 합니다.")
        if not 1 <= self.years <= 20:
            raise ValueError("연수는 1부터 20까지입니다.")


class Writer:
    """Writes rows with their history in batches, and tells how many of what there are."""

    def __init__(self, tell: Callable[[str, int], None]) -> None:
        self.tell = tell
        self.written: dict[str, int] = {}

    def write(self, rows: list[M]) -> list[M]:
        """The same rows, saved and numbered."""
        saved: list[M] = []
        for start in range(0, len(rows), BATCH):
            batch = rows[start : start + BATCH]
            saved += bulk_create_with_history(batch, type(batch[0]), default_change_reason=ORIGIN)
        if saved:
            name = str(saved[0]._meta.verbose_name)
            self.written[name] = self.written.get(name, 0) + len(saved)
            self.tell(name, self.written[name])
        return saved


class Dice(Random):
    """Random choices in the words of the domain; the same seed, the same choices."""

    def day(self, first: date, last: date) -> date:
        """A day from ``first`` through ``last``."""
        return first + timedelta(days=self.randrange((last - first).days + 1))

    def share(self, total: int, parts: int) -> list[int]:
        """``total`` as that many positive numbers; ValueError if they cannot be."""
        cuts = sorted(self.sample(range(1, total), parts - 1))
        return [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]

    def some(self, items: list[T], number: int) -> list[T]:
        """``number`` different items, or all there are."""
        return self.sample(items, min(number, len(items)))


@dataclass(frozen=True)
class Frame:
    """What all parts share: the term, the years, and the tools."""

    term: Any
    years: tuple[int, ...]
    size: Size
    dice: Dice
    writer: Writer

    @property
    def first_day(self) -> date:
        return date(self.years[0], 1, 1)

    def last_day(self, year: int) -> date:
        """The year's last day, in the term's last year the term's."""
        return min(date(year, 12, 31), self.term.ends_on)
