"""Which term, which day, which pledge: the same answer for pages and commands (contract, "Settings")."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from pledges.models import Pledge, Term


def term_named(name: str | None, today: date) -> Term:
    """The term called ``name``; without one the current term if it has pledges, else the latest that has.

    Http404 where there is no such term.
    """
    term = Term.objects.filter(name=name).first() if name else Term.objects.shown_on(today)
    if term is None:
        raise Http404(
            f"임기 ‘{name}’이(가) 없습니다."
            if name
            else "등록된 임기가 없습니다. 관리자 화면에서 임기를 만드세요."
        )
    return term


def day_in(term: Term, as_of: date | None, today: date) -> date:
    """``as_of``; without one today or the term's last day, whichever is earlier."""
    return as_of or min(today, term.ends_on)


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
