"""What stands in a cell, and how it is printed: the same text on paper, in Excel and in HWPX."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils import timezone

from common.money import MINUS, grouped, signed
from common.periods import korean_date

Value = str | int | float | Decimal | date | datetime | None

# Stands behind a figure that has a note.
MARK = "*"

# What neither XML nor a spreadsheet can hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Adjusted(int):
    """A figure that is not its own nearest rounding, so that its table foots (DOMAIN §4.5); ``won`` is exact."""

    won: int

    def __new__(cls, figure: int, won: int) -> Adjusted:
        made = super().__new__(cls, figure)
        made.won = won
        return made

    @property
    def note(self) -> str:
        return adjusted_note(self.won)


def adjusted_note(won: int) -> str:
    """What an adjusted cell says of itself, as a tooltip or as the note of a sheet's cell."""
    return f"합계가 맞도록 단수를 조정한 칸입니다. 정확한 금액: {signed(won)}원"


def note_of(value: Any) -> str:
    return value.note if isinstance(value, Adjusted) else ""


@dataclass(frozen=True)
class Format:
    """How a kind of value is printed: ``code`` for Excel, ``text`` for the rest; ``none`` stands for no value."""

    code: str = "General"
    align: str = "left"
    width: float = 16
    text: Callable[[Any], str] = str
    none: str = ""

    @property
    def marked(self) -> str:
        """``code`` with ``MARK`` behind every figure."""
        return ";".join(rf"{part}\{MARK}" for part in self.code.split(";"))

    def printed(self, value: Value) -> str:
        """``value`` as paper shows it; text is itself (a column of numbers may say 미기록)."""
        if value is None:
            return self.none
        return value if isinstance(value, str) else self.text(value)


@cache
def number(places: int = 0, zero: str = "-", none: str = "-", width: float = 13) -> Format:
    """A number with commas and ``places`` decimals, minus as △ (DOMAIN §8); ``zero`` is what 0 prints as."""
    digits = "#,##0" + ("." + "0" * places if places else "")

    def text(value: Decimal | int | float) -> str:
        shown = grouped(round(Decimal(str(value)), places)).replace("-", MINUS)
        return shown if value or zero == "0" else zero

    code = f"{digits};{MINUS}{digits};" + (digits if zero == "0" else f'"{zero}"')
    return Format(code, "right", width, text, none)


def _moment(value: date) -> str:
    return korean_date(value) + (f" {value:%H:%M}" if isinstance(value, datetime) else "")


TEXT = Format()
LONG = Format(width=40)
CENTER = Format(align="center", width=12)
# Numbers that are names (전화, 사업자등록번호, 문서번호): text also after somebody edits the cell.
CODE = Format("@", "center", 15)
WON = number(width=16)
COUNT = number(zero="0", none="", width=9)
RATE = number(1, zero="0", none="–", width=9)
YEAR = Format("0", "center", 9)
DATE = Format('yyyy". "m". "d"."', "center", 14, _moment)
MOMENT = Format('yyyy". "m". "d"." hh:mm', "center", 20, _moment)


@dataclass(frozen=True)
class Formula:
    """A live formula over other cells, by their keys: ``Formula("ROUND({}/{}*100,1)", ("result", "target"))``."""

    template: str
    keys: tuple[Hashable, ...]

    def over(self, address: Callable[[Hashable], str]) -> str:
        return self.template.format(*map(address, self.keys))


def sum_of(*keys: Hashable) -> Formula:
    """The sum of the cells ``keys``."""
    return Formula(f"SUM({','.join(['{}'] * len(keys))})", keys)


@dataclass(frozen=True)
class Cell:
    """One printed cell. ``value`` is what it shows, also where a ``formula`` gets the same from its parts.

    ``note`` is a word about a figure, which is marked then: a tooltip on screen, a note of the cell in Excel.
    """

    value: Value = None
    format: Format = TEXT
    cols: int = 1
    rows: int = 1
    head: bool = False
    bold: bool = False
    align: str = ""
    key: Hashable = None
    formula: Formula | None = None
    note: str = ""

    @property
    def text(self) -> str:
        return UNPRINTABLE.sub("", self.format.printed(self.value)) + (MARK if self.note else "")

    @property
    def alignment(self) -> str:
        """left, center or right; a word in a column of figures stands where figures stand."""
        return self.align or ("center" if self.head else self.format.align)


def clean(value: Any) -> Value:
    """A value as a cell takes it: models and lazy words become text, days lose their time zone, ○ is yes."""
    if isinstance(value, bool):
        return "○" if value else ""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, date):
        return value
    return UNPRINTABLE.sub("", str(value))
