"""왜 …? — of the numbers beside a pledge's charts: a year's or quarter's result, a market's year, what moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.periods import Quarter, korean_date
from markets.models import Mode
from pledges import course_derivations
from pledges.derivations import Derivation
from pledges.execution import executions_on
from pledges.figures import IndicatorFigure
from pledges.market_derivations import market_year
from pledges.models import Pledge
from pledges.progress import Course, Period, progress
from pledges.records import behind_indicator
from pledges.selection import Asked, as_it_stood, asked, pledge_numbered
from pledges.trends import figures_on, quarter_ends
from pledges.views.why_entered import asked_period


def _page(
    request: HttpRequest, question: Asked, pledge: Pledge, title: str, found: Iterable[Derivation]
) -> HttpResponse:
    context = {"asked": question, "pledge": pledge, "title": title, "derivations": list(found)}
    return render(request, "pledges/why_count.html", context)


def _at(question: Asked, name: str, *args: object) -> Callable[[date], str]:
    """The address of another page of the term, as of any day."""
    base = reverse(f"pledges:{name}", args=args)
    return lambda day: f"{base}?{urlencode({'term': question.term.name, 'as_of': day.isoformat()})}"


@require_safe
@allow("view")
@as_it_stood
def period_why(request: HttpRequest, number: str, no: int) -> HttpResponse:
    """The result of ``?year=``, or of its ``?quarter=``, of one indicator."""
    question = asked(request, "year", "quarter")
    pledge = pledge_numbered(question.term, number)
    year, quarter = asked_period(request, pledge)
    courses = progress(pledge, question.as_of).courses
    course = next((course for course in courses if course.figure.indicator.no == no), None)
    period = _period(course, year, quarter) if course else None
    if course is None or period is None:
        raise Http404("그런 기간의 실적이 없습니다.")
    found = course_derivations.period_result(
        course,
        period,
        behind_indicator(course.figure.indicator, _end(course, period)),
        _at(question, "indicator_why", pledge.number, no),
        lambda of: f"{request.path}?{question.query}&year={of.year}&quarter={of.number}",
        f"{reverse('pledges:results', args=[pledge.number])}?{urlencode({'term': question.term.name, 'year': year})}",
    )
    return _page(request, question, pledge, f"{period.label} 실적", [found])


def _period(course: Course, year: int | None, quarter: int | None) -> Period | None:
    periods = course.every_quarter if quarter else course.years
    return next((p for p in periods if (p.year, p.number) == (year, quarter)), None)


def _end(course: Course, period: Period) -> date:
    last = Quarter(period.year, period.number or 4).last_day
    return min(last, course.figure.as_of)


@require_safe
@allow("view")
@as_it_stood
def market_why(request: HttpRequest, number: str, pk: int, year: int) -> HttpResponse:
    """Held days, sales and vendors of one of the pledge's markets in a year; ``?mode=online`` for the online ones."""
    question = asked(request, "mode")
    pledge = pledge_numbered(question.term, number)
    market = pledge.markets.filter(pk=pk).first()
    mode = request.GET.get("mode", Mode.OFFLINE.value)
    if market is None or mode not in Mode.values or year not in pledge.term.years:
        raise Http404("이 공약에 그런 시장의 해가 없습니다.")
    found = market_year(market, year, mode, question.as_of)
    if not found:
        raise Http404(f"{year}년 {market}의 기록이 없습니다.")
    return _page(request, question, pledge, f"{year}년 {market}", found)


@require_safe
@allow("view")
@as_it_stood
def moved_why(request: HttpRequest, number: str) -> HttpResponse:
    """What moved within the year that a trend shows: 집행액 and each indicator, then and now."""
    question = asked(request)
    pledge = pledge_numbered(question.term, number)
    days = quarter_ends(pledge.term, question.as_of)
    first, last = days[0], days[-1]
    money = executions_on([pledge], [first, last])
    spent = course_derivations.moved(
        "집행액의 변동",
        "원",
        "두 날의 집행액을 견줍니다. 임기가 끝난 뒤의 집행은 넣지 않습니다",
        (first, last),
        (money[first][pledge.pk].in_term, money[last][pledge.pk].in_term),
        lambda day: f"{_at(question, 'money_why', pledge.number)(day)}&column=in_term",
    )
    title = f"{korean_date(first)} 뒤로 바뀐 것"
    return _page(request, question, pledge, title, [spent, *_results(question, pledge, first, last)])


def _results(question: Asked, pledge: Pledge, first: date, last: date) -> list[Derivation]:
    """Each indicator's value on the two days; one that a closed card of the first day lacks is left out."""
    before, now = [figures.indicators for figures in figures_on([pledge], [first, last])[pledge.pk]]
    then: dict[int, IndicatorFigure] = {figure.indicator.pk: figure for figure in before}
    return [
        course_derivations.moved(
            f"{figure.indicator} 실적의 변동",
            figure.indicator.unit,
            "두 날의 누적 실적을 견줍니다",
            (first, last),
            (then[figure.indicator.pk].value, figure.value),
            _at(question, "indicator_why", pledge.number, figure.indicator.no),
        )
        for figure in now
        if figure.indicator.pk in then
    ]
