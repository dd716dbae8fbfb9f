"""Figures of a card that was read, as its preview prints them."""

from decimal import Decimal

from django import template

from pledges.reading.preview import way

register = template.Library()
register.filter("way", way)


@register.filter
def figure(value: Decimal | None) -> str:
    """``1,250.5``; ``-`` where there is none."""
    return "-" if value is None else f"{value.normalize():,f}"


@register.filter
def of_year(values: dict[int, Decimal | None], year: int) -> Decimal | None:
    return values.get(year)
