"""Rows of cells to rows of values: every fault collected, totals compared and left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from common.importing.cells import as_text, is_blank
from common.importing.columns import Column, Kind
from common.importing.outcomes import Fault, Row
from common.importing.sharing import Shared
from common.money import grouped
from common.notation import NotationError
from common.notation.errors import shorten

# A file with more faults than this has one fault, many times.
MOST_FAULTS = 5_000


@dataclass
class Total:
    """A 소계 or 합계 row: where it stands, and its figures in won by heading."""

    sheet: str
    number: int
    word: str
    figures: dict[str, int]


@dataclass
class Parsed:
    """The rows of one or more tables."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def add(self, other: Parsed) -> None:
        self.rows += other.rows
        self.faults += other.faults
        self.warnings += other.warnings


class Reader:
    """Reads the cells of one column in its table's unit; equal values are one object.

    The same programme, firm, day and year stand in thousands of rows.
    """

    def __init__(self, column: Column, unit: str) -> None:
        self.column, self.heading, self.unit = column, column.heading, unit
        self.shared = Shared()

    def value(self, cell: Any) -> Any:
        """NotationError as the column's own."""
        value = self.column.read(cell, self.unit)
        return self.shared(value) if type(value) in (str, int, date) else value


@dataclass(frozen=True)
class Body:
    """One table's cells: ``lines`` yields (row number, total word or "", cells by heading)."""

    sheet: str
    places: Mapping[str, int]
    units: Mapping[str, str]
    lines: Iterable[tuple[int, str, Mapping[str, Any]]]


def parse(kind: Kind, body: Body, given: Mapping[str, Any] | None = None) -> Parsed:
    """Reads every line. ``given``: values by heading for what a row leaves empty (``--set``), read already."""
    parsed = Parsed()
    sums = Sums(body.sheet, tuple(column.heading for column in kind.columns if column.money))
    read = [Reader(column, body.units.get(column.heading, "")) for column in kind.columns]
    defaults = dict(given or {})
    for number, word, cells in body.lines:
        if word:
            sums.total(number, word, cells, read)
            continue
        row = _row(kind, body, number, cells, read, defaults)
        sums.add(row, kind)
        parsed.rows.append(row)
        parsed.faults += row.faults
        if len(parsed.faults) > MOST_FAULTS:
            parsed.warnings.append(f"잘못된 칸이 {grouped(MOST_FAULTS)}곳을 넘어 그 뒤는 읽지 않았습니다.")
            break
    parsed.warnings += sums.differences()
    return parsed


def _row(
    kind: Kind,
    body: Body,
    number: int,
    cells: Mapping[str, Any],
    read: Sequence[Reader],
    given: Mapping[str, Any],
) -> Row:
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for reader in read:
        column, heading = reader.column, reader.heading
        cell = cells.get(heading)
        if is_blank(cell):
            if heading in given:
                values[column.field] = given[heading]
            elif column.required and not column.may_be_empty:
                faults.append(_missing(body, number, heading))
            continue
        try:
            values[column.field] = reader.value(cell)
        except NotationError as error:
            place = body.places.get(heading)
            faults.append(Fault(body.sheet, number, place, heading, error.seen, error.reason, error.remedy))
    return Row(body.sheet, number, kind.line(**values), body.places, tuple(faults))


def _missing(body: Body, number: int, heading: str) -> Fault:
    if heading not in body.places:
        return Fault(
            body.sheet,
            number,
            None,
            heading,
            "",
            "필요한 열이 파일에 없습니다.",
            f"‘{heading}’ 열을 더하거나 값을 정해 주십시오.",
        )
    return Fault(
        body.sheet,
        number,
        body.places[heading],
        heading,
        "",
        "비어 있습니다.",
        f"{heading}을(를) 적어 주십시오.",
    )


class Sums:
    """Sums of the money columns between 소계 and 합계 rows, to compare these with (DOMAIN §4.5)."""

    def __init__(self, sheet: str, headings: Sequence[str]) -> None:
        self.sheet = sheet
        self.headings = headings
        self.segments: list[dict[str, int]] = [dict.fromkeys(headings, 0)]
        self.totals: list[Total] = []

    def add(self, row: Row, kind: Kind) -> None:
        segment = self.segments[-1]
        for column in kind.columns:
            if column.money:
                segment[column.heading] += getattr(row.line, column.field) or 0

    def total(self, number: int, word: str, cells: Mapping[str, Any], read: Sequence[Reader]) -> None:
        figures: dict[str, int] = {}
        for reader in read:
            cell = cells.get(reader.heading)
            if not reader.column.money or is_blank(cell):
                continue
            try:
                figures[reader.heading] = reader.value(cell)
            except NotationError:
                continue
        self.totals.append(Total(self.sheet, number, word, figures))
        self.segments.append(dict.fromkeys(self.headings, 0))

    def differences(self) -> list[str]:
        """One warning for every printed total that no way of adding gives."""
        found = []
        for at, total in enumerate(self.totals):
            for heading, printed in total.figures.items():
                computed = self._candidates(at, heading, "소계" in total.word)
                if printed not in computed:
                    gap = printed - computed[0]
                    found.append(
                        f"{self.sheet}!{total.number}행 ‘{total.word}’의 {heading} {grouped(printed)}원이 "
                        f"줄들의 합 {grouped(computed[0])}원과 {grouped(gap)}원 다릅니다."
                    )
        return found

    def _candidates(self, at: int, heading: str, partial: bool) -> list[int]:
        """What the total row ``at`` may be the sum of, the likeliest first."""
        parts = [segment[heading] for segment in self.segments]
        whole = sum(parts)
        before, after = parts[at], parts[at + 1]
        around = [before, after] if before else [after, before]
        return [*around, sum(parts[: at + 1]), whole] if partial else [whole, *around, sum(parts[: at + 1])]


def as_given(columns: Iterable[Column], given: Mapping[str, str]) -> dict[str, Any]:
    """``--set COLUMN=VALUE`` read as a cell of that column. ValueError for an unknown column, NotationError else."""
    by_name = {column.heading: column for column in columns}
    found = {}
    for heading, value in given.items():
        if heading not in by_name:
            raise ValueError(f"‘{heading}’ 열은 없습니다. 쓸 수 있는 열: {', '.join(by_name)}")
        found[heading] = by_name[heading].read(value, "")
    return found


def shown_cell(cell: Any) -> str:
    """A cell on one short line, for messages and previews."""
    return "" if cell is None else shorten(as_text(cell))
