"""Small workbooks for tests, as bytes."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, title: str = "명단", merged: Sequence[str] = (), **more: Rows) -> bytes:
    """A workbook with one sheet of ``rows``, and a sheet for each of ``more``."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    _fill(sheet, rows)
    for cells in merged:
        sheet.merge_cells(cells)
    for name, others in more.items():
        _fill(workbook.create_sheet(name), others)
    return saved(workbook)


def _fill(sheet: Any, rows: Rows) -> None:
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                sheet.cell(row=number, column=column, value=value)


def saved(workbook: Workbook) -> bytes:
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def csv_bytes(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    stream = StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode(encoding)
