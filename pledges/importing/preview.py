"""A preview as its page shows it: states to filter by, rows with their cells, sheets with their headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from accounts.importing import Preview, Source
from accounts.importing.reading import layout_digest, layouts_of
from common.importing import Fault, Headings, Kind, Outcome, State
from common.importing.cells import is_blank
from common.importing.parsing import shown_cell
from documents.reading.book import Book, Sheet
from documents.reading.head import find_table
from documents.reading.table import Layouts, Table

LABELS = {
    State.WRONG: "잘못됨",
    State.DOUBTFUL: "확인할 점",
    State.NEW: "새로 넣음",
    State.CHANGED: "바뀜",
    State.UNCHANGED: "그대로",
    State.SKIPPED: "뺌",
}
BADGES = {State.WRONG: "bad", State.DOUBTFUL: "warn", State.NEW: "good", State.CHANGED: "info"}
SAMPLE = 12
LEAVE_OUT = "-"


@dataclass(frozen=True)
class Tab:
    """A filter: a state, its words and how many rows it has."""

    state: str
    label: str
    count: int


def tabs(preview: Preview) -> list[Tab]:
    counts = Counter(outcome.shown for outcome in preview.outcomes)
    every = Tab("", "모두", len(preview.outcomes))
    return [
        every,
        *(Tab(state.value, label, counts[state]) for state, label in LABELS.items() if counts[state]),
    ]


@dataclass(frozen=True)
class ShownCell:
    """A cell of a row: as it stands in the file (or was typed since), and what is wrong with it.

    ``given``: the value that counts where the cell is empty, chosen for the whole file or said above the row; ``why``.
    """

    heading: str
    text: str
    number: bool
    fault: Fault | None = None
    given: str = ""
    why: str = ""

    @property
    def wrong(self) -> bool:
        return self.fault is not None


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview; ``row_faults`` are those of no one cell."""

    outcome: Outcome
    cells: Sequence[ShownCell]
    row_faults: Sequence[Fault]

    @property
    def state(self) -> State:
        return self.outcome.shown

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def badge(self) -> str:
        return BADGES.get(self.state, "")

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What may be decided about its doubts; a wrong row can only be left out."""
        if self.outcome.faults:
            return [("skip", "이 줄은 빼기")]
        special = [answer for doubt in self.outcome.doubts for answer in doubt.answers]
        return [*(special or [("accept", "그대로 저장")]), ("skip", "이 줄은 빼기")]


def headings_of(preview: Preview, kind: Kind, given: Iterable[str] = ()) -> list[str]:
    """Our headings that at least one sheet has or that were ``given`` a value, in our order; required ones always."""
    present = {heading for headings in preview.headings for heading in headings} | set(given)
    return [column.heading for column in kind.columns if column.required or column.heading in present]


def shown_rows(
    outcomes: Sequence[Outcome],
    kind: Kind,
    headings: Sequence[str],
    texts_of: Mapping[str, Mapping[str, str]],
    given: Mapping[str, str],
) -> list[ShownRow]:
    """``texts_of``: the cells by the row's key (``pledges.importing.blocks``).

    ``given``: values for the whole file, shown where a row says nothing itself.
    """
    money = {column.heading for column in kind.columns if column.money}
    rows = []
    for outcome in outcomes:
        left_out = outcome.shown == State.SKIPPED
        faults = {} if left_out else {fault.heading: fault for fault in outcome.faults}
        texts = texts_of.get(outcome.row.key, {})
        cells = [
            ShownCell(
                heading,
                texts.get(heading) or "",
                heading in money,
                faults.pop(heading, None),
                *_elsewhere(kind, heading, texts, given),
            )
            for heading in headings
        ]
        rows.append(ShownRow(outcome, cells, list(faults.values())))
    return rows


def _elsewhere(
    kind: Kind, heading: str, texts: Mapping[str, str], given: Mapping[str, str]
) -> tuple[str, str]:
    """The value of an empty cell that comes from elsewhere, and from where."""
    if not is_blank(texts.get(heading)):
        return "", ""
    if heading in given:
        return given[heading], "파일 전체에 정한 값"
    above = next((column.heading for column in kind.columns if column.stands_for == heading), "")
    return texts.get(above, ""), "구분 줄이나 시트 이름"


@dataclass(frozen=True)
class MappedColumn:
    """A heading of the file, and which of our columns it was understood as (empty: none)."""

    place: int
    name: str
    column: str
    why: str = ""


@dataclass(frozen=True)
class MappedSheet:
    """A sheet as the mapping panel shows it."""

    name: str
    chosen: bool
    header_row: int
    layout: str
    columns: Sequence[MappedColumn]
    sample: Sequence[Sequence[str]]


def mapped_sheets(book: Book, kind: Kind, source: Source) -> Iterator[MappedSheet]:
    """Every sheet with something in it, understood as far as it goes."""
    layouts = layouts_of(kind, source)
    for sheet in book.sheets:
        if not sheet.size:
            continue
        table = find_table(sheet, kind.columns, layouts) or _widest(sheet, kind, layouts)
        if table is None:
            continue
        chosen = source.sheets is None or sheet.name in source.sheets
        layout = layout_digest(table.headings.layout)
        yield MappedSheet(
            sheet.name, chosen, table.header_row, layout, _columns(table.headings), _sample(sheet, table)
        )


def _widest(sheet: Sheet, kind: Kind, layouts: Layouts) -> Table | None:
    """Where no heading row was found: the row with most texts is taken for it, to be corrected."""
    rows = list(islice(sheet.rows(), 20))
    texts = [
        (sum(isinstance(cell, str) and not is_blank(cell) for cell in cells), -number)
        for number, cells in rows
    ]
    if not texts or max(texts)[0] == 0:
        return None
    chosen = Layouts(layouts.remembered, {sheet.name: -max(texts)[1]}, None, layouts.mobiles)
    return find_table(sheet, kind.columns, chosen)


def _columns(headings: Headings) -> list[MappedColumn]:
    personal = dict.fromkeys(headings.personal, "개인정보라 가져오지 않습니다")
    doubled = dict.fromkeys(headings.doubled, "같은 뜻의 열이 또 있습니다")
    return [
        MappedColumn(
            place,
            name,
            headings.columns[place].heading if place in headings.columns else "",
            (personal | doubled).get(place, ""),
        )
        for place, name in sorted(headings.names.items())
    ]


def _sample(sheet: Sheet, table: Table) -> list[list[str]]:
    rows = islice(sheet.rows(), table.first_row - 1, table.first_row + 1)
    return [[shown_cell(cell) for cell in cells[:SAMPLE]] for _, cells in rows]
