"""Tables of the text: rows put together where the copy broke them, cells matched with columns by what they hold.

A copied table is rarely a clean grid: merged header cells appear once or leave gaps, 구분 covers two columns,
empty cells at the end are lost. So a row is matched with the expected columns as a whole (``align``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from .cells import UNITS, is_none, looks_like_value
from .labels import label_of
from .source import SourceLine, key

ColumnKind = Literal["no", "text", "name", "unit", "value", "date", "any"]
_PROSE = re.compile(r"(?:세부|사업|추진|주요|지원)?내용|비고|(?:세부)?추진사항")
_MARKED = re.compile(r"\s*[-*·○□◆▶※(\[]")
_ROW_START = re.compile(
    r"\d{1,3}\.?|(?:19|20)\d\d(?:년도?)?|[국시구도군]\s?비|기\s?타|총?\s?계|합\s?계|소\s?계|민\s?자|총\s?이행[률율].*"
)


@dataclass(frozen=True)
class Row:
    """A row: its first and last line in the document, and its cells."""

    line: int
    last: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell.strip()]

    @property
    def first(self) -> str:
        return self.cells[0] if self.cells else ""


@dataclass
class Table:
    rows: list[Row] = field(default_factory=list)

    @property
    def line(self) -> int:
        return self.rows[0].line

    def keys(self, rows: int = 3) -> set[str]:
        """The words of the first rows, for recognising the table."""
        return {key(cell) for row in self.rows[:rows] for cell in row.filled}


def assemble(run: Sequence[SourceLine]) -> tuple[Table, list[SourceLine]]:
    """The table at the start of ``run`` (which begins with a row), and the lines behind it."""
    rows: list[Row] = []
    width, prose = 0, False
    for at, line in enumerate(run):
        if line.is_row and not (rows and _goes_on(rows[-1], line, width)):
            rows.append(Row(line.no, line.no, line.cells))
            width = max(width, len(line.cells))
            prose = prose or _ends_in_prose(line.cells)
        elif line.is_row or (
            _is_broken_cell(line, rows[-1], width, prose)
            and not _heads_outline(run[at : at + 2], rows[-1], width)
        ):
            rows[-1] = _joined(rows[-1], line)
        else:
            return Table(rows), list(run[at:])
    return Table(rows), []


def _ends_in_prose(cells: Sequence[str]) -> bool:
    filled = [key(cell) for cell in cells if cell.strip()]
    return len(filled) > 1 and bool(_PROSE.fullmatch(filled[-1]))


def _is_broken_cell(line: SourceLine, row: Row, width: int, prose: bool) -> bool:
    """Whether a plain line goes on in the last cell of ``row``; a header row is not gone on."""
    may_go_on = len(row.cells) < width or prose
    return may_go_on and bool(row.filled) and not _PROSE.fullmatch(key(row.filled[-1]))


def _heads_outline(lines: Sequence[SourceLine], row: Row, width: int) -> bool:
    """A short plain line before a marked one, behind a complete row, is the next subheading and not its cell."""
    if len(row.cells) < width or len(lines) < 2 or len(lines[0].text.strip()) > 40:
        return False
    return not _MARKED.match(lines[0].text) and bool(_MARKED.match(lines[1].text)) and not lines[1].is_row


def _goes_on(row: Row, line: SourceLine, width: int) -> bool:
    """A row broken inside a cell: what is missing of the row before is exactly what this line brings (or one cell
    more, where 구분 covers two columns)."""
    first = line.cells[0]
    whole = len(row.cells) + len(line.cells) - 1
    fits = len(row.cells) < width and (whole == width or (whole == width + 1 and is_no(row.first)))
    # The labels of the head table start rows of their own.
    starts_anew = not first or _ROW_START.fullmatch(first) or label_of(first) is not None
    return fits and not starts_anew and bool(row.cells[-1].strip()) and row.first.strip() != ""


def _joined(row: Row, line: SourceLine) -> Row:
    first, *rest = line.cells or (line.text.strip(),)
    return Row(row.line, line.no, (*row.cells[:-1], f"{row.cells[-1]} {first}".strip(), *rest))


@dataclass(frozen=True)
class Column:
    """An expected column. An ``optional`` one may have no cell at all in a row; an ``implied`` one stands in no
    header and is the first to go."""

    name: str
    kind: ColumnKind
    optional: bool = False
    implied: bool = False

    @property
    def cost(self) -> int:
        """What it costs a match that a row has no cell for it."""
        return 5 if self.implied else 50 if self.optional else 100


def is_no(cell: str) -> bool:
    return bool(
        re.fullmatch(
            r"\d{1,4}\s?[.)번]?|[가나다라마바사아자차카타파하][.)]?|[①-⑳]|\(\d{1,3}\)|[A-Z][.)]?",
            cell.strip(),
        )
    )


def _score(kind: ColumnKind, cell: str) -> int:
    """How well a cell suits a kind of column; an empty one suits any. Whole numbers: equals must be equal."""
    if not cell.strip():
        return 0
    if kind == "no":
        return 300 if is_no(cell) else -300
    if kind == "value":
        return 300 if looks_like_value(cell) else (200 if is_none(cell) else -350)
    if kind == "any":
        return 100 if looks_like_value(cell) or is_none(cell) else 200
    if kind == "unit":
        return _unit_score(cell)
    if kind == "name" and cell.strip() in UNITS:
        return -300
    if kind == "date":
        return 300 if re.search(r"\d\s*[.\-/년월]|^'?\d\d", cell) else -50
    if looks_like_value(cell):
        return -150
    return 50 if is_none(cell) else 200


def _unit_score(cell: str) -> int:
    if cell.strip() in UNITS:
        return 300
    return -200 if re.search(r"\d", cell) or len(cell) > 8 else 150


def align(columns: Sequence[Column], cells: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The cell of each column by name, and the filled cells that no column would take.

    The best monotone match: no cell moves past another. Same positions win ties, so that a clean grid is
    read as it stands.
    """
    count, width = len(columns), len(cells)
    best = [[0] * (width + 1) for _ in range(count + 1)]
    move = [[""] * (width + 1) for _ in range(count + 1)]
    for i in range(count, -1, -1):
        for j in range(width, -1, -1):
            if i == count and j == width:
                continue
            best[i][j], move[i][j] = max(_moves(columns, cells, i, j, best), key=lambda found: found[0])
    return _walk(columns, cells, move)


def _moves(
    columns: Sequence[Column], cells: Sequence[str], i: int, j: int, best: list[list[int]]
) -> list[tuple[int, str]]:
    moves: list[tuple[int, str]] = []
    if i < len(columns) and j < len(cells):
        even = 30 if i == j and len(columns) == len(cells) else 0
        moves.append((best[i + 1][j + 1] + _score(columns[i].kind, cells[j]) + even, "match"))
    if j < len(cells):
        moves.append((best[i][j + 1] - (250 if cells[j].strip() else 10), "cell"))
    if i < len(columns):
        moves.append((best[i + 1][j] - columns[i].cost, "column"))
    return moves


def _walk(
    columns: Sequence[Column], cells: Sequence[str], move: list[list[str]]
) -> tuple[dict[str, str], list[str]]:
    found: dict[str, str] = {}
    left: list[str] = []
    i = j = 0
    while i < len(columns) or j < len(cells):
        step = move[i][j]
        if step == "match":
            found[columns[i].name] = cells[j].strip()
            i, j = i + 1, j + 1
        elif step == "cell":
            left += [cells[j]] if cells[j].strip() else []
            j += 1
        else:
            i += 1
    return found, left


def years_in(text: str) -> bool:
    """Whether a header cell names several years at once: ``’22~’23``, ``2022~2023년``."""
    return bool(re.fullmatch(r"\s*['’‘`]?(?:20)?\d\d\s?년?\s*[~∼～\-–]\s*['’‘`]?(?:20)?\d\d\s?년?\s*", text))


def single_years(labels: Sequence[str]) -> list[int | None]:
    """The year of each header cell; none where several cells share it (``2022 상반기``, ``2022 하반기``)."""
    years = [year_in(label) for label in labels]
    return [year if year is not None and years.count(year) == 1 else None for year in years]


def year_in(text: str) -> int | None:
    """The year that a header cell names: ``2024``, ``2024년``, ``’24``, ``24년``."""
    found = re.fullmatch(
        r"\s*(?:(20\d\d|19\d\d)|['’‘`](\d\d)|(\d\d)(?=년))\s*(?:년도?|\.)?\s*"
        r"(?:목표|실적|\(.*\)|[상하]반기|\d{1,2}\s*[.월]?\s*[~∼～-]\s*\d{1,2}\s*[.월]?)?\s*",
        text,
    )
    if not found:
        return None
    return int(found[1]) if found[1] else 2000 + int(found[2] or found[3])
