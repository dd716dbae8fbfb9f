"""Forms of a committee, its members and meetings."""

from __future__ import annotations

from typing import Any

from django import forms

from common.fields import CountField, DayField
from common.periods import korean_date
from enterprises.deadlines import term_end
from enterprises.forms.base import RegisterForm, sharing
from enterprises.models import Committee, Meeting, Member


class CommitteeForm(RegisterForm):
    class Meta:
        model = Committee
        fields = ("name", "functions", "term_years", "renewals", "most_members", "meets")
        field_classes = {"term_years": CountField, "renewals": CountField, "most_members": CountField}
        widgets = {"functions": forms.Textarea}


class MemberForm(RegisterForm):
    """A member. A longer term, one renewal too many, one member too many are doubts (사회적경제 조례)."""

    fixed = ("committee",)

    class Meta:
        model = Member
        fields = ("name", "position", "affiliation", "appointed_on", "term_ends_on", "renewed", "left_on")
        field_classes = {
            "appointed_on": DayField,
            "term_ends_on": DayField,
            "left_on": DayField,
            "renewed": CountField,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = self.instance.committee.term_years
        self.fields["term_ends_on"].help_text = f"위촉장에 적힌 날. 임기 {years}년"
        self.fields["left_on"].help_text = "임기 전에 그만둔 때만. 그날까지 셉니다."

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        committee = self.instance.committee
        found = []
        if (cleaned.get("renewed") or 0) > committee.renewals:
            found.append(f"연임은 {committee.renewals}회까지입니다.")
        longest = term_end(cleaned.get("appointed_on"), committee.term_years)
        if longest and cleaned.get("term_ends_on") and cleaned["term_ends_on"] > longest:
            found.append(f"임기가 {committee.term_years}년({korean_date(longest)}까지)을 넘습니다.")
        return found + self._too_many(cleaned)

    def _too_many(self, cleaned: dict[str, Any]) -> list[str]:
        committee, day = self.instance.committee, cleaned.get("appointed_on")
        if day is None or cleaned.get("left_on"):
            return []
        serving = sharing(self.instance, committee=committee).active_on(day).count() + 1  # type: ignore[attr-defined]
        return [f"위원이 {serving}명이 되어 정원 {committee.most_members}명을 넘습니다."] * (
            serving > committee.most_members
        )


class MeetingForm(RegisterForm):
    fixed = ("committee",)

    class Meta:
        model = Meeting
        fields = ("held_on", "form", "attended", "agenda", "outcome")
        field_classes = {"held_on": DayField, "attended": CountField}

    def doubts(self, cleaned: dict[str, Any]) -> list[str]:
        most = self.instance.committee.most_members
        return [f"참석 위원이 정원({most}명)보다 많습니다."] if (cleaned.get("attended") or 0) > most else []
