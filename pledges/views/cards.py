"""공약카드 한꺼번에: choose pledges, watch the cards being made one by one, take the file."""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Iterator

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from documents.responses import TYPES, file_name
from pledges.models import Pledge, Term
from pledges.reports.cards import PACKED, Made, bulk
from pledges.selection import Asked, asked

log = logging.getLogger(__name__)
PROGRESS = "<!--progress-->"
FAILED = '<li class="error">만들지 못했습니다. 다시 해 보시고, 또 그러면 관리자에게 알려 주십시오.</li>'


@require_safe
@allow("export")
def cards_page(request: HttpRequest) -> HttpResponse:
    """The term's pledges to choose from; none chosen means all."""
    if not Term.objects.exists():
        return render(request, "pledges/no_term.html")
    question = asked(request)
    pledges = Pledge.objects.in_term(question.term).with_card()
    context = {"asked": question, "terms": Term.objects.all(), "pledges": pledges}
    return render(request, "reports/cards.html", context)


@require_safe
@allow("export")
def cards_make(request: HttpRequest) -> StreamingHttpResponse:
    """A page sent piece by piece: a line for each card that is made, at last the file itself as a link.

    The file travels in the page, so nothing is left on the server. Other users are served meanwhile: the
    cards are only read, one small batch after the other.
    """
    question, form = asked(request, "pledge", "form"), request.GET.get("form", "xlsx")
    if form not in PACKED:
        raise BadRequest(f"‘{form}’ 형식은 없습니다. xlsx나 hwpx 가운데 고르세요.")
    pledges = _chosen(request, question)
    context = {"asked": question, "count": len(pledges), "form": form}
    head, tail = render_to_string("reports/cards_made.html", context, request).split(PROGRESS)

    def pieces() -> Iterator[str]:
        yield head
        yield from _lines(question, form, pledges)
        yield tail

    response = StreamingHttpResponse(pieces(), content_type="text/html; charset=utf-8")
    # Proxies are not to wait for the whole of it.
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response


def _chosen(request: HttpRequest, question: Asked) -> list[Pledge]:
    """The ticked pledges; all of the term where none is named. BadRequest for one that is not the term's."""
    rows = list(Pledge.objects.in_term(question.term).with_card())
    numbers = set(request.GET.getlist("pledge"))
    if missing := numbers - {row.number for row in rows}:
        raise BadRequest(f"{question.term}에 없는 공약입니다: {', '.join(sorted(missing))}")
    found = [row for row in rows if not numbers or row.number in numbers]
    if not found:
        raise BadRequest("이 임기에 공약이 없습니다. 다른 임기를 고르세요.")
    return found


def _lines(question: Asked, form: str, pledges: list[Pledge]) -> Iterator[str]:
    try:
        for made in bulk(form, question.term, pledges, question.as_of):
            yield _link(question, form, made) if made.content else _line(made)
    except Exception:
        # The answer has begun, so the fault can only be told in it.
        log.exception("cards in bulk")
        yield FAILED


def _line(made: Made) -> str:
    return format_html("<li>{}/{} {}</li>\n", made.done, made.total, made.name)


def _link(question: Asked, form: str, made: Made) -> str:
    kind = PACKED[form]
    name = f"{file_name(f'공약카드 {question.term.name}({question.as_of:%Y%m%d})')}.{kind}"
    address = f"data:{TYPES[kind]};base64,{b64encode(made.content).decode()}"
    return format_html(
        '<li class="done"><a class="btn primary" download="{}" href="{}">파일 저장: {} ({} KB)</a></li>\n',
        name, address, name, f"{len(made.content) // 1024 + 1:,}",
    )  # fmt: skip
