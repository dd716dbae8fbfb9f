"""How values are written on pages: won, dates, plain numbers. None is ``-`` (DOMAIN §8)."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template

from common.fields import plain, weekday
from common.money import NONE, signed
from common.periods import korean_date, korean_period

register = template.Library()


@register.filter
def won(value: int | None) -> str:
    """``1,234,567``; minus is △, none is ``-``."""
    return NONE if value is None or value == "" else signed(int(value))


@register.filter
def cell(value: int | None) -> str:
    """``won`` as a dense table prints it: zero, too, is ``-``."""
    return won(value or None)


@register.filter
def number(value: Decimal | int | None) -> str:
    """A count or a value of an indicator without trailing zeros: ``43``, ``2.5``; none is ``-``."""
    return NONE if value is None or value == "" else plain(value)


@register.filter
def day(value: date | None) -> str:
    """``2023. 10. 18.``; none is ``-``."""
    return korean_date(value) if value else NONE


@register.filter
def day_of_week(value: date | None) -> str:
    """``2023. 10. 18.(수)``."""
    return f"{korean_date(value)}({weekday(value)})" if value else NONE


@register.simple_tag
def period(first: date | None, last: date | None) -> str:
    """``2022. 8. 17.~9. 1.``; none is ``-``."""
    return korean_period(first, last) if first else NONE


@register.filter
def at(mapping: Any, key: Any) -> Any:
    """``mapping[key]``, None where it is not there."""
    return mapping.get(key) if mapping else None
