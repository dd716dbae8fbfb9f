from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow, can
from common.history import changes
from common.voiding import void_view
from enterprises.forms.naming import firm_names
from enterprises.forms.places import SpaceForm, TenancyForm
from enterprises.models import Space, Tenancy
from enterprises.register import TENANTS, levels
from enterprises.views.asking import asked_day
from enterprises.views.pages import form_page, to_edit, void_unused_page


@allow("view")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """공간지원: every space with its tenants as of a day."""
    as_of, form = asked_day(request)
    spaces = list(Space.objects.live())
    counted = levels(TENANTS, [space.pk for space in spaces], as_of)
    rows = [(space, counted[space.pk]) for space in spaces]
    return render(request, "enterprises/spaces.html", {"rows": rows, "as_of": as_of, "filters": form})


@allow("view")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    space = get_object_or_404(Space.objects.select_related("voided_by"), pk=pk)
    as_of, form = asked_day(request)
    tenancies = list(space.tenancies.live().select_related("enterprise").order_by("-starts_on", "pk"))
    context = {
        "space": space,
        "as_of": as_of,
        "filters": form,
        "level": levels(TENANTS, [space.pk], as_of)[space.pk],
        "tenancies": tenancies,
        "edits": can(request.user, "edit_registers") and not space.is_void,
        "changes": changes(space, *tenancies),
    }
    return render(request, "enterprises/space.html", context)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    back = reverse("enterprises:spaces")
    form = SpaceForm(request.POST or None)
    return form_page(request, form, heading="입주 공간 등록", back=back, parent="입주 공간", done=address)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    space: Space = to_edit(request, Space.objects.all(), pk)
    form = SpaceForm(request.POST or None, instance=space)
    heading = f"{space.name} 고치기"
    return form_page(request, form, heading=heading, back=address(space), parent=space.name, done=address)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    space = get_object_or_404(Space, pk=pk)
    return void_unused_page(request, space, what=space.name, back=address(space), done=address(space))


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def tenancy_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A further tenant of the space ``pk``."""
    space = get_object_or_404(Space.objects.live(), pk=pk)
    form = TenancyForm(request.POST or None, instance=Tenancy(space=space))
    return _tenancy_page(request, form, "입주 더하기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def tenancy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    tenancy = to_edit(request, Tenancy.objects.select_related("space", "enterprise"), pk)
    return _tenancy_page(request, TenancyForm(request.POST or None, instance=tenancy), "입주 고치기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def tenancy_void(request: HttpRequest, pk: int) -> HttpResponse:
    tenancy = get_object_or_404(Tenancy.objects.select_related("space", "enterprise"), pk=pk)
    return void_view(request, tenancy, what=str(tenancy), back=address(tenancy.space))


def address(space: Space) -> str:
    return reverse("enterprises:space", args=[space.pk])


def _tenancy_page(request: HttpRequest, form: TenancyForm, heading: str) -> HttpResponse:
    space = form.instance.space
    back = address(space)
    return form_page(
        request,
        form,
        heading=f"{heading}: {space}",
        back=back,
        parent=space.name,
        done=lambda _: back,
        firms=firm_names(),
    )
