"""Form fields that read what officials type (DOMAIN §7): ``2023. 10. 18.``, ``84백만 원``, ``△3``.

A text that the readers of ``common.notation`` refuse becomes the field's error, with its reason and remedy; what was
typed stays in the box. In a ModelForm: ``class Meta: field_classes = {"paid_on": DayField, "amount": WonField}``.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from common.money import signed
from common.notation.dates import read_date, read_days, read_period
from common.notation.errors import NotationError
from common.notation.money import read_money
from common.notation.numbers import read_number
from common.notation.spans import Period
from common.periods import korean_date

T = TypeVar("T")
WEEKDAYS = "월화수목금토일"


def read(reader: Callable[[], T]) -> T:
    """The reader's value; its refusal becomes a ValidationError."""
    try:
        return reader()
    except NotationError as refusal:
        raise ValidationError(str(refusal), code="notation") from refusal


class DayField(forms.DateField):
    """One day. ``year`` is the context for days written without one."""

    def __init__(self, *, year: int | None = None, **kwargs: Any) -> None:
        self.year = year
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"placeholder": "2024. 4. 1.", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value in self.empty_values or not str(value).strip():
            return value or None
        return read(lambda: read_date(str(value), year=self.year))

    def prepare_value(self, value: Any) -> Any:
        return korean_date(value) if isinstance(value, date) else value


class PeriodField(forms.CharField):
    """A day, month, year or range, as a ``Period``; an open end has ``end`` None."""

    def __init__(self, *, year: int | None = None, **kwargs: Any) -> None:
        self.year = year
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Period | None:
        text = super().clean(value)
        return read(lambda: read_period(text, year=self.year)) if text else None


class DaysField(forms.CharField):
    """A list of days, each of them held or planned: ``4. 25.~4. 26.``, ``9. 18., 9. 19.`` (DOMAIN §3.14).

    ``read_in(year)`` reads the text that was typed, since the year may stand in another field.
    """

    def read_in(self, text: str, year: int | None) -> list[date]:
        """The days in order. ValidationError with the remedy."""
        return read(lambda: read_days(text, year=year))


class WonField(forms.IntegerField):
    """Whole won. ``unit`` is that of the column; a unit written in the text wins over it. ``-`` is None."""

    def __init__(self, *, unit: str = "원", **kwargs: Any) -> None:
        self.unit = unit
        # A model field's limits are the database's; the constraint says it in words.
        kwargs.pop("min_value", None)
        kwargs.pop("max_value", None)
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "text", "class": "num", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, int) or value in self.empty_values or not str(value).strip():
            return value if isinstance(value, int) else None
        return read(lambda: read_money(str(value), unit=self.unit))

    def prepare_value(self, value: Any) -> Any:
        return signed(value) if isinstance(value, int) else value


class NumberField(forms.DecimalField):
    """A plain number, exact: ``1,234.5``, ``△3``; ``-`` is None. A word of ``units`` behind it is dropped."""

    def __init__(self, *, units: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.units = units
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "text", "class": "num", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Decimal | int):
            return Decimal(value)
        text = str(value).strip() if value is not None else ""
        return None if text in ("", "-", "ㅡ") else read(lambda: read_number(text, units=self.units))

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal | int) else value


class CountField(forms.IntegerField):
    """A whole number of things, not negative: ``36``, ``1,200``; a word of ``units`` behind it is dropped."""

    def __init__(self, *, units: tuple[str, ...] = ("개", "개소", "명", "건"), **kwargs: Any) -> None:
        self.units = units
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "text", "class": "num", "autocomplete": "off"})
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        text = str(value).strip() if value is not None else ""
        if text in ("", "-", "ㅡ"):
            return None
        number = read(lambda: read_number(text, units=self.units))
        if number != int(number) or number < 0:
            raise ValidationError("0 이상의 정수로 적어 주십시오.", code="count")
        return int(number)

    def prepare_value(self, value: Any) -> Any:
        return signed(value) if isinstance(value, int) else value


def plain(value: Decimal | int) -> str:
    """A number as people write it: no trailing zeros, commas, △ for minus."""
    return signed(Decimal(value).normalize())


def weekday(day: date) -> str:
    """``목`` for a Thursday."""
    return WEEKDAYS[day.weekday()]
