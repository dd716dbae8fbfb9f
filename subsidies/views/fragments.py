"""What other registers show of the money: fragments that their pages load by address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from enterprises.models import Center, Enterprise
from subsidies.models import Award, Disbursement, Entrustment


@require_safe
@allow("view")
def enterprise_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Awards and payments of an enterprise, newest first: a fragment for the enterprise's page."""
    enterprise = get_object_or_404(Enterprise, pk=pk)
    paid = Disbursement.objects.live().filter(enterprise=enterprise).select_related("program")
    awards = Award.objects.live().filter(enterprise=enterprise).select_related("program")
    context = {
        "enterprise": enterprise,
        "awards": awards.order_by("-year", "-decided_on", "-pk"),
        "payments": paid.order_by("-paid_on", "-pk"),
        "total": paid.executed().totals()["amount"],
    }
    return render(request, "subsidies/_enterprise_history.html", context)


@require_safe
@allow("view")
def center_entrustments(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreements under which a centre is run: a fragment for the centre's page."""
    center = get_object_or_404(Center, pk=pk)
    rows = Entrustment.objects.live().filter(center=center).order_by("-starts_on", "-pk")
    return render(request, "subsidies/_center_entrustments.html", {"center": center, "entrustments": rows})
