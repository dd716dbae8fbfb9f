"""Tables of money by source and year: what they mean, and which columns their head announces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .captions import caption_of
from .document import Document, Section
from .headings import Kind
from .model import AFTER_TERM, ALL, IN_TERM, Column
from .source import key
from .sources import is_source
from .tables import Row, Table, single_years, year_in

SPENT, PLANNED, UNCLEAR = "spent", "planned", "unclear"
_ALL = ("계", "총계", "합계", "총사업비", "총집행액", "집행액계")
_FIRST = ("구분", "재원", "재원별", "구분재원")
_AFTER = re.compile(r"임기후|이후|임기이후|향후")
_SPENT_COLUMN = re.compile(r"(?:예산)?(?:집행|지출|결산)액?|실적")
_SPENT_WORDS = re.compile(r"집행|지출|실적")
_PLAN_WORDS = re.compile(r"계획|조달|소요|확보|편성|기투자|투자|요구")


def is_money_by_year(table: Table, section: Section) -> bool:
    """Sources down and years across, or the other way round, where a card has its money."""
    sources = sum(is_source(cell) for row in table.rows for cell in row.cells[:1])
    if is_only_spent(table):
        return section.kind == Kind.EXECUTION
    if is_by_year(table):
        return section.kind in (*_PLACES, *_PLANS)
    years = sum(year_in(cell) is not None for row in table.rows for cell in row.filled)
    return years >= 1 and sources >= 2 and section.kind in (*_PLACES, *_PLANS)


def is_by_year(table: Table) -> bool:
    """A row a year, sources across."""
    years = [row for row in table.rows[1:] if year_in(row.first) is not None]
    return bool(years) and sum(map(is_source, table.rows[0].cells[1:])) >= 3


def is_only_spent(table: Table) -> bool:
    """A row a year, what was spent beside the budget, and no source."""
    years = [row for row in table.rows[1:] if year_in(row.first) is not None]
    heads = table.rows[0].cells[1:]
    return bool(years) and sum(map(is_spent, heads)) == 1 and sum(map(is_source, heads)) < 3


def is_spent(label: str) -> bool:
    """``집행액``, ``지출``; 집행률 and 실적 of other things are not money."""
    return bool(re.fullmatch(r"(?:예산)?(?:집행|지출|결산)액?", key(label)))


# There a table of money is planned, whatever it says of itself.
_PLANS = (Kind.PLAN, Kind.GOAL, Kind.FUTURE)
_PLACES = (
    Kind.EXECUTION,
    Kind.RESULTS,
    Kind.TOTALS,
    Kind.OTHER,
    Kind.LOG,
    Kind.INDICATORS,
    Kind.QUARTERS,
    Kind.TERM_TARGETS,
)


def meaning_of(doc: Document, section: Section, table: Table) -> str:
    """Spent, planned or unclear: by the words nearest to the table. 투자계획 looks like 집행액, figure for figure."""
    if section.kind in _PLANS:
        return PLANNED
    heading = section.heading.text if section.heading else ""
    labels = " ".join(cell for row in head_rows(table) for cell in row.filled)
    for words in (caption_of(doc, section, table).full, heading, labels):
        plain = key(words)
        if "집행계획" not in plain and _SPENT_WORDS.search(plain):
            return SPENT
        if _PLAN_WORDS.search(plain):
            return PLANNED
    return UNCLEAR if section.kind == Kind.OTHER else SPENT


def head_rows(table: Table) -> list[Row]:
    """The rows above the first source."""
    count = 0
    while count < len(table.rows) and not _holds_amounts(table.rows[count]):
        count += 1
    return table.rows[: count or 1]


def _holds_amounts(row: Row) -> bool:
    """A source's row; a header row that begins with 소계 goes on with years."""
    return is_source(row.first) and sum(year_in(cell) is not None for cell in row.cells) < 2


def columns_of(head: Sequence[Row]) -> list[Column]:
    """The table's columns in order; one that is none of ours is ``?`` and its label.

    Rows whose empty cells are there stand place above place, and the lowest label of each counts (what was lost at
    the end of a row is empty). Where the copy lost the empty ones, the lower row stands where the upper one has the
    label that spans it.
    """
    if _keeps_head_places(head):
        width = max(len(row.cells) for row in head)
        places = list(zip(*(row.cells + ("",) * (width - len(row.cells)) for row in head), strict=True))[1:]
        return _in_order(_placed(places))
    upper = [cell for row in head[:-1] for cell in row.filled if key(cell) not in _FIRST]
    lower = [cell for cell in head[-1].filled if key(cell) not in _FIRST]
    at = next((i for i, cell in enumerate(upper) if not _stands_alone(cell)), len(upper))
    behind = [cell for cell in upper[at:] if _stands_alone(cell)]
    if AFTER_TERM in _in_order(lower):
        behind = [cell for cell in behind if not _AFTER.match(key(cell))]
    return _in_order([*upper[:at], *lower, *behind])


def _placed(places: Sequence[Sequence[str]]) -> list[str]:
    """The lowest label of each place; of 계획 and 집행 below a year 집행 is that year, 계획 a column of its own."""
    labels: list[str] = []
    over = ""
    for place in places:
        over = place[0].strip() or over
        label = next((cell.strip() for cell in reversed(place) if cell.strip()), "")
        if label != over and year_in(over) is not None and year_in(label) is None and label:
            label = over if _SPENT_COLUMN.fullmatch(key(label)) else f"{over} {label}"
        labels.append(label)
    return labels


def _stands_alone(cell: str) -> bool:
    """A label of the upper row that spans nothing of the lower one."""
    return key(cell) in (*_ALL, *_FIRST) or bool(_AFTER.match(key(cell)))


def _keeps_head_places(head: Sequence[Row]) -> bool:
    """Whether the header rows stand place above place: as long as each other, or the lower one begins below a label
    that spans it (then nothing was lost before it)."""
    upper, lower = head[0].cells, head[-1].cells
    if len(head) > 1 and lower[0].strip() and key(lower[0]) not in _FIRST:
        return False
    first = next((i for i, cell in enumerate(lower) if cell.strip()), 0)
    return len({len(row.cells) for row in head}) == 1 or (
        0 < first < len(upper) and not _stands_alone(upper[first])
    )


def _in_order(labels: Sequence[str]) -> list[Column]:
    """A second 소계 is that of 임기 후."""
    columns: list[Column] = []
    for label, year in zip(labels, single_years(labels), strict=True):
        word = key(label)
        if year is not None:
            columns.append(year)
        elif word in _ALL:
            columns.append(ALL)
        elif word in ("소계", "임기내소계", "임기내"):
            columns.append(AFTER_TERM if IN_TERM in columns else IN_TERM)
        elif _AFTER.match(word):
            columns.append(AFTER_TERM)
        elif word:
            columns.append(f"?{label}")
    return list(dict.fromkeys(columns))
