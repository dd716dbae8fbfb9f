"""Doubts about a payment that only the pledges know; registered with the ledger's own (``subsidies.checks``)."""

from __future__ import annotations

from common.money import grouped
from pledges.models import Pledge
from subsidies.checks import Warning
from subsidies.facts import Facts
from subsidies.models import Disbursement


def beyond_total_cost(row: Disbursement, facts: Facts) -> Warning | None:
    """One payment above the whole planned cost of the pledge it belongs to: a unit slip, most likely (DOMAIN §4.1)."""
    key = ("total_cost", row.program_id)
    if key not in facts.memo:
        facts.memo[key] = _least_cost(row.program_id)
    cost, number = facts.memo[key]
    if cost is None or row.shares.total <= cost:
        return None
    words = (
        f"공약 {number}의 총사업비 {grouped(cost)}원보다 큽니다. 천 원이나 백만 원 단위로 적은 것은 아닙니까?"
    )
    return Warning("beyond_total_cost", "amount", words)


def _least_cost(program: int) -> tuple[int | None, str]:
    """The smallest 총사업비 (won) among the programme's pledges, and whose it is."""
    pledges = Pledge.objects.filter(voided_at__isnull=True, programs=program, cost_total__gt=0)
    found = pledges.order_by("cost_total").values_list("cost_total", "number").first()
    return (int(found[0]), found[1]) if found else (None, "")
