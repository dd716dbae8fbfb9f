"""A .hwpx is a zip of XML (OWPML, KS X 6101): opened, sized up and parsed part by part, or refused with the remedy."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from documents.reading.errors import Unreadable
from documents.reading.limits import MOST_PARTS, MOST_UNPACKED

MOST_SECTION = 30 * 1024 * 1024
DAMAGED = "파일이 손상되었거나 끝까지 받아지지 않았습니다. 한글에서 열어 다시 저장한 뒤 올려 주십시오."
NOT_HWPX = (
    "한글 문서(.hwpx)가 아닙니다. 한글에서 ‘다른 이름으로 저장’의 파일 형식을 HWPX로 골라 저장해 주십시오."
)
LOCKED = "암호가 걸린 문서입니다. 한글에서 암호를 풀어 다시 저장한 뒤 올려 주십시오."
TOO_BIG = "압축을 푼 크기가 지나치게 큽니다. 카드 하나만 새 문서에 담아 올려 주십시오."
HEADER = "Contents/header.xml"


def open_hwpx(content: bytes) -> zipfile.ZipFile:
    """The archive; Unreadable where it is none, locked, or larger unpacked than any card."""
    try:
        archive = zipfile.ZipFile(BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(DAMAGED) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(LOCKED)
    if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Unreadable(TOO_BIG)
    names = set(archive.namelist())
    if "META-INF/manifest.xml" in names and b"encryption-data" in _bytes(archive, "META-INF/manifest.xml"):
        raise Unreadable(LOCKED)
    if not any(name.startswith("Contents/") for name in names):
        raise Unreadable(NOT_HWPX)
    return archive


def section_names(archive: zipfile.ZipFile) -> list[str]:
    """The body's parts in their order."""
    names = [name for name in archive.namelist() if re.fullmatch(r"Contents/section\d+\.xml", name)]
    if not names:
        raise Unreadable(NOT_HWPX)
    return sorted(names, key=lambda name: int(re.sub(r"\D", "", name)))


def parsed(archive: zipfile.ZipFile, name: str) -> Any:
    """The root element of a part; entities and document types are refused."""
    try:
        return fromstring(_bytes(archive, name), forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError) as error:
        raise Unreadable(DAMAGED) from error


def _bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        with archive.open(name) as stream:
            content = stream.read(MOST_SECTION + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise Unreadable(DAMAGED) from error
    if len(content) > MOST_SECTION:
        raise Unreadable(TOO_BIG)
    return content


def local_name(element: Any) -> str:
    """``p`` of ``{http://…}p``."""
    return str(element.tag).rpartition("}")[2]
