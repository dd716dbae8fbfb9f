"""What the document printed and the data cannot confirm (``DocumentNote``)."""

from __future__ import annotations

from collections.abc import Iterator

from pledges.reconciling import links
from pledges.reconciling.batch import Facts
from pledges.reconciling.model import Amount, Finding, Severity


def printed_otherwise(facts: Facts) -> Iterator[Finding]:
    """Figures of the imported document that differ from what is computed of the same document."""
    for note in facts.batch.document_notes.get(facts.pledge.pk, ()):
        yield Finding(
            "document",
            f"document:{note.pk}",
            Severity.WARNING,
            f"문서 {note.place}" if note.place else "문서",
            note.text or "문서에 인쇄된 값이 계산한 값과 다릅니다.",
            Amount("문서의 값", note.printed),
            Amount("계산한 값", note.computed),
            "문서의 값이 틀렸으면 설명을 적고, 읽은 값이 틀렸으면 그 값을 고치세요.",
            links.of_pledge("card", facts.pledge),
        )


CHECKS = (printed_otherwise,)
