"""A page laid out on a worksheet (merged cells, text between tables) as lines of text: visible cells only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from documents.reading.card_lines import Box, joined, paragraph_lines, table_lines
from documents.reading.errors import Unreadable
from documents.reading.package import DAMAGED, Package, Part, open_package
from documents.reading.scan import scan

MOST_ROWS, MOST_COLUMNS, MOST_SHEET_BYTES = 5_000, 400, 30 * 1024 * 1024
# What every card shows; a sheet without it is a summary or notes.
CARD_WORDS = ("총사업비", "사업성격", "추진상황", "확인지표")


def xlsx_lines(content: bytes) -> tuple[str, list[str]]:
    """(the text of the one card sheet, warnings about what was hidden). Unreadable with the reason."""
    package = open_package(content)
    visible = [part for part in package.sheets if not part.hidden]
    hidden = [part.name for part in package.sheets if part.hidden]
    warnings = [f"숨긴 시트는 읽지 않았습니다: {', '.join(hidden)}"] if hidden else []
    if not visible:
        raise Unreadable("보이는 시트가 없습니다. 카드가 든 시트의 숨기기를 취소해 주십시오.")
    for part in visible:
        _guard(package, part)
    book = _load(content)
    sheets = [book[part.name] for part in visible]
    if package.has_drawn_text():
        warnings.append("도형·글상자·확인란에 든 글은 읽지 않았습니다. 칸에 옮겨 적어 주십시오.")
    cards = [ws for ws in sheets if _is_card(ws)] or sheets
    if len(cards) > 1:
        names = ", ".join(ws.title for ws in cards)
        raise Unreadable(
            f"카드 시트가 {len(cards)}개입니다({names}). 한 번에 카드 하나만, 시트 하나만 남겨 주십시오."
        )
    return joined(list(_lines(cards[0], warnings))), warnings


def _guard(package: Package, part: Part) -> None:
    """Errors and formulas without a value would be read as empty; sizes are told before anything is parsed."""
    found = scan(package.chunks(part.path))
    if found.last_row > MOST_ROWS or found.last_column > MOST_COLUMNS:
        raise Unreadable(f"{part.name}: 공약카드 하나라고 보기에는 시트가 너무 큽니다. 카드만 남겨 주십시오.")
    if sum(len(piece) for piece in package.chunks(part.path)) > MOST_SHEET_BYTES:
        raise Unreadable(f"{part.name}: 시트가 너무 큽니다. 카드만 새 파일에 옮겨 주십시오.")
    for (row, column), seen in sorted(found.broken.items())[:1]:
        raise Unreadable(
            f"{part.name}!{get_column_letter(column + 1)}{row}: ‘{seen}’의 값이 없습니다."
            " 엑셀에서 열어 고치고 다시 저장해 주십시오."
        )


def _load(content: bytes) -> Any:
    try:
        return load_workbook(BytesIO(content), data_only=True)
    except Exception as error:  # openpyxl lets every kind of error out on a damaged file
        raise Unreadable(DAMAGED) from error


def _is_card(ws: Any) -> bool:
    words = {
        re.sub(r"\s", "", str(value)).split("(")[0]
        for row in ws.iter_rows(max_row=40, values_only=True)
        for value in row
        if isinstance(value, str)
    }
    return sum(word in words for word in CARD_WORDS) >= 2


def _lines(ws: Any, warnings: list[str]) -> Iterator[str]:
    """Rows with one cell are lines of text, rows with several make tables; hidden rows and columns are left out."""
    spans = _spans(ws)
    hidden_columns = _hidden_columns(ws)
    told = False
    table: list[Box] = []
    for row in range(1, ws.max_row + 1):
        boxes = _boxes(ws, row, spans, hidden_columns)
        if ws.row_dimensions[row].hidden or ws.row_dimensions[row].height == 0:
            if any(box.text for box in boxes) and not told:
                told = True
                warnings.append(f"{ws.title}: 숨긴 행은 읽지 않았습니다({row}행 …).")
            continue
        if len(boxes) > 1 or (table and boxes and _inside(table, row)):
            table += boxes
            continue
        yield from table_lines(table)
        table = []
        if boxes:
            yield from paragraph_lines(boxes[0].text)
        else:
            yield ""
    yield from table_lines(table)
    if hidden_columns:
        warnings.append(f"{ws.title}: 숨긴 열은 읽지 않았습니다({', '.join(sorted(hidden_columns))}열).")


def _inside(table: list[Box], row: int) -> bool:
    """Whether a cell of the table reaches down into ``row``."""
    return any(box.row + box.rows > row for box in table)


def _spans(ws: Any) -> dict[tuple[int, int], tuple[int, int] | None]:
    """The size of each merged cell by its first place; None for the places it covers."""
    spans: dict[tuple[int, int], tuple[int, int] | None] = {}
    for merged in ws.merged_cells.ranges:
        rows, cols = merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1
        if rows > MOST_ROWS or cols > MOST_COLUMNS:
            raise Unreadable(
                f"{ws.title}: 병합한 칸 {merged.coord}이(가) 지나치게 큽니다. 병합을 풀어 주십시오."
            )
        for row in range(merged.min_row, merged.max_row + 1):
            for col in range(merged.min_col, merged.max_col + 1):
                spans[row, col] = None
        spans[merged.min_row, merged.min_col] = (rows, cols)
    return spans


def _hidden_columns(ws: Any) -> set[str]:
    hidden: set[str] = set()
    for dimension in ws.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            first, last = dimension.min or 1, min(dimension.max or 1, ws.max_column)
            hidden |= {get_column_letter(at) for at in range(first, last + 1)}
    return hidden


def _boxes(
    ws: Any, row: int, spans: dict[tuple[int, int], tuple[int, int] | None], hidden: set[str]
) -> list[Box]:
    """The cells of a row: those with a value, and empty ones that are drawn as cells."""
    boxes: list[Box] = []
    for cell in ws[row] if row <= ws.max_row else ():
        span = spans.get((row, cell.column), (1, 1))
        if span is None or get_column_letter(cell.column) in hidden:
            continue
        text = shown(cell.value, cell.number_format)
        if text or _is_drawn(cell):
            boxes.append(Box(row, cell.column, text, *span))
    return boxes


def _is_drawn(cell: Any) -> bool:
    border = cell.border
    return bool(border and any(side is not None and side.style for side in (border.left, border.right)))


def shown(value: Any, code: str) -> str:
    """A value as its cell shows it: ``1,120``, ``82.5``, ``-`` for a zero that is drawn so, ``2024. 3. 31.``"""
    if value is None or isinstance(value, bool):
        return "" if value is None else ("TRUE" if value else "FALSE")
    if isinstance(value, datetime | date):
        return f"{value.year}. {value.month}. {value.day}."
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(Decimal(repr(value)), code or "General")
    return str(value)


def _as_general(value: Decimal) -> Decimal:
    """As Excel shows a number without a format: eleven characters, so that 46.0416… is no printed rate."""
    whole = len(str(abs(int(value))))
    return round(value, max(10 - whole, 0)).normalize()


def _number(value: Decimal, code: str) -> str:
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", code)
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section = sections[1]
    if value == 0 and len(sections) > 2:
        section = sections[2]
    literal = "".join(re.findall(r'"([^"]*)"', section))
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.', "", section)
    if not re.search(r"[0#?]|General", pattern):
        return literal
    if "General" in pattern or "@" in pattern:
        return f"{_as_general(value):f}" + literal
    percent = "%" in pattern
    places = len(found[1]) if (found := re.search(r"\.([0#?]+)", pattern)) else 0
    number = round(value * 100 if percent else value, places)
    plain = f"{number:,.{places}f}" if "," in pattern else f"{number:.{places}f}"
    return plain.replace("-", "△") + ("%" if percent else "") + literal.replace("△", "")
