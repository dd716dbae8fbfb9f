from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow, can
from common.history import changes
from enterprises.forms.places import CenterForm
from enterprises.models import Center
from enterprises.views.pages import form_page, to_edit, void_unused_page


@allow("view")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """중간지원조직: the support centre (one, as a rule) with its organisation and place."""
    centers = list(Center.objects.live().order_by("pk"))
    context = {"centers": centers, "edits": can(request.user, "edit_registers"), "changes": changes(*centers)}
    return render(request, "enterprises/centers.html", context)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    return _page(request, CenterForm(request.POST or None), "지원센터 등록")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    center: Center = to_edit(request, Center.objects.all(), pk)
    return _page(request, CenterForm(request.POST or None, instance=center), f"{center.name} 고치기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    center = get_object_or_404(Center, pk=pk)
    back = reverse("enterprises:centers")
    return void_unused_page(request, center, what=center.name, back=back, done=back)


def _page(request: HttpRequest, form: CenterForm, heading: str) -> HttpResponse:
    back = reverse("enterprises:centers")
    return form_page(request, form, heading=heading, back=back, parent="지원센터", done=lambda _: back)
