"""A workbook and its sheets: A4, one page wide, page numbers, repeated heads; rows streamed (``xlsx_rows``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.cell_range import CellRange

from documents.xlsx_rows import Put, Rows, letter_of
from documents.xlsx_style import Styles

A4 = 9
NOTE_AUTHOR = "단수 조정"
ROWS = re.compile(rb"<sheetData>.*</sheetData>|<sheetData\s*/>", re.S)
DIMENSION = re.compile(rb'<dimension ref="[^"]*"\s*/>')


class Book:
    """A workbook being written: sheets in the order they are added, then ``save``, once."""

    def __init__(self) -> None:
        self.book = Workbook()
        self.styles = Styles(self.book.worksheets[0])
        self.book.remove(self.book.worksheets[0])
        self.sheets: list[Sheet] = []

    def sheet(self, title: str) -> Sheet:
        """A new sheet; its name is ``title`` as far as Excel allows, told apart by a number."""
        ws = self.book.create_sheet(sheet_title(title, self.book.sheetnames))
        self.sheets.append(Sheet(ws, self.styles))
        return self.sheets[-1]

    def save(self, target: IO[bytes]) -> None:
        """Writes the workbook, the rows of every sheet put in where openpyxl knows of none."""
        by_name = {f"xl/worksheets/sheet{at}.xml": sheet for at, sheet in enumerate(self.sheets, start=1)}
        with TemporaryFile() as draft:
            self.book.save(draft)
            with ZipFile(draft) as given, ZipFile(target, "w", ZIP_DEFLATED) as made:
                for name in given.namelist():
                    with made.open(name, "w") as part:
                        if name in by_name:
                            by_name[name].write(given.read(name), part)
                        else:
                            part.write(given.read(name))


def sheet_title(title: str, taken: Sequence[str]) -> str:
    """At most 31 letters, none of ``[]:*?/\\``, and not yet taken."""
    name = "".join(" " if letter in "[]:*?/\\" else letter for letter in title).strip(" '")[:31] or "표"
    base, number = name, 1
    while name.lower() in (other.lower() for other in taken):
        number += 1
        name = f"{base[:28]}_{number}"
    return name


class Sheet:
    """One sheet, filled from the top down."""

    def __init__(self, ws: Any, styles: Styles) -> None:
        self.ws, self.styles = ws, styles
        self.rows = Rows()
        self.most = 1

    @property
    def line(self) -> int:
        """The last row written."""
        return self.rows.line

    def append(self, cells: Sequence[Put | None], height: float | None = None) -> None:
        self.most = max(self.most, len(cells))
        self.rows.append(cells, height)

    def merge(self, row: int, col: int, rows: int, cols: int) -> None:
        """Merges from ``row``, ``col`` (both from 1); one cell alone is left as it is."""
        if rows > 1 or cols > 1:
            # Not by merge_cells, which compares with every range there is.
            self.ws.merged_cells.ranges.add(CellRange(None, col, row, col + cols - 1, row + rows - 1))

    def note(self, row: int, col: int, text: str) -> None:
        """A note that Excel shows over the cell."""
        self.ws.cell(row, col).comment = Comment(text, NOTE_AUTHOR, height=60, width=220)

    def widths(self, widths: Sequence[float]) -> None:
        for at, width in enumerate(widths, start=1):
            self.ws.column_dimensions[letter_of(at)].width = width

    def printed(self, landscape: bool, repeat: tuple[int, int]) -> None:
        """A4, one page wide, page numbers; the rows ``repeat`` stand on every page."""
        ws = self.ws
        ws.page_setup.paperSize = A4
        ws.page_setup.orientation = "landscape" if landscape else "portrait"
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr.fitToPage = True
        ws.print_options.horizontalCentered = True
        margins = ws.page_margins
        margins.left = margins.right = 0.5
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
        ws.oddFooter.center.text = "- &P / &N -"
        ws.print_title_rows = f"{repeat[0]}:{repeat[1]}"

    def print_area(self, cols: int) -> None:
        """What is printed: everything so far, ``cols`` wide."""
        self.ws.print_area = f"A1:{letter_of(cols)}{self.line}"

    def write(self, frame: bytes, target: IO[bytes]) -> None:
        """openpyxl's sheet with our rows in place of its own."""
        size = f'<dimension ref="A1:{letter_of(self.most)}{max(self.line, 1)}"/>'.encode()
        frame = DIMENSION.sub(size, frame)
        found = ROWS.search(frame)
        assert found is not None
        target.write(frame[: found.start()] + b"<sheetData>")
        self.rows.copy_to(target)
        target.write(b"</sheetData>" + frame[found.end() :])
