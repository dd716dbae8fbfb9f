"""What the pages of a long draft show, kept for a day: page, filter and decision need not read the file again.

For display only (docs/adr/0008): confirming reads and checks the file anew and never looks here. An entry is found by
all that went into it: the file, how it is read, the typed cells, the day, and how far every history has come. So
whatever anybody saved in the meantime, the next look reads the file again. Decisions are not part of it: they are put
to the doubts at each look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.apps import apps
from django.core.cache import caches

from accounts.importing import Preview, Source
from accounts.importing.reading import Progress, decide, judge, read, silent
from accounts.models import ImportBatch, User
from common.history import last_numbers
from common.importing import Kind, Options, Row
from documents.reading import Unreadable
from pledges.importing.blocks import (
    SECONDS,
    Texts,
    Writer,
    forget_blocks,
    keep_outcomes,
    kept_outcomes,
    kept_texts,
)
from pledges.importing.preview import MappedSheet, headings_of, mapped_sheets
from pledges.imports import RESULTS
from pledges.unlocking import opened_to

# Of a file of this size a page shows how far its reading has come.
BIG = 400_000
# Raised whenever what is kept changes its shape, so that an older entry is not read.
SHAPE = 3


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
    texts: Texts = field(default_factory=dict)
    # Where the rows of a long file are kept, and how many there are; empty for a short one.
    key: str = ""
    rows: int = 0

    def cells(self, kind: Kind, source: Source, rows: Sequence[Row]) -> Texts:
        """The cells of at least these rows as text, by the row's key and heading."""
        if not self.key:
            return self.texts
        wanted = {row.key for row in rows}
        places = [at for at, one in enumerate(self.preview.outcomes) if one.row.key in wanted]
        found = kept_texts(self.key, places)
        if found is None:
            # Many other drafts have driven them out.
            again = Writer(self.key)
            read(kind, source, source.book(), tell=again.add)
            again.put()
            found = kept_texts(self.key, places)
        return found or {}


def shown(batch: ImportBatch, kind: Kind, source: Source, when: When, progress: Progress = silent) -> Shown:
    """The draft as it stands. Unreadable where there is no table in its file."""
    key = key_of(batch, when)
    found = _kept(key)
    if found is None:
        found = _read(key, kind, source, when, progress)
    if isinstance(found, str):
        raise Unreadable(found)
    decide(found.preview.outcomes, source)
    return found


def _kept(key: str) -> Shown | str | None:
    found: Shown | str | None = caches["previews"].get(key)
    if isinstance(found, Shown):
        outcomes = kept_outcomes(key, found.rows)
        if outcomes is None:
            return None
        found.preview.outcomes = outcomes
    return found


def is_big(source: Source) -> bool:
    return len(source.content) > BIG


def is_kept(batch: ImportBatch, when: When) -> bool:
    """Whether a look at the draft is quick: nothing changed since it was read."""
    return key_of(batch, when) in caches["previews"]


def forget(key: str) -> None:
    """Takes away all that was kept under a key: the next look reads the file, and no cell stays behind."""
    caches["previews"].delete(key)
    forget_blocks(key)


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
    source = replace(source, decisions={})
    texts = Writer(key)
    try:
        book = source.book()
        reading = read(kind, source, book, progress, texts.add)
    except Unreadable as error:
        forget(key)
        if is_big(source):
            caches["previews"].set(key, str(error), SECONDS)
        return str(error)
    sheets = list(mapped_sheets(book, kind, source))
    # What is checked needs the memory that the file took.
    del book
    options = Options(when.today, source.unit, dict(source.given), when.user, when.at)
    preview = judge(kind, source, reading, options, progress)
    found = Shown(preview, headings_of(preview, kind, source.given), sheets, len(preview.headings) > 1)
    if not texts.blocks and not is_big(source):
        found.texts = texts.block
        return found
    texts.put()
    preview.shorten()
    keep_outcomes(key, preview.outcomes)
    found.key, found.rows = key, len(preview.outcomes)
    # Last: whoever finds the entry finds its rows.
    caches["previews"].set(key, replace(found, preview=replace(preview, outcomes=[])), SECONDS)
    return found
