"""의회·보고: each report on screen first, then as a workbook and a document; persons only with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import log_access
from accounts.models import User
from accounts.permissions import allow, can
from common.clock import today
from common.listing import refuse_unknown
from documents.responses import file_response
from pledges.models import CouncilRequest
from pledges.reports import REPORTS, Report
from pledges.reports.model import conditions
from pledges.reports.paper import Answer, Printed, on_screen
from pledges.views.requests import LONGEST

FORMS = ("xlsx", "hwpx")
# 600 pages: made in 3 seconds, but a longer document is hardly to be opened in 한글, let alone read.
MOST_LINES = 10_000


@require_safe
@allow("view")
def report_list(request: HttpRequest) -> HttpResponse:
    """All reports, each with what it shows, and the way to the 요구자료 대장."""
    return render(request, "reports/index.html", {"reports": REPORTS.values()})


def report_named(slug: str) -> Report:
    if slug not in REPORTS:
        raise Http404(f"‘{slug}’ 보고서가 없습니다.")
    return REPORTS[slug]


def asked(request: HttpRequest, report: Report, persons: bool = False) -> tuple[Any, Printed, str]:
    """The filter form, the printed report and its file's name, as the address asks for them."""
    refuse_unknown(request, {"request", *report.filters.base_fields})
    form, question = report.asked(_given(request.GET), today(), persons)
    answer = answer_of(request)
    printed = Printed(report.title, report.printed(question), answer, conditions(form, question))
    name = f"{report.title}({question.first:%Y%m%d}-{question.last:%Y%m%d})"
    return form, printed, f"{answer.number} {name}".strip()


def _given(address: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in address.items() if name != "request"}


def answer_of(request: HttpRequest) -> Answer:
    """Who answers: as the 요구자료 that the address names says, else the user."""
    user = cast(User, request.user)
    pk = request.GET.get("request", "")
    if not pk:
        return Answer("", str(user.department or ""), str(user), user.phone)
    if len(pk) > LONGEST or not pk.isdecimal():
        raise Http404("요구자료가 없습니다.")
    row = get_object_or_404(CouncilRequest.objects.live().select_related("department"), pk=int(pk))
    return Answer(row.number, str(row.department or ""), row.writer, row.phone)


@require_safe
@allow("view")
def report_page(request: HttpRequest, slug: str) -> HttpResponse:
    report = report_named(slug)
    form, printed, _ = asked(request, report)
    context = {
        "report": report,
        "reports": REPORTS.values(),
        "filters": form,
        "printed": printed,
        "screens": [on_screen(table) for table in printed.tables],
        "query": request.GET.urlencode(),
        "request_pk": request.GET.get("request", ""),
        "too_long": too_long(printed),
    }
    return render(request, "reports/report.html", context)


def too_long(printed: Printed) -> str:
    """Why there is no document of 한글 of it and what to do; empty where there is one."""
    if printed.lines <= MOST_LINES:
        return ""
    return (
        f"한글 문서로는 {MOST_LINES:,}줄까지 만듭니다(지금 {printed.lines:,}줄)."
        " 기간이나 조건을 좁히거나 엑셀로 내려받으세요."
    )


@require_safe
@allow("export")
def report_file(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The report as ``xlsx`` or ``hwpx``, persons masked."""
    report = report_named(slug)
    if form not in FORMS:
        raise Http404(f"‘{form}’ 형식은 없습니다.")
    _, printed, name = asked(request, report)
    return file_response(_written(printed, form), name, form)


def _written(printed: Printed, form: str) -> bytes:
    """The file. BadRequest for a document that 한글 would choke on."""
    if form == "hwpx" and (why := too_long(printed)):
        raise BadRequest(why)
    return printed.hwpx() if form == "hwpx" else printed.xlsx()


class PersonalForm(forms.Form):
    form = forms.ChoiceField(label="형식", choices=[("xlsx", "엑셀(XLSX)"), ("hwpx", "한글(HWPX)")])
    reason = forms.CharField(
        label="내려받는 사유", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="예: 의회 요구 제12호에 따른 위원 명단 제출. 사유는 접속기록에 남고 달마다 점검합니다.",
    )  # fmt: skip
    use_required_attribute = False


@require_http_methods(["GET", "POST"])
@allow("export")
def report_personal(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The report with persons' names: asks why, and writes it into the access log."""
    report = report_named(slug)
    if not report.persons:
        raise Http404("이 보고서에는 개인정보가 없습니다.")
    if not can(request.user, "view_personal_data"):
        raise PermissionDenied("개인정보가 든 파일은 개인정보를 볼 수 있는 사람만 내려받을 수 있습니다.")
    form = PersonalForm(request.POST or None, label_suffix="", initial={"form": "xlsx"})
    if request.method == "POST" and form.is_valid():
        _, printed, name = asked(request, report, persons=True)
        kind, reason = form.cleaned_data["form"], form.cleaned_data["reason"]
        content = _written(printed, kind)
        subject = f"{report.title}: {printed.conditions}"
        log_access(request, subject, "개인정보 포함 보고서 내려받기", reason, rows=printed.lines)
        return file_response(content, f"{name}(개인정보 포함)", kind)
    back = f"{reverse('pledges:report', args=[slug])}?{request.GET.urlencode()}"
    return render(request, "reports/personal.html", {"form": form, "report": report, "back": back})
