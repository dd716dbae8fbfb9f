"""What the register's pages share: a form on its own page, and the refusal to void what is in use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from common.editing import VersionedForm
from common.voiding import void_view
from enterprises.referring import StillUsed, references, void_unused

FORM = "enterprises/form.html"


def to_edit(request: HttpRequest, rows: QuerySet[Any], pk: int) -> Any:
    """The row to be edited. A voided one is not found, unless it was voided while its form was open: then the form
    says so, and what was typed stays."""
    row = get_object_or_404(rows, pk=pk)
    if row.is_void and request.method == "GET":
        raise Http404
    return row


def form_page(
    request: HttpRequest,
    form: VersionedForm,
    *,
    heading: str,
    back: str,
    parent: str,
    done: Callable[[Any], str],
    told: Callable[[Any], str] = str,
    template: str = FORM,
    **context: Any,
) -> HttpResponse:
    """Shows ``form``, or saves it and goes to ``done(instance)``.

    back: the page named ``parent`` above it. told: how the message names what was saved.
    """
    if request.method == "POST" and form.saves():
        messages.success(request, f"‘{told(form.instance)}’을(를) 저장했습니다.")
        return redirect(done(form.instance))
    # The path names the parent already.
    here = heading.removesuffix(f": {parent}").removeprefix(f"{parent} ")
    page = {"form": form, "heading": heading, "here": here, "back": back, "parent": parent}
    return render(request, template, page | context)


def void_unused_page(request: HttpRequest, row: Any, *, what: str, back: str, done: str) -> HttpResponse:
    """Asks why, then voids ``row``; names what still refers to it instead, while something does."""
    try:
        found = references(row)
        if found:
            raise StillUsed(found)
        return void_view(request, row, what=what, back=back, done=done, undo=void_unused)
    except StillUsed as refusal:
        context = {"what": what, "back": back, "references": refusal.references}
        return render(request, "enterprises/void_refused.html", context, status=409)
