"""What becomes of a row: new, changed, unchanged; with doubts to decide, or faults to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Any

from common.money import grouped
from common.periods import korean_date


class State(StrEnum):
    """``DOUBTFUL`` and ``WRONG`` lie over the first three; ``SKIPPED`` is a row that the officer left out."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"
    SKIPPED = "skipped"


def cell_name(row: int, column: int) -> str:
    """``(3, 0)`` → ``A3``: rows from 1, columns from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell (or, without ``column``, one row): the value seen, the rule, what to do."""

    sheet: str
    row: int
    column: int | None
    heading: str
    value: str
    rule: str
    remedy: str

    @property
    def place(self) -> str:
        """``명단!C5``, or ``명단!5행`` for a row."""
        where = cell_name(self.row, self.column) if self.column is not None else f"{self.row}행"
        return f"{self.sheet}!{where}"

    def __str__(self) -> str:
        seen = f" ‘{self.value}’" if self.value else ""
        what = f" {self.heading}{seen}" if self.heading else seen
        return f"{self.place}{what}: {self.rule} {self.remedy}".rstrip()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What looks wrong and may be right. ``answers``: (value, label) pairs where 그대로 is not enough."""

    code: str
    message: str
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One field, in words: before and after."""

    label: str
    old: str
    new: str


@dataclass(slots=True)
class Row:
    """A line of the file as it was read. ``places``: file column of every heading (shared by a sheet's rows).

    A file has up to 300,000 of them: no list of their own for faults that most rows do not have.
    """

    sheet: str
    number: int
    line: Any
    places: Mapping[str, int]
    faults: tuple[Fault, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.sheet}!{self.number}"

    def fault(self, heading: str, value: object, rule: str, remedy: str) -> Fault:
        """A fault of this row's cell under ``heading``; of the whole row where the sheet lacks the column."""
        seen = "" if value is None else str(value)
        return Fault(self.sheet, self.number, self.places.get(heading), heading, seen, rule, remedy)


@dataclass(slots=True)
class Outcome:
    """What saving would do with a row. ``plan`` is the app's own: what ``save`` needs.

    ``computed``: values that saving takes from elsewhere than the line (shares by the year's ratio).
    """

    row: Row
    state: State
    changes: tuple[Change, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    plan: Any = None
    computed: Any = None
    answer: str = ""
    said: bytes = b""

    @property
    def digest(self) -> bytes:
        """Changes whenever what saving would write does."""
        saved = (self.row.key, self.changes, self.row.line, self.computed)
        return self.said or sha256(repr(saved).encode()).digest()[:12]

    def shorten(self) -> None:
        """Lets go of the values and the plan that saving needs; what a page shows stays."""
        self.said = self.digest
        self.row.line = self.plan = self.computed = None

    @property
    def shown(self) -> State:
        """The state as the preview shows it: a decided doubt is no doubt any more, a row left out no fault."""
        if self.answer == SKIP:
            return State.SKIPPED
        if self.faults:
            return State.WRONG
        return State.DOUBTFUL if self.doubts and not self.answer else self.state

    @property
    def question(self) -> str:
        """What a decision answers: other doubts or faults are another question, and open again."""
        said = [str(fault) for fault in self.faults] or [doubt.message for doubt in self.doubts]
        return sha256("\n".join(said).encode()).hexdigest()[:12]


SKIP = "skip"
ACCEPT = "accept"


@dataclass(slots=True)
class Checked:
    """All outcomes of a file, with warnings of no one row."""

    outcomes: list[Outcome]
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Counts:
    """How many rows are what; ``new``, ``changed``, ``unchanged`` include the doubtful ones."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    doubtful: int = 0
    wrong: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"new: {self.new} changed: {self.changed} unchanged: {self.unchanged}"


def count(outcomes: Iterable[Outcome]) -> Counts:
    """Rows by what saving would do; wrong and skipped ones are only counted as such."""
    found: Counter[str] = Counter()
    for outcome in outcomes:
        shown = outcome.shown
        if shown in (State.WRONG, State.SKIPPED):
            found[shown] += 1
            continue
        found[outcome.state] += 1
        found["doubtful"] += shown == State.DOUBTFUL
    return Counts(**{name: found[name] for name in Counts.__dataclass_fields__})


@dataclass(slots=True)
class Changed:
    """The plan of a changed row: which record, and the fields to set."""

    pk: int
    sets: dict[str, Any]


def changed(
    fields: Iterable[tuple[str, str]], old: Any, new: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Change, ...]]:
    """The fields (label, name) that ``new`` sets otherwise than ``old``, as values and in words.

    What ``new`` leaves empty stays as it is.
    """
    sets, changes = {}, []
    for label, name in fields:
        before, after = getattr(old, name), new.get(name)
        if after in (None, "") or same(before, after):
            continue
        sets[name] = after
        changes.append(Change(label, in_words(before), in_words(after)))
    return sets, tuple(changes)


def same(before: Any, after: Any) -> bool:
    """Equal; line breaks and runs of spaces in texts are form, not content."""
    if isinstance(before, str) and isinstance(after, str):
        return before == after or " ".join(before.split()) == " ".join(after.split())
    return bool(before == after)


def in_words(value: Any) -> str:
    """A field's value as a preview shows it."""
    if isinstance(value, date):
        return korean_date(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    if isinstance(value, int) and not isinstance(value, bool):
        return grouped(value)
    return "" if value is None else str(value)
