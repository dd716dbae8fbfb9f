"""A table of a sheet: where its headings stand, what they mean, and how the officer wanted it read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from common.importing import Headings
from documents.reading.book import Sheet


@dataclass(frozen=True)
class Layouts:
    """What the officer chose: ``remembered`` gives for a layout the mapping heading → our heading (or "")."""

    remembered: Callable[[tuple[str, ...]], Mapping[str, str] | None] = lambda layout: None
    header_rows: Mapping[str, int] = field(default_factory=dict)
    sheets: Sequence[str] | None = None
    mobiles: bool = False


@dataclass(frozen=True)
class Table:
    """One sheet's table. ``first_row`` is the first row below the headings."""

    sheet: Sheet
    headings: Headings
    header_row: int
    first_row: int
    unit: str = ""
    # 0: to the end of the sheet; else another table begins below it.
    last_row: int = 0
    # What stands above a table that is not the first of its sheet.
    title: str = ""

    @property
    def units(self) -> dict[str, str]:
        """The money unit of every money column: its own, else the corner's."""
        columns = self.headings.columns.items()
        return {
            column.heading: self.headings.units.get(place, self.unit)
            for place, column in columns
            if column.money
        }
