"""One import: its preview while it is a draft, its result afterwards."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import log_access
from accounts.importing import Source, look, source_of
from accounts.importing.reading import Progress, silent
from accounts.models import BatchState, ImportBatch
from accounts.permissions import allow, can, refusal
from common.clock import now, today
from common.importing import Kind, State
from common.listing import refuse_unknown
from documents.reading import Unreadable
from documents.reading.marked import marked
from documents.responses import file_response
from pledges.forms.imports import ReadingForm
from pledges.importing.kept import Shown, When, is_big, is_kept, shown
from pledges.importing.preview import LEAVE_OUT, MappedSheet, mapped_sheets, shown_rows, tabs
from pledges.importing.progress import Said, streamed
from pledges.importing.reporting import marks_of
from pledges.views.imports.upload import kind_named

PAGE = 50


def batch_for(request: HttpRequest, pk: int) -> tuple[ImportBatch, Kind]:
    """The import and its kind. 404 without it; only who imports sees a draft."""
    batch = get_object_or_404(
        ImportBatch.objects.select_related("file", "created_by", "saved_by", "undone_by"), pk=pk
    )
    if batch.state == BatchState.DRAFT and not can(request.user, "import_rows"):
        raise PermissionDenied(refusal("import_rows"))
    return batch, kind_named(batch.kind)


@allow("view")
@require_safe
def batch_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    batch, kind = batch_for(request, pk)
    if batch.state != BatchState.DRAFT:
        return render(
            request,
            "imports/result.html",
            {"batch": batch, "kind": kind, "may_undo": may_undo(request, batch)},
        )
    refuse_unknown(request, {"state", "page", "edit"})
    source = source_of(batch)
    context = {"batch": batch, "kind": kind, "form": reading_form(batch, kind), "leave_out": LEAVE_OUT}
    when = seen_by(request)
    if is_big(source) and not is_kept(batch, when):
        return streamed(request, batch, lambda told: _read(batch, kind, source, when, told), "reading")
    try:
        found = shown(batch, kind, source, when)
    except Unreadable as error:
        context |= {"sheets": _sheets(kind, source), "error": str(error)}
        return render(request, "imports/unread.html", context)
    return render(request, "imports/preview.html", context | _preview_context(request, found, kind, source))


def seen_by(request: HttpRequest) -> When:
    """Now, by the one who looks."""
    return When(today(), request.user, now())


def _read(batch: ImportBatch, kind: Kind, source: Source, when: When, progress: Progress) -> Said:
    """Reads a big file while its page shows how far it has come; the next page finds what was read."""
    try:
        shown(batch, kind, source, when, progress)
    except Unreadable as error:
        return messages.WARNING, str(error)
    return messages.SUCCESS, "다 읽었습니다."


def _sheets(kind: Kind, source: Source) -> list[MappedSheet]:
    with suppress(Unreadable):
        return list(mapped_sheets(source.book(), kind, source))
    return []


def may_undo(request: HttpRequest, batch: ImportBatch) -> bool:
    return batch.state == BatchState.SAVED and can(request.user, "import_rows")


def reading_form(batch: ImportBatch, kind: Kind) -> ReadingForm:
    return ReadingForm(initial={"unit": batch.unit, "designation": batch.given.get("유형", "")}, kind=kind)


def _preview_context(request: HttpRequest, found: Shown, kind: Kind, source: Source) -> dict[str, Any]:
    state, preview = request.GET.get("state", ""), found.preview
    chosen = [outcome for outcome in preview.outcomes if not state or outcome.shown == state]
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    here = list(page.object_list)
    texts = found.cells(kind, source, [outcome.row for outcome in here])
    special = {answer for outcome in preview.outcomes for doubt in outcome.doubts for answer in doubt.answers}
    return {
        "preview": preview,
        "counts": preview.counts,
        "tabs": tabs(preview),
        "state": state,
        "page": page,
        "headings": found.headings,
        "given": source.given,
        "sheets": found.sheets,
        "several": found.several,
        "rows": shown_rows(here, kind, found.headings, texts, source.given),
        "edited": request.GET.get("edit", ""),
        "all_answers": [
            ("accept", "모두 그대로 저장"),
            *((value, f"모두 ‘{label}’") for value, label in sorted(special)),
        ],
        "has_doubts": any(outcome.shown == State.DOUBTFUL for outcome in preview.outcomes),
        "notes": preview.warnings,
    }


@allow("import_rows")
@require_safe
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came."""
    batch, _ = batch_for(request, pk)
    log_access(request, f"가져온 파일: {batch.name}", "가져온 파일 내려받기")
    name, _, ending = batch.name.rpartition(".")
    kind = ending.lower() if ending.lower() in ("xlsx", "csv", "xls") else "csv"
    return file_response(bytes(batch.file.content), name or batch.name, kind)


@allow("import_rows")
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The same file back, with what was found marked in it."""
    batch, kind = batch_for(request, pk)
    source: Source = source_of(batch)
    log_access(request, f"가져온 파일: {batch.name}", "확인 결과 내려받기")
    preview = look(kind, source, today(), silent, request.user, now())
    content = marked(source.content if not source.pasted else b"", source.book(), marks_of(preview))
    return file_response(content, f"{batch.name.rpartition('.')[0] or batch.name} 확인", "xlsx")
