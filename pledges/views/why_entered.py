"""왜 …? — of figures that somebody typed: 총사업비, 확보액, targets, weights."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from pledges import entered
from pledges.card import Card, build_card
from pledges.card.model import IndicatorPart
from pledges.derivations import Derivation
from pledges.models import Pledge
from pledges.selection import Asked, as_it_stood, asked, pledge_numbered
from subsidies.models import SOURCES

MONEY = {"cost": entered.cost, "secured": entered.secured}


def _page(
    request: HttpRequest, question: Asked, pledge: Pledge, title: str, found: list[Derivation]
) -> HttpResponse:
    context = {"asked": question, "pledge": pledge, "title": title, "derivations": found}
    return render(request, "pledges/why_count.html", context)


@require_safe
@allow("view")
@as_it_stood
def cost_why(request: HttpRequest, number: str) -> HttpResponse:
    """총사업비 and 확보액; ``?of=cost|secured`` and ``?source=`` for one cell."""
    question = asked(request, "of", "source")
    pledge = pledge_numbered(question.term, number)
    of, source = request.GET.get("of", ""), request.GET.get("source", entered.TOTAL)
    if of not in ("", *MONEY) or source not in (entered.TOTAL, *SOURCES):
        raise Http404("총사업비와 확보액에 그런 칸이 없습니다.")
    card = build_card(pledge, question.as_of)
    found = [
        make(pledge, card, source, partial(_address, pledge, question, kind))
        for kind, make in MONEY.items()
        if of in ("", kind)
    ]
    return _page(request, question, pledge, "총사업비·확보액", found)


def _address(pledge: Pledge, question: Asked, of: str, source: str) -> str:
    base = reverse("pledges:cost_why", args=[pledge.number])
    return f"{base}?{question.query}&of={of}&source={source}"


@require_safe
@allow("view")
@as_it_stood
def target_why(request: HttpRequest, number: str, no: int) -> HttpResponse:
    """A target of the term, of ``?year=``, of its ``?quarter=``."""
    question, pledge, card, part = _indicator(request, number, no, "year", "quarter")
    found = entered.target(pledge, card, part, *asked_period(request, pledge))
    return _page(request, question, pledge, "목표", [found])


def asked_period(request: HttpRequest, pledge: Pledge) -> tuple[int | None, int | None]:
    """``?year=`` of the term and its ``?quarter=``; neither is the whole term. Http404 for another."""
    year, quarter = request.GET.get("year", ""), request.GET.get("quarter", "")
    years, quarters = {str(y): y for y in pledge.term.years}, {str(q): q for q in (1, 2, 3, 4)}
    if (year and year not in years) or (quarter and (not year or quarter not in quarters)):
        raise Http404("그런 기간이 없습니다.")
    return years.get(year), quarters.get(quarter)


@require_safe
@allow("view")
@as_it_stood
def weight_why(request: HttpRequest, number: str, no: int) -> HttpResponse:
    question, pledge, card, part = _indicator(request, number, no)
    return _page(request, question, pledge, "대비비율", [entered.weight(pledge, card, part)])


@require_safe
@allow("view")
@as_it_stood
def center_why(request: HttpRequest, number: str) -> HttpResponse:
    """인원 of the pledge's support centre."""
    question = asked(request)
    pledge = pledge_numbered(question.term, number)
    found = entered.center_staff(pledge, build_card(pledge, question.as_of))
    if found is None:
        raise Http404("이 공약에는 인원을 적은 지원센터가 없습니다.")
    return _page(request, question, pledge, "지원센터 인원", [found])


def _indicator(
    request: HttpRequest, number: str, no: int, *also: str
) -> tuple[Asked, Pledge, Card, IndicatorPart]:
    """The indicator as the card prints it."""
    question = asked(request, *also)
    pledge = pledge_numbered(question.term, number)
    card = build_card(pledge, question.as_of)
    part = next((part for part in card.indicators if part.no == no), None)
    if part is None:
        raise Http404(f"{no}번 확인지표가 없습니다.")
    return question, pledge, card, part
