"""An .xlsx is a zip of XML: looked at part by part before any reader opens it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from documents.reading.errors import SAVE_ANEW, Unreadable
from documents.reading.limits import MOST_PARTS, MOST_SHEETS, MOST_UNPACKED

CHUNK = 1024 * 1024
DAMAGED = "파일이 손상되었거나 끝까지 받아지지 않았습니다. 엑셀에서 열어 다시 저장한 뒤 올려 주십시오."
TOO_BIG = "압축을 푼 크기가 지나치게 큽니다. 필요한 시트만 새 파일에 값으로 붙여 넣어 올려 주십시오."
ENTITIES = "문서 형식 선언(DOCTYPE·ENTITY)이 든 XML은 읽지 않습니다. 엑셀에서 새 파일로 다시 저장해 주십시오."
MACROS = f"매크로가 든 파일(.xlsm)은 읽지 않습니다. {SAVE_ANEW}"
# What else is a zip, by a part of it.
OTHERS = (
    ("xl/workbook.bin", "엑셀 바이너리(.xlsb) 파일입니다."),
    ("word/document.xml", "워드(.docx) 파일입니다. 표를 엑셀에 붙여 넣습니다."),
    ("Contents/content.hpf", "한글(.hwpx) 파일입니다. 표를 엑셀에 붙여 넣습니다."),
    ("content.xml", "오픈도큐먼트(.ods) 파일입니다."),
    ("", "엑셀 통합 문서(.xlsx)가 아닙니다."),
)
SMALL_PART = 20 * 1024 * 1024


@dataclass(frozen=True)
class Part:
    """A worksheet: its name as Excel shows it, its place in the package, whether it is hidden."""

    name: str
    path: str
    hidden: bool


@dataclass(frozen=True)
class Package:
    archive: zipfile.ZipFile
    sheets: tuple[Part, ...]
    external_links: bool

    def has_drawn_text(self) -> bool:
        """Whether shapes hold words, or boxes of a form stand on a sheet: no cell has them."""
        names = [name for name in self.archive.namelist() if name.endswith(".xml")]
        drawn = [name for name in names if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name)]
        boxes = any(name.startswith("xl/ctrlProps/") for name in names)
        return boxes or any(b"<a:t>" in piece for name in drawn for piece in self.chunks(name))

    def chunks(self, path: str) -> Iterator[bytes]:
        """The part unpacked piece by piece; Unreadable where it is damaged or longer than it says."""
        return _chunks(self.archive, path)


def open_package(content: bytes) -> Package:
    """Checks sizes, macros and XML before anything is parsed. Unreadable with the reason."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
    except Exception as error:
        raise Unreadable(DAMAGED) from error
    _check_entries(entries)
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(MACROS)
    if "xl/workbook.xml" not in names:
        what = next(words for part, words in OTHERS if not part or part in names)
        raise Unreadable(f"{what} {SAVE_ANEW}")
    sheets = _sheets(archive, names)
    _check_xml(archive, names - {part.path for part in sheets})
    return Package(archive, sheets, any(name.startswith("xl/externalLinks/") for name in names))


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("암호가 걸린 파일입니다. 암호를 풀어 다시 저장한 뒤 올려 주십시오.")
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(TOO_BIG)


def _chunks(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    try:
        with archive.open(path) as stream:
            while piece := stream.read(CHUNK):
                yield piece
    except Exception as error:
        # What a damaged archive raises is not listed anywhere: negative seeks, bad names, odd compressions.
        raise Unreadable(DAMAGED) from error


def _check_xml(archive: zipfile.ZipFile, names: set[str]) -> None:
    """Every other XML part: unpacked once to its end, and free of declarations that bring entities."""
    for name in sorted(names):
        if not name.lower().endswith((".xml", ".rels")):
            continue
        for at, piece in enumerate(_chunks(archive, name)):
            if at == 0:
                refuse_entities(piece)


def refuse_entities(start: bytes) -> None:
    """A document type stands before the first element; UTF-16 parts are looked at without their zeros."""
    head = start[:4096].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Unreadable(ENTITIES)


def _sheets(archive: zipfile.ZipFile, names: set[str]) -> tuple[Part, ...]:
    relations = _xml(archive, "xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in names else ()
    targets = {item.get("Id"): _inside(item.get("Target", "")) for item in relations}
    parts = []
    for item in _xml(archive, "xl/workbook.xml").iter():
        if item.tag.rpartition("}")[2] != "sheet":
            continue
        relation = next((value for key, value in item.attrib.items() if key.endswith("}id")), "")
        path = targets.get(relation, "")
        if path in names and "worksheets" in path:
            parts.append(Part(item.get("name", ""), path, item.get("state", "visible") != "visible"))
    if not parts:
        raise Unreadable("읽을 시트가 없습니다. 표가 든 시트를 .xlsx로 저장한 뒤 올려 주십시오.")
    if len(parts) > MOST_SHEETS:
        raise Unreadable(f"시트가 {MOST_SHEETS}개를 넘습니다. 필요한 시트만 새 파일로 저장해 주십시오.")
    return tuple(parts)


def _inside(target: str) -> str:
    return normpath(target[1:] if target.startswith("/") else join("xl", target))


def _xml(archive: zipfile.ZipFile, path: str) -> Any:
    pieces: list[bytes] = []
    for piece in _chunks(archive, path):
        if not pieces:
            refuse_entities(piece)
        pieces.append(piece)
        if len(pieces) * CHUNK > SMALL_PART:
            raise Unreadable(TOO_BIG)
    try:
        return fromstring(b"".join(pieces), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreadable(DAMAGED) from error
