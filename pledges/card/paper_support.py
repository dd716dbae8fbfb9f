"""지원현황 of the printed card: years down, programmes across, the ratio and ‘(기업수는 중복)’ inside the head."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from documents.cells import Cell, Format, adjusted_note
from documents.grid import Grid
from documents.page import Block, Style, Text
from pledges.card.model import SupportProgram, SupportRow
from pledges.card.paper_words import UNKNOWN, adjusted_cells, center, counted, head, money, summed, table

WHOLE = {"enterprises": "기업수", "headcount": "인원", "amount": "지원액"}


def support_blocks(rows: Sequence[SupportRow], word: str) -> Iterator[Block]:
    """One table; another one where a later year has other programmes, other ratios or another unit."""
    if rows:
        yield Text(f"○ {word}기업 지원현황")
    for _, same in groupby(rows, _shape):
        years = list(same)
        yield Text(f"(단위: 개소/ 명/ {years[0].unit})", Style.ABOVE)
        yield support_table(years)
        yield from adjusted_cells(
            {
                f"{row.year}년 {part.name}": part.exact
                for row in years
                for part in row.programs
                if part.exact is not None
            }
        )
        yield from _distinct(years)


def _shape(row: SupportRow) -> Hashable:
    return row.unit, tuple((part.name, part.split, part.counts_people) for part in row.programs)


def _distinct(rows: Sequence[SupportRow]) -> Iterator[Text]:
    found = [row for row in rows if row.distinct is not None and row.distinct != row.enterprises]
    if found:
        years = ", ".join(f"{row.year}년 {row.distinct:,}개소" for row in found)
        yield Text(f"※ 중복을 뺀 실기업 수: {years}", Style.NOTE)


def support_table(rows: Sequence[SupportRow]) -> Grid:
    """Rows of equal programmes; a second line of a year holds what is planned."""
    programs = rows[0].programs
    shape = money(part.amount for row in rows for part in row.programs)
    body: list[list[Cell]] = []
    for row in rows:
        body += _year(row, shape)
    columns = 4 + sum(len(_fields(part)) for part in programs)
    return table(_head(programs), body, [1.25] + [1] * (columns - 1))


def _fields(part: SupportProgram) -> list[str]:
    return [name for name in WHOLE if name != "headcount" or part.counts_people]


def _head(programs: Sequence[SupportProgram]) -> list[list[Cell]]:
    return [
        [head("구 분"), head("합 계", cols=3), *(head(p.name, cols=len(_fields(p))) for p in programs)],
        [
            head("국비:시비:구비", rows=2),
            head("(기업수는 중복)", cols=3),
            *(head(p.split, cols=len(_fields(p))) for p in programs),
        ],
        [
            *(head(words) for words in WHOLE.values()),
            *(head(WHOLE[name]) for p in programs for name in _fields(p)),
        ],
    ]


def _year(row: SupportRow, shape: Format) -> list[list[Cell]]:
    planned = any(part.planned_amount is not None or part.note for part in row.programs)
    deep = 2 if planned else 1
    first = [head(f"{row.year}년도", rows=deep), *_totals(row, shape, deep)]
    second: list[Cell] = []
    for at, part in enumerate(row.programs):
        plans = part.planned_amount is not None or bool(part.note)
        first += _program(row.year, at, part, shape, 1 if plans else deep)
        if plans:
            second += [
                center(part.note, cols=len(_fields(part)) - 1),
                Cell(part.planned_amount, Format(shape.code, "right", text=shape.text)),
            ]
    return [first, second] if planned else [first]


def _totals(row: SupportRow, shape: Format, deep: int) -> list[Cell]:
    cells = []
    for name in WHOLE:
        parts: dict[Hashable, Decimal | int | None] = {
            ("support", row.year, at, name): getattr(part, name)
            for at, part in enumerate(row.programs)
            if name in _fields(part) and getattr(part, name) is not None
        }
        style = shape if name == "amount" else counted([], none="")
        cell = summed(getattr(row, name), style, parts, ("support", row.year, "total", name))
        cells.append(_deep(cell, deep))
    return cells


def _program(year: int, at: int, part: SupportProgram, shape: Format, deep: int) -> list[Cell]:
    """Nothing recorded stays blank; a year that began before the opening is not known."""
    cells = []
    for name in _fields(part):
        value = getattr(part, name)
        style = Format(shape.code, "right", text=shape.text) if name == "amount" else counted([], none="")
        if part.unknown and value is None:
            cells.append(_deep(center(UNKNOWN), deep))
            continue
        note = adjusted_note(part.exact) if name == "amount" and part.exact is not None else ""
        cells.append(Cell(value, style, rows=deep, key=("support", year, at, name), note=note))
    return cells


def _deep(cell: Cell, rows: int) -> Cell:
    return replace(cell, rows=rows)
