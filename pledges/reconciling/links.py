"""Addresses where a finding is put right."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pledges.models import Indicator, Pledge


def of_pledge(name: str, pledge: Pledge, *args: Any, **query: Any) -> str:
    """The page ``pledges:name`` of a pledge, its term in the query."""
    asked = urlencode({"term": pledge.term.name} | query)
    return f"{reverse(f'pledges:{name}', args=[pledge.number, *args])}?{asked}"


def ledger_row(pk: int) -> str:
    return reverse("subsidies:disbursement_detail", args=[pk])


def ledger(**query: Any) -> str:
    """The ledger, filtered."""
    return f"{reverse('subsidies:disbursement_list')}?{urlencode(query)}"


def program(pk: int, part: str = "") -> str:
    """A programme with its ratios, ``budgets`` and openings."""
    return reverse("subsidies:program_detail", args=[pk]) + (f"#{part}" if part else "")


def targets(indicator: Indicator, of: Pledge) -> str:
    """The targets of an indicator."""
    return f"{of_pledge('targets', of)}#indicator-{indicator.pk}"


def record(name: str, pk: int) -> str:
    """A record's own page by URL name, such as ``enterprises:detail``."""
    return reverse(name, args=[pk])


def merging(target: int, source: int) -> str:
    """Where two enterprises that are one are merged."""
    return f"{reverse('enterprises:merge')}?{urlencode({'target': target, 'source': source})}"
