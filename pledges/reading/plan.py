"""The plan's table of programmes: 사업 · 주관 · 사업내용."""

from __future__ import annotations

import re

from .document import Section
from .headings import Kind
from .model import ReadGroup
from .reading import Reading
from .source import key, squeezed
from .tables import Column, Table, align

_NAME = ("사업", "사업명", "세부사업", "공모사업", "사업구분")
_HOST = ("주관", "주관기관", "주관부처", "시행기관", "시행주체", "주관부서")
_CONTENT = ("사업내용", "내용", "지원내용", "주요내용", "세부내용")
_BULLET = re.compile(r"\s+(?=[▶▷※○◆■]\s?\S)")


def read_programs(reading: Reading) -> None:
    for section, table in reading.doc.all_tables():
        heads = [key(cell) for cell in table.rows[0].cells]
        if reading.doc.is_taken(table.line) or not {*heads} & {*_HOST} or not {*heads} & {*_CONTENT}:
            continue
        _read(reading, section, table, heads)


def _read(reading: Reading, section: Section, table: Table, heads: list[str]) -> None:
    columns = [
        Column(
            "name" if h in _NAME else "host" if h in _HOST else "content" if h in _CONTENT else f"?{i}",
            "text",
        )
        for i, h in enumerate(heads)
        if h
    ]
    for row in table.rows[1:]:
        found, left = align(columns, row.cells)
        if not found.get("name"):
            reading.faults.leave(row.line, " ".join(row.filled))
            continue
        content = "\n".join(
            squeezed(part) for part in _BULLET.split(found.get("content", "")) if part.strip()
        )
        reading.card.groups.append(ReadGroup(found["name"], found.get("host", ""), content, row.line))
        for cell in [*left, *(v for k, v in found.items() if k.startswith("?"))]:
            reading.faults.leave(row.line, cell)
    reading.doc.take_table(table, "사업 안내")
    if section.kind != Kind.PLAN:
        reading.faults.warn(table.line, "사업 안내 표가 추진계획 밖에 있습니다.")
