"""The card's head: nature, period, cost by source, status, what the pledge names, officers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Office
from common.doubts import Doubtful
from common.fields import WonField
from common.money import UNITS
from enterprises.models import Space
from markets.models import Market
from pledges.models import Goal, Officer, Pledge, PrintedUnit, Term
from subsidies.models import Program, ProgramGroup, Source

from .base import PledgeForm, numeric, refuse_stale_amounts

HELP_KINDS = ("제도", "재정", "권한")
HOSTS = ("국가", "서울시")
COSTS = tuple(f"cost_{source}" for source in Source.values)
# No pledge of a district costs less; a smaller total is 백만 원 read as 원.
LEAST_TOTAL = 1_000_000


def host_choices(current: str) -> list[tuple[str, str]]:
    """국가, 서울시, the office's own word, and whatever the document says instead."""
    names = [*HOSTS, Office.current().host_label]
    return [(name, name) for name in (names if not current or current in names else [*names, current])]


# Words that stand where a pledge's number stands in addresses.
RESERVED = frozenset(
    ["new", "feeds", "closings", "corrections", "means", "plan-changes", "money", "reconcile", "import"]
)


class HeaderForm(Doubtful, PledgeForm):
    """The head. 총사업비 is typed in ``entry_unit`` and kept in won; its whole must equal its parts."""

    # The database's checks on the number (once a term) and on the whole.
    fixed = ("term", "cost_total")
    central_help = forms.MultipleChoiceField(
        label="도움이 필요한 것",
        choices=[(kind, kind) for kind in HELP_KINDS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    host = forms.ChoiceField(label="사업주체")
    entry_unit = forms.ChoiceField(
        label="아래 총사업비를 적는 단위", choices=PrintedUnit.choices, help_text="저장은 원 단위로 합니다."
    )
    cost_stated = WonField(
        label="총사업비 계",
        required=False,
        help_text="국비·시비·구비·기타의 합과 같아야 합니다. 비우면 합을 씁니다.",
    )
    field_order = [
        *("number", "title", "summary", "goal", "department", "nature", "completion", "period", "host"),
        *("central_help_needed", "central_help"),
        *(
            "entry_unit",
            "cost_stated",
            *COSTS,
            "cost_unit",
            "execution_unit",
            "support_unit",
            "unit_decimals",
        ),
        *("proposed_status", "status", "status_words"),
    ]

    class Meta:
        model = Pledge
        fields = [
            *("number", "title", "summary", "goal", "department", "nature", "completion", "period", "host"),
            *("central_help_needed", "central_help"),
            *(*COSTS, "cost_unit", "execution_unit", "support_unit", "unit_decimals"),
            *("proposed_status", "status", "status_words"),
        ]
        field_classes = dict.fromkeys(COSTS, WonField)
        labels = {name: str(Source(name.removeprefix("cost_")).label) for name in COSTS}
        widgets = {"nature": forms.RadioSelect, "completion": forms.RadioSelect}

    def __init__(self, *args: Any, confirms_status: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].queryset = Goal.objects.filter(term=self.instance.term)  # type: ignore[attr-defined]
        self.fields["host"].choices = host_choices(self.instance.host)  # type: ignore[attr-defined]
        if not confirms_status:
            for name in ("status", "status_words"):
                del self.fields[name]
        self._enter_in(self._usual_unit())

    def _usual_unit(self) -> str:
        """The unit the card prints in, if every amount is whole in it; else won."""
        step = UNITS[self.instance.cost_unit]
        whole = all(getattr(self.instance, name) % step == 0 for name in COSTS)
        return str(self.instance.cost_unit if whole else PrintedUnit.WON)

    def _enter_in(self, usual: str) -> None:
        """Shows and reads the amounts in the unit that was chosen, at first in ``usual``."""
        self.initial["entry_unit"] = usual
        for name in COSTS:
            self.initial[name] = getattr(self.instance, name) // UNITS[usual]
        self.initial["cost_stated"] = sum(self.initial[name] for name in COSTS)
        chosen = str(self.data.get("entry_unit", usual)) if self.is_bound else usual
        for name in ("cost_stated", *COSTS):
            field = self.fields[name]
            assert isinstance(field, WonField)
            field.unit = chosen if chosen in UNITS else usual
            field.required = False
            field.widget = numeric()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in COSTS:
            if name in cleaned and cleaned[name] is None:
                cleaned[name] = 0
        refuse_stale_amounts(self, self._usual_unit(), COSTS)
        self._check_whole(cleaned)
        if cleaned.get("central_help") and not cleaned.get("central_help_needed"):
            self.add_error("central_help_needed", "제도·재정·권한을 골랐으면 도움필요에도 표시합니다.")
        return cleaned

    def _check_whole(self, cleaned: dict[str, Any]) -> None:
        stated = cleaned.get("cost_stated")
        total = total_of(cleaned)
        if total is not None and stated is not None and stated != total:
            words = f"계 {stated:,}원이 재원별 합 {total:,}원과 다릅니다(차이 {abs(stated - total):,}원)."
            self.add_error("cost_stated", ValidationError(f"{words} 틀린 칸을 고치거나 계를 비우십시오."))

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        total = total_of(cleaned)
        if total and total < LEAST_TOTAL:
            return [f"총사업비가 {total:,}원입니다. 적는 단위를 확인하세요."]
        return []


def total_of(cleaned: dict[str, Any]) -> int | None:
    """The sum of the sources; None while one of them could not be read."""
    if any(name not in cleaned for name in COSTS):
        return None
    return sum(cleaned[name] or 0 for name in COSTS)


class LinksForm(PledgeForm):
    """What the pledge names: only its own programmes and markets count for it (DOMAIN §3.3)."""

    class Meta:
        model = Pledge
        fields = ["programs", "program_groups", "markets", "spaces", "center", "committee", "shows_register"]
        widgets = dict.fromkeys(
            ("programs", "program_groups", "markets", "spaces"), forms.CheckboxSelectMultiple
        )
        help_texts = {
            "programs": "이 사업의 교부만 예산 집행액과 재정지원 기업 수로 셉니다.",
            "program_groups": "카드의 추진계획 아래 표에 싣는 사업 설명.",
            "markets": "이 시장의 개최한 오프라인 운영일만 횟수로 셉니다.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = {
            "programs": Program.objects,
            "program_groups": ProgramGroup.objects,
            "markets": Market.objects,
        }
        for name, manager in live.items():
            field: Any = self.fields[name]
            chosen = getattr(self.instance, name).values("pk")
            field.queryset = manager.filter(active=True) | manager.filter(pk__in=chosen)
        spaces: Any = self.fields["spaces"]
        spaces.queryset = Space.objects.live()


class NewPledgeForm(PledgeForm):
    """A new pledge of a term: its number, title and place; the rest follows on the editing pages."""

    class Meta:
        model = Pledge
        fields = ["goal", "number", "title", "summary", "department", "nature", "completion", "period"]
        widgets = {"nature": forms.RadioSelect, "completion": forms.RadioSelect}
        help_texts = {"number": "문서의 번호 그대로. 예: 2-1, 가-1, III-①-1"}

    fixed = ("term",)

    def __init__(self, *args: Any, term: Term, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.term = term
        self.instance.confirmed_plan = False
        self.instance.host = Office.current().host_label
        self.fields["goal"].queryset = Goal.objects.filter(term=term, active=True)  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        number = " ".join(str(self.cleaned_data["number"]).split())
        if "/" in number or number in RESERVED:
            raise ValidationError("번호에 ‘/’를 쓰거나 예약된 말을 쓸 수 없습니다.")
        return number


class OfficerForm(PledgeForm):
    """One row of 사업담당. Ticking ``drop`` voids it."""

    drop = forms.BooleanField(label="빼기", required=False)

    class Meta:
        model = Officer
        fields = ["position", "role", "name", "phone"]
        widgets = {"position": forms.TextInput(attrs={"inputmode": "numeric"})}

    def __init__(self, *args: Any, row: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands_in_grid(row)
