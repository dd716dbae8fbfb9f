"""What reading finds wrong: errors (nothing is saved), warnings (saved, named), printed figures that differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

# An empty cell's mark says nothing that could get lost.
_NOTHING = re.compile(r"[-–—−ㅡ－·\s]*")


@dataclass(frozen=True)
class Fault:
    """A sentence for the officer and the line of the document it is about (0: the document as a whole)."""

    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.line}번째 줄: {self.message}" if self.line else self.message


@dataclass(frozen=True)
class Finding:
    """A printed figure that differs from the computed one; both as printed text."""

    where: str
    printed: str
    computed: str
    line: int = 0
    note: str = ""

    @property
    def message(self) -> str:
        return (
            f"{self.where}: 문서 {self.printed}, 계산 {self.computed}{f' ({self.note})' if self.note else ''}"
        )


@dataclass(frozen=True)
class Unplaced:
    """Text that found no place in the card; it is kept with the pledge."""

    line: int
    text: str


@dataclass
class Faults:
    """Collected while reading, so that all of them can be shown at once."""

    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells: list[Unplaced] = field(default_factory=list)

    def error(self, line: int, message: str) -> None:
        self._add(self.errors, line, message)

    def warn(self, line: int, message: str) -> None:
        self._add(self.warnings, line, message)

    def differs(self, line: int, where: str, printed: str, computed: str, note: str = "") -> None:
        """A printed total or rate that differs: a finding of the card, and a warning with both figures."""
        if any((found.where, found.printed) == (where, printed) for found in self.findings):
            return
        found = Finding(where, printed, computed, line, note)
        self.findings.append(found)
        self.warn(line, found.message)

    def leave(self, line: int, text: str) -> None:
        """A cell of a table that is otherwise understood."""
        if text.strip() and not _NOTHING.fullmatch(text.strip()):
            self.cells.append(Unplaced(line, text.strip()))

    @property
    def other_warnings(self) -> list[Fault]:
        """Warnings that are no findings: a page that lists those beside each other tells each once."""
        told = {found.message for found in self.findings}
        return [fault for fault in self.warnings if fault.message not in told]

    @staticmethod
    def _add(faults: list[Fault], line: int, message: str) -> None:
        fault = Fault(line, message)
        if fault not in faults:
            faults.append(fault)

    def __iter__(self) -> Iterator[Fault]:
        yield from self.errors
        yield from self.warnings
