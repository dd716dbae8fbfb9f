"""Documents as a person would make them from a card's text: paragraphs and tables, merged heads, nothing of ours."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from hwpx.document import HwpxDocument
from openpyxl import Workbook
from openpyxl.styles import Border, Side

Rows = list[list[str]]
# How the two-row heads of the card are merged by hand: (row, column) to (rows, columns).
Merge = dict[tuple[int, int], tuple[int, int]]
MERGED: dict[str, Merge] = {
    "사업성격": {(0, 3): (1, 3), (1, 1): (1, 5), (2, 0): (2, 1), (2, 6): (2, 1), (2, 7): (2, 1), (4, 1): (1, 7)},
    "총계": {(0, 0): (2, 1), (0, 1): (1, 3), (0, 4): (2, 1), (0, 5): (2, 1), (0, 6): (2, 1)},
    "구 분 계": {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 6), (0, 8): (2, 1)},
}  # fmt: skip
SHIFTED = ("구 분\t확인지표",)


def blocks_of(text: str) -> list[str | Rows]:
    """Paragraphs, and tables as rows of equal length. Where 구분 covers two columns its head gets the second one."""
    blocks: list[str | Rows] = []
    rows: Rows = []
    for line in [*text.splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            blocks.append(_even(rows))
            rows = []
        blocks.append(line)
    return blocks


def _even(rows: Rows) -> Rows:
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    heads = [row for row in rows[:2] if row[0] in ("구 분", "")]
    is_shifted = "\t".join(rows[0]).startswith(SHIFTED) and rows[-1][-1] and not any(row[-1] for row in heads)
    if not is_shifted:
        return rows
    return [[row[0], "", *row[1:-1]] for row in heads] + rows[len(heads) :]


def merges(rows: Rows) -> Merge:
    """The cells a person merges: those of the card's known heads, and 구 분 over its two columns."""
    head = " ".join(rows[0][:2])
    found = dict(next((each for name, each in MERGED.items() if head.startswith(name)), {}))
    if rows[0][0] == "구 분" and not rows[0][1] and len(rows) > 1 and rows[-1][1]:
        found[0, 0] = (1 if rows[1][0] else 2, 2)
    return {place: size for place, size in found.items() if _is_free(rows, *place, *size)}


def _is_free(rows: Rows, at: int, column: int, deep: int, wide: int) -> bool:
    """Nobody merges cells that hold something."""
    places = [(at + r, column + c) for r in range(deep) for c in range(wide)]
    inside = all(r < len(rows) and c < len(rows[0]) for r, c in places)
    return inside and not any(rows[r][c] for r, c in places[1:])


def hwpx_of(text: str, document: HwpxDocument | None = None) -> bytes:
    """The card as 한글 would hold it. ``document`` may bring what else stands on its pages."""
    made = document or HwpxDocument.new()
    for block in blocks_of(text):
        if isinstance(block, str):
            made.add_paragraph(block)
        else:
            fill(made.add_table(len(block), len(block[0])), block)
    return bytes(made.to_bytes())


def fill(table: Any, rows: Rows) -> None:
    """Cells, and the merges of the head."""
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            table.set_cell_text(at, column, cell)
    for (at, column), (deep, wide) in merges(rows).items():
        table.merge_cells(at, column, at + deep - 1, column + wide - 1)


def xlsx_of(text: str) -> bytes:
    """The card typed into a sheet: figures are numbers where they can be, tables have lines, heads are merged."""
    book = Workbook()
    sheet: Any = book.active
    line = Side(style="thin")
    at = 1
    for block in blocks_of(text):
        if isinstance(block, str):
            sheet.cell(at, 1, block or None)
            at += 1
            continue
        for row in block:
            for column, cell in enumerate(row, start=1):
                _type_in(sheet.cell(at, column), cell)
                sheet.cell(at, column).border = Border(left=line, right=line, top=line, bottom=line)
            at += 1
        top = at - len(block)
        for (row_at, column), (deep, wide) in merges(block).items():
            sheet.merge_cells(
                start_row=top + row_at, start_column=column + 1,
                end_row=top + row_at + deep - 1, end_column=column + wide,
            )  # fmt: skip
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _type_in(cell: Any, text: str) -> None:
    """``1,120`` as a number with its format, everything else as text."""
    plain = text.replace(",", "")
    if plain.isdecimal() and (plain == "0" or not plain.startswith("0")):
        cell.value, cell.number_format = int(plain), "#,##0" if "," in text else "General"
    elif plain.replace(".", "", 1).isdecimal() and "." in text:
        places = len(plain.partition(".")[2])
        cell.value, cell.number_format = float(plain), f"#,##0.{'0' * places}"
    elif text:
        cell.value = text
