"""A corpus of broken and hostile files, made when asked for: name → (content, what the refusal says)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from openpyxl import Workbook

from tests.imports.sheets import saved, xlsx

HEAD = ["교부일", "사업", "수령자", "금액"]
GOOD = [HEAD, ["2024-03-05", "사업", "기업", 1]]
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rebuilt(replaced: dict[str, bytes], content: bytes | None = None) -> bytes:
    """A good workbook with parts replaced or added."""
    source = zipfile.ZipFile(BytesIO(content or xlsx(GOOD)))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, replaced.get(name, source.read(name)))
        for name in set(replaced) - set(source.namelist()):
            target.writestr(name, replaced[name])
    return stream.getvalue()


def sheet_xml(rows: bytes, before: bytes = b"") -> bytes:
    return (
        b'<?xml version="1.0"?>'
        + before
        + b"<worksheet "
        + NS
        + b"><sheetData>"
        + rows
        + b"</sheetData></worksheet>"
    )


def inline(ref: bytes, text: bytes) -> bytes:
    return b'<c r="' + ref + b'" t="inlineStr"><is><t>' + text + b"</t></is></c>"


def header_xml() -> bytes:
    cells = b"".join(inline(b"ABCD"[at : at + 1] + b"1", name.encode()) for at, name in enumerate(HEAD))
    return b'<row r="1">' + cells + b"</row>"


def bomb() -> bytes:
    return rebuilt({SHEET: sheet_xml(b" " * 400_000_000)})


def lying_bomb() -> bytes:
    """Says 1,000 bytes in its directory and unpacks to 60 MB."""
    content = bytearray(rebuilt({"xl/sharedStrings.xml": b"<sst>" + b" " * 60_000_000 + b"</sst>"}))
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := content.find(signature, start)) >= 0:
            name_at = start + (46 if signature == b"PK\x01\x02" else 30)
            if content[name_at:].startswith(b"xl/sharedStrings.xml"):
                content[start + at : start + at + 4] = struct.pack("<I", 1_000)
            start += 4
    return bytes(content)


def entities() -> bytes:
    laughs = b'<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;">]>'
    return rebuilt({SHEET: sheet_xml(header_xml(), laughs)})


def workbook_entities() -> bytes:
    return rebuilt(
        {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><workbook>&x;</workbook>'}
    )


def macros() -> bytes:
    return rebuilt({"xl/vbaProject.bin": b"macro"})


def encrypted() -> bytes:
    return OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def old_excel() -> bytes:
    return OLE + b"\0" * 2_000


def truncated() -> bytes:
    return xlsx(GOOD)[:-400]


def many_columns() -> bytes:
    return xlsx([[f"열{n}" for n in range(500)]])


def far_cell() -> bytes:
    return rebuilt({SHEET: sheet_xml(header_xml() + b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')})


def huge_cell() -> bytes:
    row = b'<row r="2">' + inline(b"A2", b"x" * 5_000_000) + b"</row>"
    return rebuilt({SHEET: sheet_xml(header_xml() + row)})


def nameless_cells() -> bytes:
    return rebuilt({SHEET: sheet_xml(header_xml() + b"<row>" + b"<c><v>1</v></c>" * 3_000 + b"</row>")})


def no_sheet() -> bytes:
    return rebuilt({"xl/workbook.xml": b"<workbook " + NS + b"><sheets/></workbook>"})


def bad_xml() -> bytes:
    return rebuilt({SHEET: b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></row"})


def zipped(parts: dict[str, str]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return stream.getvalue()


CORPUS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "빈 파일"),
    "zip bomb": (bomb, "지나치게"),
    "lying zip bomb": (lying_bomb, "손상"),
    "entities": (entities, "ENTITY"),
    "entities in the workbook": (workbook_entities, "ENTITY"),
    "macros": (macros, "다른 이름으로 저장"),
    "encrypted": (encrypted, "암호"),
    "old Excel": (old_excel, "다른 이름으로 저장"),
    "truncated": (truncated, "손상"),
    "500 columns": (many_columns, "200개"),
    "a cell far away": (far_cell, "너무 큽니다"),
    "5 MB in one cell": (huge_cell, ""),
    "cells without a name": (nameless_cells, "200개"),
    "no sheet": (no_sheet, "시트가 없습니다"),
    "broken XML": (bad_xml, ""),
    "a Word document": (lambda: zipped({"word/document.xml": "<a/>"}), "(.docx)"),
    "PDF": (lambda: b"%PDF-1.7 ...", "표 파일이 아닙니다"),
    "web page without table": (lambda: b"<html><p>1</p></html>", "웹 문서"),
    "endless comments": (lambda: b"<html><table>" + b"<!--" * 100_000, "웹 문서"),
    "huge spans": (lambda: b"<table>" + b"<tr><td rowspan=1000 colspan=150>1</td></tr>" * 999, "너무 큽니다"),
    "XML": (lambda: b"<?xml version='1.0'?><a/>", "다른 이름으로 저장"),
    "OpenDocument": (lambda: zipped({"content.xml": "<a/>"}), "(.ods)"),
    "binary Excel": (lambda: zipped({"xl/workbook.bin": "x"}), "(.xlsb)"),
    "not text": (lambda: bytes(range(128, 256)) * 20, "인코딩"),
    "zeros in text": (lambda: b"a,b\0,c\n", "인코딩"),
    "unclosed quote": (lambda: ("교부일,사업\n" + '"' + "가" * 200_000).encode(), "따옴표"),
    "wide CSV": (lambda: ",".join(map(str, range(500))).encode(), "200개"),
}


def every() -> Iterator[tuple[str, bytes, str]]:
    for name, (make, says) in CORPUS.items():
        yield name, make(), says


def million_empty_rows() -> bytes:
    """A good table, then a million rows with nothing in them, some of them with a style."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(3, 300_000))
    rows += b"".join(b'<row r="%d"/>' % n for n in range(300_000, 1_000_003))
    cells = (
        b'<row r="2">'
        + b"".join(
            inline(ref, text.encode())
            for ref, text in zip(
                (b"A2", b"B2", b"C2", b"D2"), ("2024-03-05", "사업", "기업", "1"), strict=True
            )
        )
        + b"</row>"
    )
    return rebuilt({SHEET: sheet_xml(header_xml() + cells + rows)})


def formulas() -> bytes:
    """A formula without a saved value, an error, and a link to another file."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(HEAD)
    sheet.append(["2024-03-05", "사업", "기업", "=1+1"])
    sheet.append(["2024-03-05", "사업", "기업", "='[다른.xlsx]시트'!A1"])
    sheet.append(["2024-03-05", "사업", "기업", None])
    sheet["D4"].value = "#REF!"
    sheet["D4"].data_type = "e"
    return saved(workbook)
