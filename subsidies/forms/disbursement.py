"""The entry form of the ledger: one payment, its split, its doubts, its sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Office
from common.editing import VersionedForm
from common.fields import DayField, WonField
from common.models import WON_LIMIT
from common.money import signed
from common.periods import korean_date
from subsidies import recipients
from subsidies.disbursing import log_line
from subsidies.forms.fields import YearField, choose_from
from subsidies.models import SOURCES, Award, Disbursement, Program
from subsidies.outlook import Outlook, outlook
from subsidies.questions import QUESTION
from subsidies.recipients import Recipient

YES, NO = "yes", "no"


def source_field(label: str) -> WonField:
    return WonField(label=f"{label}(원)", required=False)


class DisbursementForm(VersionedForm):
    """Money in whole won; ``9,487천 원`` is read. Blank sources are split by the ratio.

    ``outlook`` says what is known so far, whether or not the form is valid.
    """

    recipient_q = forms.CharField(
        label="수령자 찾기",
        required=False,
        max_length=60,
        help_text="이름의 일부. ㈜·(주)와 빈칸은 없는 것으로 봅니다.",
    )
    recipient = forms.CharField(
        label="수령자", widget=forms.Select, help_text="고른 사업이 지급할 수 있는 곳만 나옵니다."
    )
    fiscal_year = YearField(label="회계연도", required=False, help_text="비우면 교부일의 연도")
    amount = WonField(label="금액(원)", help_text="9,487,000 · 9,487천 원 · 1억 2천만원")
    national = source_field("국비")
    city = source_field("시비")
    district = source_field("구비")
    other = source_field("기타")
    in_opening = forms.ChoiceField(
        label=QUESTION,
        required=False,
        choices=[(YES, "예, 이미 포함되어 있습니다"), (NO, "아니오, 새로 셉니다")],
        widget=forms.RadioSelect,
    )
    check_reason = forms.CharField(
        label="그대로 저장하는 사유",
        required=False,
        max_length=300,
        help_text="적고 저장하면 ‘확인 필요’로 남습니다.",
    )
    confirm = forms.CharField(required=False, widget=forms.HiddenInput)
    log_skip = forms.BooleanField(label="추진실적에 올리지 않음", required=False)

    class Meta:
        model = Disbursement
        fields = [
            "program",
            "award",
            "fiscal_year",
            "paid_on",
            "installment",
            "split_reason",
            "check_reason",
            "expenditure_number",
            "detail_business",
            "statistics_item",
            "log_title",
            "log_text",
            "note",
        ]
        field_classes = {"paid_on": DayField}
        widgets = {
            "log_text": forms.Textarea(attrs={"rows": 2}),
            "installment": forms.TextInput(attrs={"placeholder": "2분기, 1차", "autocomplete": "off"}),
        }
        help_texts = {
            "award": "수령자와 사업에 맞는 교부결정",
            "log_text": "비우면 아래 제안대로 올립니다.",
            "split_reason": "비율과 다르게 적을 때",
        }

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.outlook = Outlook()
        # The sentence that the saved row would get by itself: it follows what is changed, an edited one stays.
        self.by_itself = log_line(self.instance) if self.instance.pk else None
        if self.instance.pk:
            self._show_saved()
        self._offer()

    def _show_saved(self) -> None:
        row = self.instance
        shares = row.shares
        self.initial.update(
            recipient=recipients.of_row(row).value,
            amount=shares.total,
            in_opening={True: YES, False: NO}.get(row.in_opening, ""),
            log_skip=not row.log_text,
        )
        if row.split_reason:
            self.initial.update(zip(SOURCES, shares, strict=True))
        for name, words in self._words_by_itself().items():
            if getattr(row, name) == words:
                self.fields[name].widget.attrs["data-auto"] = "1"

    def _offer(self) -> None:
        """Limits the choices to what fits the programme and the recipient that stand in the form."""
        program = self._chosen(Program.objects.all(), "program")
        active = Program.objects.filter(active=True) | Program.objects.filter(pk=self.instance.program_id)
        choose_from(self, "program", active)
        self.choices = recipients.choices(program, str(self["recipient_q"].value() or "").strip())
        select: Any = self.fields["recipient"].widget
        select.choices = self._recipient_options()
        recipient = self._recipient(str(self["recipient"].value() or ""))
        firm = recipient.enterprise if recipient else None
        awards = Award.objects.live().filter(program=program, enterprise=firm) if program and firm else None
        offered = Award.objects.none() if awards is None else awards
        choose_from(self, "award", offered.select_related("program", "enterprise"), award_label)

    def _chosen(self, rows: Any, name: str) -> Any:
        value = self[name].value()
        return rows.filter(pk=int(value)).first() if str(value or "").isdecimal() else None

    def _recipient_options(self) -> list[Any]:
        value = str(self["recipient"].value() or "")
        listed = {option for _, rows in self.choices.groups for option, _ in rows}
        chosen = self._recipient(value)
        kept = [(value, chosen.label)] if chosen and value not in listed else []
        return [("", "선택하세요"), *kept, *self.choices.groups]

    def _recipient(self, value: str) -> Recipient | None:
        """The recipient of a value; a row that names nobody keeps the text of its document."""
        if value == recipients.TEXT and self.instance.recipient_text:
            return Recipient(text=self.instance.recipient_text)
        return recipients.find(value)

    def clean_recipient(self) -> Recipient:
        found = self._recipient(self.cleaned_data["recipient"])
        if found is None:
            raise ValidationError("목록에 있는 기업·협약·계약 가운데 고르세요.", code="recipient")
        return found

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if amount is None or amount <= 0:
            raise ValidationError(
                "금액은 0보다 커야 합니다. 돌려받은 돈은 원 교부의 ‘반납 기록’에 적습니다.", code="amount"
            )
        if amount >= WON_LIMIT:
            raise ValidationError("금액이 지나치게 큽니다(10조 원 이상). 단위를 확인하세요.", code="amount")
        return amount

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("fiscal_year") is None and "fiscal_year" not in self.errors and cleaned.get("paid_on"):
            cleaned["fiscal_year"] = cleaned["paid_on"].year
        self.outlook = outlook(cleaned, self.today, self.instance if self.instance.pk else None)
        self._check_fit(cleaned)
        self._check_sources(cleaned)
        self._check_question(cleaned)
        # The doubts and the question are asked together.
        if not set(self.errors) - {"in_opening"}:
            self._check_warnings(cleaned)
        # As the row would hold them, so that a conflict names only what really differs.
        cleaned.update(zip(SOURCES, self.outlook.shares or (), strict=False))
        cleaned["in_opening"] = {YES: True, NO: False}.get(cleaned.get("in_opening", ""))
        return super().clean()

    def _check_fit(self, cleaned: dict[str, Any]) -> None:
        program, recipient = cleaned.get("program"), cleaned.get("recipient")
        misfit = recipient.fits(program) if program and recipient else ""
        if misfit:
            self.add_error("recipient", ValidationError(misfit, code="misfit"))

    def _check_sources(self, cleaned: dict[str, Any]) -> None:
        seen = self.outlook
        for name in SOURCES:
            if (cleaned.get(name) or 0) < 0:
                self.add_error(name, ValidationError("0보다 작을 수 없습니다.", code="sources"))
        if seen.difference:
            more = "많습니다" if seen.difference > 0 else "적습니다"
            difference = signed(abs(seen.difference))
            self.add_error(
                "district", ValidationError(f"재원의 합이 금액보다 {difference}원 {more}.", code="sources")
            )
        elif seen.amount and seen.lacks_ratio and seen.entered is None:
            text = f"{seen.program} {seen.year} 회계연도의 분담률이 없어 재원을 직접 적어야 합니다."
            self.add_error("district", ValidationError(text, code="ratio"))
        elif seen.differs and not cleaned.get("split_reason", "").strip() and not self._keeps_shares():
            text = f"비율({seen.ratio_text})과 다르게 나눈 사유를 적으세요."
            self.add_error("split_reason", ValidationError(text, code="split"))

    def _keeps_shares(self) -> bool:
        """A ratio that changed later asks nothing of the rows that were split by the old one."""
        return bool(self.instance.pk) and self.outlook.entered == self.instance.shares

    def _check_question(self, cleaned: dict[str, Any]) -> None:
        if self.outlook.asks and not cleaned.get("in_opening"):
            self.add_error("in_opening", ValidationError("예, 아니오 가운데 고르세요.", code="question"))

    def _check_warnings(self, cleaned: dict[str, Any]) -> None:
        found = self.outlook.warnings
        blocked = [warning for warning in found if warning.code == "over_budget"]
        if blocked and Office.current().blocks_over_budget:
            text = f"{blocked[0].message} 예산 초과 입력을 막도록 설정되어 있습니다."
            self.add_error("amount", ValidationError(text, code="over_budget"))
            return
        seen = {code for code in cleaned.get("confirm", "").split(",") if code}
        self._remember_shown()
        if not found:
            cleaned["check_reason"] = ""
        elif not cleaned.get("check_reason", "").strip():
            text = "확인할 점이 있어 아직 저장하지 않았습니다. 맞으면 사유를 적고 다시 저장하세요."
            self.add_error("check_reason", ValidationError(text, code="warning"))
        elif seen and {warning.code for warning in found} - seen:
            text = "그 사이 확인할 점이 더 생겼습니다. 다시 보고 저장하세요."
            self.add_error("check_reason", ValidationError(text, code="warning"))

    def _remember_shown(self) -> None:
        """The page that comes back names the doubts it shows, so that new ones are not confirmed unseen."""
        posted: Any = self.data
        data = posted.copy()
        data[self.add_prefix("confirm")] = self.outlook.codes
        self.data = data

    def save(self, commit: bool = True) -> Disbursement:
        """The row with its recipient, sources, answer and sentence; ``disbursing.record`` writes it."""
        row: Disbursement = super().save(commit=False)
        cleaned, seen = self.cleaned_data, self.outlook
        payee: Recipient = cleaned["recipient"]
        firm_before = self.initial.get("recipient")
        row.enterprise, row.entrustment, row.contract = payee.enterprise, payee.entrustment, payee.contract
        row.recipient_text = payee.text
        for name, won in zip(SOURCES, seen.shares or (), strict=True):
            setattr(row, name, won)
        if not seen.differs:
            row.split_reason = ""
        if seen.asks:
            row.in_opening = cleaned["in_opening"]
        elif payee.value != firm_before:
            row.in_opening = None
        self._put_log(row)
        return row

    def _put_log(self, row: Disbursement) -> None:
        suggested = self.outlook.log
        if self.cleaned_data.get("log_skip"):
            row.log_title = row.log_text = ""
        elif suggested:
            auto = self._words_by_itself()
            for name, words in (("log_title", suggested.title[:120]), ("log_text", suggested.text)):
                if getattr(row, name) in ("", auto.get(name)):
                    setattr(row, name, words)

    def _words_by_itself(self) -> dict[str, str]:
        if self.by_itself is None:
            return {}
        return {"log_title": self.by_itself.title[:120], "log_text": self.by_itself.text}


def award_label(award: Award) -> str:
    """``2024년 결정 3,709,000원 (2024. 2. 1.)``."""
    decided = f" ({korean_date(award.decided_on)})" if award.decided_on else ""
    return f"{award.year}년 결정 {signed(award.amount)}원{decided}"
