"""One declared table that the screen, XLSX, CSV and HWPX all read (the office's layout: DOMAIN §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from typing import Any

from common.money import half_up
from common.periods import korean_date
from documents.cells import COUNT, TEXT, Adjusted, Cell, Format, Value, clean, note_of
from documents.grid import Grid

EMPTY = "해당 없음"


@dataclass(frozen=True)
class Column:
    """A column: heading, where a row's value comes from, how it is printed.

    ``source`` is a path of attributes or keys (``"program.name"``, ``"amount"``) or a function of the row.
    ``group`` is the heading above it, shared with its neighbours. ``sums``: the 계 row adds it up.
    ``parts`` names the columns that it is the sum of, less those in ``minus``; a heading met twice is named
    ``"group/heading"``. ``share`` names two columns: this one is the first in percent of the second, from what is
    printed of them, in the 계 row too. ``total`` is what the 계 row shows where the column does not sum.
    """

    heading: str
    source: str | Callable[[Any], Any]
    format: Format = TEXT
    width: float = 0
    group: str = ""
    sums: bool = False
    parts: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    share: tuple[str, ...] = ()
    total: Value = None

    def value(self, row: Any) -> Value:
        """What ``row`` shows here. AttributeError or KeyError where it has no such thing."""
        if callable(self.source):
            return clean(self.source(row))
        for name in self.source.split("."):
            if row is None:
                return None
            row = row[name] if isinstance(row, dict) else getattr(row, name)
        return clean(row() if callable(row) else row)

    @property
    def name(self) -> str:
        return f"{self.group}/{self.heading}" if self.group else self.heading

    @property
    def characters(self) -> float:
        """Width in characters of half width."""
        return self.width or self.format.width


@dataclass(frozen=True)
class Table:
    """A table with what stands around it. ``rows`` may be an iterator: XLSX and CSV read it once, row by row.

    ``total`` heads the 계 row under the header; it is there if a column ``sums``. ``asked`` is the line of who asked
    and who answers (요구번호 · 제출부서 · 작성자 · 전화). ``conditions`` says in words what was filtered; ``notes``
    stand below. ``landscape`` None: by width. ``exact``: the won of sums in the 계 row that are adjusted, by the
    names of their columns.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    unit: str = ""
    as_of: date | None = None
    asked: str = ""
    conditions: str = ""
    numbered: bool = True
    total: str = "계"
    notes: Sequence[str] = ()
    landscape: bool | None = None
    exact: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """The columns as printed, 연번 before them if the rows are numbered."""
        number = Column("연번", lambda row: None, replace(COUNT, align="center"), width=6)
        return ((number,) if self.numbered else ()) + tuple(self.columns)

    @property
    def above(self) -> str:
        """The line at the top right: ``(2024. 3. 31. 기준, 단위: 천 원)``."""
        day = f"{korean_date(self.as_of)} 기준" if self.as_of else ""
        inside = ", ".join(filter(None, (day, self.unit and f"단위: {self.unit}")))
        return f"({inside})" if inside else ""

    @property
    def sums(self) -> bool:
        return bool(self.total) and any(column.sums for column in self.columns)

    def values(self) -> Iterator[list[Value]]:
        """Each row's values under ``shown``."""
        for number, row in enumerate(self.rows, start=1):
            cells = [None if column.share else column.value(row) for column in self.columns]
            yield self._with_shares([number, *cells] if self.numbered else cells)

    @cached_property
    def places(self) -> dict[str, int]:
        """Where a column stands, by its heading and by its group and heading."""
        return {name: at for at, column in enumerate(self.shown) for name in (column.heading, column.name)}

    def part_indexes(self) -> dict[int, list[int]]:
        """Where a column is the sum of others: its place → theirs. LookupError for a name that no column has."""
        return {
            at: [self.places[part] for part in column.parts]
            for at, column in enumerate(self.shown)
            if column.parts
        }

    def minus_indexes(self) -> dict[int, list[int]]:
        """What a column of ``part_indexes`` takes off: its place → theirs."""
        return {
            at: [self.places[part] for part in column.minus]
            for at, column in enumerate(self.shown)
            if column.minus
        }

    @cached_property
    def shares(self) -> dict[int, tuple[int, int]]:
        """Where a column is a share: its place → those of the part and of the whole."""
        return {
            at: (self.places[column.share[0]], self.places[column.share[1]])
            for at, column in enumerate(self.shown)
            if column.share
        }

    def _with_shares(self, values: list[Value]) -> list[Value]:
        for at, (part, whole) in self.shares.items():
            values[at] = percent_of(values[part], values[whole])
        return values

    def head(self) -> list[list[Cell]]:
        """The header, one row or two: columns of one group stand under it."""
        if not any(column.group for column in self.shown):
            return [[Cell(column.heading, head=True) for column in self.shown]]
        upper: list[Cell] = []
        for group, members in groupby(self.shown, lambda column: column.group):
            headings = [column.heading for column in members]
            if group:
                upper.append(Cell(group, head=True, cols=len(headings)))
            else:
                upper += [Cell(heading, head=True, rows=2) for heading in headings]
        return [upper, [Cell(column.heading, head=True) for column in self.shown if column.group]]

    def grid(self) -> Grid:
        """The whole table in memory, for the screen and HWPX; sums as printed values."""
        body = list(self.values())
        rows = self.head()
        head = len(rows)
        if self.sums:
            rows.append(self._total_row(body))
        rows += [
            [
                Cell(value, shown.format, note=note_of(value))
                for value, shown in zip(row, self.shown, strict=True)
            ]
            for row in body
        ]
        if not body:
            rows.append([Cell(EMPTY, align="center", cols=len(self.shown))])
        return Grid(rows, [column.characters for column in self.shown], head)

    def label_width(self) -> int:
        """How many columns the word 계 spans: up to the first that says something in that row."""
        told = (column.sums or column.share or column.total is not None for column in self.shown)
        return next((at for at, says in enumerate(told) if says), 0)

    def totals(self, sums: Sequence[Value]) -> list[Value]:
        """The values of the 계 row; ``sums`` are the columns' sums, whatever stands where none is made."""
        found = [self._sum(column, sums[at]) if column.sums else clean(column.total)
                 for at, column in enumerate(self.shown)]  # fmt: skip
        return self._with_shares(found)

    def total_values(self, body: Sequence[Sequence[Value]]) -> list[Value]:
        """The values of the 계 row over the rows' ``values``."""
        return self.totals(
            [added(row[at] for row in body) if column.sums else None for at, column in enumerate(self.shown)]
        )

    def _sum(self, column: Column, value: Value) -> Value:
        """A sum, marked where it is adjusted."""
        won = self.exact.get(column.name)
        return value if won is None or not isinstance(value, int) else Adjusted(value, won)

    def _total_row(self, body: Sequence[Sequence[Value]]) -> list[Cell]:
        label = self.label_width()
        cells = [
            Cell(value, column.format, bold=True, note=note_of(value))
            if column.sums or column.share or value is not None
            else Cell()
            for value, column in zip(self.total_values(body), self.shown, strict=True)
        ]
        return ([Cell(self.total, align="center", bold=True, cols=label)] if label else []) + cells[label:]


def percent_of(part: Value, whole: Value) -> Decimal | None:
    """``part`` in percent of ``whole`` with one decimal; None where one is not known or there is no whole."""
    if not isinstance(part, int | Decimal) or not isinstance(whole, int | Decimal) or not whole:
        return None
    return half_up(Fraction(part) * 100 / Fraction(whole), 1)


def added(values: Iterable[Value]) -> Value:
    """The sum of the numbers among ``values``; words and nothing count for nothing."""
    total: int | Decimal = 0
    for value in values:
        if isinstance(value, int | Decimal):
            total += value
        elif isinstance(value, float):
            total += Decimal(str(value))
    return total
