"""Saving an import: everything is read and checked again inside one transaction, then written, or nothing is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.importing.reading import Preview, Progress, Source, counted, look, silent
from accounts.models import BatchState, ColumnMapping, ImportBatch, ImportFile, ImportTurn
from common.history import last_numbers
from common.importing import Kind, Outcome, State


class NotReady(Exception):
    """Something is wrong, undecided, or no longer as it was confirmed; nothing was saved."""

    def __init__(self, preview: Preview, changed: bool = False) -> None:
        super().__init__("not ready")
        self.preview, self.changed = preview, changed


def take_turn() -> None:
    """Waits until no other import is saving, and holds the turn until the transaction ends."""
    ImportTurn.objects.get_or_create(pk=1)
    ImportTurn.objects.select_for_update().get(pk=1)


def keep_file(content: bytes) -> ImportFile:
    """The stored file of this content, stored once."""
    digest = sha256(content).hexdigest()
    defaults = {"content": content, "size": len(content)}
    return ImportFile.objects.get_or_create(digest=digest, defaults=defaults)[0]


def new_batch(kind: Kind, source: Source, user: Any, now: datetime) -> ImportBatch:
    """A draft that keeps the file and what was chosen."""
    return ImportBatch.objects.create(
        kind=kind.code,
        file=keep_file(source.content),
        name=source.name[:200],
        pasted=source.pasted,
        unit=source.unit,
        given=dict(source.given),
        created_at=now,
        created_by=user,
    )


def source_of(batch: ImportBatch) -> Source:
    """The file of a batch with everything chosen so far."""
    return Source(
        bytes(batch.file.content),
        batch.name,
        batch.pasted,
        batch.unit,
        batch.given,
        batch.sheets,
        batch.header_rows,
        batch.columns,
        batch.edits,
        batch.decisions,
    )


def commit(
    kind: Kind,
    source: Source,
    *,
    user: Any,
    today: date,
    now: datetime,
    batch: ImportBatch | None = None,
    expected: str = "",
    progress: Progress = silent,
) -> tuple[ImportBatch, Preview]:
    """Saves an import as a whole. NotReady (nothing saved) where a row is wrong, undecided, or has changed.

    ``expected``: the fingerprint of the preview that was confirmed.
    """
    with transaction.atomic():
        take_turn()
        before = last_numbers(_histories(kind))
        preview = look(kind, source, today, progress, user, now)
        if not preview.ready:
            raise NotReady(preview)
        if expected and expected != preview.fingerprint:
            raise NotReady(preview, changed=True)
        batch = batch or new_batch(kind, source, user, now)
        kind.save(_to_write(preview, progress), batch.mark, user)
        if _overwrites(kind, batch, before):
            raise NotReady(preview, changed=True)
        remember(kind, batch)
        _close(batch, preview, user, now)
    return batch, preview


def _histories(kind: Kind) -> list[str]:
    return [model.history.model._meta.db_table for model in kind.models]


def _overwrites(kind: Kind, batch: ImportBatch, before: Mapping[str, int]) -> bool:
    """Whether somebody else saved one of the rows since they were read (on PostgreSQL nothing held them till then)."""
    for model, table in zip(kind.models, _histories(kind), strict=True):
        ours = model.history.filter(history_change_reason=batch.mark, history_type="~").values("id")
        since = model.history.filter(history_id__gt=before[table], id__in=ours)
        if since.exclude(history_change_reason=batch.mark).exists():
            return True
    return False


def _to_write(preview: Preview, progress: Progress) -> Iterator[Outcome]:
    rows = (outcome for outcome in preview.outcomes if outcome.shown in (State.NEW, State.CHANGED))
    return counted(rows, lambda done: progress("저장하는 중", done))


def remember(kind: Kind, batch: ImportBatch) -> None:
    """Keeps the mappings that were chosen, so that a layout is mapped only once."""
    for layout, columns in batch.columns.items():
        known = ColumnMapping.objects.filter(kind=kind.code, layout=layout).first()
        if known is None:
            ColumnMapping.objects.create(
                kind=kind.code, layout=layout, headings=list(columns), columns=columns
            )
        elif known.columns != columns:
            known.columns, known.revision = columns, known.revision + 1
            known.save()


def _close(batch: ImportBatch, preview: Preview, user: Any, now: datetime) -> None:
    batch.state, batch.saved_at, batch.saved_by = BatchState.SAVED, now, user
    batch.counts = asdict(preview.counts)
    batch.revision += 1
    batch.save()
