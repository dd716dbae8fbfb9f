"""The look of a sheet: 맑은 고딕, thin borders, grey headings. Styles are made once per workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from documents.cells import UNPRINTABLE

FONT = "맑은 고딕"
THIN = Side(style="thin", color="FF7F7F7F")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADE = PatternFill("solid", start_color="FFE9EDF3")
TOTAL_SHADE = PatternFill("solid", start_color="FFF6F7FA")


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
    """Looks as openpyxl's style records; a record is made at the first cell that looks so."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.made: dict[Look, Any] = {}

    def cell(self, value: Any, look: Look) -> Any:
        """A cell for a write-only sheet. Text that begins like a formula stays text, also when edited."""
        if isinstance(value, str):
            value = UNPRINTABLE.sub("", value)
        looks_like_formula = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
        if looks_like_formula:
            look = Look(**{**look.__dict__, "quoted": True})
        cell = WriteOnlyCell(self.sheet, value)
        if looks_like_formula:
            cell.data_type = "s"
        cell._style = self._record(look)
        return cell

    def formula(self, formula: str, look: Look) -> Any:
        cell = WriteOnlyCell(self.sheet, f"={formula}")
        cell._style = self._record(look)
        return cell

    def _record(self, look: Look) -> Any:
        if look not in self.made:
            # openpyxl has no public way to share a style between cells, and 100,000 rows need one.
            self.made[look] = self._make(look)._style
        return self.made[look]

    def _make(self, look: Look) -> Any:
        cell = WriteOnlyCell(self.sheet)
        cell.font = Font(name=FONT, size=look.size, bold=look.bold or look.head)
        cell.alignment = Alignment(
            horizontal=look.align, vertical=look.vertical, wrap_text=True, indent=look.indent
        )
        cell.number_format = look.code
        if look.boxed:
            cell.border = BOX
        if look.head:
            cell.fill = SHADE
        elif look.shade:
            cell.fill = TOTAL_SHADE
        cell.quotePrefix = look.quoted
        return cell
