from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Office
from accounts.permissions import allow, can
from common import clock
from common.history import changes
from common.voiding import void_view

from ..figures import disagreements, event_figures, with_figures
from ..forms import DayForm, DaysForm, EventForm, LogForm, ParticipationForm, VendorForm, VendorsForm
from ..forms.events import usual_day_sales
from ..models import MarketEvent, Mode, State
from ..recording import proposed_line, save_event, void_event

CLOSED = "마감한 분기의 날이 들어 있어 ‘마감 뒤 입력(미반영)’으로 남습니다. 그 분기를 정정할 때 반영됩니다."


def live_event(pk: int) -> MarketEvent:
    """The event, or 404; a voided one can still be looked at, not changed."""
    event: MarketEvent = get_object_or_404(with_figures(MarketEvent.objects.all()), pk=pk)
    return event


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new event with its days, which are listed one by one before anything is saved."""
    days = days_form(request)
    days_fine = request.method == "POST" and days.is_valid()
    form = EventForm(request.POST or None, has_days=bool(days.listing))
    if request.method == "POST":
        if days_fine and (event := save_event(form, days.chosen, request.user)):
            return saved(request, event, days)
        form.is_valid()
    return render(request, "markets/event_new.html", {"form": form, "days": days})


def days_form(request: HttpRequest, event: MarketEvent | None = None) -> DaysForm:
    return DaysForm(
        request.POST or None, today=clock.today(), closed_through=Office.current().closed_through, event=event
    )


def saved(request: HttpRequest, event: MarketEvent, days: DaysForm) -> HttpResponse:
    messages.success(request, f"‘{event.name}’을(를) 저장했습니다(운영일 {len(days.listing)}일).")
    if any(day.is_closed for day in days.listing):
        messages.warning(request, CLOSED)
    return redirect("markets:event", event.pk)


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(MarketEvent.objects.live(), pk=pk)
    form = EventForm(request.POST or None, instance=event, has_days=event.days.live().exists())
    if request.method == "POST" and save_event(form, [], request.user):
        messages.success(request, f"‘{event.name}’을(를) 고쳤습니다.")
        return redirect("markets:event", pk)
    return render(request, "markets/event_edit.html", {"form": form, "event": event})


@allow("view")
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, live_event(pk))


def show(request: HttpRequest, event: Any, **forms: Any) -> HttpResponse:
    """The event's page; ``forms`` that were refused stand in for fresh ones. Status 200 also then."""
    proposal = proposed_line(event)
    context = {
        "event": event,
        "figures": event_figures(event),
        "held_count": sum(day.state == State.HELD for day in event.live_days),
        "disagreements": disagreements(event),
        "closed_through": Office.current().closed_through,
        "edits": not event.is_void and can(request.user, "edit_registers"),
        "day_sales": known_sum(day.sales for day in event.live_days),
        "part_sales": known_sum(part.sales for part in event.live_participations),
        "day_forms": day_forms(event),
        "part_forms": [
            ParticipationForm(instance=part, prefix=f"p{part.pk}") for part in event.live_participations
        ],
        "vendor_form": VendorForm(event=event),
        "vendors_form": VendorsForm(event=event),
        "log_form": LogForm(instance=event),
        "proposal": proposal,
        "proposes_other": bool(proposal.text) and proposal.text != event.log_text,
        "is_online": event.mode == Mode.ONLINE,
        "changes": changes(
            event, *event.days.all(), *event.participations.select_related("enterprise", "event", "day")
        ),
    }
    return render(request, "markets/event.html", context | forms)


def known_sum(sales: Iterable[int | None]) -> tuple[int, bool] | None:
    """(won of those that are known, whether all are); None where nothing is known."""
    each = list(sales)
    known = [won for won in each if won is not None]
    return (sum(known), len(known) == len(each)) if known else None


def day_forms(event: Any, data: Any = None) -> list[DayForm]:
    """One form per live day; they are shown and sent as one grid."""
    days = event.live_days
    usual = usual_day_sales(event.market, [day.pk for day in days])
    return [
        DayForm(data, instance=day, prefix=f"d{day.pk}", today=clock.today(), usual=usual) for day in days
    ]


@allow("edit_registers")
@require_http_methods(["GET", "POST"])
def void(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(MarketEvent.objects.live(), pk=pk)
    back = reverse("markets:event", args=[pk])
    return void_view(request, event, what=f"{event.name}(운영일·참여 포함)", back=back, undo=void_event)


@allow("edit_registers")
@require_POST
def log(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves the event's line in 추진실적, or takes the proposal (``use_proposal``)."""
    event = get_object_or_404(MarketEvent.objects.live(), pk=pk)
    data = request.POST.copy()
    if "use_proposal" in data:
        proposal = proposed_line(event)
        data["log_title"], data["log_text"] = proposal.title, proposal.text
    form = LogForm(data, instance=event)
    if not form.saves():
        return show(request, live_event(pk), log_form=form)
    messages.success(
        request, "추진실적 문구를 저장했습니다." if form.instance.log_text else "추진실적에 올리지 않습니다."
    )
    return redirect("markets:event", pk)
