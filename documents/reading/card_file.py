"""A card's document of any format as text, or the reason and the remedy why it is not read."""

from __future__ import annotations

import re
from pathlib import PurePath

from documents.reading.card_hwpx import hwpx_lines
from documents.reading.card_xlsx import xlsx_lines
from documents.reading.errors import Unreadable
from documents.reading.limits import MOST_BYTES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXTS = {".txt", ".md", ".tsv", ".csv", ".text", ""}
OLD_HWP = (
    "옛 한글 형식(.hwp)입니다. 한글에서 열어 ‘다른 이름으로 저장’의 파일 형식을 HWPX(.hwpx)로 골라"
    " 다시 저장해 주십시오."
)
OLD_XLS = "엑셀 97~2003 형식(.xls)입니다. 엑셀에서 열어 .xlsx로 다시 저장해 주십시오."
LOCKED = "암호가 걸린 파일입니다. 암호를 풀어 다시 저장해 주십시오."
OFFICE = ("WordDocument", "PowerPoint Document")
OTHERS = {
    b"%PDF": "PDF 파일입니다. 카드의 글을 복사하여 붙여 넣거나 .txt로 저장해 주십시오.",
    b"{\\rtf": "서식 있는 글(RTF)입니다. 글만 복사하여 .txt로 저장해 주십시오.",
    b"\x89PNG": "그림 파일입니다. 글이 든 문서를 넣어 주십시오.",
    b"\xff\xd8\xff": "그림 파일입니다. 글이 든 문서를 넣어 주십시오.",
    b"GIF8": "그림 파일입니다. 글이 든 문서를 넣어 주십시오.",
    b"HWP Document File": OLD_HWP,
}
TOO_LARGE = f"파일이 {MOST_BYTES // 1024 // 1024} MB를 넘습니다. 카드 하나만 담아 다시 저장해 주십시오."
BINARY = "글 파일이 아닙니다. 카드의 글을 .txt(UTF-8)로 저장하거나 .xlsx, .hwpx 파일을 넣어 주십시오."


def document_text(name: str, content: bytes) -> tuple[str, list[str]]:
    """(text, warnings) of a .txt, .xlsx or .hwpx. What the name promises and the content is must agree."""
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_LARGE)
    if not content.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Unreadable("빈 파일입니다.")
    _refuse(content)
    suffix = PurePath(name).suffix.lower()
    if suffix in (".xls", ".hwp"):
        raise Unreadable(OLD_XLS if suffix == ".xls" else OLD_HWP)
    if content.startswith(b"PK"):
        return _packed(content, suffix)
    if suffix not in TEXTS:
        kind = {".xlsx": "엑셀 통합 문서(.xlsx)", ".hwpx": "한글 문서(.hwpx)"}.get(suffix)
        what = f"이름은 {kind}이지만 내용이 다릅니다." if kind else f"‘{suffix}’ 형식은 읽지 않습니다."
        raise Unreadable(f"{what} .txt, .xlsx, .hwpx 가운데 하나로 다시 저장해 주십시오.")
    return _decoded(content), []


def _refuse(content: bytes) -> None:
    if content.startswith(OLE):
        head = content[: 1024 * 1024]
        if "EncryptedPackage".encode("utf-16-le") in head:
            raise Unreadable(LOCKED)
        is_excel = "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in head
        is_hwp = b"HWP Document File" in content or "FileHeader".encode("utf-16-le") in content
        if not is_hwp and any(name.encode("utf-16-le") in content for name in OFFICE):
            raise Unreadable("워드·파워포인트 문서는 읽지 않습니다. 카드의 글을 복사하여 붙여 넣어 주십시오.")
        raise Unreadable(OLD_XLS if is_excel and not is_hwp else OLD_HWP)
    for start, reason in OTHERS.items():
        if content.startswith(start):
            raise Unreadable(reason)
    head = content[:600].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise Unreadable("웹 문서(HTML·XML)입니다. 화면에 보이는 글을 복사하여 붙여 넣어 주십시오.")


def _packed(content: bytes, suffix: str) -> tuple[str, list[str]]:
    """A zip: the name says which of the two it must be; without a known name the content does."""
    if suffix == ".xlsx":
        return xlsx_lines(content)
    if suffix == ".hwpx":
        return hwpx_lines(content)
    if suffix in TEXTS:
        raise Unreadable("이름은 글 파일이지만 내용은 압축 파일입니다. 파일 이름의 확장자를 확인해 주십시오.")
    if suffix.startswith(".xls"):
        raise Unreadable(
            f"‘{suffix}’ 형식은 읽지 않습니다. 엑셀에서 ‘Excel 통합 문서(.xlsx)’로 다시 저장해 주십시오."
        )
    raise Unreadable(
        f"‘{suffix}’ 형식은 읽지 않습니다. .txt, .xlsx, .hwpx 가운데 하나로 다시 저장해 주십시오."
    )


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or CP949; binary content is refused."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp949"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text or len(re.findall(r"[\x01-\x08\x0e-\x1f]", text)) > len(text) // 100 + 3:
            break
        return text
    raise Unreadable(BINARY)
