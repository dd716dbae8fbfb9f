"""What the pages of a long draft show, kept for a day: page, filter and decision need not read the file again.

For display only (docs/adr/0008): confirming reads and checks the file anew and never looks here. An entry is found by
all that went into it: the file, how it is read, the typed cells, the day, and how far every history has come. So
whatever anybody saved in the meantime, the next look reads the file again. Decisions are not part of it: they are put
to the doubts at each look.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple

from django.apps import apps
from django.core.cache import caches

from accounts.importing import Preview, Source, look
from accounts.importing.reading import Progress, decide, silent, texts_of
from accounts.models import ImportBatch, User
from common.history import last_numbers
from common.importing import Kind, Row
from documents.reading import Unreadable
from documents.reading.limits import MOST_ROWS
from pledges.importing.preview import MappedSheet, headings_of, mapped_sheets
from pledges.imports import RESULTS
from pledges.unlocking import opened_to

# Below this a reading takes less than a second, and nothing is kept.
LONG = 3_000
# Of a file of this size a page shows how far its reading has come.
BIG = 400_000
# Rows whose cells are kept together.
BLOCK = 1_000
SECONDS = 24 * 60 * 60
# Raised whenever what is kept changes its shape, so that an older entry is not read.
SHAPE = 1


class When(NamedTuple):
    """The day that a draft is looked at, by whom, at what moment."""

    today: date
    user: Any
    at: datetime


@dataclass
class Shown:
    """A preview as its page shows it: outcomes without what saving needs, and how the file was understood."""

    preview: Preview
    headings: Sequence[str]
    sheets: Sequence[MappedSheet]
    several: bool
    # Where the cells of a long file are kept; empty for a short one.
    key: str = ""

    def cells(self, kind: Kind, source: Source, rows: Sequence[Row]) -> Mapping[str, Mapping[str, str]]:
        """The cells of some rows as text, by the row's key and heading."""
        wanted = {row.key for row in rows}
        if not self.key:
            return dict(texts_of(kind, source, self.preview.tables, wanted))
        places = {at // BLOCK for at, one in enumerate(self.preview.outcomes) if one.row.key in wanted}
        blocks = caches["previews"].get_many([f"{self.key}-{place}" for place in places])
        return {key: cells for block in blocks.values() for key, cells in block.items() if key in wanted}


def shown(batch: ImportBatch, kind: Kind, source: Source, when: When, progress: Progress = silent) -> Shown:
    """The draft as it stands. Unreadable where there is no table in its file."""
    key = key_of(batch, when)
    found: Shown | str | None = caches["previews"].get(key)
    if found is None:
        found = _read(key, kind, source, when, progress)
    if isinstance(found, str):
        raise Unreadable(found)
    decide(found.preview.outcomes, source)
    return found


def is_big(source: Source) -> bool:
    return len(source.content) > BIG


def is_kept(batch: ImportBatch, when: When) -> bool:
    """Whether a look at the draft is quick: nothing changed since it was read."""
    return key_of(batch, when) in caches["previews"]


def forget(key: str) -> None:
    """Takes away all that was kept under a key: the next look reads the file, and no cell stays behind."""
    blocks = range(MOST_ROWS // BLOCK + 1)
    caches["previews"].delete_many([key, *(f"{key}-{place}" for place in blocks)])


def key_of(batch: ImportBatch, when: When) -> str:
    """Changes with everything that a reading depends on, except decisions."""
    # 마감 예외 are one person's, and run out without anybody writing.
    grants = opened_to(when.user, when.at).values() if batch.kind == RESULTS.code else ()
    opened = sorted(grant.pk for grant in grants)
    chosen = (batch.unit, batch.given, batch.sheets, batch.header_rows, batch.columns, batch.edits)
    batch_is = (batch.pk, batch.created_at, batch.kind, batch.file.digest, batch.pasted)
    seen = (SHAPE, batch_is, chosen, when.today, opened, histories())
    return sha256(repr(seen).encode()).hexdigest()[:32]


def histories() -> tuple[tuple[str, int], ...]:
    """How far the history of every table has come: every write moves one of them. One query."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if getattr(model, "instance_type", User) not in (ImportBatch, User)
    )
    return tuple(last_numbers(tables).items())


def _read(key: str, kind: Kind, source: Source, when: When, progress: Progress) -> Shown | str:
    """What is read, or why it is not; kept if it is long."""
    try:
        preview = look(kind, replace(source, decisions={}), when.today, progress, when.user, when.at)
    except Unreadable as error:
        if is_big(source):
            caches["previews"].set(key, str(error), SECONDS)
        return str(error)
    found = Shown(preview, headings_of(preview, kind, source.given), [], len(preview.tables) > 1)
    if is_long := len(preview.outcomes) >= LONG or is_big(source):
        found.key = key
        preview.shorten()
        for place, block in enumerate(_blocks(kind, source, preview)):
            caches["previews"].set(f"{key}-{place}", block, SECONDS)
        # The file is closed before it is opened once more.
        preview.tables.clear()
    found.sheets = list(mapped_sheets(source.book(), kind, source))
    if is_long:
        # Last: whoever finds the entry finds its cells.
        caches["previews"].set(key, found, SECONDS)
    return found


def _blocks(kind: Kind, source: Source, preview: Preview) -> Iterator[dict[str, dict[str, str]]]:
    """The cells of every row, in the order of the outcomes."""
    wanted = {outcome.row.key for outcome in preview.outcomes}
    texts: Iterator[Any] = texts_of(kind, source, preview.tables, wanted)
    while block := dict(islice(texts, BLOCK)):
        yield block
