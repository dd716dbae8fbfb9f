"""What the entry pages of this app share: show the form, save it, say so, go on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.voiding import void_view
from enterprises.referring import StillUsed, void_unused


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: str,
    parent: str,
    back: str,
    note: str = "",
    firms: Sequence[str] = (),
) -> HttpResponse:
    """One VersionedForm (given ``posted(request)``) on one page; saved, it goes ``back``.

    note: a line above the form. firms: names suggested for an enterprise.
    """
    if request.method == "POST" and form.saves():
        messages.success(request, f"{title}: 저장했습니다.")
        return redirect(back)
    context = {"form": form, "title": title, "parent": parent, "back": back, "note": note, "firms": firms}
    return render(request, "subsidies/form.html", context)


def void_unused_page(request: HttpRequest, row: Any, *, what: str, back: str) -> HttpResponse:
    """`common.voiding.void_view`; refused in words while live records refer to ``row``."""
    try:
        return void_view(request, row, what=what, back=back, undo=void_unused)
    except StillUsed as refusal:
        messages.error(request, f"‘{what}’을(를) 쓰는 기록이 있어 무효 처리하지 않았습니다. {refusal}")
        return redirect(back)


def posted(request: HttpRequest) -> Any:
    """The posted values, or None while the page is only shown."""
    return request.POST if request.method == "POST" else None
