"""무효 처리 instead of delete: the record stays, with who, when and why, and leaves every figure."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.clock import now
from common.editing import locked


class AlreadyVoid(Exception):
    """Somebody else voided the record first."""


def void(row: Any, user: Any, reason: str) -> None:
    """Voids `row` (Voidable and Versioned) with a reason. ValueError without one, AlreadyVoid if it was voided."""
    if not reason.strip():
        raise ValueError("A record is voided with a reason.")
    with transaction.atomic():
        current = locked(row)
        if current.is_void:
            raise AlreadyVoid
        current.voided_at, current.voided_by, current.void_reason = now(), user, reason.strip()
        current.revision += 1
        current._change_reason = f"무효: {reason.strip()}"[:100]
        current.save()
    for name in ("voided_at", "voided_by", "void_reason", "revision"):
        setattr(row, name, getattr(current, name))


class VoidForm(forms.Form):
    """The one question asked before voiding."""

    reason = forms.CharField(
        label="사유",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="감사 때 이 사유가 함께 보입니다. 예: 같은 지급을 두 번 입력함",
    )


def void_view(
    request: HttpRequest,
    row: Any,
    *,
    what: str,
    back: str,
    done: str | None = None,
    undo: Callable[[Any, Any, str], None] = void,
) -> HttpResponse:
    """Asks for the reason (GET), then voids `row` and goes to `done`, else `back`.

    what: the record in words, shown in the question. undo: an app's own verb where voiding spans tables.
    """
    form = VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo(row, request.user, form.cleaned_data["reason"])
        except AlreadyVoid:
            messages.warning(request, f"‘{what}’은(는) 이미 무효 처리되어 있습니다.")
        else:
            messages.success(request, f"‘{what}’을(를) 무효 처리했습니다.")
        return redirect(done or back)
    return render(request, "common/void.html", {"form": form, "what": what, "back": back})
