from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import log_access
from accounts.permissions import allow, can
from common.clock import today
from common.history import changes
from common.listing import listed
from enterprises import listing as lists
from enterprises.forms.enterprise import EnterpriseForm, NewEnterpriseForm
from enterprises.models import Enterprise
from enterprises.privacy import masked_changes, personal, sees_personal_data
from enterprises.register import register_table
from enterprises.views.pages import form_page, to_edit, void_unused_page


@allow("view")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The register: its counts by kind and the enterprises, as of a day."""
    filters = lists.EnterpriseFilters(request.GET or None, today())
    chosen = filters.chosen()
    as_of = chosen.get("as_of") or today()
    rows = lists.with_designations(lists.filtered(chosen, as_of))
    listing = listed(request, rows, lists.SORTS, default="name", filters=filters)
    context = {
        "filters": filters,
        "listing": listing,
        "as_of": as_of,
        "rows": lists.show_all(listing.page.object_list, as_of),
        "table": register_table(as_of),
        "narrowed": set(chosen) - {"as_of"},
    }
    return render(request, "enterprises/index.html", context)


@allow("view")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one enterprise. Persons unmasked are written into the access log."""
    enterprise = get_object_or_404(Enterprise.objects.select_related("voided_by", "merged_into"), pk=pk)
    designations = list(
        enterprise.designations.select_related("kind", "voided_by").order_by("starts_on", "pk")
    )
    tenancies = list(enterprise.tenancies.live().select_related("space").order_by("starts_on", "pk"))
    visible = sees_personal_data(request.user)
    person = personal(enterprise, masked=not visible)
    if visible and person.any:
        log_access(request, f"대표자: {enterprise.name}", "기업 상세 조회")
    context = {
        "enterprise": enterprise,
        "personal": person,
        "designations": [lists.shown(row, today()) for row in designations],
        "tenancies": tenancies,
        # Designations of one enterprise feed the same indicator; the newest live one stands for them.
        "fed": next((row for row in reversed(designations) if not row.is_void), None),
        "edits": can(request.user, "edit_registers") and not enterprise.is_void,
    }
    if can(request.user, "view_history"):
        told = changes(enterprise, *designations, *tenancies)
        context["changes"] = told if visible else masked_changes(told)
    return render(request, "enterprises/detail.html", context)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new enterprise and its first designation on one page."""
    form = NewEnterpriseForm(request.POST or None)
    return form_page(
        request, form, heading="기업 등록", back=reverse("enterprises:index"), parent="기업",
        done=address, template="enterprises/enterprise_form.html", dongs=dongs(),
    )  # fmt: skip


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    enterprise: Enterprise = to_edit(request, Enterprise.objects.all(), pk)
    if request.method == "GET" and personal(enterprise, masked=False).any:
        log_access(request, f"대표자: {enterprise.name}", "기업 수정 화면 조회")
    form = EnterpriseForm(request.POST or None, instance=enterprise)
    return form_page(
        request, form, heading=f"{enterprise.name} 고치기", back=address(enterprise), parent=enterprise.name,
        done=address, template="enterprises/enterprise_form.html", dongs=dongs(),
    )  # fmt: skip


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused while live designations, awards, payments … refer to the enterprise."""
    enterprise = get_object_or_404(Enterprise, pk=pk)
    return void_unused_page(
        request, enterprise, what=enterprise.name, back=address(enterprise), done=address(enterprise)
    )


def address(enterprise: Enterprise) -> str:
    return reverse("enterprises:detail", args=[enterprise.pk])


def dongs() -> list[str]:
    """The 행정동 in use, offered while typing."""
    rows = Enterprise.objects.live().exclude(dong="").order_by("dong")
    return list(rows.values_list("dong", flat=True).distinct())
