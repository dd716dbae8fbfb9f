"""What the reports about pledges share: which term, which pledges, their rows."""

from __future__ import annotations

from typing import Any

from django import forms

from pledges import dashboard
from pledges.dashboard import Row
from pledges.models import Pledge, Status, Term
from pledges.reports.model import Question, ReportFilters


class TermFilters(ReportFilters):
    """Pledges of one term: without a choice, of the one that pages open with on the period's last day."""

    term = forms.ModelChoiceField(
        Term.objects.all(), label="임기", to_field_name="name", empty_label="기준일의 임기"
    )
    status = forms.ChoiceField(label="추진상황", choices=[("", "전체"), *Status.choices])


def term_of(question: Question) -> Term | None:
    term: Term | None = question.chosen.get("term") or Term.objects.shown_on(question.last)
    return term


def rows_of(question: Question) -> tuple[Term | None, list[Row]]:
    """The pledges that were asked for, with their figures at the period's end."""
    term = term_of(question)
    if term is None:
        return None, []
    pledges: Any = Pledge.objects.in_term(term).with_card()
    if status := question.chosen.get("status"):
        pledges = pledges.filter(status=status)
    return term, dashboard.rows_of(list(pledges.prefetch_related("secured")), question.last)


def secured_of(pledge: Pledge, after_term: bool | None = None) -> dict[str, int]:
    """확보액 in won by source; of the years within the term, after it, or (None) of all."""
    found: dict[str, int] = {}
    for row in pledge.secured.all():
        late = row.year > pledge.term.ends_on.year
        if not row.is_void and after_term in (None, late):
            found[row.source] = found.get(row.source, 0) + row.amount
    return found


def status_words(pledge: Pledge) -> str:
    return pledge.get_status_display() or "-"
