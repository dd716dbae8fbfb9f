from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from common.fields import WonField
from common.models import WON_LIMIT

FIRST_YEAR, LAST_YEAR = 2000, 2099


class YearField(forms.IntegerField):
    """A 회계연도."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", FIRST_YEAR)
        kwargs.setdefault("max_value", LAST_YEAR)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}))
        super().__init__(**kwargs)


class YearFilter(forms.TypedChoiceField):
    """A list's 회계연도: those that its rows have, newest first, and the one asked for, which finds nothing then."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="회계연도", coerce=int, empty_value=None, **kwargs)

    def offer(self, asked: str, *rows: QuerySet[Any], name: str = "year") -> None:
        years = {year for each in rows for year in each.order_by().values_list(name, flat=True).distinct()}
        years |= {int(asked)} if asked in map(str, range(FIRST_YEAR, LAST_YEAR + 1)) else set()
        self.choices = [("", "전체"), *((year, f"{year}년") for year in sorted(years, reverse=True))]


def choose_from(
    form: forms.BaseForm, name: str, rows: QuerySet[Any], label: Callable[[Any], str] | None = None
) -> None:
    """Limits what a choice of rows offers, and how each is named."""
    field: Any = form.fields[name]
    field.queryset = rows
    if label:
        field.label_from_instance = label


def positive(amount: int | None, *, what: str = "금액", zero: bool = False) -> int | None:
    """``amount`` if it is a plausible sum of won. ValidationError for a minus, zero (unless allowed), the absurd."""
    if amount is None:
        return None
    if amount < 0 or (amount == 0 and not zero):
        raise ValidationError(f"{what}은 0보다 커야 합니다.", code="amount")
    if amount >= WON_LIMIT:
        raise ValidationError(f"{what}이 지나치게 큽니다(10조 원 이상). 단위를 확인하세요.", code="amount")
    return amount


class PositiveWonField(WonField):
    """Won above zero (or from zero on), with the fault said beside the field."""

    def __init__(self, *, zero: bool = False, **kwargs: Any) -> None:
        self.zero = zero
        super().__init__(**kwargs)

    def clean(self, value: Any) -> int | None:
        return positive(
            super().clean(value), what=str(self.label or "금액").removesuffix("(원)"), zero=self.zero
        )
