"""``read_card``: the text of a pledge card, to what it says. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from .basis import read_day, read_term
from .cells import Cells
from .checks import check
from .document import Document
from .doubts import ask_about_units
from .execution import read_execution
from .faults import Faults, Unplaced
from .front import read_front
from .guesses import guess
from .indicators import read_indicators
from .lengths import fit
from .log import read_logs
from .model import ReadCard
from .narrative import read_narrative
from .plan import read_programs
from .present import read_present
from .reading import Reading
from .support import read_support
from .units import Units

# In this order: each takes what it understands, the narrative what is left.
RECOGNISERS: tuple[Callable[[Reading], None], ...] = (
    read_front,
    read_support,
    read_present,
    read_programs,
    read_indicators,
    read_execution,
    read_logs,
    read_narrative,
)


@dataclass(frozen=True)
class Options:
    """What the officer says beside the document; ``aggregations`` by indicator number."""

    term: str = ""
    as_of: date | None = None
    units: Mapping[str, str] = field(default_factory=dict)
    aggregations: Mapping[int, str] = field(default_factory=dict)


@dataclass
class Read:
    """A reading: the card, its faults, what found no place, and where each line went."""

    card: ReadCard
    faults: Faults
    unplaced: list[Unplaced]
    lines: list[tuple[int, str, str]]
    units: dict[str, str]


def read_card(text: str, options: Options, today: date | None = None) -> Read:
    """Everything ``text`` says. Faults are collected, never raised."""
    faults = Faults()
    doc = Document(text, faults)
    units = Units(faults, dict(options.units))
    reading = Reading(doc, faults, Cells(faults), units, options.term, options.as_of, today)
    if faults.errors:
        # Too long to be a card: nothing of it was looked at.
        pass
    elif all(line.is_blank for line in doc.lines):
        faults.error(0, "글이 비어 있습니다. 공약카드의 글을 넣어 주십시오.")
    else:
        _recognise(reading, options)
    lines = [(line.no, line.text, doc.taken.get(line.no, "")) for line in doc.lines]
    return Read(reading.card, faults, doc.unplaced(), lines, units.met)


def _recognise(reading: Reading, options: Options) -> None:
    for recognise in RECOGNISERS:
        recognise(reading)
    fit(reading)
    read_term(reading)
    read_day(reading)
    for no, aggregation in options.aggregations.items():
        if row := reading.card.indicator(no):
            row.aggregation = aggregation
    guess(reading)
    reading.units.report_unused()
    if reading.card.term is None:
        reading.faults.error(0, "임기를 알 수 없습니다. ‘민선8기’처럼 임기를 정해 주십시오(--term).")
    if not reading.faults.errors:
        # What a misread cell leaves open does not add up either; the error says enough.
        check(reading)
        ask_about_units(reading)
