"""The look of a sheet: 맑은 고딕, thin borders, grey headings. Styles are made once per workbook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from documents.cells import Value
from documents.xlsx_rows import Put

FONT = "맑은 고딕"
THIN = Side(style="thin", color="FF7F7F7F")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADE = PatternFill("solid", start_color="FFE9EDF3")
TOTAL_SHADE = PatternFill("solid", start_color="FFF6F7FA")
DANGEROUS = frozenset("=+-@\t\r")


@dataclass(frozen=True)
class Look:
    """Everything that makes one cell look different from another."""

    code: str = "General"
    align: str = "left"
    vertical: str = "center"
    boxed: bool = True
    head: bool = False
    bold: bool = False
    size: float = 10
    indent: int = 0
    shade: str = ""
    quoted: bool = False


class Styles:
    """The numbers of a workbook's styles; a style is made at the first cell that looks so."""

    def __init__(self, ws: Any) -> None:
        self.ws = ws
        self.made: dict[Look, int] = {}

    def put(self, value: Value, look: Look, formula: str = "") -> Put:
        """A cell. Text that begins like a formula stays text also when somebody edits it."""
        if isinstance(value, str) and value[:1] in DANGEROUS and not formula:
            look = replace(look, quoted=True)
        return Put(self.number(look), value, formula)

    def number(self, look: Look) -> int:
        if look not in self.made:
            self.made[look] = self._make(look)
        return self.made[look]

    def _make(self, look: Look) -> int:
        cell = Cell(self.ws, row=1, column=1)
        cell.font = Font(name=FONT, size=look.size, bold=look.bold or look.head)
        # A figure that does not fit shrinks; wrapped, it would print as ####.
        figure = look.code not in ("General", "@")
        cell.alignment = Alignment(
            horizontal=look.align,
            vertical=look.vertical,
            wrap_text=not figure,
            shrink_to_fit=figure,
            indent=look.indent,
        )
        cell.number_format = look.code
        if look.boxed:
            cell.border = BOX
        if look.head:
            cell.fill = SHADE
        elif look.shade:
            cell.fill = TOTAL_SHADE
        cell.quotePrefix = look.quoted
        return int(cell.style_id)
