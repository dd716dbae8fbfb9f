"""One declared table that XLSX, CSV, 표 복사 and HWPX all read (the office's layout: DOMAIN §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from common.periods import korean_date
from documents.cells import COUNT, TEXT, Cell, Format, Value, clean
from documents.grid import Grid

EMPTY = "해당 없음"


@dataclass(frozen=True)
class Column:
    """A column: heading, where a row's value comes from, how it is printed.

    ``source`` is a path of attributes or keys (``"program.name"``, ``"amount"``) or a function of the row.
    ``group`` is the heading above it, shared with its neighbours. ``sums``: the 계 row adds it up.
    ``parts`` names the columns that it is the sum of; a heading met twice is named ``"group/heading"``.
    """

    heading: str
    source: str | Callable[[Any], Any]
    format: Format = TEXT
    width: float = 0
    group: str = ""
    sums: bool = False
    parts: tuple[str, ...] = ()

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

    ``total`` heads the 계 row under the header; it is there if a column ``sums``. ``conditions`` says in words
    what was filtered; ``notes`` stand below. ``landscape`` None: by width.
    """

    title: str
    columns: Sequence[Column]
    rows: Iterable[Any]
    unit: str = ""
    as_of: date | None = None
    conditions: str = ""
    numbered: bool = True
    total: str = "계"
    notes: Sequence[str] = ()
    landscape: bool | None = None

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
            cells = [column.value(row) for column in self.columns]
            yield [number, *cells] if self.numbered else cells

    def part_indexes(self) -> dict[int, list[int]]:
        """Where a column is the sum of others: its place → theirs. LookupError for a name that no column has."""
        places = {name: at for at, column in enumerate(self.shown) for name in (column.heading, column.name)}
        return {
            at: [places[part] for part in column.parts]
            for at, column in enumerate(self.shown)
            if column.parts
        }

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
        """The whole table in memory, for HTML and HWPX; sums as printed values."""
        body = list(self.values())
        rows = self.head()
        head = len(rows)
        if self.sums:
            rows.append(self._total_row(body))
        rows += [
            [Cell(value, column.format) for value, column in zip(row, self.shown, strict=True)]
            for row in body
        ]
        if not body:
            rows.append([Cell(EMPTY, align="center", cols=len(self.shown))])
        return Grid(rows, [column.characters for column in self.shown], head)

    def label_width(self) -> int:
        """How many columns the word 계 spans: up to the first summed one."""
        return next((at for at, column in enumerate(self.shown) if column.sums), 0)

    def _total_row(self, body: list[list[Value]]) -> list[Cell]:
        label = self.label_width()
        sums = [
            Cell(added(row[at] for row in body), column.format, bold=True) if column.sums else Cell()
            for at, column in enumerate(self.shown)
        ]
        return ([Cell(self.total, align="center", bold=True, cols=label)] if label else []) + sums[label:]


def added(values: Iterable[Value]) -> Value:
    """The sum of the numbers among ``values``; words and nothing count for nothing."""
    total: int | Decimal = 0
    for value in values:
        if isinstance(value, int | Decimal):
            total += value
        elif isinstance(value, float):
            total += Decimal(str(value))
    return total
