"""추진실적(일정별) and 주민 참여(소통) 실적: rows with their printed number and date."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .captions import is_caption
from .cells import period
from .document import Paragraph, Section
from .headings import Kind
from .log_lines import rows_of
from .model import ReadLogRow
from .own_words import is_own_line
from .reading import Reading
from .source import key, squeezed
from .tables import Column, ColumnKind, Row, Table, align, year_in

_HEADS: tuple[tuple[str, str], ...] = (
    ("no", r"연번|번호|순번|no|순"),
    ("date", r"일자|일시|날짜|추진일자|추진일|시기|추진시기|기간|추진일정|년월일|연월일|월일|일정"),
    ("detail", r"(?:세부|추진|주요)?내용|세부(?:사항|내역|추진사항)|상세내용|내역"),
    ("title", r"추진사항|추진실적|사항|제목|추진업무|실적|사업명|주요실적|항목|행사명|추진사업"),
    ("kind", r"구분|유형|분류|종류|참여방법|소통방법|매체"),
)
_SLIP = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?=\s*(?:천\s?원|백만\s?원|원|천원))")
_MISGROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*,\d{1,2}(?=\s*(?:천|백만|억|만)?\s?원)")
LABELS = {"log": "일정별 추진실적", "engagement": "주민 참여(소통) 실적"}


@dataclass
class _Place:
    """Where the reading of a table stands: for what a row leaves out."""

    year: int | None = None
    date_text: str = ""
    rows: list[ReadLogRow] = field(default_factory=list)


def read_logs(reading: Reading) -> None:
    for section, table in reading.doc.all_tables():
        if reading.doc.is_taken(table.line):
            continue
        heads = {name for cell in table.rows[0].filled if (name := _head(cell))}
        if "date" not in heads or len(heads) < 2:
            continue
        is_engagement = section.kind == Kind.ENGAGEMENT or ("kind" in heads and "title" not in heads)
        _read(reading, table, "engagement" if is_engagement else "log")
    for section in reading.doc.sections:
        _read_lines(reading, section)
    for rows, what in ((reading.card.log, "log"), (reading.card.engagement, "engagement")):
        _number(reading, rows, LABELS[what])


def _read_lines(reading: Reading, section: Section) -> None:
    """추진경과 as dated lines; other words below such a heading stay text."""
    if section.kind not in (Kind.LOG, Kind.ENGAGEMENT, Kind.RESULTS):
        return
    what = "engagement" if section.kind == Kind.ENGAGEMENT else "log"
    rows = reading.card.engagement if what == "engagement" else reading.card.log
    lines = [
        item
        for item in reading.doc.left(section)
        if isinstance(item, Paragraph) and not is_caption(item.bare)
    ]
    lines = [line for line in lines if not is_own_line(line.bare)]
    for row in (found := rows_of(lines, rows[-1].starts_on.year if rows else None)):
        if what == "engagement":
            row.title, row.detail = "", f"{row.title} {row.detail}".strip()
        _ask_about_slips(reading, f"{row.title} {row.detail}", row.line, LABELS[what])
    rows += found
    for line in lines if found else []:
        reading.doc.take(line.line, LABELS[what])


def _head(cell: str) -> str | None:
    word = re.sub(r"\(.*\)", "", key(cell))
    return next((name for name, pattern in _HEADS if re.fullmatch(pattern, word)), None)


def _columns(row: Row) -> list[Column]:
    columns: list[Column] = []
    kinds: dict[str, ColumnKind] = {"no": "no", "date": "date"}
    for cell in row.cells:
        if cell.strip():
            name = _head(cell)
            taken = {column.name for column in columns}
            if name == "detail" and name in taken and "title" not in taken:
                # 추진내용 beside 세부내용: the first says what, the second how.
                first = next(at for at, column in enumerate(columns) if column.name == "detail")
                columns[first] = Column("title", "text")
            elif name is None or name in taken:
                name = f"?{cell}"
            columns.append(
                Column(name, kinds.get(name, "text"), optional=name.startswith("?") or name == "no")
            )
    return columns


def _read(reading: Reading, table: Table, what: str) -> None:
    rows = reading.card.engagement if what == "engagement" else reading.card.log
    columns = _columns(table.rows[0])
    place = _Place(rows[-1].starts_on.year if rows else None)
    for row in table.rows[1:]:
        filled = row.filled
        if [key(cell) for cell in filled] == [key(cell) for cell in table.rows[0].filled]:
            continue
        if len(filled) == 1 and (is_own_line(filled[0]) or year_in(filled[0])):
            place.year = year_in(filled[0]) or place.year
            continue
        found, left = align(columns, row.cells)
        for cell in [*left, *(f"{k[1:]}: {v}" for k, v in found.items() if k.startswith("?") and v)]:
            reading.faults.leave(row.line, cell)
        read = _row(reading, found, row.line, place, what)
        if read is None:
            reading.faults.leave(row.line, " ".join(filled))
        else:
            rows.append(read)
    reading.doc.take_table(table, LABELS[what])


def _row(reading: Reading, found: dict[str, str], line: int, place: _Place, what: str) -> ReadLogRow | None:
    label, typed = LABELS[what], squeezed(found.get("date", ""))
    text = typed or place.date_text
    read = period(re.sub(r"^\((.*)\)$", r"\1", text), place.year) if text else None
    if read is None:
        if re.search(r"\d{1,4}\s*[.\-/년]\s*\d{1,2}\s*[.\-/월]\s*\d", text) and not _recurring(text):
            reading.faults.error(
                line, f"{label} 일자 ‘{text}’: 날짜로 읽을 수 없습니다. 연·월·일을 확인해 주십시오."
            )
        else:
            reading.faults.warn(
                line, f"{label} 일자 ‘{text}’: 날짜를 알 수 없어 줄을 자리 없는 글로 남겼습니다."
            )
        place.date_text = ""
        return None
    if not typed:
        reading.faults.warn(line, f"{label}: 일자 칸이 비어 있어 앞 줄의 ‘{text}’(으)로 읽었습니다.")
    place.year, place.date_text = read.start.year, text
    title, detail = squeezed(found.get("title", "")), squeezed(found.get("detail", ""))
    if what == "log" and not title and len(detail) <= 120:
        title, detail = detail, ""
    if what == "engagement" and not detail:
        title, detail = "", title
    if not title and not detail:
        return None
    _ask_about_slips(reading, f"{title} {detail}", line, f"{label} {found.get('no', '')}".strip())
    digits = re.sub(r"\D", "", found.get("no", ""))
    return ReadLogRow(
        no=int(digits) if digits and len(digits) < 6 else 0,
        date_text=text,
        starts_on=read.start,
        ends_on=None if read.end == read.start else read.end,
        title=title,
        detail=detail,
        line=line,
        kind=squeezed(found.get("kind", "")),
    )


def _recurring(text: str) -> bool:
    return bool(re.search(r"매주|매월|매년|주말|수시|상시|격주|요일", text))


def _ask_about_slips(reading: Reading, text: str, line: int, where: str) -> None:
    for found in _MISGROUPED.finditer(text):
        reading.faults.warn(
            line, f"{where}: ‘{found[0]}’은(는) 쉼표가 세 자리씩이 아닙니다. 적힌 그대로 두었습니다."
        )
    for found in _SLIP.finditer(text):
        reading.faults.warn(
            line,
            f"{where}: ‘{found[0]}’은(는) {found[0].replace('.', ',')}의 오타일 수 있습니다. 적힌 그대로 두었습니다.",
        )


def _number(reading: Reading, rows: list[ReadLogRow], label: str) -> None:
    """Printed numbers stay; a missing or repeated one gets the next free number."""
    taken: set[int] = set()
    for row in rows:
        if row.no and row.no in taken:
            reading.faults.warn(
                row.line, f"{label}: 연번 {row.no}이(가) 두 번 있어 뒤의 줄에 새 번호를 붙였습니다."
            )
            row.no = 0
        taken.add(row.no)
    for row in rows:
        if row.no == 0:
            row.no = max(taken) + 1
            taken.add(row.no)


def last_day_of_log(rows: list[ReadLogRow]) -> ReadLogRow | None:
    """The log's latest row; a range is dated by its first day (DOMAIN §3.7)."""
    return max(rows, key=lambda row: row.starts_on, default=None)
