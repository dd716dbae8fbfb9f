from __future__ import annotations

from typing import Any

from common.doubts import Doubtful
from common.editing import VersionedForm
from common.fields import CountField, DayField
from common.money import grouped
from common.periods import korean_date
from enterprises.forms.naming import EnterpriseField
from subsidies.checks import is_unit_slip
from subsidies.facts import is_designated, usual_amount
from subsidies.forms.fields import PositiveWonField, YearField, choose_from
from subsidies.models import Award, Program


class AwardForm(Doubtful, VersionedForm):
    """교부결정. What is doubtful is saved with a reason and stays marked 확인 필요."""

    enterprise = EnterpriseField(label="기업")
    year = YearField(label="회계연도")

    class Meta:
        model = Award
        fields = ["program", "enterprise", "year", "decided_on", "headcount", "amount", "number", "note"]
        field_classes = {"decided_on": DayField, "amount": PositiveWonField, "headcount": CountField}
        help_texts = {"amount": "9,487,000 · 9,487천 원", "decided_on": "모르면 비웁니다."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        payers = Program.objects.filter(active=True, pays_enterprises=True)
        choose_from(self, "program", payers | Program.objects.filter(pk=self.instance.program_id))

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        return [
            doubt for doubt in (self._twin(cleaned), self._designation(cleaned), self._unit(cleaned)) if doubt
        ]

    def _twin(self, cleaned: dict[str, Any]) -> str:
        same = Award.objects.live().filter(
            program=cleaned["program"], enterprise=cleaned["enterprise"], year=cleaned["year"]
        )
        twin = same.exclude(pk=self.instance.pk).first()
        return f"같은 기업·사업·연도의 교부결정({grouped(twin.amount)}원)이 이미 있습니다." if twin else ""

    def _designation(self, cleaned: dict[str, Any]) -> str:
        day, firm = cleaned.get("decided_on"), cleaned["enterprise"]
        if day is None or is_designated(firm.pk, day):
            return ""
        return f"{firm.name}: {korean_date(day)}에 유효한 유형·자격이 없습니다."

    def _unit(self, cleaned: dict[str, Any]) -> str:
        usual = usual_amount(cleaned["program"])
        if usual is None or not is_unit_slip(cleaned["amount"], usual):
            return ""
        return f"이 사업은 보통 {grouped(usual)}원쯤입니다. 단위를 확인하세요."

    def save(self, commit: bool = True) -> Award:
        self.instance.warn("\n".join(self.found_doubts))
        row: Award = super().save(commit)
        return row
