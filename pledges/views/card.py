"""The pledge card: on screen, as JSON, as a file; and the list of pledges."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from accounts.permissions import allow, can
from pledges.card import Card, build_card, contract_form
from pledges.card.files import WRITERS
from pledges.models import Pledge, Term
from pledges.selection import Asked, asked, pledge_numbered

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "hwpx": "application/hwp+zip",
}


def asked_card(request: HttpRequest, number: str) -> tuple[Asked, Pledge, Card]:
    """The question of the address, the pledge, and its card."""
    question = asked(request)
    pledge = pledge_numbered(question.term, number)
    return question, pledge, build_card(pledge, question.as_of)


@require_safe
@allow("view")
def card_page(request: HttpRequest, number: str) -> HttpResponse:
    """The whole card in the office's layout, as of any day."""
    question, pledge, card = asked_card(request, number)
    return render(
        request, "pledges/card.html", {"asked": question, "pledge": pledge} | card_context(card, request)
    )


def card_context(card: Card, request: HttpRequest) -> dict[str, Any]:
    """What the card's templates read besides the card itself."""
    return {
        "card": card,
        "terms": Term.objects.all(),
        "quarter_tables": quarter_tables(card),
        "support_groups": card.support[-1].programs if card.support else (),
        "sections_of": sections_by_kind(card),
        "can_export": can(request.user, "export"),
        "can_edit": can(request.user, "edit_pledge"),
    }


def sections_by_kind(card: Card) -> dict[str, list[Any]]:
    """The narrative sections, in order, by their kind."""
    found: dict[str, list[Any]] = {}
    for section in card.sections:
        found.setdefault(section.kind, []).append(section)
    return found


def quarter_tables(card: Card) -> list[dict[str, Any]]:
    """One table a year that has quarter targets: its indicators with the year's target and the four quarters."""
    years = sorted({year for indicator in card.indicators for year in indicator.quarter_targets})
    return [
        {
            "year": year,
            "rows": [
                (
                    indicator,
                    indicator.annual_targets.get(year),
                    indicator.quarter_targets.get(year, (None,) * 4),
                )
                for indicator in card.indicators
            ],
        }
        for year in years
    ]


@require_safe
@allow("export")
def card_json(request: HttpRequest, number: str) -> HttpResponse:
    """The card as the contract's JSON."""
    _, _, card = asked_card(request, number)
    return json_response(card)


def json_response(card: Card) -> JsonResponse:
    return JsonResponse(contract_form(card), json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@allow("export")
def card_file(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """The card as an office document (``xlsx`` or ``hwpx``)."""
    question, pledge, card = asked_card(request, number)
    return document_response(card, form, f"공약카드 {pledge.number} {pledge.title}({question.as_of:%Y%m%d})")


def document_response(card: Card, form: str, name: str) -> HttpResponse:
    """The card in an office's ``form``, under ``name``. 404 for a form that there is not."""
    if form not in WRITERS:
        raise Http404(f"‘{form}’ 형식은 없습니다.")
    response = HttpResponse(WRITERS[form](card), content_type=CONTENT_TYPES[form])
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{name}.{form}") or "attachment"
    )
    return response
