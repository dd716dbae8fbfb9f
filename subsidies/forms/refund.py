"""A return of a payment, in part or whole: entered, and corrected."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.editing import VersionedForm
from common.fields import DayField, WonField
from common.money import grouped
from subsidies.disbursing import log_line, mirror, returnable
from subsidies.models import Disbursement
from subsidies.splits import Shares
from subsidies.wording import LogLine


class RefundForm(VersionedForm):
    """``day`` is the day typed so far: it decides between 여입 and 세입, which the page shows before saving.

    A return enters 추진실적 only where the officer wants it: it is money that came back, nothing carried out.
    """

    paid_on = DayField(label="반납일")
    amount = WonField(label="반납액(원)", help_text="이자는 빼고 원금만. 이자는 정산에 적습니다.")
    expenditure_number = forms.CharField(label="반납 결의번호", required=False, max_length=60)
    note = forms.CharField(label="사유", max_length=300, help_text="예: 2분기 집행 잔액 반납")
    log_skip = forms.BooleanField(label="추진실적에 올리지 않음", required=False)

    class Meta:
        model = Disbursement
        fields = ["paid_on", "expenditure_number", "note", "log_title", "log_text"]
        widgets = {"log_text": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"log_text": "올릴 때 비우면 아래 제안대로 적습니다."}

    field_order = ["paid_on", "amount", "expenditure_number", "note", "log_skip", "log_title", "log_text"]

    def __init__(self, *args: Any, payment: Disbursement, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.payment, self.today = payment, today
        saved = self.instance if self.instance.pk else None
        self.by_itself = log_line(saved) if saved else None
        self.initial.update(
            paid_on=saved.paid_on if saved else today,
            amount=-saved.shares.total if saved else self.left.total,
            log_skip=not (saved and saved.log_text),
        )

    @property
    def left(self) -> Shares:
        """What of the payment may come back, this return aside."""
        return returnable(self.payment, leave_out=self.instance.pk)

    @property
    def day(self) -> date | None:
        if not self.is_bound:
            return self.initial["paid_on"]
        self.is_valid()
        return self.cleaned_data.get("paid_on")

    @property
    def proposal(self) -> LogLine | None:
        """The sentence for what is typed so far."""
        amount = self.cleaned_data.get("amount") if self.is_bound else self.initial["amount"]
        if not self.day or not amount:
            return None
        row = Disbursement(paid_on=self.day)
        row.pk = self.instance.pk
        mirror(row, self.payment, amount)
        return log_line(row)

    def clean_paid_on(self) -> date:
        day: date = self.cleaned_data["paid_on"]
        if day < self.payment.paid_on:
            raise ValidationError("반납일이 원 교부일보다 앞섭니다.", code="early")
        return day

    def clean_amount(self) -> int:
        amount: int | None = self.cleaned_data["amount"]
        left = self.left.total
        if amount is None or amount <= 0:
            raise ValidationError("반납액은 0보다 커야 합니다. 부호 없이 적으세요.", code="amount")
        if amount > left:
            text = f"반납할 수 있는 금액은 {grouped(left)}원까지입니다."
            raise ValidationError(text, code="amount")
        return amount

    def save(self, commit: bool = True) -> Disbursement:
        """Writes the return, mirrored from its payment, which the caller holds."""
        row: Disbursement = super().save(commit=False)
        mirror(row, self.payment, self.cleaned_data["amount"])
        self._put_log(row)
        row.save()
        return row

    def _put_log(self, row: Disbursement) -> None:
        if self.cleaned_data["log_skip"]:
            row.log_title = row.log_text = ""
            return
        words, before = log_line(row), self.by_itself
        if row.log_title in ("", before and before.title[:120]):
            row.log_title = words.title[:120]
        if row.log_text in ("", before and before.text):
            row.log_text = words.text
