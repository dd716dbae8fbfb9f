from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
from hwpx.tools.package_validator import validate_editor_open_safety
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from lxml import etree

from documents.cells import WON, Cell
from documents.grid import Grid, pieces
from documents.hwpx import page_bytes
from documents.measure import line_count, shares
from documents.page import Page, Style, Text
from documents.table import Column, Table
from tests.documents.hwpx_reader import HH, HP, blocks_of, expected, part

PAGE = Page(
    "시험",
    [
        Text("제목", Style.TITLE),
        Text("(단위: 원)", Style.ABOVE),
        Grid(
            [
                [Cell("구 분", head=True, rows=2), Cell("묶음", head=True, cols=2)],
                [Cell("가", head=True), Cell("나", head=True)],
                [Cell("줄\n바꿈"), Cell(-1200, WON), Cell(0, WON)],
            ],
            (2, 1, 1),
            head=2,
        ),
        Text(" - 둘째 단계", level=2),
    ],
)


def table_page(table: Table) -> Page:
    return Page(table.title, [Text(table.title), table.grid()])


def test_the_package_is_as_the_format_wants_it() -> None:
    content = page_bytes(PAGE)
    with ZipFile(BytesIO(content)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        assert package.read("mimetype") == b"application/hwp+zip"
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".hpf", ".rdf")):
                etree.fromstring(package.read(name))
        assert "(단위: 원)" in package.read("Preview/PrvText.txt").decode()
    report = validate_editor_open_safety(content)
    assert (report.blocking_package_errors, report.reopen_ok) == ((), True)
    assert report.validate_document.issues == ()


def test_a_long_table_comes_in_pieces_with_the_head_on_each() -> None:
    """한글 lays out a table of thousands of rows for minutes; a row held to the one above stays beside it."""
    columns = [Column("번호", "no"), Column("금액", "won", WON, sums=True)]
    table = Table("긴 표", columns, [{"no": no, "won": no} for no in range(700)], numbered=False)
    tables = [block for block in blocks_of(page_bytes(table_page(table))) if isinstance(block, list)]
    assert [len(cells) // 2 - 1 for cells in tables] == [300, 300, 101]
    assert [[cell[4] for cell in cells[:2]] for cells in tables] == [["번호", "금액"]] * 3
    told = [cell[4] for cells in tables for cell in cells[2:] if cell[3] == 1]
    assert told[:4] == ["계", "244,650", "0", "-"]
    assert len(told) == 2 * 701
    held = Grid([[Cell("가", rows=2), Cell(1, WON)], [Cell(2, WON)], [Cell("나"), Cell(3, WON)]], (1, 1), 0)
    assert [len(piece.rows) for piece in pieces(held, 1)] == [2, 1]


def test_the_same_page_makes_the_same_file() -> None:
    assert page_bytes(PAGE) == page_bytes(PAGE)


def test_paragraphs_and_merged_cells_come_back() -> None:
    assert blocks_of(page_bytes(PAGE)) == expected(PAGE)
    assert blocks_of(page_bytes(PAGE))[2][-2:] == [(2, 1, 1, 1, "△1,200"), (2, 2, 1, 1, "-")]


def test_head_rows_repeat_and_figures_stand_right() -> None:
    content = page_bytes(PAGE)
    table = next(part(content, "Contents/section0.xml").iter(f"{HP}tbl"))
    assert (table.get("repeatHeader"), table.get("rowCnt"), table.get("colCnt")) == ("1", "3", "3")
    assert [cell.get("header") for cell in table.iter(f"{HP}tc")] == ["1"] * 4 + ["0"] * 3
    header = part(content, "Contents/header.xml")
    looks = {look.get("id"): look.find(f"{HH}align").get("horizontal") for look in header.iter(f"{HH}paraPr")}
    shown = [looks[cell.find(f".//{HP}p").get("paraPrIDRef")] for cell in table.iter(f"{HP}tc")]
    assert shown == ["CENTER"] * 4 + ["LEFT", "RIGHT", "RIGHT"]


def test_every_look_that_is_used_is_defined_in_korean_type_with_thin_borders() -> None:
    content = page_bytes(PAGE)
    header, section = part(content, "Contents/header.xml"), part(content, "Contents/section0.xml")
    letters = {look.get("id"): look for look in header.iter(f"{HH}charPr")}
    faces = {font.get("id"): font.get("face") for font in header.find(f".//{HH}fontface[@lang='HANGUL']")}
    used = {run.get("charPrIDRef") for run in section.iter(f"{HP}run") if run.find(f"{HP}t") is not None}
    assert {faces[letters[look].find(f"{HH}fontRef").get("hangul")] for look in used} == {"맑은 고딕"}
    paragraphs = {look.get("id") for look in header.iter(f"{HH}paraPr")}
    assert {each.get("paraPrIDRef") for each in section.iter(f"{HP}p")} <= paragraphs
    borders = {each.get("id"): each for each in header.iter(f"{HH}borderFill")}
    for cell in section.iter(f"{HP}tc"):
        assert borders[cell.get("borderFillIDRef")].find(f"{HH}leftBorder").get("type") == "SOLID"
    for group in header.find(f"{HH}refList"):
        assert int(group.get("itemCnt")) == len(group)


@pytest.mark.parametrize(("landscape", "way"), [(False, "WIDELY"), (True, "NARROWLY")])
def test_a4_upright_or_turned(landscape: bool, way: str) -> None:
    section = part(page_bytes(Page("쪽", PAGE.blocks, landscape)), "Contents/section0.xml")
    sheet = next(section.iter(f"{HP}pagePr"))
    assert (sheet.get("width"), sheet.get("height"), sheet.get("landscape")) == ("59528", "84186", way)
    widths = [int(cell.find(f"{HP}cellSz").get("width")) for cell in section.iter(f"{HP}tc")][:2]
    assert sum(widths) == (84186 if landscape else 59528) - 2 * 4252
    assert next(section.iter(f"{HP}pageNum")).get("pos") == "BOTTOM_CENTER"


def test_a_tall_table_may_run_over_and_a_low_one_stays_whole() -> None:
    def table(rows: int) -> tuple[str, str]:
        grid = Grid([[Cell("머리", head=True)], *([Cell("칸")] for _ in range(rows))], (1,))
        made = next(part(page_bytes(Page("표", [grid])), "Contents/section0.xml").iter(f"{HP}tbl"))
        return made.get("pageBreak"), made.find(f"{HP}pos").get("treatAsChar")

    assert table(5) == ("NONE", "1")
    assert table(60) == ("TABLE", "0")


def test_nobody_else_is_named_as_its_author() -> None:
    with ZipFile(BytesIO(page_bytes(PAGE))) as package:
        manifest = package.read("Contents/content.hpf").decode()
    assert "<opf:title>시험</opf:title>" in manifest
    assert "synthetic" not in manifest
    assert "2025" not in manifest


def test_the_same_page_gives_the_same_file() -> None:
    def parts(content: bytes) -> dict[str, bytes]:
        with ZipFile(BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}

    assert parts(page_bytes(PAGE)) == parts(page_bytes(PAGE))


def test_a_declared_table_as_a_document() -> None:
    columns = [Column("이름", "name"), Column("금액", "won", WON, sums=True)]
    table = Table("교부 내역", columns, [{"name": "가", "won": 1000}])
    _, cells = blocks_of(page_bytes(table_page(table)))
    assert [cell[4] for cell in cells] == ["연번", "이름", "금액", "계", "1,000", "1", "가", "1,000"]


@given(st.lists(st.text(), min_size=1, max_size=6))
@hypothesis_settings(max_examples=25, deadline=None)
def test_any_text_makes_a_file_that_opens(words: list[str]) -> None:
    page = Page("글", [*map(Text, words), Grid([[Cell(word) for word in words]], [1] * len(words))])
    content = page_bytes(page)
    assert len(blocks_of(content)) == len(words) + 1
    assert validate_editor_open_safety(content).blocking_package_errors == ()


@pytest.mark.parametrize(
    "rows",
    [
        [[Cell("가", cols=3)], [Cell("나")]],
        [[Cell("가", rows=2), Cell("나")], [Cell("다"), Cell("라")]],
        [[Cell("가")], [Cell("나"), Cell("다")]],
    ],
)
def test_cells_that_overlap_stick_out_or_leave_holes_are_refused(rows: list[list[Cell]]) -> None:
    with pytest.raises(ValueError, match="표"):
        list(Grid(rows, (1, 1)).placed())


@given(st.lists(st.floats(0.1, 100), min_size=1, max_size=40), st.integers(40, 60_000))
def test_shares_add_up_and_leave_nobody_out(widths: list[float], total: int) -> None:
    given_out = shares(widths, total)
    assert sum(given_out) == total
    assert min(given_out) >= 1


def test_lines() -> None:
    assert line_count("", 10) == 1
    assert line_count("가나다 라마바", 6) == 2
    assert line_count("가나다라마바", 6) == 2
    assert line_count("abc\ndef", 10) == 2
    assert line_count("가" * 30, 1) == 30


@pytest.mark.parametrize(("lines", "ends"), [(1, "NONE"), (20, "TABLE"), (60, "CELL")])
def test_a_page_ends_between_rows_unless_one_is_half_a_page_high(lines: int, ends: str) -> None:
    rows = [[Cell("긴 글 " * 10 * lines)], *([Cell("줄")] for _ in range(2 * lines))]
    section = part(page_bytes(Page("표", [Text("제목"), Grid(rows, [1], 0)])), "Contents/section0.xml")
    assert section.find(f".//{HP}tbl").get("pageBreak") == ends
