"""All checks over pledges, and their findings with the explanations that stand beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pledges.models import Pledge, ReconcileNote
from pledges.reconciling import (
    document,
    instalments,
    late,
    log_amounts,
    log_order,
    log_payments,
    markets,
    money,
    names,
    openings,
    payees,
    payments,
    plan,
    registers,
    results,
    shares,
    units,
)
from pledges.reconciling.batch import Batch, Facts
from pledges.reconciling.model import Finding, Line
from pledges.then import each_as_it_stood

Check = Callable[[Facts], Iterator[Finding]]

SUBJECTS = (
    log_amounts, log_payments, money, units, openings, registers, results, plan, shares, payments, instalments, payees,
    names, log_order, markets, late, document,
)  # fmt: skip
CHECKS: tuple[Check, ...] = tuple(check for subject in SUBJECTS for check in subject.CHECKS)


def findings(pledge: Pledge, as_of: date) -> list[Finding]:
    """What does not add up on ``as_of``, the most serious first. The number of queries is constant."""
    return findings_of([pledge], as_of)[pledge.pk]


def findings_of(pledges: Sequence[Pledge], as_of: date) -> dict[int, list[Finding]]:
    """`findings` of many pledges of one term, by their keys, in as many queries as of one."""
    found: dict[int, list[Finding]] = {}

    def load(mine: Sequence[Pledge], _: Sequence[date]) -> None:
        batch = Batch(list(mine), as_of)
        found.update((pledge.pk, _findings(Facts(pledge, batch))) for pledge in batch.pledges)

    each_as_it_stood(pledges, [as_of], load)
    return found


def _findings(facts: Facts) -> list[Finding]:
    found = [finding for check in CHECKS for finding in check(facts)]
    return sorted(found, key=lambda finding: finding.severity.rank)


def lines_of(pledges: Sequence[Pledge], as_of: date) -> dict[int, list[Line]]:
    """The findings of each pledge with their explanations."""
    notes = {
        (note.pledge_id, note.key): note
        for note in ReconcileNote.objects.live().filter(pledge__in=pledges).select_related("pledge")
    }
    return {
        pk: [Line(finding, notes.get((pk, finding.key))) for finding in found]
        for pk, found in findings_of(pledges, as_of).items()
    }


def unexplained_serious(pledge: Pledge, as_of: date) -> list[Finding]:
    """중대 findings that nobody has explained: a quarter is closed after they are fixed or explained."""
    return [finding for _, finding in blockers([pledge], as_of)]


def blockers(pledges: Sequence[Pledge], as_of: date) -> list[tuple[Pledge, Finding]]:
    """What keeps a quarter from being closed on ``as_of``: every unexplained 중대 finding of every pledge."""
    lines = lines_of(pledges, as_of)
    return [(pledge, line.finding) for pledge in pledges for line in lines[pledge.pk] if line.blocks]


def footnotes(pledge: Pledge, as_of: date) -> list[str]:
    """Explanations that are to be printed below the card, while the difference they explain stands.

    One query where there is none, so that a card may ask every time.
    """
    if not ReconcileNote.objects.live().filter(pledge=pledge, printed=True).exists():
        return []
    lines = lines_of([pledge], as_of)[pledge.pk]
    return [
        f"※ {line.finding.where}: {line.note.text}"
        for line in lines
        if line.note and line.note.printed and line.is_explained
    ]
