"""The pure part of every import: columns as data, rows, faults, doubts, outcomes. No Django, no clock, no file."""

from common.importing.columns import Column, Kind, Options
from common.importing.headings import Headings, bare, normal
from common.importing.outcomes import (
    Change,
    Checked,
    Counts,
    Doubt,
    Fault,
    Outcome,
    Row,
    State,
    cell_name,
    changes_between,
    count,
)
from common.importing.parsing import Parsed, parse

__all__ = [
    "Change",
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
    "changes_between",
    "count",
    "normal",
    "parse",
]
