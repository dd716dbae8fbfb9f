"""A return of a payment, in part or whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.fields import DayField, WonField
from common.money import grouped
from subsidies.disbursing import returnable
from subsidies.models import Disbursement
from subsidies.splits import Shares


class RefundForm(forms.Form):
    """``day`` is the day typed so far: it decides between 여입 and 세입, which the page shows before saving."""

    paid_on = DayField(label="반납일")
    amount = WonField(label="반납액(원)", help_text="이자는 빼고 원금만. 이자는 정산에 적습니다.")
    expenditure_number = forms.CharField(label="반납 결의번호", required=False, max_length=60)
    note = forms.CharField(label="사유", max_length=300, help_text="예: 2분기 집행 잔액 반납")

    def __init__(self, *args: Any, payment: Disbursement, left: Shares, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payment, self.left, self.today = payment, left, today
        self.initial.setdefault("paid_on", today)
        self.initial.setdefault("amount", left.total)

    @property
    def day(self) -> date | None:
        if not self.is_bound:
            return self.today
        self.is_valid()
        return self.cleaned_data.get("paid_on")

    def clean_paid_on(self) -> date:
        day: date = self.cleaned_data["paid_on"]
        if day < self.payment.paid_on:
            raise ValidationError("반납일이 원 교부일보다 앞섭니다.", code="early")
        return day

    def clean_amount(self) -> int:
        amount: int | None = self.cleaned_data["amount"]
        self._check(amount)
        return amount or 0

    def _check(self, amount: int | None) -> None:
        if amount is None or amount <= 0:
            raise ValidationError("반납액은 0보다 커야 합니다. 부호 없이 적으세요.", code="amount")
        if amount > self.left.total:
            text = f"반납할 수 있는 금액은 {grouped(self.left.total)}원까지입니다."
            raise ValidationError(text, code="amount")

    def still_left(self) -> bool:
        """Asked again inside the transaction: another return may have been recorded meanwhile."""
        self.left = returnable(self.payment)
        try:
            self._check(self.cleaned_data["amount"])
        except ValidationError as error:
            self.add_error("amount", error)
            return False
        return True

    def values(self) -> dict[str, Any]:
        """What ``disbursing.give_back`` takes."""
        cleaned = self.cleaned_data
        return {
            "amount": cleaned["amount"],
            "paid_on": cleaned["paid_on"],
            "note": cleaned["note"],
            "number": cleaned["expenditure_number"],
        }
