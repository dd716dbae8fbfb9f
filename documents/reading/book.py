"""A file as sheets of cells, after the guards have let it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineWorkbook

from common.importing.cells import Broken
from documents.reading import text
from documents.reading.errors import SAVE_ANEW, Unreadable
from documents.reading.limits import MOST_BYTES, MOST_CELL_TEXT
from documents.reading.package import DAMAGED, Package, Part, open_package
from documents.reading.scan import Scan, scan
from documents.reading.web import is_web, web_tables

Cell = Any
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_MERGED = 50_000


@dataclass
class Sheet:
    """Rows of cells, numbered as Excel does; read anew at every call of ``rows``."""

    name: str
    read: Callable[[], Iterable[list[Cell]]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    # (first row, first column, last row, last column): rows from 1, columns from 0.
    merged: tuple[tuple[int, int, int, int], ...] = ()
    size: int = 0

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        by_row: dict[int, list[tuple[int, str]]] = {}
        for (row, column), seen in self.broken.items():
            by_row.setdefault(row, []).append((column, seen))
        for number, cells in enumerate(self.read(), start=1):
            for column, seen in by_row.get(number, ()):
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = Broken(seen)
            yield number, cells


@dataclass
class Book:
    """A file's sheets, and what is to be said about the file."""

    sheets: list[Sheet]
    warnings: list[str] = field(default_factory=list)


def open_book(content: bytes, name: str) -> Book:
    """Reads an .xlsx or .csv; ``name`` tells which only where the content does not. Unreadable with the reason."""
    if not content.strip(b"\0 \r\n\t"):
        raise Unreadable("빈 파일입니다.")
    if len(content) > MOST_BYTES:
        raise Unreadable(f"파일이 {MOST_BYTES // 1024 // 1024} MB를 넘습니다. 나누어 올려 주십시오.")
    if content.startswith(b"PK"):
        return _workbook(content)
    _refuse_others(content)
    if is_web(content):
        return _web_book(text.decoded(content), PurePath(name).stem or "파일")
    return _text_book(text.decoded(content), PurePath(name).stem or "파일")


def paste(pasted: str) -> Book:
    """Cells copied from Excel (tabs) or a CSV text. Unreadable with the reason."""
    if len(pasted.encode()) > MOST_BYTES:
        raise Unreadable("붙여 넣은 글이 너무 깁니다. 파일로 올려 주십시오.")
    return _text_book(pasted, "붙여넣기")


def _refuse_others(content: bytes) -> None:
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Unreadable("암호가 걸린 파일입니다. 엑셀에서 암호를 풀어 다시 저장한 뒤 올려 주십시오.")
        raise Unreadable(f"엑셀 97~2003 형식(.xls)이나 한글(.hwp) 파일입니다. {SAVE_ANEW}")
    head = content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"%pdf", b"{\\rtf", b"hwp document", b"\x89png", b"\xff\xd8\xff", b"gif8")):
        raise Unreadable("표 파일이 아닙니다. .xlsx나 .csv 파일을 올려 주십시오.")
    if head.startswith(b"<?xml") or (head.startswith(b"<!doctype") and b"html" not in head[:40]):
        raise Unreadable(f"XML 문서입니다. {SAVE_ANEW}")


def _web_book(content: str, name: str) -> Book:
    """A sheet for each table of a web page."""
    tables = web_tables(content)
    names = [name if len(tables) == 1 else f"{name} {number}" for number in range(1, len(tables) + 1)]
    sheets = [
        Sheet(
            title,
            partial(_copies, table.rows),
            merged=tuple(table.merged[:MOST_MERGED]),
            size=len(table.rows),
        )
        for title, table in zip(names, tables, strict=True)
    ]
    return Book(sheets, ["엑셀 파일이 아니라 웹 문서(HTML)의 표입니다. 표만 읽었습니다."])


def _copies(rows: list[list[str]]) -> Iterator[list[Cell]]:
    return (list(row) for row in rows)


def _text_book(content: str, name: str) -> Book:
    rows = text.cells(content)
    return Book([Sheet(name, lambda: (list(row) for row in rows), size=len(rows))])


def _workbook(content: bytes) -> Book:
    package = open_package(content)
    scans = {part.name: scan(package.chunks(part.path)) for part in package.sheets}
    workbook = _calamine(lambda: CalamineWorkbook.from_filelike(BytesIO(content)))
    book = Book([_sheet(workbook, part, scans[part.name]) for part in package.sheets])
    _add_warnings(book, package)
    return book


def _add_warnings(book: Book, package: Package) -> None:
    if package.external_links:
        book.warnings.append("다른 파일을 참조하는 식이 있습니다. 저장될 때의 값으로 읽었습니다.")
    for sheet in book.sheets:
        if sheet.hidden_rows and not sheet.hidden:
            rows = sorted(sheet.hidden_rows)
            shown = ", ".join(map(str, rows[:5])) + (" …" if len(rows) > 5 else "")
            book.warnings.append(f"{sheet.name}: 숨긴 행 {len(rows)}개도 읽었습니다({shown}행).")


def _sheet(workbook: Any, part: Part, found: Scan) -> Sheet:
    read = _calamine(lambda: workbook.get_sheet_by_name(part.name))
    merged = tuple(
        (r1 + 1, c1, r2 + 1, c2) for (r1, c1), (r2, c2) in (read.merged_cell_ranges or [])[:MOST_MERGED]
    )
    return Sheet(
        part.name,
        lambda: _rows(read, part.name),
        part.hidden,
        frozenset(row for row in found.hidden if row <= found.last_row),
        found.broken,
        merged,
        found.last_row,
    )


def _rows(sheet: Any, name: str) -> Iterator[list[Cell]]:
    first = sheet.start
    if first is None:
        return
    for number, row in enumerate(sheet.iter_rows(), start=1):
        for cell in row:
            if type(cell) is str and len(cell) > MOST_CELL_TEXT:
                raise Unreadable(f"{name}!{number}행의 한 칸이 {MOST_CELL_TEXT:,}자를 넘습니다.")
        yield row


def _calamine(call: Callable[[], Any]) -> Any:
    """Whatever goes wrong inside the reader, a panic of it included, is a damaged file."""
    try:
        return call()
    except Exception as error:
        raise Unreadable(DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(DAMAGED) from error
