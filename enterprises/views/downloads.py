from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import log_access
from accounts.permissions import allow, can
from common.clock import today
from common.listing import ordered_by, refuse_unknown
from documents.responses import csv_response, xlsx_response
from enterprises import listing as lists
from enterprises.exports import NAME, register_sheet
from enterprises.models import Enterprise


@dataclass(frozen=True)
class Asked:
    """What the list's address asks for: rows in order, the day, the filters in words."""

    rows: QuerySet[Enterprise]
    as_of: date
    conditions: str


def _asked(request: HttpRequest) -> Asked:
    filters = lists.EnterpriseFilters(request.GET or None, today())
    refuse_unknown(request, {"sort", "page", *filters.fields})
    chosen = filters.chosen()
    as_of = chosen.get("as_of") or today()
    rows = ordered_by(lists.filtered(chosen, as_of), lists.SORTS, request.GET.get("sort") or "name")
    return Asked(rows, as_of, filters.conditions())


@require_safe
@allow("export")
def xlsx(request: HttpRequest) -> HttpResponseBase:
    """The filtered list as a sheet, without persons."""
    asked = _asked(request)
    return xlsx_response(register_sheet(asked.rows, asked.as_of, asked.conditions), NAME)


@require_safe
@allow("export")
def csv(request: HttpRequest) -> HttpResponseBase:
    asked = _asked(request)
    return csv_response(register_sheet(asked.rows, asked.as_of, asked.conditions), NAME)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="내려받는 사유", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="예: 간담회 안내문 발송(문서번호 …). 사유는 접속기록에 남고 달마다 점검합니다.",
    )  # fmt: skip
    use_required_attribute = False


@require_http_methods(["GET", "POST"])
@allow("export")
def personal(request: HttpRequest) -> HttpResponseBase:
    """The filtered list with representatives and phones: asks why, and writes it into the access log."""
    if not can(request.user, "view_personal_data"):
        raise PermissionDenied("개인정보가 든 파일은 개인정보를 볼 수 있는 사람만 내려받을 수 있습니다.")
    asked = _asked(request)
    form = ReasonForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        count = asked.rows.exclude(representative="", phone="").count()
        subject = f"기업 목록: {asked.conditions or '전체'}"
        log_access(request, subject, "개인정보 포함 엑셀 내려받기", form.cleaned_data["reason"], rows=count)
        sheet = register_sheet(asked.rows, asked.as_of, asked.conditions, personal=True)
        return xlsx_response(sheet, f"{NAME}(개인정보 포함)")
    context = {"form": form, "conditions": asked.conditions, "count": asked.rows.count()}
    back = f"{reverse('enterprises:index')}?{request.GET.urlencode()}"
    return render(request, "enterprises/download_personal.html", context | {"back": back})
