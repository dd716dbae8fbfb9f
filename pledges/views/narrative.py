"""Editing what the card tells: sections, 일정별 추진실적, 주민 참여 실적."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from accounts.permissions import allow
from common.history import changes
from common.outline import read_outline
from common.voiding import void_view
from pledges.editing import next_no
from pledges.forms.narrative import ActivityForm, EngagementForm, NumbersForm, SectionForm
from pledges.models import Activity, Engagement, Pledge, Section, SectionKind

from .editing import address, page, pledge_at

WORDS = {"activities": "추진실적", "engagements": "소통 실적"}
LATE = "마감한 분기의 일이라 ‘마감 뒤 입력(미반영)’으로 남습니다."


@allow("edit_pledge")
@require_safe
def sections(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _sections(request, pledge, NumbersForm(instance=pledge))


def _sections(request: HttpRequest, pledge: Pledge, numbers: NumbersForm) -> HttpResponse:
    context = {
        "rows": [(row, read_outline(row.body)) for row in pledge.sections.live()],
        "numbers": numbers,
        "changes": changes(*pledge.sections.all()),
    }
    return page(request, "sections", pledge, "sections", **context)


@allow("edit_pledge")
@require_POST
def section_numbers(request: HttpRequest, number: str) -> HttpResponse:
    """The numbers printed before the card's sections."""
    pledge = pledge_at(request, number)
    form = NumbersForm(request.POST, instance=pledge)
    if not form.saves():
        return _sections(request, pledge, form)
    messages.success(request, "항목 번호를 저장했습니다.")
    return redirect(address("sections", pledge))


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def section_new(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    last = pledge.sections.live().order_by("position").last()
    row = Section(pledge=pledge, kind=SectionKind.PLAN, position=(last.position + 1 if last else 1))
    return _section(request, pledge, row)


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def section_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _section(request, pledge, get_object_or_404(pledge.sections.live(), pk=pk))


def _section(request: HttpRequest, pledge: Pledge, row: Section) -> HttpResponse:
    form = SectionForm(request.POST or None, instance=row)
    if request.method == "POST" and form.saves():
        messages.success(request, f"‘{row.title}’을(를) 저장했습니다.")
        return redirect(address("sections", pledge))
    lines = read_outline(str(form["body"].value() or ""))
    return page(request, "section", pledge, "sections", form=form, row=row, lines=lines)


@allow("edit_pledge")
@require_POST
def section_preview(request: HttpRequest, number: str) -> HttpResponse:
    """The outline as the card will print it: the fragment under the text."""
    return render(
        request, "pledges/card/_outline.html", {"lines": read_outline(request.POST.get("body", ""))}
    )


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def section_void(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    row = get_object_or_404(pledge.sections.live(), pk=pk)
    return void_view(request, row, what=row.title, back=address("sections", pledge))


@allow("edit_pledge")
@require_safe
def activities(request: HttpRequest, number: str) -> HttpResponse:
    """일정별 추진실적 and 주민 참여 실적, by their numbers in the document or by date."""
    pledge = pledge_at(request, number, "sort")
    order = ["starts_on", "no"] if request.GET.get("sort") == "date" else ["no"]
    context = {
        "activities": pledge.activities.live().order_by(*order),
        "engagements": pledge.engagements.live().order_by(*order),
        "by_date": order[0] == "starts_on",
        "changes": changes(*pledge.activities.all(), *pledge.engagements.all()),
    }
    return page(request, "activities", pledge, "activities", **context)


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def activity_new(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _line(request, pledge, ActivityForm, Activity(pledge=pledge, no=next_no(pledge.activities.all())))


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def activity_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _line(request, pledge, ActivityForm, get_object_or_404(pledge.activities.live(), pk=pk))


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def engagement_new(request: HttpRequest, number: str) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _line(
        request, pledge, EngagementForm, Engagement(pledge=pledge, no=next_no(pledge.engagements.all()))
    )


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def engagement_edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _line(request, pledge, EngagementForm, get_object_or_404(pledge.engagements.live(), pk=pk))


def _line(request: HttpRequest, pledge: Pledge, form_class: Any, row: Any) -> HttpResponse:
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.saves():
        messages.success(request, f"{row.no}번을 저장했습니다.")
        closed = Office.current().closed_through
        if closed and row.starts_on <= closed:
            messages.warning(request, LATE)
        return redirect(address("activities", pledge))
    kinds = pledge.engagements.live().order_by().values_list("kind", flat=True).distinct()
    words = WORDS["activities" if isinstance(row, Activity) else "engagements"]
    return page(request, "line", pledge, "activities", form=form, row=row, kinds=kinds, words=words)


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def activity_void(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _void(request, pledge, get_object_or_404(pledge.activities.live(), pk=pk), WORDS["activities"])


@allow("edit_pledge")
@require_http_methods(["GET", "POST"])
def engagement_void(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    pledge = pledge_at(request, number)
    return _void(request, pledge, get_object_or_404(pledge.engagements.live(), pk=pk), WORDS["engagements"])


def _void(request: HttpRequest, pledge: Pledge, row: Any, words: str) -> HttpResponse:
    return void_view(request, row, what=f"{words} {row}", back=address("activities", pledge))
