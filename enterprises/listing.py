"""The register's list: its filters, columns and order. One filter form defines list, count and download alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet

from common.fields import DayField
from common.listing import FilterForm, Sorts
from common.periods import korean_date
from enterprises.models import Designation, DesignationKind, Enterprise

SOON_DAYS = 90

# By the name without ㈜, so that both ways of writing it stand together.
SORTS: Sorts = {
    "name": ("name_key",),
    "number": ("business_number", "branch_number"),
    "dong": ("dong", "name_key"),
    "starts": ("first_start", "name_key"),
    "expires": ("next_expiry", "name_key"),
    "industry": ("industry", "name_key"),
}


class EnterpriseFilters(FilterForm):
    """What the list is narrowed to; every filter stands in the address."""

    q = forms.CharField(
        label="검색", widget=forms.TextInput(attrs={"type": "search", "placeholder": "기업명·번호·주소·업종"})
    )
    as_of = DayField(label="기준일")
    kind = forms.ModelChoiceField(
        DesignationKind.objects.all(), label="유형", to_field_name="code", empty_label="전체"
    )
    dong = forms.ChoiceField(label="행정동")
    state = forms.ChoiceField(
        label="상태",
        choices=[
            ("", "전체"),
            ("active", "기준일 현재 유효"),
            ("soon", f"{SOON_DAYS}일 안에 만료"),
            ("ended", "유효한 자격 없음"),
            ("undated", "지정일 모름"),
            ("void", "무효 처리된 기업"),
        ],
    )

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data)
        self.fields["as_of"].widget.attrs["placeholder"] = korean_date(today)
        dongs = (
            Enterprise.objects.live()
            .exclude(dong="")
            .order_by("dong")
            .values_list("dong", flat=True)
            .distinct()
        )
        self.fields["dong"].choices = [("", "전체"), *((dong, dong) for dong in dongs)]  # type: ignore[attr-defined]


def filtered(chosen: dict[str, Any], as_of: date) -> QuerySet[Enterprise]:
    """The enterprises that the chosen filters leave, with the columns that the list sorts by."""
    void = chosen.get("state") == "void"
    rows = Enterprise.objects.filter(voided_at__isnull=False) if void else Enterprise.objects.live()
    if "q" in chosen:
        rows = rows.search(chosen["q"])
    if "dong" in chosen:
        rows = rows.filter(dong=chosen["dong"])
    held = _designations(chosen.get("state", ""), as_of)
    if "kind" in chosen:
        held = held.filter(kind=chosen["kind"])
    if "kind" in chosen or chosen.get("state") in ("active", "soon", "undated"):
        rows = rows.filter(Exists(held))
    if chosen.get("state") == "ended":
        rows = rows.filter(~Exists(_designations("active", as_of)), ~Exists(_designations("undated", as_of)))
    live = Q(designations__voided_at__isnull=True)
    open_ended = live & Q(designations__ended_on__isnull=True, designations__expires_on__gte=as_of)
    return rows.annotate(
        first_start=Min("designations__starts_on", filter=live),
        next_expiry=Min("designations__expires_on", filter=open_ended),
    )


def _designations(state: str, as_of: date) -> QuerySet[Designation]:
    """Live designations of the outer enterprise in a state on ``as_of``."""
    rows = Designation.objects.live().filter(enterprise=OuterRef("pk"))
    if state == "active":
        return rows.active_on(as_of)
    if state == "soon":
        return rows.active_on(as_of).filter(last_day__lte=as_of + timedelta(days=SOON_DAYS))
    if state == "undated":
        undated = rows.with_last_day().filter(starts_on__isnull=True)
        return undated.filter(Q(last_day__isnull=True) | Q(last_day__gte=as_of))
    return rows


def with_designations(rows: QuerySet[Enterprise]) -> QuerySet[Enterprise]:
    """``rows`` with their live designations and kinds at hand, for `Shown`."""
    held = Designation.objects.live().select_related("kind").order_by("kind__position", "starts_on", "pk")
    return rows.prefetch_related(Prefetch("designations", queryset=held, to_attr="held"))


@dataclass(frozen=True)
class Shown:
    """A designation as a list shows it on a day: badge, and where it stands."""

    designation: Designation
    state: str
    badge: str


def shown(designation: Designation, as_of: date) -> Shown:
    """``state`` in words; ``badge`` is the class of its colour."""
    last = last_day(designation)
    if last and last < as_of:
        return Shown(designation, "종료" if designation.ended_on else "만료", "")
    if designation.starts_on is None:
        return Shown(designation, "지정일 모름", "warn")
    if designation.starts_on > as_of:
        return Shown(designation, "시작 전", "")
    if last and last <= as_of + timedelta(days=SOON_DAYS):
        return Shown(designation, "만료 임박", "warn")
    return Shown(designation, "유효", "info")


def last_day(designation: Designation) -> date | None:
    """The last day it counts: the earlier of expiry and end; None while it has neither."""
    return min((day for day in (designation.expires_on, designation.ended_on) if day), default=None)


def show_all(enterprises: Iterable[Any], as_of: date) -> list[tuple[Enterprise, list[Shown]]]:
    return [(each, [shown(held, as_of) for held in each.held]) for each in enterprises]
