"""What the reports' columns share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from documents.cells import CENTER, TEXT
from documents.table import Column

UNKNOWN = "집계 불가"
NOTE = Column("비고", "note", TEXT, width=20)


def at(*keys: Any) -> Any:
    """A source that walks mappings: ``at("money", "계")``."""

    def value(row: Any) -> Any:
        for key in keys:
            row = row[key]
        return row

    return value


def without_unknown_sums(columns: Sequence[Column], rows: Iterable[Any]) -> tuple[Column, ...]:
    """The columns; one that cannot tell a row's figure has no sum either, and says so (DOMAIN §3.6)."""
    kept = list(rows)
    return tuple(
        replace(column, sums=False, total=UNKNOWN, format=replace(column.format, none=CENTER.none))
        if column.sums and any(column.value(row) == UNKNOWN for row in kept)
        else column
        for column in columns
    )
