"""Deadlines of pledges, and all that is due in the office (DOMAIN §5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from accounts.models import DeadlineRule
from common.due import Due
from common.periods import Quarter
from enterprises import deadlines as enterprise_deadlines
from pledges.models import Term
from pledges.quarters import closed_through
from subsidies import deadlines as subsidy_deadlines

# Older quarters than these are no reminder any more.
LISTED_QUARTERS = 8


def upcoming(on: date) -> list[Due]:
    """Everything that falls due within its notice, soonest first; what is overdue comes before."""
    return sorted([*pledge_deadlines(on), *subsidy_deadlines.due(on), *enterprise_deadlines.due(on)])


def pledge_deadlines(on: date) -> Iterator[Due]:
    """The quarter's results, and the plans of a new term. Two queries."""
    rules = {rule.code: rule for rule in DeadlineRule.objects.filter(active=True)}
    if rule := rules.get("quarter_result"):
        yield from _quarter_result(on, rule)
    if rule := rules.get("term_plan"):
        yield from _term_plans(on, rule)


def _quarter_result(on: date, rule: DeadlineRule) -> Iterator[Due]:
    """Quarters of the running term that have ended and are not closed; the next one once it is near."""
    term = Term.objects.at(on)
    if term is None or not term.pledges.filter(voided_at__isnull=True).exists():
        return
    closed = closed_through(term)
    quarter = Quarter.of(max(term.starts_on, closed + timedelta(days=1)) if closed else on).previous()
    for _ in range(LISTED_QUARTERS):
        quarter = quarter.next()
        day = rule.due_on(quarter.last_day)
        if quarter.last_day > term.ends_on or day - timedelta(days=rule.notice_days) > on:
            return
        yield Due(day, f"{quarter.label} {rule.title}", rule.rule, reverse("pledges:list"))


def _term_plans(on: date, rule: DeadlineRule) -> Iterator[Due]:
    """A new term's plans: counted from the day of taking office, that day included."""
    for term in Term.objects.filter(starts_on__lte=on, ends_on__gte=on):
        day = rule.due_on(term.starts_on) - timedelta(days=1)
        pending = not term.pledges.filter(voided_at__isnull=True, confirmed_plan=True).exists()
        if pending and day - timedelta(days=rule.notice_days) <= on:
            yield Due(day, f"{term} {rule.title}", rule.rule, f"{reverse('pledges:list')}?term={term}")
