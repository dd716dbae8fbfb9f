"""CSV for other programs: UTF-8 with BOM (Excel knows Korean by it), no title, no sums."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from documents.cells import Value
from documents.table import Table

BOM = "\ufeff"
DANGEROUS = re.compile(r"'*[=+\-@\t\r]")


def csv_lines(table: Table) -> Iterator[str]:
    """The header and each row as a line of text, for a streamed answer; the first line has the BOM."""
    writer = csv.writer(_Echo())
    yield BOM + writer.writerow([guarded(column.name) for column in table.shown])
    for values in table.values():
        yield writer.writerow([_field(value) for value in values])


def csv_bytes(table: Table) -> bytes:
    return "".join(csv_lines(table)).encode()


def guarded(text: str) -> str:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it (``'=1+1``)."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given: for reading such a file back."""
    return text[1:] if text[:1] == "'" and DANGEROUS.match(text) else text


def _field(value: Value) -> str:
    """Days as 2024-03-31 and numbers plain (a minus stays a number); nothing is empty."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return guarded(value) if isinstance(value, str) else str(value)


class _Echo:
    """A file that gives back what is written: csv.writer then returns the line."""

    def write(self, text: Any) -> Any:
        return text
