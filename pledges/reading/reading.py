"""What every recogniser works with: the document, the faults, the cells, the units, and the card so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from .cells import Cells
from .document import Document
from .faults import Faults
from .model import ReadCard, ReadIndicator
from .units import Units


@dataclass
class Reading:
    """One reading of one document. ``asked_term`` and ``asked_day`` are what the officer said beside it."""

    doc: Document
    faults: Faults
    cells: Cells
    units: Units
    asked_term: str = ""
    asked_day: date | None = None
    today: date | None = None
    card: ReadCard = field(default_factory=ReadCard)
    # The indicators met in the tables of one title: a table goes on behind a page break.
    seen: dict[str, list[ReadIndicator]] = field(default_factory=dict)
