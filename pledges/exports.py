"""Recorded results as a sheet, in the columns that ``import_rows results`` reads back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from documents.cells import CENTER, CODE, LONG, TEXT, YEAR, Format
from documents.table import Column, Table
from pledges.figures import plain
from pledges.models import Result, Term

RESULTS_NAME = "분기 실적"
# As many decimals as the value has: 12, 0.25.
VALUE = Format(align="right", width=13)


def results_of(term: Term, pledge: str = "", year: int | None = None) -> QuerySet[Result]:
    """The term's recorded results, of one pledge (by its number) and one year where they are given."""
    rows = Result.objects.live().filter(
        indicator__pledge__term=term,
        indicator__voided_at__isnull=True,
        indicator__pledge__voided_at__isnull=True,
    )
    rows = rows.filter(indicator__pledge__number=pledge) if pledge else rows
    rows = rows.filter(year=year) if year else rows
    return rows.select_related("indicator__pledge").order_by(
        "indicator__pledge", "indicator__no", "year", "quarter"
    )


def remark(row: Result) -> str:
    """비고 of a result: why it differs from the count, else its note."""
    return row.reason or row.note


def results_sheet(rows: Iterable[Result], as_of: date, conditions: str) -> Table:
    """Exactly the columns of the import. A name that two indicators of a pledge share is told by its number too."""
    rows = list(rows)
    pairs = {(row.indicator.pledge_id, row.indicator.name, row.indicator_id) for row in rows}
    shared = Counter((pledge, name) for pledge, name, _ in pairs)

    def indicator(row: Result) -> str:
        of = row.indicator
        return str(of) if shared[of.pledge_id, of.name] > 1 else of.name

    columns = (
        Column("공약", "indicator.pledge.number", CODE),
        Column("지표", indicator, TEXT, width=30),
        Column("연도", "year", YEAR),
        Column("분기", "quarter", CENTER, width=8),
        Column("실적", lambda row: plain(row.value), VALUE),
        Column("비고", remark, LONG),
    )
    return Table(RESULTS_NAME, columns, rows, as_of=as_of, conditions=conditions, numbered=False)
