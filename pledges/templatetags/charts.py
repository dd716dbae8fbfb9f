"""Small drawings made on the server, and the frame of a chart that static/js/charts.js draws from its table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.money import half_up, percent
from common.periods import Quarter, korean_date
from markets.summary import YearRow
from pledges.models import Pledge
from pledges.progress import Period
from pledges.selection import Asked
from pledges.trends import Trend

register = template.Library()

WIDTH, HEIGHT, PAD = 88, 24, 3


@register.simple_tag
def sparkline(trend: Trend | None, places: int = 1) -> SafeString:
    """임기 이행률 at the last quarters' ends as a line, with the figures as its text."""
    rates = trend.rates if trend else ()
    known = [(at, rate) for at, rate in enumerate(rates) if rate is not None]
    if trend is None or not known:
        return format_html('<span class="muted">{}</span>', "–")
    words = ", ".join(
        f"{point_label(day)} {percent(rate, places)}{'' if rate is None else '%'}"
        for day, rate in zip(trend.days, rates, strict=True)
    )
    dots = format_html_join("", '<circle cx="{}" cy="{}" r="1.8"/>', points(known, len(rates)))
    line = " ".join(f"{x},{y}" for x, y in points(known, len(rates)))
    frame = format_html('width="{}" height="{}" viewBox="0 0 {} {}"', WIDTH, HEIGHT, WIDTH, HEIGHT)
    drawing = format_html('<title>{}</title><polyline points="{}"/>{}', words, line, dots)
    shape = '<svg class="spark" role="img" aria-label="추이: {}" {}>{}</svg>'
    return format_html(shape, words, frame, drawing)


def points(known: Sequence[tuple[int, Fraction]], number: int) -> list[tuple[str, str]]:
    """Where the rates stand in the drawing: from 0 % (bottom) to 100 % or the highest, if that is more."""
    top = max(Fraction(100), *(rate for _, rate in known))
    step = Fraction(WIDTH - 2 * PAD, max(number - 1, 1))
    return [
        (
            f"{half_up(PAD + step * at, 1):f}",
            f"{half_up(HEIGHT - PAD - (HEIGHT - 2 * PAD) * max(rate, Fraction(0)) / top, 1):f}",
        )
        for at, rate in known
    ]


@register.filter
def point_label(day: date) -> str:
    """A day of a trend: ``2025년 3분기`` at a quarter's end, else the date."""
    quarter = Quarter.of(day)
    return f"{quarter.year}년 {quarter.number}분기" if day == quarter.last_day else korean_date(day)


@register.simple_tag
def period_query(asked: Asked, period: Period) -> str:
    """A year or quarter as the pages behind its numbers are asked for it."""
    given = {"year": period.year, "quarter": period.number}
    return f"{asked.query}&{urlencode({name: value for name, value in given.items() if value})}"


@register.simple_tag
def market_address(pledge: Pledge, asked: Asked, row: YearRow) -> str:
    """The page behind the figures of a market's year."""
    address = reverse("pledges:market_why", args=[pledge.number, row.market.pk, row.year])
    return f"{address}?{asked.query}" + (f"&mode={row.mode}" if row.is_online else "")
