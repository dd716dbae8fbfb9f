"""A table as HTML for 표 복사: pasted into 한글 or Excel it keeps its merged cells and its borders.

Styles stand in the cells themselves: what is pasted leaves every style sheet behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from documents.cells import Cell
from documents.grid import Grid, Placed
from documents.table import Table

FRAME = "border-collapse:collapse;font-family:'맑은 고딕','Malgun Gothic',sans-serif;font-size:10pt"
BOX = "border:1px solid #7f7f7f;padding:2px 5px"
SHADE = "background:#e9edf3"


def grid_html(grid: Grid) -> SafeString:
    """``table`` with ``colspan`` and ``rowspan``; line breaks inside cells are kept."""
    rows = {row: list(cells) for row, cells in groupby(grid.placed(), lambda each: each.row)}
    inside = "".join(f"<tr>{_cells(rows.get(at, []), at < grid.head)}</tr>" for at in range(len(grid.rows)))
    # Every cell is escaped below.
    return mark_safe(f'<table style="{FRAME}"><tbody>{inside}</tbody></table>')  # noqa: S308


def table_html(table: Table) -> SafeString:
    """The table with its title, its (단위) and its notes, as they stand on paper."""
    return format_html(
        '<p style="text-align:center;font-weight:bold;font-size:14pt">{}</p><p style="text-align:right">{}</p>{}{}',
        table.title,
        table.above,
        grid_html(table.grid()),
        mark_safe("".join(format_html("<p>※ {}</p>", note) for note in table.notes)),  # noqa: S308 - escaped
    )


def _cells(placed: Sequence[Placed], head: bool) -> str:
    return "".join(_cell(each.cell, head) for each in placed)


def _cell(cell: Cell, head: bool) -> str:
    name = "th" if head or cell.head else "td"
    spans = "".join(
        f' {attribute}="{value}"'
        for attribute, value in (("colspan", cell.cols), ("rowspan", cell.rows))
        if value > 1
    )
    styles = [BOX, f"text-align:{cell.alignment}"]
    styles += [SHADE] if cell.head else []
    styles += ["font-weight:bold"] if cell.head or cell.bold else []
    text = escape(cell.text).replace("\n", "<br>")
    return f'<{name}{spans} style="{";".join(styles)}">{text}</{name}>'
