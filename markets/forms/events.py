from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.doubts import Doubtful
from common.editing import VersionedForm
from common.fields import CountField, DayField, WonField
from common.listing import FilterForm

from ..models import Market, MarketDay, MarketEvent, Mode, OnlineChannel, State
from ..plausible import sales_doubts


class EventFilters(FilterForm):
    """The filters of the list of events."""

    year = forms.TypedChoiceField(label="연도", coerce=int, empty_value=None)
    market = forms.ModelChoiceField(Market.objects.all(), label="시장", empty_label="전체")
    state = forms.ChoiceField(label="운영일 상태", choices=[("", "전체"), *State.choices])
    mode = forms.ChoiceField(label="구분", choices=[("", "전체"), *Mode.choices])
    q = forms.CharField(label="검색", widget=forms.SearchInput(attrs={"placeholder": "행사명·장소·업체"}))

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", "전체"), *((year, f"{year}년") for year in years)]  # type: ignore[attr-defined]


class EventForm(Doubtful, VersionedForm):
    """An event. Its days are typed in ``DaysForm`` beside it."""

    class Meta:
        model = MarketEvent
        fields = ["market", "name", "mode", "place", "starts_on", "ends_on", "vendors", "sales", "note"]
        field_classes = {"starts_on": DayField, "ends_on": DayField, "vendors": CountField, "sales": WonField}
        help_texts = {
            "name": "예: 2024년 4월 꿈시장",
            "starts_on": "온라인 행사만. 오프라인은 운영일에 하루씩 적습니다.",
            "sales": "행사 전체로만 알 때, 원 단위로. 84백만 원처럼 단위를 붙여도 됩니다.",
        }

    def __init__(
        self, *args: Any, has_days: bool = False, usual: list[int] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.has_days = has_days
        active = Market.objects.filter(active=True)
        if self.instance.pk:
            active |= Market.objects.filter(pk=self.instance.market_id)
        self.fields["market"].queryset = active  # type: ignore[attr-defined]
        if active.count() == 1:
            self.fields["market"].initial = active.get()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("mode") == Mode.OFFLINE and (cleaned.get("starts_on") or cleaned.get("ends_on")):
            self.add_error("starts_on", ValidationError("오프라인 행사는 운영일로 적습니다. 비워 주십시오."))
        if cleaned.get("mode") == Mode.ONLINE and not cleaned.get("starts_on") and not self.has_days:
            self.add_error("starts_on", ValidationError("온라인 행사는 시작일을 적어 주십시오."))
        return cleaned

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        if "sales" not in self.changed_data:
            return []
        return sales_doubts(
            cleaned.get("sales"), usual_event_sales(cleaned["market"], self.instance.pk), "행사 매출액"
        )


class LogForm(VersionedForm):
    """The event's line in 추진실적."""

    class Meta:
        model = MarketEvent
        fields = ["log_title", "log_text"]
        widgets = {"log_text": forms.Textarea(attrs={"rows": 2})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("log_text") and not cleaned.get("log_title"):
            self.add_error("log_title", ValidationError("추진사항 제목을 적어 주십시오."))
        return cleaned


class ChannelForm(VersionedForm):
    class Meta:
        model = OnlineChannel
        fields = ["market", "name", "starts_on", "ends_on", "note"]
        field_classes = {"starts_on": DayField, "ends_on": DayField}


def usual_event_sales(market: Market, except_event: int | None = None) -> list[int]:
    """Sales of the market's other events, where the event's own total is known; won."""
    rows = MarketEvent.objects.live().filter(market=market, sales__isnull=False)
    return [
        sales for key, sales in rows.values_list("pk", "sales") if sales is not None and key != except_event
    ]


def usual_day_sales(market: Market, except_days: list[int]) -> list[int]:
    """Sales of the market's days, won."""
    rows = (
        MarketDay.objects.live().filter(event__market=market, sales__isnull=False).exclude(pk__in=except_days)
    )
    return [sales for sales in rows.values_list("sales", flat=True) if sales is not None]
