"""The list of imports, uploading, and what helps with it: templates and examples."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.importing import Source
from accounts.importing.saving import new_batch
from accounts.models import ImportBatch
from accounts.permissions import allow
from common.clock import now
from common.importing import Kind
from common.listing import listed
from documents.responses import file_response
from pledges.forms.imports import UploadForm
from pledges.importing import DOWNLOADS, KINDS
from pledges.importing.examples import EXAMPLES
from pledges.importing.templates import template_book


def kind_named(code: str) -> Kind:
    """Http404 for an unknown kind."""
    if code not in KINDS:
        raise Http404("그런 종류의 가져오기는 없습니다.")
    return KINDS[code]


@allow("view")
@require_safe
def batch_list(request: HttpRequest) -> HttpResponse:
    rows = ImportBatch.objects.select_related("created_by", "saved_by", "undone_by").exclude(state="dropped")
    listing = listed(request, rows.defer("edits", "decisions"), {"at": ("created_at",)}, default="-at")
    batches = [(batch, KINDS[batch.kind]) for batch in listing.page if batch.kind in KINDS]
    context = {"listing": listing, "batches": batches}
    context["kinds"] = [(kind, DOWNLOADS[code]) for code, kind in KINDS.items()]
    return render(request, "imports/list.html", context)


@allow("import_rows")
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, code: str) -> HttpResponse:
    kind = kind_named(code)
    form = UploadForm(request.POST or None, request.FILES or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        return redirect("imports:batch", _draft(request, kind, form).pk)
    context = {"kind": kind, "form": form, "examples": EXAMPLES.get(code, ())}
    return render(request, "imports/upload.html", context)


def _draft(request: HttpRequest, kind: Kind, form: UploadForm) -> ImportBatch:
    told: dict[str, Any] = form.cleaned_data
    source = Source(
        told["content"], told["name"], told["is_pasted"], unit=told.get("unit", ""), given=form.given
    )
    return new_batch(kind, source, request.user, now())


@allow("view")
@require_safe
def template(request: HttpRequest, code: str) -> HttpResponse:
    """An empty sheet of the kind, with its columns explained."""
    kind = kind_named(code)
    stream = BytesIO()
    template_book(kind).save(stream)
    return file_response(stream.getvalue(), f"{kind.label} 서식", "xlsx")


@allow("view")
@require_safe
def example(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A small made-up file in the layout of a public list."""
    known = {each.file for each in EXAMPLES.get(code, ())}
    if name not in known:
        raise Http404("그런 예시 파일은 없습니다.")
    path = Path(settings.BASE_DIR) / "fixtures" / "imports" / name
    return file_response(path.read_bytes(), path.stem, path.suffix[1:])
