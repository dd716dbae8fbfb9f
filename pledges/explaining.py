"""설명: the words that let a serious finding stand; kept with the pledge, in versions (``ReconcileNote``)."""

from __future__ import annotations

from pledges.models import Pledge, ReconcileNote
from pledges.reconciling import Finding


def explain(pledge: Pledge, finding: Finding, text: str) -> ReconcileNote:
    """Writes or rewrites the explanation of ``finding``, with the difference it explains; in a transaction."""
    rows = ReconcileNote.objects.live().select_for_update().filter(pledge=pledge, key=finding.key)
    note = rows.first()
    if note is None:
        return ReconcileNote.objects.create(pledge=pledge, key=finding.key, text=text, gap=finding.difference)
    note.text, note.gap, note.revision = text, finding.difference, note.revision + 1
    note.save()
    return note
