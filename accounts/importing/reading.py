"""From a file to what would become of each of its rows. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from accounts.models import ColumnMapping, Office
from common.importing import Counts, Fault, Kind, Options, Outcome, Parsed, Row, State, count, parse
from common.importing.outcomes import SKIP
from common.importing.parsing import Body, as_given
from common.notation import NotationError
from documents.reading import Layouts, Table, Unreadable, find_tables, open_book, paste
from documents.reading.body import body
from documents.reading.book import Book

# (what is being done, rows done so far)
Progress = Callable[[str, int], None]
# (a row's key, its cells by heading)
Tell = Callable[[str, Mapping[str, Any]], None]
# (number, word of a total, cells by heading)
Line = tuple[int, str, Mapping[str, Any]]
EVERY = 1_000


def silent(step: str, done: int) -> None:
    """No progress is shown."""


def nobody(key: str, cells: Mapping[str, Any]) -> None:
    """The cells are not wanted as they stand in the file."""


@dataclass(frozen=True)
class Source:
    """A file and everything that was chosen about it. ``edits``: [sheet, row, heading, text]."""

    content: bytes
    name: str
    pasted: bool = False
    unit: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    sheets: Sequence[str] | None = None
    header_rows: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    edits: Sequence[Sequence[Any]] = ()
    decisions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    accept_doubts: bool = False

    def book(self) -> Book:
        """Unreadable with the reason."""
        return paste(self.content.decode("utf-8")) if self.pasted else open_book(self.content, self.name)

    def edited(self, sheet: str) -> dict[tuple[int, str], str]:
        return {(row, heading): typed for name, row, heading, typed in self.edits if name == sheet}


@dataclass
class Reading:
    """The rows of a file, not yet checked; of each of its tables our headings with their columns."""

    parsed: Parsed
    headings: list[Mapping[str, int]]


@dataclass
class Preview:
    """What would become of every row, and what must be mended or decided before."""

    outcomes: list[Outcome]
    warnings: list[str]
    headings: list[Mapping[str, int]]

    @property
    def faults(self) -> Iterator[Fault]:
        for outcome in self.outcomes:
            yield from outcome.faults

    @property
    def counts(self) -> Counts:
        return count(self.outcomes)

    @property
    def ready(self) -> bool:
        """Nothing wrong, nothing undecided."""
        return all(outcome.shown not in (State.WRONG, State.DOUBTFUL) for outcome in self.outcomes)

    @property
    def fingerprint(self) -> str:
        """Changes whenever the outcome of any row does: what was confirmed is what is saved."""
        found = sha256()
        for outcome in self.outcomes:
            found.update(outcome.digest + f"{outcome.shown}|{outcome.answer}".encode())
        return found.hexdigest()[:16]

    def shorten(self) -> None:
        """Lets go of what saving needs."""
        for outcome in self.outcomes:
            outcome.shorten()


def look(
    kind: Kind,
    source: Source,
    today: date,
    progress: Progress = silent,
    user: Any = None,
    at: datetime | None = None,
) -> Preview:
    """Reads and checks the whole file, as ``user`` may save it ``at`` that moment.

    Unreadable where there is no table in it.
    """
    reading = read(kind, source, source.book(), progress)
    return judge(kind, source, reading, Options(today, source.unit, dict(source.given), user, at), progress)


def read(kind: Kind, source: Source, book: Book, progress: Progress = silent, tell: Tell = nobody) -> Reading:
    """Every row of the file's tables; ``tell`` hears the cells of each. Unreadable where there is no table.

    What is read holds nothing of the file, so that its memory is free once the caller lets go of ``book``.
    """
    given = _given(kind, source)
    found = find_tables(book, kind.columns, layouts_of(kind, source), list(given))
    parsed = Parsed(warnings=found.warnings)
    for table in found.tables:
        parsed.add(_parse(kind, source, table, given, progress, tell))
    return Reading(parsed, [table.headings.places for table in found.tables])


def judge(
    kind: Kind, source: Source, reading: Reading, options: Options, progress: Progress = silent
) -> Preview:
    """Checks every row that was read, and puts the officer's decisions to what is doubtful."""
    return Preview(*_outcomes(kind, reading.parsed, options, source, progress), reading.headings)


def _given(kind: Kind, source: Source) -> dict[str, Any]:
    try:
        return as_given(kind.columns, source.given)
    except NotationError as error:
        raise Unreadable(f"정해 준 값을 읽을 수 없습니다: {error}") from error
    except ValueError as error:
        raise Unreadable(str(error)) from error


def layouts_of(kind: Kind, source: Source) -> Layouts:
    """How the file's tables are to be found: as chosen for this import, else as remembered from earlier ones."""
    known = dict(ColumnMapping.objects.filter(kind=kind.code).values_list("layout", "columns"))
    known.update(source.columns)
    return Layouts(
        lambda layout: known.get(layout_digest(layout)) if known else None,
        source.header_rows,
        source.sheets,
        Office.current().imports_mobiles,
    )


def _parse(
    kind: Kind, source: Source, table: Table, given: Mapping[str, Any], progress: Progress, tell: Tell
) -> Parsed:
    units = dict.fromkeys(table.units, source.unit) if source.unit else table.units
    lines = _lines(kind, source, table, progress, tell)
    parsed = parse(kind, Body(table.sheet.name, table.headings.places, units, lines), given)
    own = set(table.headings.units.values())
    if not source.unit and table.unit and own - {table.unit}:
        parsed.warnings.append(
            f"{table.sheet.name}: 모서리의 단위는 {table.unit}이나 머리글의 단위({'·'.join(sorted(own))})로 읽었습니다."
        )
    stated = {unit for unit in table.units.values() if unit}
    if source.unit and stated - {source.unit}:
        parsed.warnings.append(
            f"{table.sheet.name}: 표에 적힌 단위는 {'·'.join(sorted(stated))}이나 {source.unit}으로 읽었습니다."
        )
    return parsed


def _lines(kind: Kind, source: Source, table: Table, progress: Progress, tell: Tell) -> Iterator[Line]:
    name = table.sheet.name
    lines = body(table, kind.columns, source.edited(name))
    for number, word, cells in counted(lines, lambda done: progress("읽는 중", done)):
        if not word:
            tell(f"{name}!{number}", cells)
        yield number, word, cells


def counted(lines: Iterable[Any], tell: Callable[[int], None]) -> Iterator[Any]:
    """``lines`` themselves; every thousand of them are told."""
    for done, line in enumerate(lines, start=1):
        yield line
        if done % EVERY == 0:
            tell(done)


def _outcomes(
    kind: Kind, parsed: Parsed, options: Options, source: Source, progress: Progress
) -> tuple[list[Outcome], list[str]]:
    good: list[Row] = [row for row in parsed.rows if not row.faults]
    progress("확인하는 중", 0)
    checked = kind.check(good, options)
    progress("확인하는 중", len(good))
    if len(good) == len(parsed.rows):
        outcomes = checked.outcomes
    else:
        right = iter(checked.outcomes)
        _add_further(kind, [row for row in parsed.rows if row.faults], options)
        outcomes = [
            Outcome(row, State.WRONG, faults=row.faults) if row.faults else next(right) for row in parsed.rows
        ]
    decide(outcomes, source)
    return outcomes, parsed.warnings + checked.warnings


def _add_further(kind: Kind, rows: Sequence[Row], options: Options) -> None:
    """What the readable cells of wrong rows name wrongly, in the order of the columns."""
    by_place = {(row.sheet, row.number): row for row in rows}
    for fault in kind.further(rows, options) if kind.further else ():
        row = by_place[fault.sheet, fault.row]
        if fault.heading not in {known.heading for known in row.faults}:
            row.faults += (fault,)
    for row in rows:
        row.faults = tuple(sorted(row.faults, key=lambda fault: (fault.column is None, fault.column or 0)))


def decide(outcomes: Iterable[Outcome], source: Source) -> None:
    """Puts the officer's decisions to the doubts that they answered; a doubt that changed is open again."""
    for outcome in outcomes:
        if not outcome.doubts and not outcome.faults:
            continue
        decision = source.decisions.get(outcome.row.key)
        if decision and decision.get("question") == outcome.question:
            # What is wrong can only be left out.
            outcome.answer = decision["answer"] if not outcome.faults or decision["answer"] == SKIP else ""
        elif source.accept_doubts and not outcome.faults:
            outcome.answer = "accept"


def layout_digest(layout: Sequence[str]) -> str:
    return sha256("\n".join(layout).encode()).hexdigest()
