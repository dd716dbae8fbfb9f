"""The 요구자료 대장 as a sheet: what the council asked, by when, and what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from documents.cells import CENTER, CODE, DATE, LONG, TEXT
from documents.table import Column, Table

NAME = "요구자료 대장"


def _sent(row: Any) -> list[Any]:
    return [file for file in row.submissions.all() if not file.is_void]


COLUMNS = (
    Column("요구번호", "number", CODE, width=18),
    Column("의원", "member", CENTER),
    Column("요구내용", "content", LONG, width=44),
    Column("접수일", "received_on", DATE),
    Column("기한", "due_on", DATE),
    Column("제출부서", "department", CENTER, width=16),
    Column("작성자", "writer", CENTER),
    Column("전화", "phone", CODE),
    Column("상태", "get_status_display", CENTER, width=10),
    Column("제출일", lambda row: max((file.sent_on for file in _sent(row)), default=None), DATE),
    Column("제출본", lambda row: ", ".join(file.name for file in _sent(row)), TEXT, width=30),
    Column("비고", lambda row: f"무효: {row.void_reason}" if row.is_void else "", TEXT),
)


def request_sheet(rows: Iterable[Any], as_of: date, conditions: str) -> Table:
    """``rows`` with their department and submissions."""
    return Table(NAME, COLUMNS, rows, as_of=as_of, conditions=conditions, landscape=True)
