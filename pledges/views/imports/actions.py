"""What may be done with a draft (settings, cells, decisions, confirm, drop) and with a saved import (undo)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.importing import CannotUndo, NotReady, commit, source_of, undo
from accounts.models import BatchState, ImportBatch
from accounts.permissions import allow
from common.clock import now, today
from common.editing import locked
from common.importing import Counts, Kind, State
from common.voiding import VoidForm
from documents.reading import Unreadable
from pledges.forms.imports import ReadingForm
from pledges.importing.kept import When, forget, key_of, shown
from pledges.importing.preview import LEAVE_OUT
from pledges.importing.progress import streamed
from pledges.views.imports.batch import batch_for, seen_by

# From here on the page shows how far saving has come.
LONG = 3_000
STALE = "다른 창에서 이 가져오기가 바뀌었습니다. 지금 상태를 다시 보여 드립니다."


def _back(batch: ImportBatch, request: HttpRequest) -> HttpResponse:
    query = request.POST.get("back", "").lstrip("?")
    page = reverse("imports:batch", args=[batch.pk])
    return redirect(f"{page}?{query}" if query and "\n" not in query else page)


def _change_draft(request: HttpRequest, pk: int, act: Callable[[ImportBatch, Kind], None]) -> HttpResponse:
    """Runs ``act`` on the draft under its lock and saves it; whoever holds an older page is told."""
    batch, kind = batch_for(request, pk)
    with transaction.atomic():
        batch = locked(batch)
        if batch.state != BatchState.DRAFT or str(batch.revision) != request.POST.get("revision"):
            messages.warning(request, STALE)
            return _back(batch, request)
        act(batch, kind)
        batch.revision += 1
        batch.save()
    return _back(batch, request)


@allow("import_rows")
@require_POST
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Unit, 유형, sheets, heading rows and the mapping of columns."""

    def act(batch: ImportBatch, kind: Kind) -> None:
        form = ReadingForm(request.POST, kind=kind)
        if form.is_valid():
            batch.unit, batch.given = form.cleaned_data.get("unit", ""), form.given
        _read_sheets(batch, request.POST)

    return _change_draft(request, pk, act)


def _read_sheets(batch: ImportBatch, posted: QueryDict) -> None:
    """``sheet``: sheets to read; ``row|sheet``: heading row; ``map|layout|place`` with ``name|layout|place``."""
    names = posted.getlist("known_sheet")
    chosen = [name for name in posted.getlist("sheet") if name in names]
    batch.sheets = chosen if chosen and len(chosen) < len(names) else None
    for name in names:
        row, was = posted.get(f"row|{name}", ""), posted.get(f"was_row|{name}", "")
        if row.isdecimal() and row != was and 0 < int(row) < 1_000:
            batch.header_rows[name] = int(row)
    for key, layout_changed in posted.items():
        _, sign, layout = key.partition("mapped|")
        if sign and layout_changed:
            mapping = _mapping(posted, layout)
            if mapping != _mapping(posted, layout, "was"):
                batch.columns[layout] = mapping


def _mapping(posted: QueryDict, layout: str, prefix: str = "map") -> dict[str, str]:
    """Heading of the file → our heading; the mark for "left out" and nothing are both empty."""
    places = [key.split("|")[2] for key in posted if key.startswith(f"name|{layout}|")]
    found = {
        str(posted[f"name|{layout}|{place}"]): posted.get(f"{prefix}|{layout}|{place}", "")
        for place in places
    }
    return {name: "" if value == LEAVE_OUT else str(value) for name, value in found.items()}


@allow("import_rows")
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Cells as typed into the preview: ``cell|sheet!row|heading``, beside ``was|…``."""

    def act(batch: ImportBatch, kind: Kind) -> None:
        known = {(sheet, row, heading): text for sheet, row, heading, text in batch.edits}
        headings = {column.heading for column in kind.columns}
        for key, typed in request.POST.items():
            name, _, place = key.partition("|")
            cell, _, heading = place.rpartition("|")
            sheet, _, row = cell.rpartition("!")
            if name != "cell" or heading not in headings or not row.isdecimal():
                continue
            if str(typed) != request.POST.get(f"was|{place}", ""):
                known[sheet, int(row), heading] = str(typed)[:1_000]
        batch.edits = [[*place, typed] for place, typed in known.items()]

    return _change_draft(request, pk, act)


@allow("import_rows")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One doubt (``row``, ``question``, ``answer``), or every open one (``answer_all``)."""

    def act(batch: ImportBatch, kind: Kind) -> None:
        answer = request.POST.get("answer", "")
        if request.POST.get("row"):
            key, question = request.POST["row"], request.POST.get("question", "")
            if answer:
                batch.decisions[key] = {"question": question, "answer": answer}
            else:
                batch.decisions.pop(key, None)
        elif all_answer := request.POST.get("answer_all", ""):
            _answer_all(batch, kind, all_answer, seen_by(request))

    return _change_draft(request, pk, act)


def _answer_all(batch: ImportBatch, kind: Kind, answer: str, when: When) -> None:
    """Every open doubt: with ``answer`` where the doubt knows it, else as it is."""
    for outcome in shown(batch, kind, source_of(batch), when).preview.outcomes:
        if outcome.shown != State.DOUBTFUL:
            continue
        known = {value for doubt in outcome.doubts for value, _ in doubt.answers}
        if known and answer not in known and answer != "skip":
            continue
        given = answer if answer in known or answer == "skip" else "accept"
        batch.decisions[outcome.row.key] = {"question": outcome.question, "answer": given}


@allow("import_rows")
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Reads and checks the file again, and saves it if nothing has changed since the preview."""
    batch, kind = batch_for(request, pk)
    if batch.state != BatchState.DRAFT or str(batch.revision) != request.POST.get("revision"):
        messages.warning(request, STALE)
        return redirect("imports:batch", batch.pk)
    expected, rows = request.POST.get("fingerprint", ""), request.POST.get("rows", "0")
    if rows.isdecimal() and int(rows) > LONG:
        return streamed(request, batch, lambda progress: _save(batch, kind, request.user, expected, progress))
    level, words = _save(batch, kind, request.user, expected)
    messages.add_message(request, level, words)
    return redirect("imports:batch", batch.pk)


def _save(batch: ImportBatch, kind: Kind, user: Any, expected: str, *progress: Any) -> tuple[int, str]:
    """Saves and says how it went."""
    options: dict[str, Any] = {"progress": progress[0]} if progress else {}
    # Saved, it is not shown again; refused, it must be read anew. Afterwards its key is another.
    forget(key_of(batch, When(today(), user, now())))
    try:
        with transaction.atomic():
            draft = locked(batch)
            if draft.state != BatchState.DRAFT or draft.revision != batch.revision:
                return messages.WARNING, STALE
            source = source_of(draft)
            _, preview = commit(
                kind, source, user=user, today=today(), now=now(), batch=draft, expected=expected, **options
            )
    except NotReady as refused:
        if refused.changed:
            return (
                messages.WARNING,
                "확인하신 뒤에 자료가 바뀌어 결과가 달라졌습니다. 아무것도 저장하지 않았습니다. 다시 확인해 주십시오.",
            )
        return messages.WARNING, "고치거나 정할 줄이 남아 있어 아무것도 저장하지 않았습니다."
    except Unreadable as error:
        return messages.ERROR, f"아무것도 저장하지 않았습니다. {error}"
    return messages.SUCCESS, saved_words(preview.counts)


def saved_words(counts: Counts) -> str:
    return f"저장했습니다: 새로 {counts.new:,}줄, 바뀜 {counts.changed:,}줄, 그대로 {counts.unchanged:,}줄."


@allow("import_rows")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a draft up; nothing was saved by it."""

    def act(batch: ImportBatch, kind: Kind) -> None:
        forget(key_of(batch, seen_by(request)))
        batch.state = BatchState.DROPPED

    _change_draft(request, pk, act)
    messages.success(request, "가져오기를 그만두었습니다. 저장한 것은 없습니다.")
    return redirect("imports:list")


@allow("import_rows")
@require_http_methods(["GET", "HEAD", "POST"])
def undo_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, then takes the whole import back; rows changed since are listed instead."""
    batch, kind = batch_for(request, pk)
    form = VoidForm(request.POST or None)
    blocked: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            number = undo(batch, kind, request.user, form.cleaned_data["reason"], now())
        except CannotUndo as refused:
            blocked = refused.rows
        else:
            messages.success(request, f"가져오기를 되돌렸습니다: {number:,}건.")
            return redirect("imports:batch", batch.pk)
    return render(
        request, "imports/undo.html", {"batch": batch, "kind": kind, "form": form, "blocked": blocked}
    )
