"""A field in which a firm is written by its name."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.names import name_key
from enterprises.models import Enterprise

MOST_OFFERED = 300
NUMBERED = re.compile(r"^(?P<name>.*?)\s*\[(?P<pk>\d{1,18})\]$")


class EnterpriseField(forms.CharField):
    """A firm by its name, ㈜ and spaces ignored; ``이름 [12]`` where two share one. Works without script.

    In a ModelForm the value is the Enterprise. The page offers ``firm_names`` as ``<datalist id="firms">``.
    """

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("queryset", None)
        kwargs.setdefault("widget", forms.TextInput(attrs={"list": "firms", "autocomplete": "off"}))
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
    """Suggestions for the field, at most MOST_OFFERED."""
    rows = Enterprise.objects.live().filter(merged_into__isnull=True).order_by("name", "pk")
    return [f"{name} [{pk}]" for pk, name in rows.values_list("pk", "name")[:MOST_OFFERED]]
