"""One cell of the grid of results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from common.fields import plain
from common.periods import Quarter
from pledges.models import Result, ResultState
from pledges.quarters import Counted, Lock

from .base import PledgeForm, ValueField, numeric


class ResultForm(PledgeForm):
    """One cell: the result of an indicator in a quarter, beside what the records count.

    Recording another value than the counted one, or a quarter that has not ended, asks a reason (DOMAIN §3.4).
    """

    fixed = ("indicator", "year", "quarter")

    class Meta:
        model = Result
        fields = ["value", "reason", "note"]
        field_classes = {"value": ValueField}
        labels = {"reason": "사유"}

    def __init__(self, *args: Any, counted: Counted, lock: Lock, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counted, self.locked_because, self.today = counted, lock, today
        self.quarter = Quarter(self.instance.year, self.instance.quarter)
        self.fields["value"].widget = numeric(placeholder="미기록")
        self.fields["value"].required = False
        self.stands_in_grid(f"{self.instance.indicator.name} {self.quarter.label}")
        if lock:
            for field in self.fields.values():
                field.disabled = True

    @property
    def is_outside(self) -> bool:
        return self.locked_because.is_outside

    @property
    def has_ended(self) -> bool:
        return self.quarter.last_day <= self.today

    @property
    def offers_count(self) -> bool:
        """Whether the counted value can be recorded as it is by one click."""
        return (
            not self.locked_because
            and self.has_ended
            and not self.counted.itemises
            and self.counted.value is not None
            and self.instance.value != self.counted.value
        )

    @property
    def differs(self) -> bool:
        return (
            self.instance.pk is not None
            and self.counted.value is not None
            and not self.counted.itemises
            and self.instance.value != self.counted.value
        )

    @property
    def accepts_count(self) -> bool:
        """Whether the value is the counted one of a whole quarter: a correction of the quarter then counts it anew."""
        counted = self.counted
        return self.has_ended and not counted.itemises and self.instance.value == counted.value

    def clean_value(self) -> Decimal:
        value: Decimal | None = self.cleaned_data["value"]
        if value is None:
            raise ValidationError(
                "기록을 없애려면 ‘무효’를 누릅니다."
                if self.instance.pk
                else "실적을 적어 주십시오. 0이면 0을 적습니다."
            )
        return value

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.locked_because:
            raise ValidationError(self.locked_because.reason)
        if "value" in cleaned and not cleaned.get("reason", "").strip():
            self._ask_reason(cleaned["value"])
        return cleaned

    def _ask_reason(self, value: Decimal) -> None:
        counted = self.counted
        if counted.value is not None and not counted.itemises and value != counted.value:
            words = f"집계값 {plain(counted.value)}과(와) 다릅니다. 사유를 적어 주십시오."
            self.add_error("reason", ValidationError(words, code="differs"))
        elif not self.has_ended:
            words = "아직 끝나지 않은 분기입니다. 지금 기록하는 사유를 적어 주십시오."
            self.add_error("reason", ValidationError(words, code="early"))

    def save(self, commit: bool = True) -> Any:
        # What was confirmed was another value.
        row = self.instance
        row.state, row.confirmed_by, row.confirmed_on = ResultState.DRAFT, None, None
        row.approval_number, row.approval_on, row.return_reason = "", None, ""
        row.as_counted = self.accepts_count
        return super().save(commit)
