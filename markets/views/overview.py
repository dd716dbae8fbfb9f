from datetime import date

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common import clock
from common.listing import listed

from ..forms import EventFilters
from ..forms.events import years_of
from ..listing import SORTS, events_listed, totals, with_own_figures
from ..models import Market, MarketDay, OnlineChannel
from ..summary import year_rows

# How many years the table of totals shows; older ones by the list's filter.
YEARS_SHOWN = 6


@allow("view")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Markets with their year totals and channels, and the list of events."""
    years = _years(clock.today())
    filters = EventFilters(request.GET or None, years=years)
    rows = events_listed(filters.chosen())
    listing = listed(request, rows, SORTS, default="-date", filters=filters)
    markets = list(Market.objects.all())
    context = {
        "markets": markets,
        "year_rows": year_rows(markets, years[:YEARS_SHOWN]),
        "channels": OnlineChannel.objects.live().select_related("market"),
        "filters": filters,
        "listing": listing,
        "events": with_own_figures(listing.page),
        "totals": totals(rows),
    }
    return render(request, "markets/index.html", context)


def _years(today: date) -> list[int]:
    found = MarketDay.objects.live().aggregate(first=Min("day"), last=Max("day"))
    return years_of(found["first"], found["last"], today)
