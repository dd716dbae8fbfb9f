"""The rows of a table below its headings: merged cells filled down, totals named, notes and section lines left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from common.importing import Column
from common.importing.cells import is_blank, one_line
from common.importing.headings import normal
from documents.reading.table import Table

Cell = Any


def body(
    table: Table, columns: Sequence[Column], edits: Mapping[tuple[int, str], str] | None = None
) -> Iterator[tuple[int, str, dict[str, Cell]]]:
    """The rows below the headings as (number, total word or "", cells by heading), blanks and notes left out.

    ``edits``: (row, heading) → what the officer typed instead; "" empties the cell.
    """
    places = table.headings.places
    required = [column.heading for column in columns if column.required and column.heading in places]
    merged = Merged(table)
    titles = {place: normal(name) for place, name in table.headings.names.items()}
    pairs = list(places.items())
    sections = Sections(table, columns)
    for number, cells in table.sheet.rows():
        if number < table.first_row:
            continue
        if table.last_row and number > table.last_row:
            break
        width = len(cells)
        read = {heading: cells[place] if place < width else None for heading, place in pairs}
        if sections.column and sections.is_one(number, cells):
            continue
        if merged.spans:
            merged.fill(number, read)
        if edits:
            read.update({heading: typed for (row, heading), typed in edits.items() if row == number})
        if all(cell is None or cell == "" or is_blank(cell) for cell in read.values()):
            continue
        word = total_word(cells, read, required)
        if not word and (_repeats(cells, titles) or _is_note(cells)):
            continue
        if sections.said:
            read[sections.column.heading] = sections.said
        yield number, word, read


class Merged:
    """Cells merged downwards say the same for all their rows; a merged amount does not (it is one amount)."""

    def __init__(self, table: Table) -> None:
        by_place = {place: column for place, column in table.headings.columns.items() if not column.money}
        self.spans: dict[int, list[tuple[int, str]]] = {}
        self.values: dict[tuple[int, str], Cell] = {}
        for first, place, last, _ in table.sheet.merged:
            if place in by_place and last > first >= table.first_row:
                for row in range(first, min(last, first + 5_000) + 1):
                    self.spans.setdefault(row, []).append((first, by_place[place].heading))

    def fill(self, number: int, read: dict[str, Cell]) -> None:
        for first, heading in self.spans.get(number, ()):
            if number == first:
                self.values[first, heading] = read[heading]
            elif is_blank(read[heading]):
                read[heading] = self.values.get((first, heading))


class Sections:
    """Lines between the rows that say what the rows below them are (□ 예비사회적기업 (12개소)); at first the sheet's
    name does."""

    _SIGNS = re.compile(r"^[\s□■◎●◆◇▶▷▣☐○ㅇ<\[【(]*(?:[\dIVX가-하]{1,3}[.)]\s*|[①-⑳Ⅰ-Ⅹ]\.?\s*)?")
    _COUNT = re.compile(
        r"[\s:：(]*\d[\d,]*\s*(?:개소|개사|개|곳|업체)?.*$|\s*(?:현황|목록|명단)\s*$|[>\]】]\s*$"
    )
    _BULLET = re.compile(r"\s*(?:[□■◎●◆◇▶▷▣☐<【\[]|[○ㅇ]\s|\d{1,2}[.)]\s|[①-⑳Ⅰ-Ⅹ])")
    LONGEST = 40

    def __init__(self, table: Table, columns: Sequence[Column]) -> None:
        self.column: Any = next((column for column in columns if column.stands_for), None)
        self.mapped = set(table.headings.columns)
        self.wide = {
            row for row, first, last_row, last in table.sheet.merged if row == last_row and last - first >= 2
        }
        titles = (table.title, table.sheet.name) if self.column else ()
        self.said = next((named for title in titles if (named := self._named(title))), "")

    def is_one(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether the row is such a line, which is then remembered."""
        filled = islice(((place, cell) for place, cell in enumerate(cells) if not is_blank(cell)), 2)
        place, cell = next(filled, (0, None))
        if not isinstance(cell, str) or len(cell) > self.LONGEST or next(filled, None):
            return False
        if place in self.mapped and number not in self.wide and not self._BULLET.match(cell):
            return False
        named = self._named(cell)
        self.said = named or self.said
        return bool(named)

    def _named(self, text: str) -> str:
        plain = self._COUNT.sub("", self._SIGNS.sub("", one_line(text))).strip()
        return plain if re.search(self.column.like, plain) else ""


_TOTAL = re.compile(r"(?:소계|합계|총계|누계|총합계|계|합|중계|총합)$")


def total_word(cells: Sequence[Cell], read: Mapping[str, Cell], required: Sequence[str]) -> str:
    """``소계``, ``2023년 합계`` …, where the row is a total: the word, and a required cell that says nothing else."""
    for cell in cells:
        if type(cell) is not str or ("계" not in cell and "합" not in cell):
            continue
        written = re.sub(r"\(.*?\)|\s", "", cell)
        lone = _TOTAL.fullmatch(written)
        # 2023년 합계, 일자리창출사업 계
        if not lone and not re.search(
            r"(?:소계|합계|총계|누계|년도?계)$|\s계\s*$", re.sub(r"\(.*?\)", "", cell)
        ):
            continue
        # A firm may be called 우리 계, but not 합계.
        if any(is_blank(read[heading]) or (lone and read[heading] == cell) for heading in required):
            return " ".join(cell.split())[:30]
    return ""


def _repeats(cells: Sequence[Cell], titles: Mapping[int, str]) -> bool:
    """The headings once more, as sheets print them on every page."""
    same = sum(
        1
        for place, title in titles.items()
        if place < len(cells) and type(cells[place]) is str and normal(cells[place]) == title
    )
    return same >= 2 and same * 2 > len(titles)


def _is_note(cells: Sequence[Cell]) -> bool:
    """A line of its own below the table: ※ …, * …, 주) …, 끝."""
    filled = [cell for cell in cells if not is_blank(cell)]
    if len(filled) != 1 or not isinstance(filled[0], str):
        return False
    return bool(re.match(r"\s*(?:※|\*|☞|주\s*[)):]|비고\s*:|끝\s*\.?\s*$|자료\s*[::]|출처)", filled[0]))
