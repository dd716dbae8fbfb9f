"""All targets of an indicator on one page: the term, its years, their quarters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.doubts import Doubtful
from common.fields import DayField, plain
from common.periods import Quarter
from pledges.achievement import Plan
from pledges.models import Indicator, Term
from pledges.target_checks import disagreements
from pledges.targets import period_label, value_of

from .base import ValueField, numeric

Period = tuple[int | None, int | None]


class TargetsForm(Doubtful, forms.Form):
    """All targets of one indicator: the term, its years, their quarters. ``-`` is no target (DOMAIN §3.9).

    ``changed_values`` are the periods whose value differs from the one in force.
    """

    valid_from = DayField(label="적용일", help_text="이 날부터 새 목표로 계산합니다. 첫 목표는 임기 시작일.")
    reason = forms.CharField(label="변경 사유", max_length=300, required=False)
    ground = forms.CharField(
        label="변경 근거", max_length=200, required=False, help_text="예: 공약사업 변경계획 방침"
    )
    panel_on = DayField(label="주민배심원 심의일", required=False)
    notice_on = DayField(label="공고일", required=False)
    version = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        indicator: Indicator,
        plan: Plan,
        starts: Mapping[Period, date],
        version: str,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.indicator, self.term, self.plan = indicator, indicator.pledge.term, plan
        self.starts = starts
        self.fields["version"].initial = version
        self.changed_values: dict[Period, Decimal | None] = {}
        if not starts:
            self.fields["valid_from"].initial = self.term.starts_on
        for period in periods_of(self.term):
            self._add(period)

    def _add(self, period: Period) -> None:
        current = value_of(self.plan, period)
        shown = plain(current) if current is not None else ("-" if period in self.starts else "")
        label = period_label(period)
        self.fields[field_name(period)] = ValueField(
            label=label, required=False, initial=shown, widget=numeric(**{"aria-label": label})
        )

    def clean(self) -> dict[str, Any]:
        # Before the doubts of the mixin, which compare the plan as it would be.
        self.changed_values = {
            period: self.cleaned_data[name]
            for period in periods_of(self.term)
            if (name := field_name(period)) in self.cleaned_data and self._differs(period)
        }
        self._check_change()
        return super().clean()

    def _differs(self, period: Period) -> bool:
        """A blank where there is a target is refused: no target is written as ``-``."""
        typed, name = self.cleaned_data[field_name(period)], field_name(period)
        current = value_of(self.plan, period)
        if not str(self.data.get(self.add_prefix(name), "")).strip():
            if current is not None:
                self.add_error(name, ValidationError("목표를 없애려면 ‘-’를 적습니다."))
            return False
        return typed != current or period not in self.starts

    def _check_change(self) -> None:
        if not self.changed_values and not self.errors:
            raise ValidationError("바뀐 목표가 없습니다.", code="unchanged")
        valid_from = self.cleaned_data.get("valid_from")
        if valid_from is None:
            return
        if not self.term.starts_on <= valid_from <= self.term.ends_on:
            self.add_error("valid_from", ValidationError("적용일은 임기 안의 날이어야 합니다."))
        earlier = [self.starts[period] for period in self.changed_values if period in self.starts]
        if earlier and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", ValidationError("이미 있는 목표를 바꾸는 사유를 적어 주십시오."))
        if earlier and valid_from < max(earlier):
            self.add_error("valid_from", ValidationError("지금 목표의 적용일보다 앞설 수 없습니다."))

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        return disagreements(self.planned(), self.indicator.aggregation)

    def table(self) -> list[tuple[str, forms.BoundField, list[forms.BoundField | None]]]:
        """Rows of the page: the term, then each year with its four quarters (None where the term has none)."""
        rows: list[tuple[str, forms.BoundField, list[forms.BoundField | None]]] = [("임기", self["term"], [])]
        for year in self.term.years:
            names = [field_name((year, number)) for number in (1, 2, 3, 4)]
            quarters = [self[name] if name in self.fields else None for name in names]
            rows.append((str(year), self[field_name((year, None))], quarters))
        return rows

    def tell_conflict(self, version: str, words: str) -> None:
        """Says that somebody saved first, and lets a second saving be deliberate."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["version"] = version
        self.data = data
        self.add_error(None, ValidationError(words, code="conflict"))

    def planned(self) -> Plan:
        """The plan as it would be with what was typed."""
        values = {
            period: value_of(self.plan, period) for period in periods_of(self.term)
        } | self.changed_values
        return Plan(
            values[None, None],
            {year: value for (year, quarter), value in values.items() if year and quarter is None},
            {(year, quarter): value for (year, quarter), value in values.items() if year and quarter},
        )


class MendedTargetsForm(TargetsForm):
    """Targets of a confirmed plan that were copied wrongly: put right in place, with a reason, from the same day on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("valid_from", "ground", "panel_on", "notice_on"):
            del self.fields[name]
        reason: Any = self.fields["reason"]
        reason.label, reason.required = "바로잡는 사유", True
        reason.help_text = "어느 문서와 달랐는지. 예: 공약 실천계획서 12쪽의 값을 잘못 옮김"


def periods_of(term: Term) -> list[Period]:
    """The term, its years, and the quarters up to its end."""
    years: list[Period] = [(year, None) for year in term.years]
    quarters: list[Period] = [
        (year, number)
        for year in term.years
        for number in (1, 2, 3, 4)
        if Quarter(year, number).first_day <= term.ends_on
        and Quarter(year, number).last_day >= term.starts_on
    ]
    return [(None, None), *years, *quarters]


def field_name(period: Period) -> str:
    year, quarter = period
    return "term" if year is None else f"y{year}" if quarter is None else f"y{year}q{quarter}"
