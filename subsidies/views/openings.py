"""도입 전 누계 of 지원현황: a first one, and what may be done to one (common.openings)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import allow
from common.checkpoints import Itemised
from common.clock import today
from common.fields import CountField
from common.openings import OpeningFigure, OpeningRow, opening_view
from subsidies.forms.fields import PositiveWonField
from subsidies.forms.programs import SupportOpeningForm
from subsidies.models import Program, SupportOpening
from subsidies.support import Details, details_of
from subsidies.views.pages import form_page, posted

# Figure of an opening → its name and unit.
FIGURES = {"enterprises": ("기업 수", "개소"), "headcount": ("인원", "명"), "amount": ("지원액", "원")}


@allow("edit_openings")
@require_http_methods(["GET", "POST"])
def opening_new(request: HttpRequest, pk: int) -> HttpResponse:
    program = get_object_or_404(Program, pk=pk)
    form = SupportOpeningForm(posted(request), program=program, initial={"year": today().year})
    return form_page(request, form, title="도입 전 누계 등록", parent=program.name, back=address(pk))


@allow("edit_openings")
@require_http_methods(["GET", "POST"])
def opening_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """정정, 상세로 대체, 새 기준일로."""
    opening = get_object_or_404(SupportOpening.objects.select_related("program"), pk=pk)
    if opening.is_void and request.method == "GET":
        raise Http404
    details = details_of(opening)
    return opening_view(
        request,
        opening,
        action,
        row=opening_row(opening, details),
        fields={
            "enterprises": CountField(label="기업 수(개소)", required=False),
            "headcount": CountField(label="인원(명)", required=False),
            "amount": PositiveWonField(label="지원액(원)", zero=True, required=False),
        },
        details=details._asdict(),
        back=address(opening.program_id),
    )


def opening_row(opening: SupportOpening, details: Details) -> OpeningRow:
    """An opening beside its details, figure by figure; what it leaves open has no line."""
    figures = [
        OpeningFigure(name, unit, Itemised(Decimal(stated), Decimal(getattr(details, field))))
        for field, (name, unit) in FIGURES.items()
        if (stated := getattr(opening, field)) is not None
    ]
    url = reverse("subsidies:opening_act", args=[opening.pk, "correct"]).removesuffix("correct/")
    return OpeningRow(opening, f"{opening.year}년", figures, url)


def opening_rows(program: Program) -> list[Any]:
    """The live openings of a programme with their details, latest year first; two queries."""
    openings = list(SupportOpening.objects.live().filter(program=program).order_by("-year", "-on"))
    awards = list(program.awards.live()) if openings else []
    return [opening_row(opening, details_of(opening, awards)) for opening in openings]


def address(program: int) -> str:
    return f"{reverse('subsidies:program_detail', args=[program])}#support"
