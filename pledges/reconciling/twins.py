"""Enterprises that may be one, over the whole register."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count

from enterprises.models import Enterprise


def twins() -> list[list[Enterprise]]:
    """Groups of live enterprises that share a name or a number. Two queries, whatever their number."""
    groups: list[list[Enterprise]] = []
    for field in ("name_key", "business_number"):
        live = Enterprise.objects.live()
        shared = live.exclude(**{field: ""}).order_by().values(field).annotate(n=Count("pk")).filter(n__gt=1)
        by_value: dict[str, list[Enterprise]] = defaultdict(list)
        for row in live.filter(**{f"{field}__in": shared.values(field)}).order_by("pk"):
            by_value[getattr(row, field)].append(row)
        groups += by_value.values()
    return groups
