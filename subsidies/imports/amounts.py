"""Amounts, sources and payee of an imported payment: what the file says of them, and what is wrong with that."""

from __future__ import annotations

from common.importing import Doubt, Fault, Row
from common.models import WON_LIMIT
from common.money import grouped
from subsidies.columns import DisbursementLine
from subsidies.lookups import Payee, plain
from subsidies.models import SOURCES, Program
from subsidies.splits import SOURCE_LABELS, Shares


def shares_of(line: DisbursementLine) -> Shares | None:
    """What the file says of the sources; None where all are empty."""
    parts = (line.national, line.city, line.district, line.other)
    return Shares(*(part or 0 for part in parts)) if any(parts) else None


def amount_faults(row: Row, line: DisbursementLine) -> list[Fault]:
    found = []
    if abs(line.amount) >= WON_LIMIT:
        found.append(
            row.fault(
                "금액",
                grouped(line.amount),
                "금액이 지나치게 큽니다(10조 원 이상).",
                "단위를 확인해 주십시오.",
            )
        )
    shares = shares_of(line)
    if shares is None:
        return found
    wrong_sign = [name for name, part in zip(SOURCES, shares, strict=True) if part * line.amount < 0]
    for name in wrong_sign:
        found.append(
            row.fault(
                SOURCE_LABELS[name],
                grouped(getattr(shares, name)),
                "부호가 금액과 다릅니다.",
                "재원을 확인해 주십시오.",
            )
        )
    difference = shares.total - line.amount
    if difference and not wrong_sign:
        more = "많습니다" if difference > 0 else "적습니다"
        rule = f"재원의 합 {grouped(shares.total)}원이 금액보다 {grouped(abs(difference))}원 {more}."
        found.append(
            row.fault(
                "금액", grouped(line.amount), rule, "국비·시비·구비·기타의 합이 금액과 같도록 고쳐 주십시오."
            )
        )
    return found


def whose(line: DisbursementLine, payee: Payee) -> list[Doubt]:
    """What is doubtful about who was paid: another's number, or what the recipient itself spent elsewhere."""
    found = [Doubt("renamed", payee.doubt)] if payee.doubt else []
    if line.vendor and plain(line.vendor) != plain(line.recipient):
        words = f"수령자 ‘{line.recipient}’ 밖에 거래처 ‘{line.vendor}’가 있습니다."
        asks = "보조사업자가 쓴 돈이면 장부에 적지 않습니다. 맞습니까?"
        found.append(Doubt("spending", f"{words} {asks}"))
    return found


def no_ratio(row: Row, program: Program, year: int) -> Fault:
    rule = f"‘{program}’의 {year} 회계연도 분담률이 없어 재원을 나눌 수 없습니다."
    return row.fault("국비", "", rule, "분담률을 먼저 등록하거나 국비·시비·구비·기타를 적어 주십시오.")
