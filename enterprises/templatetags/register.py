"""How the register's values are written on pages."""

from django import template

from common.names import show_business_number

register = template.Library()


@register.filter
def business_number(digits: str) -> str:
    """``000-00-00000``."""
    return show_business_number(digits)


@register.filter
def count_or_unknown(value: int | None) -> str:
    """``198``; a number that cannot be known is 집계 불가 (DOMAIN §3.6)."""
    return "집계 불가" if value is None else f"{value:,}"
