"""A report as it leaves: the same tables as a page on screen, a workbook of sheets, a document of 한글."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice

from documents.cells import CENTER, Cell
from documents.grid import Grid
from documents.hwpx import page_bytes
from documents.page import Block, Page, Style, Text
from documents.table import Table
from documents.xlsx import add_table
from documents.xlsx_book import Book

ON_SCREEN = 300


@dataclass(frozen=True)
class Answer:
    """요구번호 · 제출부서 · 작성자 · 전화, as they stand above a report (DOMAIN §8)."""

    number: str = ""
    department: str = ""
    writer: str = ""
    phone: str = ""

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        return (
            ("요구번호", self.number),
            ("제출부서", self.department),
            ("작성자", self.writer),
            ("전화", self.phone),
        )

    @property
    def line(self) -> str:
        return " · ".join(f"{label}: {value or '-'}" for label, value in self.parts)


@dataclass(frozen=True)
class Printed:
    """A report that was asked for: its title, its tables, who answers, and what was asked in words."""

    title: str
    tables: Sequence[Table]
    answer: Answer
    conditions: str

    @property
    def lines(self) -> int:
        """Rows of all tables."""
        return sum(len(list(table.rows)) for table in self.tables)

    def xlsx(self) -> bytes:
        """A sheet for each table; every sheet says who answers and what was asked."""
        book, target = Book(), BytesIO()
        for table in self.tables:
            add_table(book, replace(table, asked=self.answer.line, conditions=self.conditions))
        book.save(target)
        return target.getvalue()

    def hwpx(self) -> bytes:
        return page_bytes(self.page())

    def page(self) -> Page:
        """One document: the title, the block of who answers, then table after table."""
        blocks: list[Block] = [Text(self.title, Style.TITLE), self._answer_grid(), Text(self.conditions)]
        for table in self.tables:
            blocks.append(Text(f"□ {table.title}", Style.HEADING))
            if table.above:
                blocks.append(Text(table.above, Style.ABOVE))
            blocks.append(table.grid())
            blocks += [Text(f"※ {note}", Style.NOTE) for note in table.notes]
        return Page(self.title, blocks, any(is_wide(table) for table in self.tables))

    def _answer_grid(self) -> Grid:
        cells = []
        for label, value in self.answer.parts:
            cells += [Cell(label, CENTER, head=True), Cell(value, CENTER)]
        return Grid([cells], [8, 14] * 4, head=0)


def is_wide(table: Table) -> bool:
    """Whether A4 upright is too narrow for it."""
    if table.landscape is not None:
        return table.landscape
    return sum(column.characters for column in table.shown) > 100


@dataclass(frozen=True)
class Screen:
    """A table as the page shows it: at most ``ON_SCREEN`` rows, the sums of all."""

    table: Table
    head: Sequence[Sequence[Cell]]
    body: Sequence[Sequence[Cell]]
    left_out: int

    @property
    def wide(self) -> bool:
        return is_wide(self.table)


def on_screen(table: Table) -> Screen:
    grid = table.grid()
    body = grid.rows[grid.head :]
    shown = list(islice(body, ON_SCREEN + table.sums))
    return Screen(table, grid.rows[: grid.head], shown, len(body) - len(shown))
