"""What all parts of the printed card share: headings, cells, and how the unknown is printed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from common.money import signed
from documents.cells import CENTER, TEXT, Cell, Format, Value, number, sum_of
from documents.grid import Grid
from documents.page import Style, Text
from documents.table import EMPTY
from pledges.card.model import Card, ProgramPart

# Before the day of the opening a total is not known (DOMAIN §3.6).
UNKNOWN = "집계 불가"
UNKNOWN_FULL = "집계 불가(기준일 이전)"


def section(card: Card, kind: str, title: str) -> Text:
    """``6 추진실적``: a pledge may number its sections itself, and need not number all."""
    return Text(f"{card.section_numbers.get(kind, '')} {title}".strip(), Style.SECTION)


def heading(words: str) -> Text:
    return Text(words, Style.HEADING)


def head(words: str, cols: int = 1, rows: int = 1) -> Cell:
    return Cell(words, CENTER, cols=cols, rows=rows, head=True)


def center(words: Value, cols: int = 1, rows: int = 1) -> Cell:
    return Cell(words, CENTER, cols=cols, rows=rows)


def text(words: str, cols: int = 1, rows: int = 1) -> Cell:
    return Cell(words, TEXT, cols=cols, rows=rows)


def decimals(values: Iterable[Decimal | int | None]) -> int:
    """The decimals that a table prints: of its finest value."""
    found = (value.normalize().as_tuple().exponent for value in values if isinstance(value, Decimal))
    return max((-each for each in found if isinstance(each, int) and each < 0), default=0)


def money(values: Iterable[Decimal | int | None]) -> Format:
    """Format of a money table: - for zero, the decimals of its finest value."""
    return number(decimals(values))


def counted(values: Iterable[Decimal | int | None], none: str = "-") -> Format:
    """Format of targets and results: 0 is 0, no target is -."""
    return number(decimals(values), zero="0", none=none)


def known(value: Decimal | int | None, shape: Format, key: Hashable = None, words: str = UNKNOWN) -> Cell:
    """A figure, or that it is not known."""
    return Cell(value, shape, key=key) if value is not None else Cell(words, CENTER, key=key)


def summed(
    value: Decimal | int | None,
    shape: Format,
    parts: Mapping[Any, Decimal | int | None],
    key: Hashable = None,
) -> Cell:
    """A sum as a live formula over the cells of its ``parts``; a plain figure where they do not add up to it
    (not all known, or not all on paper).
    """
    if value is None:
        return known(None, shape, key)
    figures = [part for part in parts.values() if part is not None]
    adds_up = len(figures) == len(parts) > 0 and sum(figures) == value
    return Cell(value, shape, key=key, formula=sum_of(*parts) if adds_up else None)


def adjusted_cells(cells: Mapping[str, int]) -> Iterator[Text]:
    """A note that names the adjusted cells of a table with their exact won: paper shows no notes of cells."""
    if cells:
        told = ", ".join(f"{name}({signed(won)}원)" for name, won in cells.items())
        yield Text(f"※ 합계가 맞도록 단수를 조정한 칸과 정확한 금액: {told}", Style.NOTE)


def table(
    head_rows: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]], widths: Sequence[float]
) -> Grid:
    """A table with repeated head rows; 해당 없음 where it has no body."""
    rows = [*head_rows, *body]
    if not body:
        rows.append([Cell(EMPTY, CENTER, cols=len(widths))])
    return Grid(rows, widths, len(head_rows))


def programs_table(programs: Sequence[ProgramPart]) -> Grid:
    """사업 안내: what each programme does, its host."""
    body = [
        [
            center(program.name),
            center(program.host),
            text("\n".join(f"{line.marker} {line.text}".strip() for line in program.content)),
        ]
        for program in programs
    ]
    return table([[head("사업"), head("주관"), head("사업내용")]], body, (9, 7, 32))
