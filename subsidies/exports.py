"""The lists of /subsidies/ as sheets: what is filtered. Ledger and awards in the columns that ``import_rows`` reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from common.money import signed
from documents.cells import CENTER, COUNT, DATE, LONG, TEXT, WON, YEAR
from documents.table import Column, Table
from subsidies.balances import Balance
from subsidies.models import Award, Disbursement, Entrustment, ServiceContract, Settlement, UpwardReturn
from subsidies.models.contracts import RenewalWord

LEDGER_NAME, AWARDS_NAME = "집행 장부", "교부결정"
ENTRUSTMENTS_NAME, CONTRACTS_NAME = "민간위탁 협약", "용역 계약"
PROGRAMS_NAME = "사업별 예산과 집행"


def payee(row: Disbursement) -> str:
    """The recipient by the name that finds it again: a firm's, an agreement's title, or the document's words."""
    if row.enterprise:
        return row.enterprise.name
    agreement = row.entrustment or row.contract
    return agreement.title if agreement else row.recipient_text


def state(row: Disbursement) -> str:
    if row.is_void:
        return void_words(row, row.amount)
    return "확인 필요" if row.is_unchecked else ""


def void_words(row: Any, amount: int | None) -> str:
    return f"무효({signed(amount or 0)}원): {row.void_reason}"


def note(row: Any) -> str:
    """A record's 비고; of a voided one also what it was and why it is void."""
    return " ".join(filter(None, (void_words(row, row.amount) if row.is_void else "", row.note)))


def settled(row: Settlement) -> str:
    return f"{row.award.enterprise} · {row.award.program}" if row.award else str(row.entrustment)


def renewal(row: Entrustment) -> str:
    return row.renewal_word if row.renewal == RenewalWord.UNKNOWN else row.get_renewal_display()


def live(name: str, heading: str, **options: Any) -> Column:
    """Won of a record that counts: a voided one enters no sum; what it was stands in its remark."""
    return Column(heading, lambda row: 0 if row.is_void else getattr(row, name), WON, sums=True, **options)


LEDGER = (
    Column("교부일", "paid_on", DATE),
    Column("사업", "program.name", TEXT, width=24),
    Column("수령자", payee, TEXT, width=28),
    Column("구분", "get_kind_display", CENTER, width=16),
    live("amount", "금액", parts=("국비", "시비", "구비", "기타")),
    live("national", "국비"),
    live("city", "시비"),
    live("district", "구비"),
    live("other", "기타"),
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
    Column("인원", lambda row: None if row.is_void else row.headcount, COUNT, sums=True),
    live("amount", "결정액"),
    Column("결정일", "decided_on", DATE),
    Column("결정번호", "number", TEXT),
    Column("비고", note, LONG),
)
_PERIOD = (Column("시작일", "starts_on", DATE), Column("종료일", "ends_on", DATE))
ENTRUSTMENTS = (
    Column("협약", "title", TEXT, width=34),
    Column("수탁기관", "partner", TEXT, width=22),
    *_PERIOD,
    Column("갱신", renewal, TEXT),
    live("amount", "금액"),
    live("paid", "교부한 금액"),
    Column("비고", note, LONG),
)
CONTRACTS = (
    Column("계약", "title", TEXT, width=34),
    Column("계약상대자", "partner", TEXT, width=22),
    Column("체결일", "signed_on", DATE),
    *_PERIOD,
    live("amount", "계약금액"),
    live("paid", "지급한 금액"),
    Column("비고", note, LONG),
)
SETTLEMENTS = (
    Column("회계연도", "year", YEAR),
    Column("대상", settled, TEXT, width=34),
    Column("실적보고일", "reported_on", DATE),
    Column("정산 확정일", "settled_on", DATE),
    live("granted", "교부액"),
    live("spent", "실집행액"),
    live("disallowed", "불인정액"),
    live("refund_due", "반납할 금액"),
    live("returned", "반납받은 금액"),
    live("interest", "이자"),
    Column("비고", lambda row: void_words(row, row.granted) if row.is_void else row.note, LONG),
)
UPWARD = (
    Column("반납일", "on", DATE),
    Column("사업", "program.name", TEXT, width=30),
    Column("받은 회계연도", "year", YEAR, width=13),
    Column("재원", "get_source_display", CENTER),
    live("amount", "반납액"),
    live("interest", "이자"),
    Column("문서번호", "number", TEXT, width=20),
    Column("비고", lambda row: void_words(row, row.amount) if row.is_void else "", TEXT),
)
PROGRAMS = (
    Column("사업", "program.name", TEXT, width=30),
    Column("주관", "program.host", TEXT, width=16),
    Column("국비:시비:구비", "ratio.ratio_text", CENTER, width=16),
    Column("예산현액", lambda line: line.budget.total if line.registered else None, WON, sums=True),
    Column("집행액", "executed.total", WON, sums=True),
    Column("남은 예산", lambda line: line.left.total if line.registered else None, WON, sums=True),
    Column("비고", lambda line: "" if line.registered else "예산 미등록(제한 없음)", TEXT, width=24),
)


def ledger_sheet(rows: Iterable[Disbursement], as_of: date, conditions: str) -> Table:
    """Ledger rows in won; ``conditions`` says in words what was filtered."""
    return Table(LEDGER_NAME, LEDGER, rows, unit="원", as_of=as_of, conditions=conditions)


def awards_sheet(rows: Iterable[Award], as_of: date, conditions: str) -> Table:
    return Table(AWARDS_NAME, AWARDS, rows, unit="원, 명", as_of=as_of, conditions=conditions)


def entrustments_sheet(rows: Iterable[Entrustment], as_of: date, conditions: str) -> Table:
    """Agreements annotated by ``agreements.with_paid``, in won."""
    return Table(ENTRUSTMENTS_NAME, ENTRUSTMENTS, rows, unit="원", as_of=as_of, conditions=conditions)


def contracts_sheet(rows: Iterable[ServiceContract], as_of: date, conditions: str) -> Table:
    """Contracts annotated by ``agreements.with_paid``, in won."""
    return Table(CONTRACTS_NAME, CONTRACTS, rows, unit="원", as_of=as_of, conditions=conditions)


def settlements_sheet(rows: Iterable[Settlement], as_of: date, conditions: str) -> Table:
    """Settlements annotated with what came back (``returned``), in won."""
    return Table("정산", SETTLEMENTS, rows, unit="원", as_of=as_of, conditions=conditions)


def upward_sheet(rows: Iterable[UpwardReturn], as_of: date, conditions: str) -> Table:
    """What went back to the state and the city, in won."""
    return Table("국·시비 반납", UPWARD, rows, unit="원", as_of=as_of, conditions=conditions)


def programs_sheet(lines: Iterable[Balance], as_of: date, conditions: str) -> Table:
    """Budget, execution and balance of programmes in one fiscal year, in won."""
    notes = ["남은 예산의 계는 예산이 등록된 사업만 더합니다."]
    return Table(PROGRAMS_NAME, PROGRAMS, lines, unit="원", as_of=as_of, conditions=conditions, notes=notes)
