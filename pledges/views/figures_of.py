"""One pledge in charts, each with its table: rates over time, targets and results, money, markets, enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from enterprises.register import KindLine, RegisterTable, register_table
from markets.summary import YearRow, year_rows
from pledges.card import build_card
from pledges.models import Measure, Pledge
from pledges.progress import progress
from pledges.selection import as_it_stood, asked, pledge_numbered
from pledges.then import each_as_it_stood


@require_safe
@allow("view")
@as_it_stood
def figures_page(request: HttpRequest, number: str) -> HttpResponse:
    """The charts of a pledge as of a day."""
    question = asked(request)
    pledge = pledge_numbered(question.term, number)
    course = progress(pledge, question.as_of)
    context = {
        "asked": question,
        "pledge": pledge,
        "progress": course,
        "card": build_card(pledge, question.as_of),
        "money_columns": [*((f"{year}년", year) for year in pledge.term.years), ("임기 후", "after_term")],
        "markets": market_rows(pledge, question.as_of),
        "registers": (tables := registers(pledge, question.as_of)),
        "kinds": tables[-1].lines if tables else (),
        "register_rows": [(table, by_kind(table, tables[-1])) for table in tables],
    }
    return render(request, "pledges/trends/page.html", context)


def market_rows(pledge: Pledge, as_of: date) -> list[YearRow]:
    """Days, vendors and sales of the pledge's markets by year, oldest first."""
    markets = list(pledge.markets.all())
    years = [year for year in pledge.term.years if year <= as_of.year]
    return year_rows(markets, years, as_of) if markets and years else []


def by_kind(table: RegisterTable, last: RegisterTable) -> list[KindLine | None]:
    """The lines of a day under the kinds of the last one: an ordinance adds kinds in the course of a term."""
    lines = table.by_code()
    return [lines.get(line.kind.code) for line in last.lines]


def registers(pledge: Pledge, as_of: date) -> list[RegisterTable]:
    """기업 수 by kind at each year's end and on the day; nothing for a pledge without enterprises."""
    counted = pledge.indicators.live().filter(measure=Measure.ENTERPRISES).exists()
    if not (counted or pledge.shows_register):
        return []
    ends = [date(year, 12, 31) for year in pledge.term.years]
    days = [*(end for end in ends if end < as_of), as_of]
    found: dict[date, RegisterTable] = {}

    def load(_: Sequence[Pledge], wanted: Sequence[date]) -> None:
        found.update((day, register_table(day)) for day in wanted)

    each_as_it_stood([pledge], days, load)
    return [found[day] for day in days]
