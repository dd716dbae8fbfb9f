"""Forms of the 요구자료 대장."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Department
from common.editing import VersionedForm
from common.fields import DayField
from common.listing import FilterForm
from common.periods import korean_date
from pledges.models import CouncilRequest, RequestStatus

MOST_BYTES = 50 * 1024 * 1024


class RequestFilters(FilterForm):
    q = forms.CharField(
        label="검색", widget=forms.SearchInput(attrs={"placeholder": "요구번호·의원·내용·작성자"})
    )
    status = forms.ChoiceField(label="상태", choices=[("", "전체"), *RequestStatus.choices])
    department = forms.ModelChoiceField(Department.objects.all(), label="제출부서", empty_label="전체")
    void = forms.BooleanField(label="무효 포함")


class RequestForm(VersionedForm):
    class Meta:
        model = CouncilRequest
        fields = (
            "number",
            "member",
            "received_on",
            "due_on",
            "department",
            "writer",
            "phone",
            "status",
            "content",
        )
        field_classes = {"received_on": DayField, "due_on": DayField}
        widgets = {"content": forms.Textarea(attrs={"rows": 5})}

    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        received, due = cleaned.get("received_on"), cleaned.get("due_on")
        if received and due and due < received:
            self.add_error("due_on", "기한이 접수일보다 앞섭니다.")
        return cleaned


class SubmissionForm(forms.Form):
    """The file as it was sent to the council."""

    file = forms.FileField(label="제출한 파일", max_length=200, help_text="보낸 그대로 보관합니다(50MB까지).")
    sent_on = DayField(label="제출일")
    note = forms.CharField(label="비고", max_length=200, required=False)
    use_required_attribute = False

    def __init__(self, *args: Any, request: CouncilRequest, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.today = request, today

    def clean_sent_on(self) -> date:
        """Between the day the request came and today: what is kept here has been sent."""
        on: date = self.cleaned_data["sent_on"]
        if on > self.today:
            raise ValidationError("제출일이 오늘보다 뒤입니다. 보낸 뒤에 보관합니다.")
        came = self.request.received_on
        if came and on < came:
            raise ValidationError(f"제출일이 접수일({korean_date(came)})보다 앞섭니다.")
        return on

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > MOST_BYTES:
            raise ValidationError("50MB보다 큰 파일은 보관하지 않습니다. 나누어 올리세요.")
        return given
