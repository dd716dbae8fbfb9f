"""도입 전 누계: correct it, replace it by its details, or set it anew at a later day, each with a reason (DOMAIN §4.6).

The figure of an opening is never overwritten: the old row is voided with the reason and a new one takes its place,
so that the audit sees both. Closed cards do not move. Shown by ``templates/common/_openings.html``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from common.checkpoints import Itemised
from common.fields import DayField
from common.models import Opening, OpeningMethod
from common.voiding import AlreadyVoid, void

Row = TypeVar("Row", bound=Opening)

# Action in the address → its name, and what the page says it does.
ACTIONS = {
    "correct": ("정정", "수치가 잘못되었을 때 바로잡습니다. 지금 값은 사유와 함께 무효로 남습니다."),
    "details": ("상세로 대체", "상세 등록의 합계를 도입 전 누계로 삼습니다. 미등록분과 초과가 없어집니다."),
    "renew": (
        "새 기준일로",
        "뒤의 어느 날 수치를 새로 정합니다. 그날부터 새 값에서 셉니다. 지금 값은 그대로 남습니다.",
    ),
}


@dataclass(frozen=True)
class OpeningFigure:
    """One figure of an opening beside its details, both in ``unit``."""

    label: str
    unit: str
    itemised: Itemised


@dataclass(frozen=True)
class OpeningRow:
    """An opening as `common/_openings.html` shows it. ``url``: where ``correct/``, ``details/``, ``renew/`` follow."""

    opening: Opening
    what: str
    figures: Sequence[OpeningFigure]
    url: str = ""


def correct(opening: Row, user: Any, reason: str, **figures: Any) -> Row:
    """정정: voids ``opening`` and puts one with ``figures`` in its place. AlreadyVoid if somebody else did first."""
    return _replace(opening, user, reason, OpeningMethod.CORRECTED, figures)


def replace_by_details(opening: Row, user: Any, reason: str, **figures: Any) -> Row:
    """상세로 대체: as `correct`, where ``figures`` are the sums of the details."""
    return _replace(opening, user, reason, OpeningMethod.DETAILS, figures)


@transaction.atomic
def renew(opening: Row, user: Any, reason: str, on: date, **figures: Any) -> Row:
    """새 기준일로: another opening at the later day ``on``; this one stays. ValueError if ``on`` is not later."""
    if on <= opening.on:
        raise ValueError("A renewed opening holds at a later day.")
    return _new(opening, user, reason, OpeningMethod.RENEWED, {**figures, "on": on})


@transaction.atomic
def _replace(opening: Row, user: Any, reason: str, method: OpeningMethod, figures: Mapping[str, Any]) -> Row:
    if opening.closed:
        raise ValueError("A closed figure moves by a correction version of its quarter only.")
    void(opening, user, reason)
    return _new(opening, user, reason, method, figures)


def _new(opening: Row, user: Any, reason: str, method: OpeningMethod, values: Mapping[str, Any]) -> Row:
    fresh: Any = type(opening)(**{name: getattr(opening, name) for name in _identity(opening)} | dict(values))
    fresh.method, fresh.reason = method, reason.strip()
    fresh._history_user, fresh._change_reason = user, f"{method.label}: {reason.strip()}"[:100]
    fresh.save()
    return fresh


def _identity(opening: Opening) -> list[str]:
    """What a new row takes over: all but its key, its edit version and its voiding."""
    own = {"id", "revision", "voided_at", "voided_by", "void_reason", "method", "reason", "closed"}
    return [field.attname for field in opening._meta.concrete_fields if field.name not in own]


class ActionForm(forms.Form):
    """The question of an action: figures (not for 상세로 대체), the later day (for 새 기준일로), source and reason."""

    use_required_attribute = False
    source = forms.CharField(
        label="출처", max_length=200, required=False, help_text="예: 2024. 6. 사회적경제기업 현황"
    )
    reason = forms.CharField(label="사유", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, opening: Opening, action: str, fields: Mapping[str, forms.Field], data: Any) -> None:
        super().__init__(data, label_suffix="")
        self.opening, self.names = opening, list(fields) if action != "details" else []
        for name in self.names:
            self.fields[name] = fields[name]
            self.initial[name] = getattr(opening, name)
        if action == "renew":
            self.fields["on"] = DayField(label="새 기준일", help_text="그날 하루가 끝난 때의 수치입니다.")
        self.order_fields(["on", *self.names, "source", "reason"])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on <= self.opening.on:
            raise ValidationError("지금 기준일보다 뒤여야 합니다. 같은 날의 수치를 고치려면 ‘정정’을 쓰세요.")
        names = set(_identity(self.opening)) - {"on", "source", *self.names}
        same = {name: getattr(self.opening, name) for name in names} | {"on": on, "closed": False}
        if type(self.opening)._default_manager.filter(**same, voided_at__isnull=True).exists():
            raise ValidationError("그 기준일의 도입 전 누계가 이미 있습니다. 그것을 정정하세요.")
        return on

    @property
    def figures(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.names}


def opening_view(
    request: HttpRequest,
    opening: Opening,
    action: str,
    *,
    row: OpeningRow,
    fields: Mapping[str, forms.Field],
    details: Mapping[str, Any],
    back: str,
) -> HttpResponse:
    """Asks for and does one of ACTIONS, then goes to ``back``.

    row: the opening as shown. fields: a form field for each figure, by the model's field name. details: the sums
    of the details for 상세로 대체, by the same names.
    """
    if action not in ACTIONS or opening.closed:
        raise Http404
    form = ActionForm(opening, action, fields, request.POST or None)
    if request.method == "POST" and form.is_valid():
        _act(request, opening, action, form, details, row)
        return redirect(back)
    name, text = ACTIONS[action]
    context = {
        "form": form,
        "row": row,
        "rows": [row],
        "action": action,
        "name": name,
        "text": text,
        "back": back,
    }
    return render(request, "common/opening_action.html", context)


def _act(
    request: HttpRequest,
    opening: Opening,
    action: str,
    form: ActionForm,
    details: Mapping[str, Any],
    row: OpeningRow,
) -> None:
    reason, source = form.cleaned_data["reason"], form.cleaned_data["source"]
    named = {"source": source} if source else {}
    try:
        if action == "correct":
            correct(opening, request.user, reason, **form.figures, **named)
        elif action == "details":
            replace_by_details(opening, request.user, reason, **details, **named)
        else:
            renew(opening, request.user, reason, form.cleaned_data["on"], **form.figures, **named)
    except (AlreadyVoid, IntegrityError):
        messages.warning(
            request, f"‘{row.what}’의 도입 전 누계를 다른 사람이 먼저 고쳤습니다. 새 값을 확인하세요."
        )
    else:
        messages.success(request, f"‘{row.what}’의 도입 전 누계를 고쳤습니다({ACTIONS[action][0]}).")
