"""Who took part: one by one with a search, or many pasted from a sheet."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.editing import VersionedForm
from common.fields import WonField, read
from common.notation.money import read_money
from common.periods import korean_date

from ..models import MarketDay, MarketEvent, Participation
from ..recording import Ambiguous, Vendor, find_vendors

MANY = 300


class DayChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: MarketDay) -> str:
        return f"{korean_date(obj.day)} {obj.get_state_display()}"


class _Recording(forms.Form):
    day = DayChoice(MarketDay.objects.none(), label="참여한 날", required=False, empty_label="행사 전체")

    def __init__(self, *args: Any, event: MarketEvent, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.event = event
        self.vendors: list[tuple[Vendor, int | None]] = []
        self.fields["day"].queryset = event.days.live()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors:
            self._refuse_twice(cleaned.get("day"))
        return cleaned

    def _refuse_twice(self, day: MarketDay | None) -> None:
        """The same vendor once a day; the database says so for enterprises only."""
        recorded = self.event.participations.live().filter(day=day)
        taken = {_key(part.enterprise_id, part.vendor_name) for part in recorded}
        for vendor, _ in self.vendors:
            key = _key(vendor.enterprise.pk if vendor.enterprise else None, vendor.name)
            if key in taken:
                when = korean_date(day.day) if day else "행사 전체"
                raise ValidationError(
                    f"{vendor.enterprise or vendor.name}: {when}에 이미 참여로 기록되어 있습니다."
                )
            taken.add(key)


def _key(enterprise: int | None, name: str) -> str:
    return f"#{enterprise}" if enterprise else name


class VendorForm(_Recording):
    """One vendor: an enterprise found in the register, or a name outside it."""

    name = forms.CharField(
        label="기업·업체",
        max_length=100,
        help_text="등록부에 있으면 그 기업으로, 없으면 미등록 업체로 기록합니다.",
        widget=forms.TextInput(attrs={"list": "vendor-options", "autocomplete": "off"}),
    )
    sales = WonField(label="매출액(원)", required=False)
    field_order = ["name", "day", "sales"]

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        self.vendors = [(settled(name, find_vendors([name])[0]), None)]
        return name

    def clean_sales(self) -> int | None:
        sales: int | None = self.cleaned_data["sales"]
        if sales is not None and sales < 0:
            raise ValidationError("매출액은 0 이상이어야 합니다.")
        self.vendors = [(vendor, sales) for vendor, _ in self.vendors]
        return sales


class VendorsForm(_Recording):
    """Many vendors, one a line; behind a tab their sales."""

    names = forms.CharField(
        label="업체 목록",
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "가나다협동조합\t1,200,000\n라마바(주)"}),
        help_text="한 줄에 하나씩. 엑셀에서 두 열(업체, 매출액)을 그대로 붙여 넣을 수 있습니다. 매출액은 원 단위.",
    )
    field_order = ["day", "names"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Stands on the same page as VendorForm, whose `day` must keep its own id.
        super().__init__(*args, auto_id="many_%s", **kwargs)

    def clean_names(self) -> str:
        text = str(self.cleaned_data["names"])
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > MANY:
            raise ValidationError(f"한 번에 {MANY}줄까지 적을 수 있습니다({len(lines)}줄).")
        rows = [[part.strip() for part in re.split(r"\t+", line)] for line in lines]
        found = find_vendors([row[0] for row in rows])
        self.vendors, faults = [], []
        for number, (row, vendor) in enumerate(zip(rows, found, strict=True), 1):
            try:
                self.vendors.append((settled(row[0], vendor), _sales(row)))
            except ValidationError as refusal:
                faults.append(f"{number}번째 줄: {refusal.messages[0]}")
        if faults:
            raise ValidationError(faults)
        return text


def _sales(row: list[str]) -> int | None:
    if len(row) > 2:
        raise ValidationError(f"열이 셋 이상입니다({row[2][:20]}). 업체와 매출액만 붙여 넣어 주십시오.")
    sales = read(lambda: read_money(row[1])) if len(row) == 2 and row[1] else None
    if sales is not None and sales < 0:
        raise ValidationError(f"매출액이 0보다 작습니다: {row[1]}")
    return sales


def settled(name: str, found: Vendor | Ambiguous) -> Vendor:
    """The vendor, or a ValidationError where the register holds several of that name."""
    if isinstance(found, Ambiguous):
        raise ValidationError(
            f"‘{name}’은(는) 등록부에 여럿입니다: {found.several}. 기업 화면에서 이름을 구별되게 고친 뒤 기록하세요."
        )
    return found


class ParticipationForm(VersionedForm):
    """One row of the grid of participations."""

    class Meta:
        model = Participation
        fields = ["sales", "note"]
        field_classes = {"sales": WonField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted, self.use_required_attribute = True, False
        who = self.instance.enterprise or self.instance.vendor_name
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{who} {field.label}"
