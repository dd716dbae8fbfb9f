"""HWPX, the open format of 한글: a page as a document (old .hwp is never written: DOMAIN §9).

python-hwpx brings the blank document, packs it and checks that 한글 would open it; it is young, so nothing
else in the project knows it. Paragraphs and tables are written here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import Any

from hwpx.opc.package import HwpxPackage
from hwpx.templates import blank_document_bytes
from lxml import etree

from documents.cells import UNPRINTABLE
from documents.grid import Grid
from documents.hwpx_header import HP, Header, Letters, Paragraph
from documents.hwpx_table import TableMaker, paragraph
from documents.page import Block, Page, Style, Text
from documents.table import Table

HEADER, SECTION, PREVIEW = "Contents/header.xml", "Contents/section0.xml", "Preview/PrvText.txt"
# A4 and its margins in HWPUNIT; both ways round 한글 writes the upright size and turns it.
SHORT, LONG = 59_528, 84_186
MARGIN, EDGE, TITLE_ROOM = 4_252, 4_252, 2_835
INDENT = 1_000
PREVIEW_LINES = 40

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
    """The page as a .hwpx file. ValueError where a table's cells overlap."""
    package = HwpxPackage.open(blank_document_bytes())
    header = Header(package.get_xml(HEADER))
    section = package.get_xml(SECTION)
    Body(header, section, page).write()
    package.set_xml(HEADER, header.root)
    package.set_xml(SECTION, section)
    package.set_part(PREVIEW, _preview(page))
    _describe(package, page.title)
    content = package.save()
    assert isinstance(content, bytes)
    return content


def table_page(table: Table) -> Page:
    """A table with its title and what stands above and below it, as a page of its own."""
    blocks: list[Block] = [Text(table.title, Style.TITLE)]
    if table.asked:
        blocks.append(Text(table.asked, Style.ABOVE))
    if table.conditions:
        blocks.append(Text(table.conditions))
    if table.above:
        blocks.append(Text(table.above, Style.ABOVE))
    blocks.append(table.grid())
    blocks += [Text(f"※ {note}", Style.NOTE) for note in table.notes]
    wide = sum(column.characters for column in table.shown) > 100
    return Page(table.title, blocks, wide if table.landscape is None else table.landscape)


class Body:
    """``section0.xml``: the page's blocks as paragraphs, tables inside paragraphs of their own."""

    def __init__(self, header: Header, section: Any, page: Page) -> None:
        self.header, self.section, self.page = header, section, page
        self.ids = count(1)
        width = (LONG if page.landscape else SHORT) - 2 * MARGIN
        self.tables = TableMaker(header, width, self._name)

    def write(self) -> None:
        first = self.section[0]
        self._set_page(first)
        for at, block in enumerate(self.page.blocks):
            following = self.page.blocks[at + 1 : at + 2]
            self.section.append(
                self._table(block) if isinstance(block, Grid) else self._text(block, following)
            )
        self._move_settings(first)

    def _name(self) -> str:
        return str(next(self.ids))

    def _set_page(self, first: Any) -> None:
        sheet = first.find(f".//{HP}pagePr")
        sheet.set("landscape", "NARROWLY" if self.page.landscape else "WIDELY")
        margin = sheet.find(f"{HP}margin")
        for side, value in (
            ("left", MARGIN), ("right", MARGIN), ("top", TITLE_ROOM), ("bottom", TITLE_ROOM),
            ("header", TITLE_ROOM), ("footer", EDGE),
        ):  # fmt: skip
            margin.set(side, str(value))

    def _move_settings(self, first: Any) -> None:
        """The section's settings stand in its first paragraph: ours, not the blank one's."""
        settings = first.find(f"{HP}run")
        number = etree.SubElement(settings, f"{HP}ctrl")
        etree.SubElement(number, f"{HP}pageNum", pos="BOTTOM_CENTER", formatType="DIGIT", sideChar="-")
        self.section.remove(first)
        self.section[0].insert(0, settings)

    def _text(self, block: Text, following: Sequence[Block]) -> Any:
        look = PARAGRAPHS[block.style]
        with_table = bool(following) and (isinstance(following[0], Grid) or following[0].style is Style.ABOVE)
        look = Paragraph(
            **{**look.__dict__, "left": (block.level - 1) * INDENT, "keep": look.keep or with_table}
        )
        return paragraph(
            UNPRINTABLE.sub("", block.text),
            self.header.paragraph(look),
            self.header.letters(LETTERS[block.style]),
            self._name(),
        )

    def _table(self, grid: Grid) -> Any:
        look = self.header.paragraph(Paragraph(spacing=100, after=300))
        made = paragraph("", look, self.header.letters(Letters()), self._name())
        made[0].insert(0, self.tables.make(grid))
        return made


def _preview(page: Page) -> str:
    lines = [block.text for block in page.blocks if isinstance(block, Text)]
    return UNPRINTABLE.sub("", "\r\n".join(lines[:PREVIEW_LINES]))


def _describe(package: HwpxPackage, title: str) -> None:
    """The document's title; the blank document's author and dates are not ours."""
    package.set_document_metadata(title=UNPRINTABLE.sub("", title), creator="", subject="", keyword="")
    manifest = package.get_xml(package.main_content.full_path)
    for meta in manifest.iter("{http://www.idpf.org/2007/opf/}meta"):
        if meta.get("name") in ("creator", "lastsaveby", "date", "CreatedDate", "ModifiedDate"):
            meta.text = None
    package.set_xml(package.main_content.full_path, manifest)
