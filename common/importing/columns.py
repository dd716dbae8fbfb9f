"""What a kind of import declares: its columns, and its three functions parse → check → save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from common.importing.outcomes import Checked, Fault, Outcome, Row

# A cell as Excel holds it: text, number, truth, day, or nothing.
Cell = Any
Reader = Callable[[Cell, str], Any]


def words(text: str) -> tuple[str, ...]:
    """Aliases, as a list without commas."""
    return tuple(text.split())


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its heading, the field it fills, and how its cells are read.

    ``read(cell, unit)`` raises NotationError; ``unit`` is that of the table and matters to money only.
    ``money``: never filled down a merged cell, and summed where the sheet has 소계 or 합계 rows.
    ``extra``: read where a list has it, but neither in our template nor in our export.
    ``like``: a pattern of headings that nobody listed as aliases; what is read by it is told.
    ``second``: our heading for a further column of the file that means the same (유형 beside 구분).
    ``stands_for``: no column of the file but its section lines (□ 예비사회적기업) and sheet names, where they match
    ``like``; with them the sheet may lack the column of this heading.
    """

    heading: str
    field: str
    read: Reader
    required: bool = False
    # A required column whose empty cells are the app's to judge.
    may_be_empty: bool = False
    aliases: tuple[str, ...] = ()
    money: bool = False
    extra: bool = False
    example: str = ""
    hint: str = ""
    width: int = 14
    like: str = ""
    second: str = ""
    stands_for: str = ""


@dataclass(frozen=True)
class Options:
    """How a file is read: what the officer chose, the day it is read on; who reads it, and at what moment."""

    today: date
    unit: str = ""
    given: dict[str, str] = field(default_factory=dict)
    user: Any = None
    at: datetime | None = None


class Check(Protocol):
    def __call__(self, rows: Sequence[Row], options: Options) -> Checked: ...


class Further(Protocol):
    def __call__(self, rows: Sequence[Row], options: Options) -> Iterable[Fault]: ...


class Save(Protocol):
    def __call__(self, outcomes: Iterable[Outcome], reason: str, user: Any) -> None: ...


class Keep(Protocol):
    def __call__(self, rows: Iterable[Any], user: Any, at: datetime) -> Iterable[str]: ...


@dataclass(frozen=True)
class Kind:
    """A kind of rows that can be imported.

    ``line``: a NamedTuple whose fields the columns fill. ``check`` classifies every row against what is stored and
    writes nothing; ``save`` writes what ``check`` planned, with history, inside the caller's transaction.
    """

    code: str
    label: str
    columns: tuple[Column, ...]
    line: type[Any]
    check: Check
    save: Save
    models: tuple[type[Any], ...] = ()
    # Faults of rows of which a cell is wrong already: what their other cells name, so that all is told at once.
    further: Further | None = None
    about: str = ""
    # What of the rows that an import wrote may not be taken back any more, in words.
    keeps: Keep | None = None

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns if column.required)
