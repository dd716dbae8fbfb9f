"""What an import says, line by line (contract) and as marks in the file."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.importing import Preview
from common.importing import Outcome
from documents.reading.marked import Mark

# What only needs to be known is told this often; faults and doubts always.
MOST_NOTES = 100


def lines(preview: Preview) -> Iterator[str]:
    """``error: …``, ``doubt: …``, ``warning: …``, in this order; accepted doubts are told as warnings."""
    for fault in preview.faults:
        yield f"error: {one(str(fault))}"
    for outcome in preview.outcomes:
        if outcome.faults:
            continue
        level = "warning" if outcome.answer else "doubt"
        for doubt in outcome.doubts:
            yield f"{level}: {one(f'{place(outcome)}: {doubt.message}')}"
    for warning in preview.warnings:
        yield f"warning: {one(warning)}"
    notes = [f"{place(outcome)}: {note}" for outcome in preview.outcomes for note in outcome.notes]
    for note in notes[:MOST_NOTES]:
        yield f"warning: {one(note)}"
    if len(notes) > MOST_NOTES:
        yield f"warning: 참고할 점이 {len(notes) - MOST_NOTES:,}건 더 있습니다. --report로 모두 볼 수 있습니다."


def one(text: str) -> str:
    """On one line."""
    return " ".join(text.split())


def place(outcome: Outcome) -> str:
    """``명단!5행``."""
    return f"{outcome.row.sheet}!{outcome.row.number}행"


def marks_of(preview: Preview) -> Iterator[Mark]:
    """Everything that was found, where it stands in the file."""
    for outcome in preview.outcomes:
        row = outcome.row
        for fault in outcome.faults:
            words = (
                f"{fault.heading}: {fault.rule} {fault.remedy}"
                if fault.heading
                else f"{fault.rule} {fault.remedy}"
            )
            yield Mark("error", fault.sheet, fault.row, fault.column, words)
        for doubt in outcome.doubts if not outcome.faults else ():
            yield Mark("doubt", row.sheet, row.number, None, doubt.message)
        for note in outcome.notes:
            yield Mark("warning", row.sheet, row.number, None, note)
    for warning in preview.warnings:
        yield Mark("warning", "", 0, None, warning)
