"""Documents that people made, in 한글 and in Excel, say what the text of the same card says; and only what is seen."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hwpx.document import HwpxDocument
from openpyxl import Workbook, load_workbook

from documents.reading.card_file import document_text

from .by_hand import fill, hwpx_of, xlsx_of
from .helpers import read, text_of
from .test_card_files import SECTION, hwpx, saved, zipped
from .test_layouts import _content

MAKERS = {"hwpx": hwpx_of, "xlsx": xlsx_of}


@pytest.mark.parametrize("form", MAKERS)
@pytest.mark.parametrize(
    "name", ["seed-1-3", "library", "rural", "hub", "learning", "park-path", "welfare", "garden"]
)
def test_a_document_made_by_hand_says_what_its_text_says(name: str, form: str) -> None:
    source = text_of(f"{name}.txt")
    text, warnings = document_text(f"카드.{form}", MAKERS[form](source))
    found, wanted = read(text), read(source)
    assert not warnings
    assert _content(found.card) == _content(wanted.card)
    assert [left.text for left in found.unplaced] == [left.text for left in wanted.unplaced]
    assert _content(found.faults.findings) == _content(wanted.faults.findings)


def _everything_around() -> HwpxDocument:
    made = HwpxDocument.new()
    made.page.set_header(text="관악 아닌 예시구 공약카드")
    made.page.set_footer(text="대외비")
    return made


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_what_stands_around_a_card_changes_nothing() -> None:
    source = text_of("library.txt")
    made = _everything_around()
    made.shapes.add_rectangle()
    text, warnings = document_text("카드.hwpx", hwpx_of(source, made))
    assert _content(read(text).card) == _content(read(source).card)
    assert warnings == [
        "쪽마다 되풀이되는 머리말·꼬리말은 읽지 않았습니다: ‘관악 아닌 예시구 공약카드’, ‘대외비’"
    ]


def test_struck_text_memos_and_comments_are_not_read_notes_stand_at_the_end() -> None:
    made = HwpxDocument.new()
    line = made.add_paragraph("1-1 길 45 정비 (예시)")
    made.tracking.delete(line, match="45 ")
    made.tracking.insert(line, " 2단계")
    made.notes.add_footnote("출처: 통계", line)
    made.notes.add_memo("안 보이는 글", anchor=line)
    made.add_paragraph("민선8기 목표")
    text, _ = document_text("카드.hwpx", bytes(made.to_bytes()))
    assert text.strip().splitlines() == ["1-1 길 정비 (예시) 2단계", "민선8기 목표", "", "각주: 출처: 통계"]
    whole = f"{text_of('library.txt')}\n각주: 출처: 통계\n"
    assert [left.text for left in read(whole).unplaced] == ["각주: 출처: 통계"]


def _p(*parts: str, kind: str = "") -> str:
    inside = "".join(part if part.startswith("<") else f"<hp:t>{part}</hp:t>" for part in parts)
    return f'<hp:p paraPrIDRef="{kind}"><hp:run>{inside}</hp:run></hp:p>'


def _tbl(*rows: list[str], before: str = "") -> str:
    """Rows of cells; a cell is a text or the XML of its paragraphs."""
    body = "".join(
        "<hp:tr>" + "".join(
            f'<hp:tc><hp:subList>{cell if cell.startswith("<") else _p(cell)}</hp:subList>'
            f'<hp:cellAddr colAddr="{col}" rowAddr="{at}"/><hp:cellSpan colSpan="1" rowSpan="1"/></hp:tc>'
            for col, cell in enumerate(row)
        ) + "</hp:tr>"
        for at, row in enumerate(rows)
    )  # fmt: skip
    return f"<hp:tbl>{before}{body}</hp:tbl>"


def _lines(*paragraphs: str) -> list[str]:
    text, _ = document_text("카드.hwpx", hwpx(SECTION.format("".join(paragraphs))))
    return [line for line in text.splitlines() if line]


def test_a_deletion_over_several_runs_and_one_that_never_ends() -> None:
    begin, end = '<hp:deleteBegin Id="1"/>', '<hp:deleteEnd Id="1"/>'
    struck = (
        f"<hp:p><hp:run><hp:t>앞 {begin}지운</hp:t></hp:run><hp:run><hp:t>글{end} 뒤</hp:t></hp:run></hp:p>"
    )
    assert _lines(struck) == ["앞  뒤"]
    text, warnings = document_text(
        "카드.hwpx", hwpx(SECTION.format(f"<hp:p><hp:run><hp:t>앞 {begin}남은 글</hp:t></hp:run></hp:p>"))
    )
    assert text.strip() == "앞 남은 글"
    assert "삭제" in warnings[0]


def test_text_boxes_and_captions_are_read_line_by_line() -> None:
    box = f"<hp:rect><hp:drawText><hp:subList>{_p('첫째 줄')}{_p('둘째 줄')}</hp:subList></hp:drawText></hp:rect>"
    assert _lines(_p("앞", box)) == ["앞", "첫째 줄", "둘째 줄"]
    caption = f'<hp:caption side="{{}}"><hp:subList>{_p("(단위: 백만 원)")}</hp:subList></hp:caption>'
    table = [["구분", "계"], ["국비", "10"]]
    assert _lines(_p(_tbl(*table, before=caption.format("TOP")))) == [
        "(단위: 백만 원)",
        "구분\t계",
        "국비\t10",
    ]
    assert _lines(_p(_tbl(*table, before=caption.format("BOTTOM"))))[-1] == "(단위: 백만 원)"


def test_tables_that_frame_others_are_opened() -> None:
    inner = _p(_tbl(["구분", "계"], ["국비", "10"]))
    assert _lines(_p(_tbl(["제목"], [_p("소제목") + inner]))) == ["제목", "소제목", "구분\t계", "국비\t10"]
    assert _lines(_p(_tbl(["예산 집행액", _p("(단위: 원)") + inner]))) == [
        "예산 집행액", "(단위: 원)", "구분\t계", "국비\t10",
    ]  # fmt: skip


def test_a_whole_card_inside_a_frame_is_the_same_card() -> None:
    made = HwpxDocument.new()
    rows = [["1-1 길 정비 (예시)"], ["민선8기 목표"], [""]]
    table: Any = made.add_table(3, 1)
    fill(table, rows)
    text, _ = document_text("카드.hwpx", bytes(made.to_bytes()))
    assert text.split("\n")[1:3] == ["1-1 길 정비 (예시)", "민선8기 목표"]


def test_bullets_that_are_drawn_and_not_typed_are_part_of_the_line() -> None:
    head = (
        '<hh:head xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head">'
        '<hh:bullets><hh:bullet id="3" char="○"/></hh:bullets>'
        '<hh:paraPr id="7"><hh:heading type="BULLET" idRef="3" level="0"/></hh:paraPr></hh:head>'
    )
    section = SECTION.format(_p("관내 기업", kind="7") + _p("보통 글", kind="1"))
    content = zipped(**{"Contents/header.xml": head, "Contents/section0.xml": section})
    assert document_text("카드.hwpx", content)[0].splitlines() == ["○ 관내 기업", "보통 글"]


def test_sections_follow_each_other_by_number() -> None:
    parts = {f"Contents/section{at}.xml": SECTION.format(_p(f"{at}번째")) for at in (10, 2, 0)}
    assert document_text("카드.hwpx", zipped(**parts))[0].splitlines() == ["0번째", "2번째", "10번째"]


def test_rows_and_columns_of_no_size_are_hidden() -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["보임", "안보임"], ["숨은", "줄"], ["끝", ""]):
        sheet.append(row)
    xml = ZipFile(BytesIO(saved(book))).read("xl/worksheets/sheet1.xml").decode()
    xml = xml.replace('<row r="2"', '<row r="2" ht="0" customHeight="1"')
    xml = xml.replace(
        "<sheetData>", '<cols><col min="2" max="2" width="0" customWidth="1"/></cols><sheetData>'
    )
    text, warnings = document_text("카드.xlsx", _with(saved(book), "xl/worksheets/sheet1.xml", xml))
    assert text.split() == ["보임", "끝"]
    assert len(warnings) == 2


def test_words_in_shapes_of_a_sheet_are_said_to_be_left_out() -> None:
    target = BytesIO()
    book = load_workbook(BytesIO(xlsx_of("1-1 길 (예시)\n")))
    book.save(target)
    plain = target.getvalue()
    assert document_text("카드.xlsx", plain)[1] == []
    shape = '<xdr:wsDr xmlns:xdr="x" xmlns:a="y"><a:t>도형 안의 글</a:t></xdr:wsDr>'
    assert "도형" in document_text("카드.xlsx", _with(plain, "xl/drawings/drawing1.xml", shape))[1][0]


def _with(book: bytes, name: str, content: str) -> bytes:
    parts = {each: ZipFile(BytesIO(book)).read(each) for each in ZipFile(BytesIO(book)).namelist()}
    return zipped(**{**parts, name: content})


def test_a_computed_rate_is_read_as_excel_shows_it() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["이행률", 1105 / 2400 * 100])
    sheet.append(["값", 0.1 + 0.2])
    assert document_text("카드.xlsx", saved(book))[0].split("\n")[:2] == ["이행률\t46.04166667", "값\t0.3"]
