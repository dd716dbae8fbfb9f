"""The day a page is asked for: `?as_of=2024-03-31`, any way a date is written; today without it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from common.clock import today
from common.fields import DayField
from common.listing import FilterForm, refuse_unknown


class DayForm(FilterForm):
    as_of = DayField(label="기준일")


def asked_day(request: HttpRequest, also: Iterable[str] = ()) -> tuple[date, DayForm]:
    """The day and the form that asked for it. Other parameters (but ``also``) and unread days are refused (400)."""
    refuse_unknown(request, {"as_of", *also})
    data = request.GET if request.GET.get("as_of") else None
    form = DayForm(data, initial={"as_of": today()})
    return form.chosen().get("as_of") or today(), form
