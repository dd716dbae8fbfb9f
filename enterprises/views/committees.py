from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import log_access
from accounts.permissions import allow, can
from common.history import changes
from common.names import mask_person
from common.voiding import void_view
from enterprises.deadlines import term_end
from enterprises.forms.committees import CommitteeForm, MeetingForm, MemberForm
from enterprises.models import Committee, Meeting, Member
from enterprises.privacy import masked_changes, sees_personal_data
from enterprises.register import MEMBERS, levels
from enterprises.views.asking import asked_day
from enterprises.views.pages import form_page, to_edit, void_unused_page


@dataclass(frozen=True)
class ShownMember:
    """A member as the page shows it: the name masked or not, the term's last day, whether serving on the day."""

    member: Member
    name: str
    term_ends_on: date | None
    serving: bool


@allow("view")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    as_of, form = asked_day(request)
    committees = list(Committee.objects.live())
    counted = levels(MEMBERS, [committee.pk for committee in committees], as_of)
    rows = [(committee, counted[committee.pk]) for committee in committees]
    return render(request, "enterprises/committees.html", {"rows": rows, "as_of": as_of, "filters": form})


@allow("view")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A committee. Members are masked (홍○○) until ``?names=1`` asks for them, which the access log keeps."""
    committee = get_object_or_404(Committee.objects.select_related("voided_by"), pk=pk)
    as_of, form = asked_day(request, also=["names"])
    members = list(committee.members.live().order_by("appointed_on", "pk"))
    meetings = list(committee.meetings.live())
    named = bool(members) and request.GET.get("names") == "1" and sees_personal_data(request.user)
    if named:
        log_access(request, f"위원: {committee.name}", "위원 이름 조회", rows=len(members))
    told = changes(committee, *members, *meetings)
    context = {
        "committee": committee,
        "as_of": as_of,
        "filters": form,
        "level": levels(MEMBERS, [committee.pk], as_of)[committee.pk],
        "members": [_shown(member, as_of, named, committee.term_years) for member in members],
        "meetings": meetings,
        "named": named,
        "may_name": sees_personal_data(request.user),
        "edits": can(request.user, "edit_registers") and not committee.is_void,
        "changes": told if named else masked_changes(told, names=[member.name for member in members]),
    }
    return render(request, "enterprises/committee.html", context)


def _shown(member: Member, as_of: date, named: bool, years: int) -> ShownMember:
    ends = member.term_ends_on or term_end(member.appointed_on, years)
    last = min((day for day in (member.term_ends_on, member.left_on) if day), default=None)
    begun = member.appointed_on is None or member.appointed_on <= as_of
    serving = begun and (last is None or last >= as_of)
    return ShownMember(member, member.name if named else mask_person(member.name), ends, serving)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    back = reverse("enterprises:committees")
    form = CommitteeForm(request.POST or None)
    return form_page(request, form, heading="위원회 등록", back=back, parent="위원회", done=address)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    committee: Committee = to_edit(request, Committee.objects.all(), pk)
    form = CommitteeForm(request.POST or None, instance=committee)
    return _page(request, form, committee, "고치기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee, pk=pk)
    back = address(committee)
    return void_unused_page(request, committee, what=committee.name, back=back, done=back)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def member_new(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.live(), pk=pk)
    form = MemberForm(request.POST or None, instance=Member(committee=committee))
    return _page(request, form, committee, "위원 더하기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def member_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form shows the name, so opening it is written into the access log."""
    member: Member = to_edit(request, Member.objects.select_related("committee"), pk)
    if request.method == "GET":
        log_access(request, f"위원: {member.committee.name} {member.name}", "위원 수정 화면 조회")
    return _page(request, MemberForm(request.POST or None, instance=member), member.committee, "위원 고치기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def member_void(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.select_related("committee"), pk=pk)
    return void_view(request, member, what=mask_person(member.name), back=address(member.committee))


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.live(), pk=pk)
    form = MeetingForm(request.POST or None, instance=Meeting(committee=committee))
    return _page(request, form, committee, "회의 더하기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    meeting: Meeting = to_edit(request, Meeting.objects.select_related("committee"), pk)
    form = MeetingForm(request.POST or None, instance=meeting)
    return _page(request, form, meeting.committee, "회의 고치기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def meeting_void(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.select_related("committee"), pk=pk)
    return void_view(request, meeting, what=str(meeting), back=address(meeting.committee))


def address(committee: Committee) -> str:
    return reverse("enterprises:committee", args=[committee.pk])


def _page(
    request: HttpRequest, form: CommitteeForm | MemberForm | MeetingForm, committee: Committee, heading: str
) -> HttpResponse:
    back = address(committee)
    return form_page(
        request,
        form,
        heading=f"{committee} {heading}",
        back=back,
        parent=committee.name,
        done=lambda _: back,
        told=_masked,
    )


def _masked(row: Committee | Member | Meeting) -> str:
    return mask_person(row.name) if isinstance(row, Member) else str(row)
