"""The days of an event: typed in one field, listed one by one before they are saved, then kept in a grid."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from common.doubts import Doubtful
from common.editing import VersionedForm
from common.fields import CountField, DaysField, WonField
from common.periods import korean_date

from ..models import MarketDay, MarketEvent, State
from ..plausible import sales_doubts

UNLISTED = "아직 저장하지 않았습니다. 아래에 하루씩 나열한 날을 확인하고 다시 저장하세요."
NOT_YET = "아직 오지 않은 날은 ‘개최’로 기록할 수 없습니다."


@dataclass(frozen=True)
class ListedDay:
    """One day as it will be saved. ``is_closed``: it lies in a quarter that is closed."""

    day: date
    state: str
    is_closed: bool

    @property
    def field_name(self) -> str:
        return state_name(self.day)


def state_name(day: date) -> str:
    """The name of the select that holds a listed day's state."""
    return f"state-{day.isoformat()}"


class DaysForm(forms.Form):
    """Days as officials write them, with their year. Valid only once the same days were shown one by one."""

    year = forms.IntegerField(
        label="연도", min_value=2000, max_value=2100, help_text="연도를 적지 않은 날짜의 해"
    )
    days_text = DaysField(
        label="운영일",
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 2, "placeholder": "4. 25.~4. 26.   또는   9. 18., 9. 19., 9. 20."}
        ),
        help_text="여러 날은 쉼표나 물결표로. 매주 주말처럼 되풀이되는 날은 하루씩 적습니다.",
    )
    listed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        today: date,
        closed_through: date | None,
        event: MarketEvent | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.today, self.closed_through, self.event = today, closed_through, event
        self.listing: list[ListedDay] = []
        self.fields["year"].initial = today.year
        self.states = State.choices

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        text = cleaned.get("days_text", "").strip()
        if not text or "days_text" in self.errors:
            return cleaned
        try:
            self.listing = [self._listed(day) for day in self._days(text, cleaned.get("year"))]
        except ValidationError as refusal:
            self.add_error("days_text", refusal)
            return cleaned
        self._check_states()
        if not self.errors and cleaned.get("listed") != self.listed_now:
            raise ValidationError(UNLISTED, code="unlisted")
        return cleaned

    def _days(self, text: str, year: int | None) -> list[date]:
        field = self.fields["days_text"]
        assert isinstance(field, DaysField)
        days = field.read_in(text, year)
        taken = set(self.event.days.live().values_list("day", flat=True)) if self.event else set()
        if twice := [korean_date(day) for day in days if day in taken]:
            raise ValidationError(
                f"이 행사에 이미 있는 날입니다: {', '.join(twice)}. 그 날을 지우고 적어 주십시오."
            )
        return days

    def _listed(self, day: date) -> ListedDay:
        usual = State.HELD if day <= self.today else State.PLANNED
        state = self.data.get(state_name(day), usual)
        closed = self.closed_through is not None and day <= self.closed_through
        return ListedDay(day, state if state in State.values else usual, closed)

    def _check_states(self) -> None:
        early = [each for each in self.listing if each.day > self.today and each.state == State.HELD]
        if early:
            self.add_error(
                None, ValidationError(f"{NOT_YET} {', '.join(korean_date(each.day) for each in early)}")
            )

    @property
    def listed_now(self) -> str:
        """What the hidden field carries once these days have been shown."""
        return ",".join(each.day.isoformat() for each in self.listing)

    @property
    def chosen(self) -> list[tuple[date, str]]:
        return [(each.day, each.state) for each in self.listing]


class DayForm(Doubtful, VersionedForm):
    """One row of the grid of days."""

    class Meta:
        model = MarketDay
        fields = ["state", "vendors", "sales", "place", "note"]
        field_classes = {"vendors": CountField, "sales": WonField}

    def __init__(self, *args: Any, today: date, usual: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.usual = today, usual
        # A row in which nothing was typed has no faults to show when another row is refused.
        self.empty_permitted, self.use_required_attribute = True, False
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{korean_date(self.instance.day)} {field.label}"

    def clean_state(self) -> str:
        state = self.cleaned_data["state"]
        if state == State.HELD and self.instance.day > self.today:
            raise ValidationError(NOT_YET)
        return str(state)

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        found = (
            sales_doubts(cleaned.get("sales"), self.usual, "하루 매출액")
            if "sales" in self.changed_data
            else []
        )
        if cleaned.get("state") == State.CANCELLED and (cleaned.get("sales") or cleaned.get("vendors")):
            found.append("취소한 날에 참여업체나 매출액이 있습니다. 취소한 날은 세지 않습니다.")
        return found
