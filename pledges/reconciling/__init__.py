"""대사: what does not add up in a pledge's card and the records behind it, before it goes out (DOMAIN §3, §4, §10).

Each module has one subject, each check is one function of ``Facts``; what they read is fetched once for any number of
pledges. Findings are computed, never stored; only their explanations are (``ReconcileNote``).
"""

from pledges.reconciling.model import Amount, Finding, Line, Severity
from pledges.reconciling.reconcile import (
    blockers,
    findings,
    findings_of,
    footnotes,
    lines_of,
    unexplained_serious,
)

__all__ = [
    "Amount",
    "Finding",
    "Line",
    "Severity",
    "blockers",
    "findings",
    "findings_of",
    "footnotes",
    "lines_of",
    "unexplained_serious",
]
