"""The forms of an enterprise and its designations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from accounts.models import Office
from common.fields import DayField
from common.names import business_number, business_number_ok, name_key, show_business_number
from common.periods import korean_date
from enterprises.designating import hold_enterprise, overlap_message
from enterprises.forms.base import RegisterForm, sharing
from enterprises.models import Designation, DesignationKind, Enterprise, RegisterOpening


class NumberField(forms.CharField):
    """Ten digits of a 사업자등록번호 or 고유번호, with or without hyphens; shown with them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": 20})

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return business_number(text)
        except ValueError:
            raise ValidationError("숫자 10자리로 적어 주십시오. 예: 123-45-67890") from None

    def prepare_value(self, value: Any) -> Any:
        return show_business_number(value) if isinstance(value, str) else value


class EnterpriseForm(RegisterForm):
    """An enterprise. A wrong check digit and a known name are doubts; a known number is refused with a link."""

    class Meta:
        model = Enterprise
        fields = (
            "name", "business_number", "branch_number", "unique_number", "dong", "address", "legal_dong", "industry",
            "representative", "phone", "email", "homepage", "note",
        )  # fmt: skip
        field_classes = {"business_number": NumberField, "unique_number": NumberField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "business_number"
        ].help_text = "예: 123-45-67890. 법인·단체의 고유번호는 아래 칸에 적습니다."
        self.fields["dong"].widget.attrs["list"] = "dongs"
        self.fields["dong"].help_text = "예: 신림동. 법정동과 다릅니다."
        self.fields["name"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        self._refuse_known_number()
        return super().clean()

    def _refuse_known_number(self) -> None:
        number = self.cleaned_data.get("business_number")
        same = {"business_number": number, "branch_number": self.cleaned_data.get("branch_number", "")}
        found = sharing(self.instance, **same).first() if number else None
        if found:
            text = (
                "같은 사업자등록번호의 기업이 있습니다: {}. 그 기업에 유형을 더하세요."
                " 다른 사업장이면 종사업장번호를 적으세요."
            )
            self.add_error("business_number", ValidationError(format_html(text, link(found)), code="known"))

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        return [*self._doubtful_digits(cleaned), *self._doubtful_twins(cleaned)]

    def _doubtful_digits(self, cleaned: dict[str, Any]) -> list[str]:
        wrong = "{} {}의 끝자리(검증번호)가 맞지 않습니다. 사업자등록증과 대조하세요."
        return [
            wrong.format(self.fields[name].label, show_business_number(cleaned[name]))
            for name in ("business_number", "unique_number")
            if name in self.changed_data and cleaned.get(name) and not business_number_ok(cleaned[name])
        ]

    def _doubtful_twins(self, cleaned: dict[str, Any]) -> list[str]:
        found: list[str] = []
        if "name" in self.changed_data:
            twins = sharing(self.instance, name_key=name_key(cleaned["name"]))[:3]
            told = "같은 이름의 기업이 이미 있습니다: {}. 같은 기업이면 거기에 유형을 더하세요."
            found += [format_html(told, link(twin)) for twin in twins]
        if "business_number" in self.changed_data and cleaned["business_number"]:
            branches = sharing(self.instance, business_number=cleaned["business_number"])[:3]
            found += [
                format_html("같은 사업자등록번호의 다른 사업장이 있습니다: {}.", link(branch))
                for branch in branches
            ]
        return found


class NewEnterpriseForm(EnterpriseForm):
    """An enterprise with its first designation, typed on one page."""

    kind = forms.ModelChoiceField(DesignationKind.objects.filter(active=True), label="유형")
    number = forms.CharField(label="인증번호", max_length=60, required=False)
    starts_on = DayField(
        label="지정일", required=False, help_text="모르면 비웁니다. 비우면 기업 수에 더하지 않습니다."
    )
    expires_on = DayField(label="만료일", required=False, help_text="있을 때만. 그날까지 셉니다.")

    FIRST = ("name", "business_number", "kind", "number", "starts_on", "expires_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*self.FIRST, "dong", "address", "industry"])

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("expires_on")
        if first and last and last < first:
            self.add_error("expires_on", "만료일이 지정일보다 앞섭니다.")
        return super().clean()

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        return [*super().doubts(cleaned), *late(self.designation(cleaned))]

    def designation(self, cleaned: dict[str, Any]) -> Designation:
        values = {name: cleaned[name] for name in ("kind", "number", "starts_on", "expires_on")}
        return Designation(enterprise=self.instance, **values)

    def save(self, commit: bool = True) -> Enterprise:
        with transaction.atomic():
            enterprise: Enterprise = super().save(commit)
            self.designation(self.cleaned_data).save()
        return enterprise


class DesignationForm(RegisterForm):
    """A designation of an enterprise. Two of one kind may not overlap: checked while the enterprise is held."""

    fixed = ("enterprise",)

    class Meta:
        model = Designation
        fields = ("kind", "number", "starts_on", "expires_on", "ended_on", "end_reason", "note")
        field_classes = {"starts_on": DayField, "expires_on": DayField, "ended_on": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = DesignationKind.objects.filter(active=True)
        if self.instance.kind_id:
            kinds = kinds | DesignationKind.objects.filter(pk=self.instance.kind_id)
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]

    def lock(self) -> None:
        hold_enterprise(self.instance.enterprise_id)
        super().lock()

    def clean(self) -> dict[str, Any]:
        if self.instance.enterprise.is_void:
            raise ValidationError("무효 처리된 기업입니다.", code="void")
        told = "" if self.errors else overlap_message(self._wanted(self.cleaned_data))
        if told:
            self.add_error("kind" if "kind" in self.fields else None, ValidationError(told, code="overlap"))
        return super().clean()

    def _wanted(self, cleaned: dict[str, Any]) -> Designation:
        """The designation as it would be saved; the instance itself is filled in only after this."""
        names = ("kind_id", "starts_on", "expires_on", "ended_on")
        wanted = Designation(pk=self.instance.pk, enterprise=self.instance.enterprise)
        for name in names:
            setattr(wanted, name, getattr(self.instance, name))
        for name in set(cleaned) & {"kind", "starts_on", "expires_on", "ended_on"}:
            setattr(wanted, name, cleaned[name])
        return wanted

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        changed = {"starts_on", "expires_on", "ended_on", "kind"} & set(self.changed_data)
        return late(self._wanted(cleaned)) if changed else []


class EndForm(DesignationForm):
    """The end of a designation, with its reason."""

    class Meta(DesignationForm.Meta):
        fields = ("ended_on", "end_reason")  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        RegisterForm.__init__(self, *args, **kwargs)
        for field in self.fields.values():
            field.required = field.required or field.label in ("종료일", "종료 사유")
        self.fields["end_reason"].help_text = "예: 폐업, 인증 취소, 관외 이전, 자진 반납"


def late(designation: Designation) -> list[str]:
    """Doubt about a day that lies in a closed quarter and is not part of an opening (DOMAIN §3.15)."""
    closed = Office.current().closed_through
    if closed is None:
        return []
    openings = RegisterOpening.objects.live().filter(kind=designation.kind, closed=False, on__lte=closed)
    opened = max(openings.values_list("on", flat=True), default=None)
    days = {"지정일": designation.starts_on, "종료일": designation.ended_on, "만료일": designation.expires_on}
    told = (
        "{} {}은(는) 마감한 분기({}까지)입니다."
        " 저장하면 ‘마감 뒤 입력(미반영)’으로 남고, 공표한 수치는 그대로입니다."
    )
    return [
        told.format(label, korean_date(day), korean_date(closed))
        for label, day in days.items()
        if day and day <= closed and (opened is None or day > opened)
    ]


def link(enterprise: Enterprise) -> str:
    """The enterprise as a link, with what tells it from a namesake."""
    told = format_html_join(
        " · ",
        "{}",
        ((part,) for part in (show_business_number(enterprise.business_number), enterprise.dong) if part),
    )
    address = reverse("enterprises:detail", args=[enterprise.pk])
    return format_html('<a href="{}">{}</a>{}', address, enterprise.name, f" ({told})" if told else "")
