from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import allow
from common.voiding import void_view
from enterprises.models import Enterprise

from ..forms import ParticipationForm, VendorForm, VendorsForm
from ..models import MarketEvent, Participation
from ..recording import add_participations, save_rows, void_row
from .events import live_event, show

OPTIONS = 20


@allow("edit_registers")
@require_safe
def options(request: HttpRequest) -> HttpResponse:
    """Enterprises that match what is being typed, for the field's list of suggestions."""
    text = request.GET.get("name", "").strip()
    found = Enterprise.objects.live().search(text)[:OPTIONS] if text else []
    return render(request, "markets/_vendor_options.html", {"enterprises": found})


@allow("edit_registers")
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One vendor."""
    return _add(request, pk, VendorForm, "vendor_form")


@allow("edit_registers")
@require_POST
def add_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Many vendors, pasted."""
    return _add(request, pk, VendorsForm, "vendors_form")


def _add(request: HttpRequest, pk: int, form_class: Any, name: str) -> HttpResponse:
    event = get_object_or_404(MarketEvent.objects.live(), pk=pk)
    form = form_class(request.POST, event=event)
    if not form.is_valid():
        return show(request, live_event(pk), **{name: form})
    add_participations(event, form.cleaned_data["day"], form.vendors, request.user)
    outside = [vendor.name for vendor, _ in form.vendors if not vendor.enterprise]
    messages.success(request, f"참여 {len(form.vendors)}건을 기록했습니다.")
    if outside:
        messages.info(request, f"등록부에 없어 미등록 업체로 기록: {', '.join(outside[:10])}")
    return redirect(reverse("markets:event", args=[pk]) + "#participations")


@allow("edit_registers")
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid of participations: sales and notes, all rows or none."""
    get_object_or_404(MarketEvent.objects.live(), pk=pk)
    event: Any = live_event(pk)
    parts = [
        ParticipationForm(request.POST, instance=part, prefix=f"p{part.pk}")
        for part in event.live_participations
    ]
    forms = [form for form in parts if form.add_prefix("revision") in request.POST]
    if not save_rows(event, forms):
        return show(request, event, part_forms=forms)
    messages.success(request, "참여 기록을 저장했습니다.")
    return redirect(reverse("markets:event", args=[pk]) + "#participations")


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    part = get_object_or_404(Participation.objects.live().select_related("event", "enterprise"), pk=pk)
    back = reverse("markets:event", args=[part.event_id])
    what = f"{part.event.name} {part.enterprise or part.vendor_name} 참여"
    return void_view(request, part, what=what, back=back, undo=void_row)
