"""요구자료 대장: what the council asked, by when, who answers, and the files that were sent."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.permissions import allow
from common.clock import today
from common.history import changes
from common.listing import listed, ordered_by, refuse_unknown
from common.voiding import void_view
from documents.responses import xlsx_response
from pledges.forms.requests import RequestFilters, RequestForm, SubmissionForm
from pledges.models import CouncilRequest, Submission
from pledges.reports import REPORTS
from pledges.reports.request_register import request_sheet
from pledges.requesting import again, drop_report, submit, use_report

SORTS = {
    "due": ("due_on",),
    "number": ("number",),
    "received": ("received_on",),
    "member": ("member",),
    "status": ("status", "due_on"),
}
NEWEST = "-due"
# Digits of a key: longer ones are none.
LONGEST = 18
# Without the files themselves.
SENT = Prefetch("submissions", Submission.objects.order_by("sent_on", "pk"))


@require_safe
@allow("view")
def request_list(request: HttpRequest) -> HttpResponse:
    filters = RequestFilters(request.GET or None)
    listing = listed(request, _filtered(filters), SORTS, default=NEWEST, filters=filters)
    return render(
        request, "reports/requests.html", {"filters": filters, "listing": listing, "today": today()}
    )


def _filtered(filters: RequestFilters) -> QuerySet[CouncilRequest]:
    chosen = filters.chosen()
    rows = CouncilRequest.objects.all() if chosen.get("void") else CouncilRequest.objects.live()
    if "q" in chosen:
        rows = rows.search(chosen["q"])
    rows = rows.filter(**{name: chosen[name] for name in ("status", "department") if name in chosen})
    return rows.select_related("department")


@require_safe
@allow("export")
def request_xlsx(request: HttpRequest) -> HttpResponseBase:
    """What is filtered, in the list's order, as a sheet."""
    filters = RequestFilters(request.GET or None)
    refuse_unknown(request, {"sort", "page", *filters.fields})
    rows = ordered_by(_filtered(filters), SORTS, request.GET.get("sort") or NEWEST)
    table = request_sheet(rows.prefetch_related(SENT), today(), filters.conditions())
    return xlsx_response(table, f"요구자료 대장({today():%Y%m%d})")


@require_safe
@allow("view")
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CouncilRequest.objects.select_related("department", "copied_from"), pk=pk)
    form = SubmissionForm(label_suffix="", request=row, today=today(), initial={"sent_on": today()})
    return render(request, "reports/request.html", _detail(row, form))


def _detail(row: CouncilRequest, form: SubmissionForm) -> dict[str, Any]:
    submissions = list(row.submissions.select_related("sent_by", "file").defer("file__content"))
    return {
        "row": row,
        "uses": uses(row),
        "reports": REPORTS.values(),
        "submissions": submissions,
        "form": form,
        "today": today(),
        "changes": changes(row, *submissions),
    }


def uses(row: CouncilRequest) -> list[dict[str, Any]]:
    """The reports that answer a request, as links that ask them the same question; ``at``: their places."""
    return [
        {
            "at": at,
            "slug": use["slug"],
            "title": REPORTS[use["slug"]].title,
            "period": f"{use['query'].get('start', '')} ~ {use['query'].get('end', '')}",
            "url": f"{reverse('pledges:report', args=[use['slug']])}?"
            + urlencode(use["query"] | {"request": row.pk}),
        }
        for at, use in enumerate(row.reports)
        if use["slug"] in REPORTS
    ]


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
def request_new(request: HttpRequest) -> HttpResponse:
    """A new request; ``?again=<pk>`` begins with the answer of an earlier one, its periods a year later."""
    source = _source(request)
    begun = again(source) if source else _own(cast(User, request.user))
    row = CouncilRequest(reports=begun.pop("reports", []), copied_from=source)
    form = RequestForm(request.POST or None, instance=row, initial=begun, label_suffix="")
    if request.method == "POST" and form.saves():
        messages.success(request, f"요구자료 ‘{row.number}’을(를) 등록했습니다.")
        return redirect("pledges:request", row.pk)
    return render(request, "reports/request_form.html", {"form": form, "source": source})


def _source(request: HttpRequest) -> CouncilRequest | None:
    pk = request.GET.get("again", "")
    if not pk:
        return None
    if len(pk) > LONGEST or not pk.isdecimal():
        raise Http404("본뜰 요구자료가 없습니다.")
    found: CouncilRequest = get_object_or_404(CouncilRequest.objects.live(), pk=int(pk))
    return found


def _own(user: User) -> dict[str, Any]:
    return {
        "department": user.department,
        "writer": user.full_name,
        "phone": user.phone,
        "received_on": today(),
    }


@require_safe
@allow("edit_pledge")
def request_again(request: HttpRequest, pk: int) -> HttpResponse:
    """작년 답변으로 새로 만들기."""
    get_object_or_404(CouncilRequest.objects.live(), pk=pk)
    return redirect(f"{reverse('pledges:request_new')}?again={pk}")


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
def request_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CouncilRequest.objects.live(), pk=pk)
    form = RequestForm(request.POST or None, instance=row, label_suffix="")
    if request.method == "POST" and form.saves():
        messages.success(request, "저장했습니다.")
        return redirect("pledges:request", pk)
    return render(request, "reports/request_form.html", {"form": form, "row": row})


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
def request_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CouncilRequest, pk=pk)
    back = reverse("pledges:request", args=[pk])
    return void_view(request, row, what=f"요구자료 {row.number}", back=back)


@require_POST
@allow("edit_pledge")
def request_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps with the request the report, period and filters that answer it (posted from the report's page)."""
    row = get_object_or_404(CouncilRequest.objects.live(), pk=pk)
    slug = request.POST.get("slug", "")
    if slug not in REPORTS:
        raise Http404("그런 보고서가 없습니다.")
    names = REPORTS[slug].filters.base_fields
    use_report(row, slug, {name: request.POST[name] for name in names if request.POST.get(name)})
    messages.success(request, f"‘{REPORTS[slug].title}’을(를) 이 요구자료의 답변에 연결했습니다.")
    return redirect("pledges:request", pk)


@require_POST
@allow("edit_pledge")
def request_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a report that was linked by mistake off the answer (posted with its place and name)."""
    row = get_object_or_404(CouncilRequest.objects.live(), pk=pk)
    at, slug = request.POST.get("at", ""), request.POST.get("slug", "")
    is_place = len(at) < LONGEST and at.isdecimal() and int(at) < len(row.reports)
    linked = row.reports[int(at)]["slug"] if is_place else None
    if slug not in REPORTS or linked != slug or drop_report(row, int(at)) is None:
        raise Http404("연결한 보고서가 없습니다. 화면을 새로 고쳐 보십시오.")
    messages.success(request, f"‘{REPORTS[slug].title}’의 연결을 풀었습니다.")
    return redirect("pledges:request", pk)


@require_POST
@allow("edit_pledge")
def submission_new(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(CouncilRequest.objects.live(), pk=pk)
    form = SubmissionForm(request.POST, request.FILES, label_suffix="", request=row, today=today())
    if not form.is_valid():
        return render(request, "reports/request.html", _detail(row, form), status=400)
    given = form.cleaned_data
    submit(
        row,
        content=given["file"].read(),
        name=given["file"].name,
        sent_on=given["sent_on"],
        user=cast(User, request.user),
        note=given["note"],
    )
    messages.success(request, f"제출본 ‘{given['file'].name}’을(를) 보관했습니다.")
    return redirect("pledges:request", pk)


@require_safe
@allow("export")
def submission_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was sent, byte for byte."""
    row = get_object_or_404(Submission.objects.select_related("file"), pk=pk)
    response = HttpResponse(bytes(row.file.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
def submission_void(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Submission, pk=pk)
    back = reverse("pledges:request", args=[row.request_id])
    return void_view(request, row, what=f"제출본 {row.name}", back=back)
