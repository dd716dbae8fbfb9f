"""Formulas with their results: openpyxl writes a formula without one, and then previews, other readers and
our own importer see an empty cell until somebody opens and saves the sheet in Excel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

CELL = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*?)><f>(.*?)</f><v\s*(?:/>|></v>)</c>', re.S)
CHUNK = 1 << 20


@dataclass(frozen=True)
class Result:
    """What a formula gives; ``formula`` replaces the written one where its range was not yet known."""

    value: int | float | Decimal | str
    formula: str = ""


def with_results(source: IO[bytes], target: IO[bytes], results: Mapping[str, Mapping[str, Result]]) -> None:
    """Copies a workbook; ``results`` is by sheet file (``sheet1.xml``) and cell (``C5``)."""
    with ZipFile(source) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for info in given.infolist():
            found = results.get(info.filename.rpartition("/")[2], {})
            fill = partial(_filled, found)
            with given.open(info) as reader, made.open(info.filename, "w") as writer:
                for chunk in _chunks(reader):
                    writer.write(CELL.sub(fill, chunk) if found else chunk)


def _chunks(reader: IO[bytes]) -> Iterator[bytes]:
    """Pieces that end between cells, so that no cell is cut."""
    rest = b""
    while piece := reader.read(CHUNK):
        whole, end, rest = (rest + piece).rpartition(b"</c>")
        yield whole + end
    yield rest


def _filled(results: Mapping[str, Result], match: re.Match[bytes]) -> bytes:
    place, attributes, formula = match.groups()
    result = results.get(place.decode())
    if result is None:
        return match[0]
    kind = b' t="str"' if isinstance(result.value, str) else b""
    text = escape(result.formula).encode() or formula
    return b'<c r="%s"%s%s><f>%s</f><v>%s</v></c>' % (
        place,
        attributes,
        kind,
        text,
        escape(str(result.value)).encode(),
    )
