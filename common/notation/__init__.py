"""Dates, ranges, money and ratios as officials type them (DOMAIN §7): read exactly, or refused with the reason.

One place, used by forms, paste, imports and cards. Pure: no Django, no clock. docs/notation.md lists what is read.
"""

from common.notation.dates import read_date, read_days, read_period
from common.notation.errors import NotationError
from common.notation.money import UNITS, read_money, read_unit
from common.notation.numbers import read_number
from common.notation.scan import Found, FoundPeriod, money_in_text, periods_in_text
from common.notation.shares import SOURCES, Ratio, read_percent, read_quarter, read_ratio
from common.notation.spans import Period, Precision

__all__ = [
    "SOURCES",
    "UNITS",
    "Found",
    "FoundPeriod",
    "NotationError",
    "Period",
    "Precision",
    "Ratio",
    "money_in_text",
    "periods_in_text",
    "read_date",
    "read_days",
    "read_money",
    "read_number",
    "read_percent",
    "read_period",
    "read_quarter",
    "read_ratio",
    "read_unit",
]
