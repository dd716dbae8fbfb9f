from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from accounts.permissions import allow
from common import clock
from common.periods import korean_date
from common.voiding import void_view

from ..forms import DaysForm
from ..models import MarketDay, MarketEvent
from ..recording import add_days, save_rows, void_row
from .events import CLOSED, day_forms, days_form, live_event, saved, show


@allow("edit_registers")
@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The typed days one by one, or why they cannot be read: the fragment under the field."""
    key = request.GET.get("event", "")
    event = MarketEvent.objects.live().filter(pk=key).first() if key.isdecimal() else None
    closed = Office.current().closed_through
    form = DaysForm(request.GET, today=clock.today(), closed_through=closed, event=event)
    form.is_valid()
    return render(request, "markets/_days_listing.html", {"days": form, "is_preview": True})


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """More days of an event."""
    event = get_object_or_404(MarketEvent.objects.live().select_related("market"), pk=pk)
    form = days_form(request, event)
    form.fields["days_text"].required = True
    if request.method == "POST" and form.is_valid():
        add_days(event, form.chosen, request.user)
        return saved(request, event, form)
    return render(request, "markets/days_add.html", {"days": form, "event": event})


@allow("edit_registers")
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid of days, all rows or none."""
    get_object_or_404(MarketEvent.objects.live(), pk=pk)
    event = live_event(pk)
    forms = [form for form in day_forms(event, request.POST) if form.add_prefix("revision") in request.POST]
    if not save_rows(event, forms):
        return show(request, event, day_forms=forms)
    changed = [form.instance for form in forms if form.has_changed()]
    messages.success(request, f"운영일 {len(changed)}일을 고쳤습니다." if changed else "바뀐 값이 없습니다.")
    closed = Office.current().closed_through
    if closed and any(day.day <= closed for day in changed):
        messages.warning(request, CLOSED)
    return redirect("markets:event", pk)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    day = get_object_or_404(MarketDay.objects.live().select_related("event"), pk=pk)
    back = reverse("markets:event", args=[day.event_id])
    return void_view(request, day, what=f"{day.event.name} {korean_date(day.day)}", back=back, undo=void_row)
