"""Files as answers to a browser, under their Korean names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from tempfile import TemporaryFile

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from documents.csvfile import csv_lines
from documents.table import Table
from documents.xlsx import add_table
from documents.xlsx_book import Book

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HWPX = "application/hwp+zip"
CSV = "text/csv; charset=utf-8"
XLS = "application/vnd.ms-excel"
TYPES = {"xlsx": XLSX, "hwpx": HWPX, "csv": CSV, "zip": "application/zip", "xls": XLS}


def file_name(name: str) -> str:
    """``name`` without what Windows refuses in file names."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", name).strip(" .")[:120] or "문서"


def _named(response: HttpResponse | StreamingHttpResponse, name: str, kind: str) -> None:
    # RFC 5987: filename*=utf-8''…, which every browser of the last ten years understands.
    disposition = content_disposition_header(as_attachment=True, filename=f"{file_name(name)}.{kind}")
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = "no-store"


def file_response(content: bytes, name: str, kind: str) -> HttpResponse:
    """``content`` as a download called ``name.kind``; ``kind`` is a key of ``TYPES``."""
    response = HttpResponse(content, content_type=TYPES[kind])
    _named(response, name, kind)
    return response


def xlsx_response(table: Table | Sequence[Table], name: str) -> FileResponse:
    """One table, or a workbook of several, as ``name.xlsx``. Rows may come from ``queryset.iterator()``::

    @allow("view")
    def ledger_xlsx(request: HttpRequest) -> FileResponse:
        rows = filtered(request).iterator(chunk_size=2000)
        return xlsx_response(Table("교부 내역", LEDGER, rows, unit="원", as_of=today()), "교부 내역")
    """
    book, target = Book(), TemporaryFile()  # noqa: SIM115 - the response closes it
    for each in [table] if isinstance(table, Table) else table:
        add_table(book, each)
    book.save(target)
    target.seek(0)
    response = FileResponse(target, content_type=XLSX)
    _named(response, name, "xlsx")
    return response


def csv_response(table: Table, name: str) -> StreamingHttpResponse:
    """The table as ``name.csv``, sent as its rows are read."""
    response = StreamingHttpResponse(csv_lines(table), content_type=CSV)
    _named(response, name, "csv")
    return response
