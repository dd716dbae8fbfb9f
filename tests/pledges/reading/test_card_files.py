"""Files that are not read: a Korean sentence with what to do, exit code 1, nothing saved."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from documents.reading.card_file import document_text
from documents.reading.card_xlsx import shown
from documents.reading.errors import Unreadable
from pledges.models import Pledge

from .helpers import command, messages, read, text_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SECTION = (
    '<hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section"'
    ' xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph">{}</hs:sec>'
)

WIDE = '<hp:tr><hp:tc/><hp:tc><hp:cellSpan colSpan="99999" rowSpan="99999"/></hp:tc></hp:tr>'


def zipped(**parts: bytes | str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def hwpx(section: str) -> bytes:
    return zipped(**{"mimetype": "application/hwp+zip", "Contents/section0.xml": section})


def book(*rows: tuple[object, ...]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    return made


def saved(made: Workbook) -> bytes:
    target = BytesIO()
    made.save(target)
    return target.getvalue()


BAD = {
    "빈 파일.txt": (b"", "빈 파일"),
    "빈칸뿐.txt": (b" \n\t\n", "빈 파일"),
    "그림.txt": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "그림"),
    "이진.txt": (bytes(range(256)) * 20, "글 파일이 아닙니다"),
    "문서.pdf": (b"%PDF-1.7 ...", "PDF"),
    "옛 문서.hwp": (OLE + b"HWP Document File", "HWPX"),
    "옛 문서가 이름만.hwpx": (OLE + "FileHeader".encode("utf-16-le"), "HWPX"),
    "옛 엑셀.xls": (OLE + "Workbook".encode("utf-16-le"), ".xlsx"),
    "잠긴 엑셀.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "암호"),
    "글인데.xlsx": (text_of("seed-1-3.txt").encode(), "내용이 다릅니다"),
    "글인데.hwpx": (text_of("seed-1-3.txt").encode(), "내용이 다릅니다"),
    "압축인데.txt": (zipped(a="b"), "압축 파일"),
    "다른 압축.hwpx": (zipped(a="b"), "HWPX"),
    "다른 압축.xlsx": (zipped(a="b"), "엑셀 통합 문서"),
    "잘린.hwpx": (hwpx(SECTION.format(""))[:80], "손상"),
    "깨진 XML.hwpx": (hwpx("<hs:sec"), "손상"),
    "엔티티.hwpx": (hwpx('<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'), "손상"),
    "잠긴.hwpx": (zipped(**{"META-INF/manifest.xml": "<x><encryption-data/></x>", "Contents/a.xml": ""}), "암호"),
    "웹.txt": (b"<!DOCTYPE html><html></html>", "웹 문서"),
    "워드.hwpx": (OLE + "WordDocument".encode("utf-16-le"), "워드"),
    "매크로.xlsm": (zipped(**{"xl/workbook.xml": "<a/>"}), ".xlsx"),
    "깊은.hwpx": (hwpx(SECTION.format("<hp:p>" + "<hp:x>" * 9000 + "</hp:x>" * 9000 + "</hp:p>")), "깊습니다"),
    "넓은.hwpx": (hwpx(SECTION.format(f"<hp:p><hp:tbl>{WIDE * 9}</hp:tbl></hp:p>")), "큽니다"),
    "모르는.docx": (zipped(**{"word/document.xml": "<a/>"}), ".docx"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_the_remedy(name: str, tmp_path: Path) -> None:
    content, words = BAD[name]
    path = tmp_path / name
    path.write_bytes(content)
    code, lines = command(path)
    assert code == 1
    assert [line for line in lines if line.startswith("error:")] == lines
    assert words in lines[0]
    assert not Pledge.objects.exists()


@pytest.mark.django_db
def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "큰.txt"
    with path.open("wb") as target:
        target.truncate(100 * 1024 * 1024)
    code, lines = command(path)
    assert code == 1
    assert "MB" in lines[0]


@pytest.mark.django_db
def test_a_missing_file_is_named(tmp_path: Path) -> None:
    code, lines = command(tmp_path / "없음.txt")
    assert code == 1
    assert "열 수 없습니다" in lines[0]


def test_a_zip_bomb_is_refused() -> None:
    bomb = hwpx("0" * (400 * 1024 * 1024))
    assert len(bomb) < 1024 * 1024
    with pytest.raises(Unreadable, match="지나치게"):
        document_text("폭탄.hwpx", bomb)


def test_hidden_rows_columns_and_sheets_are_not_read() -> None:
    made = book(("1-1 보이는 제목 (예시)",), ("숨은 줄", "비밀"), ("총사업비(원)", "계"), ("가", "나"))
    made.active.row_dimensions[2].hidden = True
    made.active.column_dimensions["B"].hidden = True
    made.create_sheet("숨은 시트").append(["비밀"])
    made["숨은 시트"].sheet_state = "hidden"
    text, warnings = document_text("카드.xlsx", saved(made))
    assert "비밀" not in text
    assert "숨은" not in text
    assert "나" not in text.split()
    assert len(warnings) == 3


def test_a_formula_without_its_value_is_named() -> None:
    with pytest.raises(Unreadable, match="B2"):
        document_text("카드.xlsx", saved(book(("가", "나"), ("합", "=1+1"))))


def test_two_cards_in_one_book_are_refused() -> None:
    made = book(("사업성격", "신규"), ("총사업비", "1"))
    second = made.create_sheet("둘째")
    second.append(["사업성격", "신규"])
    second.append(["총사업비", "2"])
    with pytest.raises(Unreadable, match="카드 시트가 2개"):
        document_text("카드.xlsx", saved(made))


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (1120, '#,##0;△#,##0;"-"', "1,120"),
        (0, '#,##0;△#,##0;"-"', "-"),
        (-35, '#,##0;△#,##0;"-"', "△35"),
        (82.5, "#,##0.0", "82.5"),
        (40.0, "0.0", "40.0"),
        (0.825, "0.0%", "82.5%"),
        (7, '#,##0"개"', "7개"),
        (426.0, "General", "426"),
        (0.1 + 0.2, "0.00", "0.30"),
    ],
)
def test_a_number_is_read_as_its_cell_shows_it(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_document_made_by_hand_is_read_cell_by_cell() -> None:
    def cell(text: str, row: int, col: int, cols: int = 1) -> str:
        return (
            f"<hp:tc><hp:subList><hp:p><hp:run><hp:t>{text}</hp:t></hp:run></hp:p></hp:subList>"
            f'<hp:cellAddr colAddr="{col}" rowAddr="{row}"/><hp:cellSpan colSpan="{cols}" rowSpan="1"/></hp:tc>'
        )

    table = f"<hp:tbl><hp:tr>{cell('임기 내', 0, 0, 2)}{cell('임기 후', 0, 2)}</hp:tr>" \
            f"<hp:tr>{cell('2022', 1, 0)}{cell('2023', 1, 1)}{cell('-', 1, 2)}</hp:tr></hp:tbl>"  # fmt: skip
    section = SECTION.format(
        "<hp:p><hp:run><hp:t>1-1 손으로<hp:fwSpace/>만든 카드</hp:t></hp:run>"
        "<hp:run><hp:ctrl><hp:hiddenComment><hp:subList><hp:p><hp:run><hp:t>비밀</hp:t></hp:run></hp:p></hp:subList>"
        f"</hp:hiddenComment></hp:ctrl></hp:run></hp:p><hp:p><hp:run>{table}</hp:run></hp:p>"
    )
    text, _ = document_text("카드.hwpx", hwpx(section))
    assert text.splitlines() == ["1-1 손으로 만든 카드", "임기 내\t\t임기 후", "2022\t2023\t-", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    text = "1-1 가나다 (예시)\n총사업비(원)\t계\n"
    assert document_text("카드.txt", text.encode(encoding))[0] == text


@pytest.mark.parametrize(
    "text",
    ["1-1 가\n" * 6_000, "1-1 " + "가" * 30_000, "1-1 가\n" + "5\t" * 200],
    ids=["too many lines", "a line too long", "too many cells"],
)
def test_what_is_no_card_by_its_size_is_refused_at_once(text: str) -> None:
    errors = messages(read(text).faults.errors)
    assert "너무 깁니다" in errors
    assert len(errors.splitlines()) == 1
