"""Doubts about a payment that only the pledges know; registered with the ledger's own (``subsidies.checks``)."""

from __future__ import annotations

from common.money import grouped
from pledges.models import Pledge
from subsidies.checks import Warning
from subsidies.facts import Facts
from subsidies.models import Disbursement


def beyond_total_cost(row: Disbursement, facts: Facts) -> Warning | None:
    """One payment above the whole planned cost of the pledge it belongs to: a unit slip, most likely (DOMAIN §4.1)."""
    amount = row.shares.total
    pledges = Pledge.objects.filter(voided_at__isnull=True, programs=row.program_id, cost_total__gt=0)
    pledge = pledges.filter(cost_total__lt=amount).order_by("cost_total").first()
    if pledge is None:
        return None
    total = grouped(int(pledge.cost_total))
    words = (
        f"공약 {pledge.number}의 총사업비 {total}원보다 큽니다. 천 원이나 백만 원 단위로 적은 것은 아닙니까?"
    )
    return Warning("beyond_total_cost", "amount", words)
