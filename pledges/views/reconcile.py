"""대사: what does not add up in a pledge, with the explanations; and how many there are in the term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import allow
from common.editing import locked
from common.history import changes
from common.voiding import void_view
from documents.responses import xlsx_response
from pledges.forms.reconcile import ReconcileFilters, ReconcileNoteForm
from pledges.models import Pledge, ReconcileNote, Term
from pledges.reconciling import Finding, Line, Severity, findings, lines_of
from pledges.reconciling.sheet import sheet
from pledges.selection import Asked, asked, pledge_numbered

FILTERS = ("severity", "explained")


@dataclass(frozen=True)
class Tally:
    """How many findings of each kind, and how many of them are explained."""

    found: Counter[Severity]
    explained: Counter[Severity]
    blocking: int

    @property
    def by_severity(self) -> list[tuple[Severity, int, int]]:
        return [(one, self.found[one], self.explained[one]) for one in Severity]

    @property
    def total(self) -> int:
        return self.found.total()

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found, self.explained + other.explained, self.blocking + other.blocking
        )


def tally(lines: Iterable[Line]) -> Tally:
    every = list(lines)
    return Tally(
        Counter(line.finding.severity for line in every),
        Counter(line.finding.severity for line in every if line.is_explained),
        sum(line.blocks for line in every),
    )


@require_safe
@allow("view")
def reconcile_page(request: HttpRequest, number: str) -> HttpResponse:
    """The findings of a pledge as of a day, filtered, with both figures, the gap and where to put it right."""
    question, pledge, filters, lines = _asked(request, number)
    context = {
        "asked": question,
        "pledge": pledge,
        "filters": filters,
        "terms": Term.objects.all(),
        "tally": tally(lines),
        "lines": filters.picks(lines),
        "settled": _settled(pledge, lines),
    }
    return render(request, "pledges/reconcile/page.html", context)


def _asked(request: HttpRequest, number: str) -> tuple[Asked, Pledge, ReconcileFilters, list[Line]]:
    question = asked(request, *FILTERS)
    pledge = pledge_numbered(question.term, number)
    filters = ReconcileFilters(request.GET or None)
    return question, pledge, filters, lines_of([pledge], question.as_of)[pledge.pk]


def _settled(pledge: Pledge, lines: list[Line]) -> list[ReconcileNote]:
    """Explanations of what adds up by now."""
    standing = {line.finding.key for line in lines}
    notes = ReconcileNote.objects.live().filter(pledge=pledge)
    return [note for note in notes if note.key not in standing]


@require_safe
@allow("export")
def reconcile_xlsx(request: HttpRequest, number: str) -> HttpResponseBase:
    """The same list as a sheet, as filtered."""
    question, pledge, filters, lines = _asked(request, number)
    table = sheet(pledge, filters.picks(lines), question.as_of, filters.in_words())
    return xlsx_response(table, f"대사 {pledge.number}({question.as_of:%Y%m%d})")


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
def reconcile_note(request: HttpRequest, number: str) -> HttpResponse:
    """설명 of the finding ``?key=``: written once, edited in versions, printed as a footnote if wished."""
    question = asked(request, "key")
    pledge, key = pledge_numbered(question.term, number), request.GET.get("key", "")
    finding = next((one for one in findings(pledge, question.as_of) if one.key == key), None)
    note = ReconcileNote.objects.live().filter(pledge=pledge, key=key).first()
    if finding is None and note is None:
        raise Http404("그런 대사 항목이 없습니다. 이미 고쳐졌을 수 있습니다.")
    form = ReconcileNoteForm(request.POST or None, instance=note or ReconcileNote(pledge=pledge, key=key))
    if request.method == "POST" and _saves(form, pledge, finding):
        messages.success(request, "설명을 저장했습니다.")
        return redirect(_page(pledge, question))
    context = {
        "asked": question,
        "pledge": pledge,
        "finding": finding,
        "note": note,
        "form": form,
        "back": _page(pledge, question),
        "changes": changes(note) if note else None,
    }
    return render(request, "pledges/reconcile/note.html", context)


def _saves(form: Any, pledge: Pledge, finding: Finding | None) -> bool:
    """Saves the explanation with the difference it explains; two first ones wait for each other."""
    with transaction.atomic():
        locked(pledge)
        if finding is not None:
            form.instance.gap = finding.difference
        saved: bool = form.saves()
        return saved


def _page(pledge: Pledge, question: Asked) -> str:
    return f"{reverse('pledges:reconcile', args=[pledge.number])}?{question.query}"


@require_http_methods(["GET", "POST"])
@allow("edit_pledge")
def reconcile_note_void(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    note = get_object_or_404(ReconcileNote.objects.live().select_related("pledge__term"), pk=pk)
    if note.pledge.number != number:
        raise Http404
    back = f"{reverse('pledges:reconcile', args=[number])}?{urlencode({'term': note.pledge.term.name})}"
    return void_view(request, note, what=f"설명 {note}", back=back)


@require_safe
@allow("view")
def reconcile_office(request: HttpRequest) -> HttpResponse:
    """How many findings each pledge of the term has, and which keep the quarter from being closed."""
    question = asked(request)
    pledges = list(Pledge.objects.in_term(question.term).with_card())
    lines = lines_of(pledges, question.as_of)
    rows = [(pledge, tally(lines[pledge.pk])) for pledge in pledges]
    total = sum((row for _, row in rows), Tally(Counter(), Counter(), 0))
    context = {"asked": question, "terms": Term.objects.all(), "rows": rows, "total": total}
    return render(request, "pledges/reconcile/office.html", context)
