"""Forms of spaces with their tenancies, and of the support centre."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from common.fields import CountField, DayField, NumberField
from common.periods import korean_date
from enterprises.forms.base import RegisterForm, sharing
from enterprises.forms.naming import EnterpriseField
from enterprises.models import Center, Space, Tenancy


class SpaceForm(RegisterForm):
    class Meta:
        model = Space
        fields = (
            "name",
            "address",
            "dong",
            "area_m2",
            "opened_on",
            "closed_on",
            "capacity",
            "position",
            "note",
        )
        field_classes = {
            "opened_on": DayField, "closed_on": DayField, "area_m2": NumberField, "capacity": CountField,
        }  # fmt: skip


class TenancyForm(RegisterForm):
    """An enterprise in a space. A stay that overlaps another of the same enterprise there is a doubt."""

    fixed = ("space",)
    enterprise = EnterpriseField(label="기업")

    class Meta:
        model = Tenancy
        fields = ("enterprise", "room", "starts_on", "ends_on", "note")
        field_classes = {"starts_on": DayField, "ends_on": DayField}

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        return [*self._twice(cleaned), *self._outside(cleaned), *self._too_many(cleaned)]

    def _twice(self, cleaned: dict[str, Any]) -> list[str]:
        others = sharing(self.instance, space=self.instance.space, enterprise=cleaned["enterprise"])
        if cleaned.get("starts_on"):
            others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=cleaned["starts_on"]))
        if cleaned.get("ends_on"):
            others = others.filter(Q(starts_on__isnull=True) | Q(starts_on__lte=cleaned["ends_on"]))
        return ["같은 기업이 이 공간에 이미 입주해 있습니다(기간이 겹칩니다)."] if others.exists() else []

    def _outside(self, cleaned: dict[str, Any]) -> list[str]:
        space, starts = self.instance.space, cleaned.get("starts_on")
        if starts and space.opened_on and starts < space.opened_on:
            return [f"입주일이 개소일({korean_date(space.opened_on)})보다 앞섭니다."]
        if starts and space.closed_on and starts > space.closed_on:
            return [f"입주일이 운영 종료일({korean_date(space.closed_on)}) 뒤입니다."]
        return []

    def _too_many(self, cleaned: dict[str, Any]) -> list[str]:
        space, starts = self.instance.space, cleaned.get("starts_on")
        if not (space.capacity and starts):
            return []
        there = sharing(self.instance, space=space).active_on(starts).count()  # type: ignore[attr-defined]
        return [f"입주 가능 수({space.capacity})를 넘습니다."] if there >= space.capacity else []


class CenterForm(RegisterForm):
    class Meta:
        model = Center
        fields = ("name", "role", "staff", "organisation", "address", "phone")
        field_classes = {"staff": CountField}
        widgets = {"role": forms.Textarea}
