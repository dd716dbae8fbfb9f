"""Importing a whole card: choose a file, look at what was understood, decide, confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.permissions import allow
from common.clock import today
from pledges.forms.card_import import CardChoicesForm, CardUploadForm
from pledges.reading.cost import TITLE as COST
from pledges.reading.execution import TITLE as EXECUTION
from pledges.reading.importing import Outcome, import_card
from pledges.reading.parse import Options, read_card
from pledges.reading.preview import source_lines, summary, tables_of


@require_http_methods(["GET", "HEAD", "POST"])
@allow("edit_pledge")
def card_import(request: HttpRequest) -> HttpResponse:
    """Nothing is saved before ``step=save``; until then every look is tried and taken back."""
    if request.method != "POST":
        return render(request, "pledges/import/upload.html", {"form": CardUploadForm()})
    if request.POST.get("step") in ("look", "save"):
        return _decided(request)
    return _uploaded(request)


def _uploaded(request: HttpRequest) -> HttpResponse:
    form = CardUploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "pledges/import/upload.html", {"form": form}, status=422)
    asked = form.cleaned_data
    options = Options(term=asked["term"], as_of=asked["as_of"])
    outcome = import_card(form.text, options, form.name, today(), dry_run=True)
    shown = _choices(form.text, initial={**asked, "text": form.text, "name": form.name})
    return _preview(request, shown, outcome, form.warnings)


def _choices(text: str, data: Any = None, initial: dict[str, Any] | None = None) -> CardChoicesForm:
    """The form with a field for every table and indicator of ``text``."""
    read = read_card(text, Options(), today())
    return CardChoicesForm(
        data, initial=initial, tables=choosable(read.units), indicators=read.card.indicators
    )


def choosable(units: Mapping[str, str]) -> dict[str, str]:
    """Every table with its unit, and the programmes of 지원현황: the parts of the others are sources in one unit."""
    whole = (f"{COST}/", f"{EXECUTION}/")
    return {title: unit for title, unit in units.items() if not title.startswith(whole)}


def _decided(request: HttpRequest) -> HttpResponse:
    form = _choices(request.POST.get("text", ""), data=request.POST)
    if not form.is_valid():
        return render(
            request, "pledges/import/upload.html", {"form": CardUploadForm(), "choices": form}, status=422
        )
    is_look = request.POST["step"] == "look"
    text, name = form.cleaned_data["text"], form.cleaned_data["name"]
    outcome = import_card(text, form.options(), name, today(), dry_run=is_look)
    pledge = outcome.pledge
    if is_look or pledge is None:
        return _preview(request, form, outcome)
    messages.success(request, f"공약 {pledge.number} {pledge.title}을(를) 만들었습니다.")
    address = reverse("pledges:card", args=[pledge.number])
    return redirect(f"{address}?{urlencode({'term': pledge.term.name, 'as_of': outcome.read.card.as_of})}")


def _preview(
    request: HttpRequest, form: CardChoicesForm, outcome: Outcome, warnings: Any = ()
) -> HttpResponse:
    read = outcome.read
    context = {
        "form": form,
        "read": read,
        "card": read.card,
        "failed": outcome.failed,
        "file_warnings": warnings,
        "summary": summary(read.card),
        "tables": tables_of(read.card),
        "years": sorted({year for row in read.card.indicators for year in row.years}),
        "lines": source_lines(read),
        "warning_count": len(read.faults.other_warnings) + len(warnings),
    }
    return render(request, "pledges/import/preview.html", context, status=422 if outcome.failed else 200)
