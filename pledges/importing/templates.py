"""The empty sheet of a kind: its headings, and a second sheet that explains them."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from common.importing import Kind

REQUIRED = PatternFill("solid", start_color="D9E6F7")
EXPLAINED = "작성 요령"


def template_book(kind: Kind) -> Workbook:
    """Required headings are coloured. The sheet can be filled in and imported as it is."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = kind.label.replace("/", "·")
    columns = [column for column in kind.columns if not column.extra]
    for place, column in enumerate(columns, start=1):
        cell = sheet.cell(row=1, column=place, value=column.heading)
        cell.font = Font(bold=True)
        cell.alignment = Alignment(horizontal="center")
        if column.required:
            cell.fill = REQUIRED
        sheet.column_dimensions[get_column_letter(place)].width = column.width
    sheet.freeze_panes = "A2"
    _explain(workbook.create_sheet(EXPLAINED), kind)
    return workbook


def _explain(sheet: Any, kind: Kind) -> None:
    sheet.append(["칸", "꼭 적음", "보기", "설명"])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column in kind.columns:
        if not column.extra:
            sheet.append(
                [f"‘{column.heading}’", "꼭" if column.required else "", column.example, column.hint]
            )
    if kind.about:
        sheet.append([kind.about])
    for letter, width in zip("ABCD", (18, 10, 26, 60), strict=True):
        sheet.column_dimensions[letter].width = width
