from django.db.models import F, Min, Q
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from enterprises.models import Enterprise

from ..models import Participation


@allow("view")
@require_safe
def enterprise_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Where an enterprise took part, newest first: a fragment for the enterprise's page."""
    enterprise = get_object_or_404(Enterprise, pk=pk)
    rows = Participation.objects.live().filter(enterprise=enterprise, event__voided_at__isnull=True)
    first = Coalesce(
        "day__day", Min("event__days__day", filter=Q(event__days__voided_at__isnull=True)), "event__starts_on"
    )
    parts = rows.select_related("event__market", "day").annotate(on=first)
    parts = parts.order_by(F("on").desc(nulls_last=True), "-pk")
    return render(
        request, "markets/_enterprise_history.html", {"enterprise": enterprise, "participations": parts}
    )
