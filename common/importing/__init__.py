"""The pure part of every import: columns as data, rows, faults, doubts, outcomes. No Django, no clock, no file."""

from common.importing.columns import Column, Kind, Options, words
from common.importing.headings import Headings, bare, normal
from common.importing.outcomes import (
    Change,
    Changed,
    Checked,
    Counts,
    Doubt,
    Fault,
    Outcome,
    Row,
    State,
    cell_name,
    changed,
    count,
    in_words,
    same,
)
from common.importing.parsing import Parsed, parse

__all__ = [
    "Change",
    "Changed",
    "Checked",
    "Column",
    "Counts",
    "Doubt",
    "Fault",
    "Headings",
    "Kind",
    "Options",
    "Outcome",
    "Parsed",
    "Row",
    "State",
    "bare",
    "cell_name",
    "changed",
    "count",
    "in_words",
    "normal",
    "parse",
    "same",
    "words",
]
