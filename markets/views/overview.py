from datetime import date

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common import clock
from common.listing import listed, ordered_by, refuse_unknown
from documents.responses import xlsx_response

from ..exports import days_sheet, participations_sheet
from ..forms import EventFilters
from ..listing import SORTS, events_listed, totals, with_own_figures
from ..models import Market, MarketDay, MarketEvent, OnlineChannel
from ..summary import year_rows

SHEETS = {"days": (days_sheet, "시장 운영일"), "participations": (participations_sheet, "시장 참여")}
# How many years the table of totals shows, less where many markets would push the list out of sight; older ones by
# the list's filter.
YEARS_SHOWN, ROWS_SHOWN = 6, 24


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
        "year_rows": year_rows(markets, years[: _years_shown(len(markets))]),
        "channels": OnlineChannel.objects.live().select_related("market"),
        "filters": filters,
        "listing": listing,
        "events": with_own_figures(listing.page),
        "totals": totals(rows),
    }
    return render(request, "markets/index.html", context)


def _years_shown(markets: int) -> int:
    return max(1, min(YEARS_SHOWN, ROWS_SHOWN // max(markets, 1)))


@allow("export")
@require_safe
def download(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The filtered events as a sheet: their ``days`` or their ``participations``."""
    filters = EventFilters(request.GET or None, years=_years(clock.today()))
    refuse_unknown(request, {"sort", *filters.fields})
    rows = ordered_by(events_listed(filters.chosen()), SORTS, request.GET.get("sort") or "date")
    make, name = SHEETS[kind]
    return xlsx_response(make(rows, clock.today(), filters.conditions()), name)


def _years(today: date) -> list[int]:
    """From the year of the first day or online event through this year, or the last one planned; newest first."""
    days = MarketDay.objects.live().aggregate(first=Min("day"), last=Max("day"))
    online = MarketEvent.objects.live().aggregate(first=Min("starts_on"), last=Max("starts_on"))
    found = [day for day in (*days.values(), *online.values(), today) if day is not None]
    return list(range(max(found).year, min(found).year - 1, -1))
