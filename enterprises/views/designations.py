from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.permissions import allow
from common.voiding import void_view
from enterprises.forms.base import RegisterForm
from enterprises.forms.enterprise import DesignationForm, EndForm
from enterprises.models import Designation, Enterprise
from enterprises.views.enterprises import address
from enterprises.views.pages import form_page, to_edit


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A further designation of the enterprise ``pk``."""
    enterprise = get_object_or_404(Enterprise.objects.live(), pk=pk)
    form = DesignationForm(request.POST or None, instance=Designation(enterprise=enterprise))
    return _page(request, form, "유형·자격 더하기")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(
        request, DesignationForm(request.POST or None, instance=_row(request, pk)), "유형·자격 고치기"
    )


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """종료: the last day it counts, and why."""
    return _page(request, EndForm(request.POST or None, instance=_row(request, pk)), "유형·자격 종료")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    designation = get_object_or_404(Designation.objects.select_related("enterprise", "kind"), pk=pk)
    return void_view(request, designation, what=str(designation), back=address(designation.enterprise))


def _row(request: HttpRequest, pk: int) -> Designation:
    row: Designation = to_edit(request, Designation.objects.select_related("enterprise", "kind"), pk)
    return row


def _page(request: HttpRequest, form: RegisterForm, heading: str) -> HttpResponse:
    enterprise = form.instance.enterprise
    back = address(enterprise)
    return form_page(
        request,
        form,
        heading=f"{heading}: {enterprise}",
        back=back,
        parent=enterprise.name,
        done=lambda _: back,
    )
