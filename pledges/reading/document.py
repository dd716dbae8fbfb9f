"""The document as sections of paragraphs and tables, and a ledger of which line was understood as what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .faults import Faults, Unplaced
from .headings import Heading, Kind, heading_of
from .source import SourceLine, is_rule, read_lines
from .tables import Table, assemble


@dataclass(frozen=True)
class Paragraph:
    """One line outside tables, as typed (leading spaces are the outline's depth)."""

    line: int
    text: str
    after_blank: bool = False

    @property
    def bare(self) -> str:
        return self.text.strip()


Item = Paragraph | Table


@dataclass
class Section:
    """A heading (None at the top of the document) with what stands below it up to the next one."""

    heading: Heading | None
    items: list[Item] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        return self.heading.kind if self.heading else Kind.FRONT

    @property
    def tables(self) -> list[Table]:
        return [item for item in self.items if isinstance(item, Table)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [item for item in self.items if isinstance(item, Paragraph)]


class Document:
    """Lines and sections. Every recogniser takes the lines it understood; what nobody took is unplaced."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.faults = faults
        self.lines = read_lines(text, faults)
        self.taken: dict[int, str] = {}
        self.sections = list(self._sections())

    def take(self, line: int, part: str, last: int | None = None) -> None:
        """Lines ``line`` through ``last`` were understood as ``part``."""
        for no in range(line, (last or line) + 1):
            self.taken[no] = part

    def take_table(self, table: Table, part: str) -> None:
        for row in table.rows:
            self.take(row.line, part, row.last)

    def is_taken(self, line: int) -> bool:
        return line in self.taken

    def left(self, section: Section) -> list[Item]:
        """Items of a section that nobody took yet."""
        return [
            item
            for item in section.items
            if not self.is_taken(item.rows[0].line if isinstance(item, Table) else item.line)
        ]

    def unplaced(self) -> list[Unplaced]:
        """What no recogniser took: whole lines, and cells of tables that are otherwise understood."""
        lines = [
            Unplaced(line.no, " ".join(line.text.split()))
            for line in self.lines
            if not line.is_blank and not self.is_taken(line.no) and not is_rule(line.text)
        ]
        return sorted([*lines, *self.faults.cells], key=lambda found: found.line)

    def all_tables(self) -> Iterator[tuple[Section, Table]]:
        for section in self.sections:
            for table in section.tables:
                yield section, table

    def _sections(self) -> Iterator[Section]:
        section = Section(None)
        run: list[SourceLine] = []
        after_blank = True
        for line in [*self.lines, SourceLine(0, "")]:
            heading = None if line.is_row else heading_of(line.no, line.text)
            if line.is_row or (run and not line.is_blank and heading is None and not is_rule(line.text)):
                run.append(line)
                continue
            if is_rule(line.text) and run:
                continue
            section.items += self._items(run)
            run = []
            if heading is not None:
                yield section
                section = Section(heading)
            elif not line.is_blank:
                section.items.append(Paragraph(line.no, line.text, after_blank))
            after_blank = line.is_blank
        yield section

    @staticmethod
    def _items(run: list[SourceLine]) -> list[Item]:
        """A run of rows with the plain lines between them: tables, and the lines that stand behind them."""
        items: list[Item] = []
        while run:
            if run[0].is_row:
                table, run = assemble(run)
                items.append(table)
            else:
                items.append(Paragraph(run[0].no, run[0].text))
                run = run[1:]
        return items
