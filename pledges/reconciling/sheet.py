"""The findings as a sheet, in the page's order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from documents.cells import CENTER, LONG, TEXT, Format, Value, number
from documents.table import Column, Table
from pledges.models import Pledge
from pledges.reconciling.model import Amount, Line

# Won and counts in one column: whole figures, the unit beside them.
FIGURE: Format = number(zero="0", none="", width=16)


def _figure(amount: Amount) -> Value:
    """A whole figure as a number; words, and values with decimals, as they are printed."""
    value = amount.value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else amount.text
    return value


def _unit(amount: Amount) -> str:
    return "" if isinstance(amount.value, str) or amount.value is None else amount.unit


def _gap(line: Line) -> Value:
    gap = line.finding.gap
    return _figure(Amount("", gap, line.finding.left.unit))


def _state(line: Line) -> str:
    if line.is_explained:
        return "설명됨"
    return "차이가 바뀜" if line.is_outdated else ""


def _of(side: str, read: Any) -> Any:
    return lambda line: read(getattr(line.finding, side))


COLUMNS = (
    Column("구분", lambda line: str(line.finding.severity), CENTER, width=8),
    Column("곳", "finding.where", TEXT, width=30),
    Column("내용", "finding.what", LONG),
    Column("무엇", "finding.left.label", TEXT, group="한쪽", width=20),
    Column("값", _of("left", _figure), FIGURE, group="한쪽"),
    Column("단위", _of("left", _unit), CENTER, group="한쪽", width=7),
    Column("무엇", "finding.right.label", TEXT, group="다른 쪽", width=20),
    Column("값", _of("right", _figure), FIGURE, group="다른 쪽"),
    Column("단위", _of("right", _unit), CENTER, group="다른 쪽", width=7),
    Column("차이", _gap, FIGURE),
    Column("할 일", "finding.todo", LONG),
    Column("상태", _state, CENTER, width=11),
    Column("설명", lambda line: line.note.text if line.note else "", LONG),
    Column("각주", lambda line: bool(line.note and line.note.printed), CENTER, width=6),
)


def sheet(pledge: Pledge, lines: Sequence[Line], as_of: date, conditions: str = "") -> Table:
    """One row a finding. ``conditions``: what was filtered, in words."""
    title = f"대사 {pledge.number} {pledge.title}"
    return Table(title, COLUMNS, lines, as_of=as_of, conditions=conditions, landscape=True)
