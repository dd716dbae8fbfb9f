"""HWPX, the open format of 한글: a page as a document (old .hwp is never written: DOMAIN §9).

python-hwpx brings the blank document, and its checks that 한글 would open a file judge ours in the tests.
Paragraphs and tables are written here, as text: a table of 10,000 rows has 700,000 elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hwpx.templates import blank_document_bytes
from lxml import etree

from documents.cells import UNPRINTABLE
from documents.grid import Grid, pieces
from documents.hwpx_header import HP, Header, Letters, Paragraph
from documents.hwpx_table import TableMaker, paragraph
from documents.page import Block, Page, Style, Text

HEADER, SECTION, PREVIEW = "Contents/header.xml", "Contents/section0.xml", "Preview/PrvText.txt"
MANIFEST = "Contents/content.hpf"
OPF = "{http://www.idpf.org/2007/opf/}"
# A4 and its margins in HWPUNIT; both ways round 한글 writes the upright size and turns it.
SHORT, LONG = 59_528, 84_186
MARGIN, EDGE, TITLE_ROOM = 4_252, 4_252, 2_835
INDENT = 1_000
PREVIEW_LINES = 40
# A longer table is written as several, each with its head: 한글 lays out one of thousands of rows for minutes.
ROWS_AT_ONCE = 300

LETTERS = {
    Style.TITLE: Letters(18, bold=True),
    Style.SECTION: Letters(13, bold=True),
    Style.HEADING: Letters(11, bold=True),
    Style.BODY: Letters(10),
    Style.ABOVE: Letters(9),
    Style.NOTE: Letters(9),
}
PARAGRAPHS = {
    Style.TITLE: Paragraph("CENTER", after=300),
    Style.SECTION: Paragraph(spacing=130, before=900, after=200, keep=True, shade="#EEF1F6"),
    Style.HEADING: Paragraph(before=500, after=100, keep=True),
    Style.BODY: Paragraph(),
    Style.ABOVE: Paragraph("RIGHT", spacing=130, keep=True),
    Style.NOTE: Paragraph(spacing=130),
}


def page_bytes(page: Page) -> bytes:
    """The page as a .hwpx file, the same bytes for the same page. ValueError where a table's cells overlap."""
    parts = dict(_blank())
    header = Header(etree.fromstring(parts[HEADER]))
    parts[SECTION] = Body(header, page).section(parts[SECTION])
    parts[HEADER] = _xml(header.root)
    parts[PREVIEW] = _preview(page).encode()
    parts[MANIFEST] = _described(parts[MANIFEST], page.title)
    return _packed(parts)


@cache
def _blank() -> dict[str, bytes]:
    """The parts of 한글's blank document by name, in their order."""
    with ZipFile(BytesIO(blank_document_bytes())) as package:
        return {name: package.read(name) for name in package.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        for name, content in parts.items():
            info = ZipInfo(name)
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            package.writestr(info, content)
    return target.getvalue()


def _xml(root: Any) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


class Body:
    """``section0.xml``: the page's blocks as paragraphs, tables inside paragraphs of their own."""

    def __init__(self, header: Header, page: Page) -> None:
        self.header, self.page = header, page
        self.ids = count(1)
        width = (LONG if page.landscape else SHORT) - 2 * MARGIN
        self.tables = TableMaker(header, width, self._name)

    def section(self, blank: bytes) -> bytes:
        """The blank document's section with our paragraphs in place of its empty one."""
        opened, settings, closed = self._frame(etree.fromstring(blank))
        first, *others = self._paragraphs()
        # The section's settings stand in its first paragraph.
        first = first.replace(">", f">{settings}", 1)
        return "".join((opened, first, *others, closed)).encode()

    def _frame(self, root: Any) -> tuple[str, str, str]:
        """What stands before the paragraphs, the run with the section's settings, and what stands behind."""
        self._set_page(root)
        settings = root.find(f"{HP}p/{HP}run")
        number = etree.SubElement(settings, f"{HP}ctrl")
        etree.SubElement(number, f"{HP}pageNum", pos="BOTTOM_CENTER", formatType="DIGIT", sideChar="-")
        # Written inside the root, the run needs no name spaces of its own.
        root[:] = [settings, etree.Comment("body")]
        opened, run, rest = _xml(root).decode().partition("<hp:run")
        inside, _, closed = rest.partition("<!--body-->")
        return opened, run + inside, closed

    def _set_page(self, root: Any) -> None:
        sheet = root.find(f".//{HP}pagePr")
        sheet.set("landscape", "NARROWLY" if self.page.landscape else "WIDELY")
        margin = sheet.find(f"{HP}margin")
        for side, value in (
            ("left", MARGIN), ("right", MARGIN), ("top", TITLE_ROOM), ("bottom", TITLE_ROOM),
            ("header", TITLE_ROOM), ("footer", EDGE),
        ):  # fmt: skip
            margin.set(side, str(value))

    def _name(self) -> str:
        return str(next(self.ids))

    def _paragraphs(self) -> Iterator[str]:
        for at, block in enumerate(self.page.blocks):
            if isinstance(block, Grid):
                yield from map(self._table, pieces(block, ROWS_AT_ONCE))
            else:
                yield self._text(block, self.page.blocks[at + 1 : at + 2])

    def _text(self, block: Text, following: Sequence[Block]) -> str:
        look = PARAGRAPHS[block.style]
        with_table = bool(following) and (isinstance(following[0], Grid) or following[0].style is Style.ABOVE)
        look = replace(look, left=(block.level - 1) * INDENT, keep=look.keep or with_table)
        letters = self.header.letters(LETTERS[block.style])
        return paragraph(UNPRINTABLE.sub("", block.text), self.header.paragraph(look), letters, self._name())

    def _table(self, grid: Grid) -> str:
        look = self.header.paragraph(Paragraph(spacing=100, after=300))
        return paragraph("", look, self.header.letters(Letters()), self._name(), self.tables.make(grid))


def _preview(page: Page) -> str:
    lines = [block.text for block in page.blocks if isinstance(block, Text)]
    return UNPRINTABLE.sub("", "\r\n".join(lines[:PREVIEW_LINES]))


def _described(manifest: bytes, title: str) -> bytes:
    """The document's title; the blank document's author and dates are not ours."""
    root = etree.fromstring(manifest)
    root.find(f".//{OPF}title").text = UNPRINTABLE.sub("", title)
    for meta in root.iter(f"{OPF}meta"):
        meta.text = None
    return _xml(root)
