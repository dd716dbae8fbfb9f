"""정산 of an award or an entrustment, and 국·시비 returned upward."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from common.editing import VersionedForm
from common.fields import DayField
from common.money import grouped
from subsidies.forms.disbursement import award_label
from subsidies.forms.fields import PositiveWonField, YearField, choose_from
from subsidies.models import Award, Entrustment, Program, Settlement, Source, UpwardReturn

MONEY = ("granted", "spent", "disallowed", "interest")


class SettlementForm(VersionedForm):
    """What the recipient spent. Interest is never 집행 (DOMAIN §4.7)."""

    year = YearField(label="회계연도")
    granted = PositiveWonField(label="교부액(원)", zero=True)
    spent = PositiveWonField(label="실집행액(원)", zero=True)
    disallowed = PositiveWonField(
        label="불인정액(원)", zero=True, required=False, help_text="없으면 비웁니다."
    )
    interest = PositiveWonField(label="이자(원)", zero=True, required=False, help_text="없으면 비웁니다.")

    class Meta:
        model = Settlement
        fields = [
            "award",
            "entrustment",
            "year",
            "reported_on",
            "settled_on",
            *MONEY,
            "verified",
            "note",
        ]
        field_classes = {"reported_on": DayField, "settled_on": DayField}
        help_texts = {"award": "아직 정산하지 않은 교부결정입니다. 교부결정이나 협약 가운데 하나만 고릅니다."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        awards = self._awards().select_related("program", "enterprise")
        awards = awards.order_by("-year", "enterprise__name", "pk")
        choose_from(
            self, "award", awards, lambda row: f"{row.enterprise} · {row.program} · {award_label(row)}"
        )
        choose_from(self, "entrustment", Entrustment.objects.live())

    def _awards(self) -> QuerySet[Award]:
        """Decisions without a settlement, the one of this settlement, and the one that the page was opened for."""
        settled = Settlement.objects.live().filter(award__isnull=False).values("award")
        named = str(self.data.get("award") or self.initial.get("award") or "")
        asked = Q(pk=int(named)) if named.isdecimal() and len(named) < 19 else Q()
        return Award.objects.filter(
            Q(voided_at__isnull=True) & (~Q(pk__in=settled) | asked) | Q(pk=self.instance.award_id)
        )

    def clean_disallowed(self) -> int:
        return self.cleaned_data["disallowed"] or 0

    def clean_interest(self) -> int:
        return self.cleaned_data["interest"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("award")) == bool(cleaned.get("entrustment")):
            text = "정산은 교부결정이나 협약 가운데 하나에 딸립니다."
            self.add_error("award", ValidationError(text, code="one"))
        self._check_amounts(cleaned)
        reported, settled = cleaned.get("reported_on"), cleaned.get("settled_on")
        if reported and settled and settled < reported:
            self.add_error("settled_on", "정산 확정일이 실적보고일보다 앞섭니다.")
        return cleaned

    def _check_amounts(self, cleaned: dict[str, Any]) -> None:
        granted, spent, disallowed = (cleaned.get(name) for name in MONEY[:3])
        if granted is not None and spent is not None and spent > granted:
            self.add_error("spent", f"실집행액이 교부액보다 {grouped(spent - granted)}원 많습니다.")
        elif spent is not None and disallowed is not None and disallowed > spent:
            self.add_error("disallowed", f"불인정액이 실집행액보다 {grouped(disallowed - spent)}원 많습니다.")


class UpwardReturnForm(VersionedForm):
    """Money given back to the state or the city."""

    year = YearField(label="받은 회계연도")
    interest = PositiveWonField(label="이자(원)", zero=True, required=False, help_text="없으면 비웁니다.")

    class Meta:
        model = UpwardReturn
        fields = ["program", "year", "source", "amount", "interest", "on", "number"]
        field_classes = {"amount": PositiveWonField, "on": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = Program.objects.filter(active=True)
        choose_from(self, "program", active | Program.objects.filter(pk=self.instance.program_id))
        upward = [choice for choice in Source.choices if choice[0] in (Source.NATIONAL, Source.CITY)]
        source: Any = self.fields["source"]
        source.choices = [("", "선택하세요"), *upward]

    def clean_interest(self) -> int:
        return self.cleaned_data["interest"] or 0
