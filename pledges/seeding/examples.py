"""Taking the example enterprises out again."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from common.models import KeptQuerySet
from common.voiding import void
from enterprises.models import Designation, Enterprise, Tenancy

REASON = "예시 자료 제거"
# What the examples bring themselves; anything else somebody entered.
OWN = (Designation, Tenancy)


@transaction.atomic
def remove_examples() -> tuple[int, list[Enterprise]]:
    """Void every example enterprise with its designations and tenancies.

    Returns how many went, and those that stay because real records (payments, awards, sales) name them.
    """
    kept = []
    removed = 0
    for enterprise in Enterprise.objects.live().filter(is_example=True):
        if _is_used(enterprise):
            kept.append(enterprise)
            continue
        for model in OWN:
            for row in model.objects.live().filter(enterprise=enterprise):
                void(row, None, REASON)
        void(enterprise, None, REASON)
        removed += 1
    return removed, kept


def _is_used(enterprise: Enterprise) -> bool:
    """Whether live records other than OWN name the enterprise, whichever app keeps them."""
    relations = [r for r in Enterprise._meta.related_objects if r.related_model not in OWN]
    return any(_records(r).live().filter(**{r.field.name: enterprise}).exists() for r in relations)


def _records(relation: Any) -> KeptQuerySet:
    return relation.related_model._default_manager.all()
