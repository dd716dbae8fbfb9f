"""The ledger and the awards as sheets: what is filtered, in the columns that ``import_rows`` reads back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from documents.cells import CENTER, COUNT, DATE, LONG, TEXT, WON, YEAR
from documents.table import Column, Table
from subsidies.models import Award, Disbursement

LEDGER_NAME, AWARDS_NAME = "집행 장부", "교부결정"


def payee(row: Disbursement) -> str:
    """The recipient by the name that finds it again: a firm's, an agreement's title, or the document's words."""
    if row.enterprise:
        return row.enterprise.name
    agreement = row.entrustment or row.contract
    return agreement.title if agreement else row.recipient_text


def state(row: Disbursement) -> str:
    if row.is_void:
        return f"무효: {row.void_reason}"
    return "확인 필요" if row.is_unchecked else ""


LEDGER = (
    Column("교부일", "paid_on", DATE),
    Column("사업", "program.name", TEXT, width=24),
    Column("수령자", payee, TEXT, width=28),
    Column("구분", "get_kind_display", CENTER, width=16),
    Column("금액", "amount", WON, sums=True, parts=("국비", "시비", "구비", "기타")),
    Column("국비", "national", WON, sums=True),
    Column("시비", "city", WON, sums=True),
    Column("구비", "district", WON, sums=True),
    Column("기타", "other", WON, sums=True),
    Column("회계연도", "fiscal_year", YEAR),
    Column("차수", "installment", CENTER, width=10),
    Column("지출결의번호", "expenditure_number", TEXT, width=18),
    Column("적요", "note", LONG),
    Column("확인", state, TEXT, width=14),
)
AWARDS = (
    Column("연도", "year", YEAR),
    Column("사업", "program.name", TEXT, width=24),
    Column("기업명", "enterprise.name", TEXT, width=28),
    Column("사업자등록번호", "enterprise.business_number", CENTER, width=16),
    Column("인원", "headcount", COUNT, sums=True),
    Column("결정액", "amount", WON, sums=True),
    Column("결정일", "decided_on", DATE),
    Column("결정번호", "number", TEXT),
    Column("비고", "note", LONG),
)


def ledger_sheet(rows: Iterable[Disbursement], as_of: date, conditions: str) -> Table:
    """Ledger rows in won; ``conditions`` says in words what was filtered."""
    return Table(LEDGER_NAME, LEDGER, rows, unit="원", as_of=as_of, conditions=conditions)


def awards_sheet(rows: Iterable[Award], as_of: date, conditions: str) -> Table:
    return Table(AWARDS_NAME, AWARDS, rows, unit="원, 명", as_of=as_of, conditions=conditions)


def in_words(filters: forms.Form, chosen: dict[str, Any]) -> str:
    """``회계연도: 2024, 사업: 일자리창출사업``: the filters that were set; a tick is told by its name."""
    told = []
    for name, value in chosen.items():
        if value is False:
            continue
        field = filters.fields[name]
        choices: Any = field.choices if type(field) is forms.ChoiceField else ()
        told.append(
            str(field.label) if value is True else f"{field.label}: {dict(choices).get(value, value)}"
        )
    return ", ".join(told)
