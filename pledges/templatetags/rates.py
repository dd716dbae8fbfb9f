"""Rates and results on pages: exact values, rounded half-up here and nowhere else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django import template

from common.money import cell, percent, signed
from pledges.execution import AFTER_TERM

register = template.Library()


@register.filter
def rate(value: Fraction | None, places: int = 1) -> str:
    """A rate in percent; ``–`` where there is none."""
    return percent(value, places)


@register.filter
def rate_sign(rate: Fraction | None, places: int = 1) -> str:
    """A rate with its sign: ``82.5%``; ``–`` alone where there is none."""
    return percent(rate, places) + ("" if rate is None else "%")


@register.filter
def value(result: Decimal) -> str:
    """A result: a recorded 0 is ``0``, never ``-``."""
    return signed(result)


@register.filter
def money_or_unknown(steps: int | None) -> str:
    return "집계 불가" if steps is None else cell(steps)


@register.filter
def column_name(column: int | str) -> str:
    """A column of the 집행액 table as it stands in the address."""
    return "after" if column == AFTER_TERM else str(column)
