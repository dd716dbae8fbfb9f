"""Which term, which day, which pledge: the same answer for pages and commands (contract, "Settings")."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse

from common.clock import today
from common.listing import refuse_unknown
from common.notation import NotationError, read_date
from common.periods import Quarter
from pledges.models import Pledge, Term
from pledges.past import reading
from pledges.quarters import closed_through
from pledges.then import mark_of

Page = Callable[..., HttpResponse]


def term_named(name: str | None, on: date) -> Term:
    """The term called ``name``; without one the term current ``on`` a day if it has pledges, else the latest that has.

    Http404 where there is no such term.
    """
    term = Term.objects.filter(name=name).first() if name else Term.objects.shown_on(on)
    if term is None:
        raise Http404(
            f"임기 ‘{name}’이(가) 없습니다."
            if name
            else "등록된 임기가 없습니다. 관리자 화면에서 임기를 만드세요."
        )
    return term


def day_in(term: Term, as_of: date | None, on: date) -> date:
    """``as_of``; without one ``on`` (today) or the term's last day, whichever is earlier."""
    return as_of or min(on, term.ends_on)


def pledge_numbered(term: Term, number: str) -> Pledge:
    """The live pledge ``number`` of a term. Http404 where there is none."""
    pledge = (
        (Pledge.objects.in_term(term).select_related("term", "goal", "department", "center", "committee"))
        .filter(number=number)
        .first()
    )
    if pledge is None:
        raise Http404(f"{term}에 공약 ‘{number}’이(가) 없습니다.")
    return pledge


@dataclass(frozen=True)
class Asked:
    """What a page was asked for: the term, the day, and whether the day was chosen or taken by default."""

    term: Term
    as_of: date
    chosen: bool

    @cached_property
    def inside_closed(self) -> date | None:
        """The published day of the closed quarter that the day lies inside: that day's card is frozen, this one's
        is counted from the records as its closing knew them (DOMAIN §3.15; docs/adr/0009)."""
        if not self.chosen:  # today or the term's end: not inside a quarter that could be closed
            return None
        closed = closed_through(self.term)
        published = min(Quarter.of(self.as_of).last_day, self.term.ends_on)
        return published if closed is not None and self.as_of < published <= closed else None

    @property
    def query(self) -> str:
        """The same question as a query string, for links to other pages of the term."""
        given = {"term": self.term.name} | ({"as_of": self.as_of.isoformat()} if self.chosen else {})
        return urlencode(given)


def asked(request: HttpRequest, *also: str) -> Asked:
    """Reads ``?term=`` and ``?as_of=``, both optional. BadRequest for a day that cannot be read or an
    unknown parameter; Http404 for an unknown term."""
    refuse_unknown(request, {"term", "as_of", *also})
    text = request.GET.get("as_of", "").strip()
    try:
        day = read_date(text) if text else None
    except NotationError as error:
        raise BadRequest(f"기준일을 읽을 수 없습니다. {error}") from error
    term = term_named(request.GET.get("term") or None, today())
    return Asked(term, day_in(term, day, today()), day is not None)


def as_it_stood(page: Page) -> Page:
    """A page of one pledge: for a day inside a closed quarter it reads the records as the closing knew them."""

    @wraps(page)
    def shown(request: HttpRequest, number: str, *args: Any, **kwargs: Any) -> HttpResponse:
        question = asked(request, *request.GET)  # what the page may not be asked for, it refuses itself
        mark = None
        if question.inside_closed:
            mark = mark_of(pledge_numbered(question.term, number), question.as_of)
        with reading(mark):
            return page(request, number, *args, **kwargs)

    return shown
