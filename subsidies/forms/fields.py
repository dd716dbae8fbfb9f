from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from common.fields import WonField
from common.models import WON_LIMIT
from common.names import name_key
from enterprises.models import Enterprise
from subsidies.recipients import LISTED

FIRST_YEAR, LAST_YEAR = 2000, 2099
NUMBERED = re.compile(r"^(?P<name>.*?)\s*\[(?P<pk>\d{1,18})\]$")


class YearField(forms.IntegerField):
    """A 회계연도."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", FIRST_YEAR)
        kwargs.setdefault("max_value", LAST_YEAR)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}))
        super().__init__(**kwargs)


def choose_from(
    form: forms.BaseForm, name: str, rows: QuerySet[Any], label: Callable[[Any], str] | None = None
) -> None:
    """Limits what a choice of rows offers, and how each is named."""
    field: Any = form.fields[name]
    field.queryset = rows
    if label:
        field.label_from_instance = label


class EnterpriseField(forms.CharField):
    """A firm by its name, ㈜ and spaces ignored; ``이름 [12]`` where two share one. Works without script.

    In a ModelForm the value is the Enterprise.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("queryset", None)
        kwargs.setdefault("help_text", "이름을 적습니다. ㈜·(주)와 빈칸은 없는 것으로 봅니다.")
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()):
            firm = Enterprise.objects.filter(pk=int(value)).first()
            return named(firm) if firm else ""
        return value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        numbered = NUMBERED.match(text)
        firms = Enterprise.objects.live().filter(merged_into__isnull=True)
        if numbered:
            found = list(firms.filter(pk=int(numbered["pk"])))
        else:
            key = name_key(text)
            found = list(firms.filter(name_key=key)[:6]) or list(firms.filter(name_key__contains=key)[:6])
        return _only(text, found)


def _only(text: str, found: list[Enterprise]) -> Enterprise:
    if not found:
        raise ValidationError(f"‘{text}’(이)라는 기업이 없습니다. 기업을 먼저 등록하세요.", code="unknown")
    if len(found) > 1:
        names = ", ".join(named(firm) for firm in found[:5])
        raise ValidationError(f"여럿 있습니다. 이 가운데 하나를 그대로 적으세요: {names}", code="several")
    return found[0]


def named(firm: Enterprise) -> str:
    """``㈜나무 [12]``: unmistakable."""
    return f"{firm.name} [{firm.pk}]"


def firm_names() -> list[str]:
    """Suggestions for the field, at most LISTED."""
    rows = Enterprise.objects.live().filter(merged_into__isnull=True).order_by("name", "pk")
    return [f"{name} [{pk}]" for pk, name in rows.values_list("pk", "name")[:LISTED]]


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
