from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow, can
from common.checkpoints import Itemised
from common.fields import CountField
from common.models import Opening
from common.openings import OpeningFigure, OpeningRow, opening_view
from enterprises.forms.openings import opening_form
from enterprises.register import KINDS, MEMBERS, TENANTS, Register, itemised
from enterprises.views.pages import form_page


@dataclass(frozen=True)
class Part:
    """One of the register's three openings: its word in the address, its name, its unit, what it is counted by."""

    name: str
    unit: str
    register: Register
    subject: str


PARTS = {
    "enterprises": Part("기업 수", "개소", KINDS, "kind"),
    "tenants": Part("입주기업 수", "개", TENANTS, "space"),
    "members": Part("위원 수", "명", MEMBERS, "committee"),
}


@allow("view")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """도입 전 누계 of the register: what was stated, what is itemised, and the rest."""
    parts = [(word, part, _rows(word, part), _replaced(part)) for word, part in PARTS.items()]
    context = {"parts": parts, "can_edit": can(request.user, "edit_openings")}
    return render(request, "enterprises/openings.html", context)


@allow("edit_openings")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, word: str) -> HttpResponse:
    part = _part(word)
    form = opening_form(part.register.openings, part.subject)(request.POST or None)
    back = reverse("enterprises:openings")
    heading = f"도입 전 누계 더하기: {part.name}"
    return form_page(request, form, heading=heading, back=back, parent="도입 전 누계", done=lambda _: back)


@allow("edit_openings")
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, word: str, pk: int, action: str) -> HttpResponse:
    """정정, 상세로 대체, 새 기준일로 (common.openings)."""
    part = _part(word)
    rows: Any = part.register.openings._default_manager
    opening = get_object_or_404(rows.select_related(part.subject), pk=pk)
    if opening.is_void and request.method == "GET":
        raise Http404
    row = _row(word, part, opening, itemised(part.register, opening.on))
    return opening_view(
        request, opening, action,
        row=row,
        fields={"count": CountField(label=f"{part.name}({part.unit})")},
        details={"count": int(row.figures[0].itemised.details)},
        back=reverse("enterprises:openings"),
    )  # fmt: skip


def _part(word: str) -> Part:
    if word not in PARTS:
        raise Http404
    return PARTS[word]


def _rows(word: str, part: Part) -> list[OpeningRow]:
    """The live openings with their details; one query more for each opening day."""
    rows: Any = part.register.openings._default_manager
    openings = list(rows.live().select_related(part.subject))
    details = {day: itemised(part.register, day) for day in {opening.on for opening in openings}}
    return [_row(word, part, opening, details[opening.on]) for opening in openings]


def _row(word: str, part: Part, opening: Opening, details: dict[int, int]) -> OpeningRow:
    count = Decimal(opening.count)  # type: ignore[attr-defined]
    key = getattr(opening, part.register.key)
    figure = OpeningFigure(part.name, part.unit, Itemised(count, Decimal(details.get(key, 0))))
    url = reverse("enterprises:openings") + f"{word}/{opening.pk}/"
    return OpeningRow(opening, str(getattr(opening, part.subject)), [figure], url)


def _replaced(part: Part) -> list[Opening]:
    """Openings that were corrected or replaced, newest first."""
    rows: Any = part.register.openings._default_manager
    voided = rows.filter(voided_at__isnull=False).select_related(part.subject, "voided_by")
    return list(voided.order_by("-voided_at"))
