"""현황: enterprises by kind, the centre, the committee, the spaces. (지원현황 is in ``support``.)"""

from __future__ import annotations

import re
from datetime import date

from .captions import base_day, caption_of
from .cells import is_none, looks_like_value
from .document import Paragraph, Section
from .model import ReadCenter, ReadCommittee, ReadKind, ReadRegister, ReadSpace
from .reading import Reading
from .source import key, squeezed
from .tables import Column, Row, Table, align, year_in

KINDS = ("사회적기업", "마을기업", "협동조합", "자활기업", "인증", "예비", "예비사회적기업", "자활근로사업단")
TOTALS = ("총계", "합계", "계", "총계(개소)", "소계")
_CENTER = re.compile(r"[-·*○]?\s*(역할|조직|위치|소재지|인력|구성|인원)\s*[:：]\s*(.*)")


def read_present(reading: Reading) -> None:
    for section, table in reading.doc.all_tables():
        if reading.doc.is_taken(table.line):
            continue
        words = table.keys()
        if len(words & set(KINDS)) >= 2 and words & set(TOTALS) and not words & {"기업수", "지원액"}:
            _read_register(reading, section, table)
        elif any(word.startswith("위원회명") for word in words):
            _read_committee(reading, section, table)
        elif words & {"시설명", "공간명", "시설"} and any("입주" in w or "면적" in w for w in words):
            _read_spaces(reading, section, table)
    for section in reading.doc.sections:
        _read_center(reading, section)


def _read_register(reading: Reading, section: Section, table: Table) -> None:
    caption = caption_of(reading.doc, section, table)
    rows, told = _without_labels(table.rows)
    found = [i for i, row in enumerate(rows) if _is_figures(row)]
    if not found or found[0] == 0 or reading.card.register:
        return
    # Of several years down the table the last one is the card's.
    first, at = found[0], found[-1] if told else found[0]
    figures = rows[at]
    heads = register_columns(rows[:first], len(figures.cells))
    values = list(figures.cells) if len(heads) == len(figures.cells) else figures.filled
    heads = heads if len(heads) == len(values) else [head for head in heads if head[1]]
    if len(heads) != len(values):
        reading.faults.error(
            figures.line, f"기업 현황: 머리의 칸({len(heads)})과 값의 칸({len(values)})이 맞지 않습니다."
        )
        return
    register = ReadRegister(_day_of(told.get(figures.line, "")) or caption.on, [], figures.line)
    printed: dict[str, int] = {}
    for (group, label), cell in zip(heads, values, strict=True):
        count = reading.cells.count(cell, f"기업 현황 {group or label}", figures.line)
        if key(label) in TOTALS:
            printed[group] = count or 0
        elif label:
            register.kinds.append(ReadKind(group, label, count or 0, figures.line))
        else:
            reading.faults.leave(figures.line, cell)
    reading.card.register = register
    _check_register(reading, register, printed)
    _take_with_caption(reading, section, table, "기업 현황", caption.lines)
    _check_title(
        reading, caption.full, "관내 기업 수", sum(kind.count for kind in register.kinds), figures.line
    )
    for row in [*table.rows[first:at], *table.rows[at + 1 :]]:
        reading.faults.leave(row.line, " ".join(row.filled))


def _without_labels(rows: list[Row]) -> tuple[list[Row], dict[int, str]]:
    """The rows without their first column where that only names them (구분, 연도); its texts by line."""
    if key(rows[0].first) not in ("구분", "연도", "년도", "연도별", "기준", "기준일"):
        return rows, {}
    told = {row.line: row.first for row in rows}
    return [Row(row.line, row.last, row.cells[1:]) for row in rows], told


def _day_of(label: str) -> date | None:
    """``2024. 6.`` and ``2023년`` of a row: the last day of it."""
    year = year_in(label)
    return date(year, 12, 31) if year else base_day(f"{label} 기준") if label.strip() else None


def _is_figures(row: Row) -> bool:
    return bool(row.filled) and all(looks_like_value(c) or is_none(c) for c in row.filled)


def register_columns(rows: list[Row], width: int) -> list[tuple[str, str]]:
    """(group, label) of each column; a total's group is "" or its own group."""
    top, below = rows[0].cells, rows[1].cells if len(rows) > 1 else ()
    if below and len(top) == len(below) == width:
        return _by_position(top, below)
    heads: list[tuple[str, str]] = []
    rest = [cell for cell in below if cell.strip()]
    for label in (cell for cell in top if cell.strip()):
        if rest and key(label) in ("사회적기업", "사회적경제기업"):
            heads += [(label, sub) for sub in rest]
            rest = []
        else:
            heads.append(("", label))
    return heads


def _by_position(top: tuple[str, ...], below: tuple[str, ...]) -> list[tuple[str, str]]:
    heads: list[tuple[str, str]] = []
    group = ""
    for label, sub in zip(top, below, strict=True):
        group = label.strip() or group
        heads.append((group, sub.strip()) if sub.strip() else ("", label.strip()))
    return heads


def _check_register(reading: Reading, register: ReadRegister, printed: dict[str, int]) -> None:
    for group, total in printed.items():
        rows = [kind for kind in register.kinds if not group or kind.group == group]
        summed = sum(kind.count for kind in rows)
        if summed != total:
            where = f"기업 현황 {group + ' 계' if group else '총계'}"
            reading.faults.differs(
                register.line, where, f"{total:,}", f"{summed:,}", f"차이 {abs(total - summed):,}"
            )


def _check_title(reading: Reading, text: str, where: str, computed: int, line: int) -> None:
    """``○ 관내 사회적경제기업: 233개``: the figure of the title against the table."""
    found = re.search(r"[:：]\s*(\d[\d,]*)\s*개", text)
    if found and int(found[1].replace(",", "")) != computed:
        reading.faults.differs(line, where, found[1], f"{computed:,}")


def _take_with_caption(
    reading: Reading, section: Section, table: Table, part: str, lines: tuple[int, ...]
) -> None:
    reading.doc.take_table(table, part)
    for line in lines:
        reading.doc.take(line, part)


_COMMITTEE = {"위원회명": "name", "위원수": "members", "임기": "term", "기능": "functions", "주기": "meets"}


def _read_committee(reading: Reading, section: Section, table: Table) -> None:
    heads = [key(cell) for cell in table.rows[0].cells]
    columns = [
        Column(_one_of(head, _COMMITTEE, at), "value" if head.startswith("위원수") else "text")
        for at, head in enumerate(heads)
        if head
    ]
    for row in table.rows[1:2]:
        found, left = align(columns, row.cells)
        years = re.search(r"(\d+)\s*년", found.get("term", ""))
        renewals = re.search(r"(\d+)\s*(?:회|차례|번)", found.get("term", ""))
        reading.card.committee = ReadCommittee(
            name=found.get("name", ""),
            members=reading.cells.count(found.get("members", ""), "위원회 위원수", row.line),
            term_years=int(years[1]) if years else 2,
            renewals=int(renewals[1]) if renewals else 0,
            functions=found.get("functions", ""),
            meets=found.get("meets", ""),
            line=row.line,
        )
        if not years:
            reading.faults.warn(row.line, "위원회: 임기가 적혀 있지 않아 2년으로 두었습니다.")
        _leave(reading, found, left, row.line)
    for row in table.rows[2:]:
        reading.faults.warn(row.line, "위원회가 둘 이상이라 첫 위원회만 카드에 넣었습니다.")
        reading.faults.leave(row.line, " ".join(row.filled))
    caption = caption_of(reading.doc, section, table)
    _take_with_caption(reading, section, table, "위원회", caption.lines)


def _one_of(head: str, names: dict[str, str], at: int) -> str:
    return next((name for word, name in names.items() if word in head), f"?{at}")


def _leave(reading: Reading, found: dict[str, str], left: list[str], line: int) -> None:
    """Cells of columns that the card has no place for."""
    for name, cell in found.items():
        if name.startswith("?"):
            reading.faults.leave(line, cell)
    for cell in left:
        reading.faults.leave(line, cell)


_SPACE = {"시설명": "name", "공간명": "name", "시설": "name", "소재지": "address", "주소": "address", "위치": "address",
          "면적": "area", "행정동": "dong", "입주": "tenants", "개소": "opened", "개관": "opened"}  # fmt: skip


def _read_spaces(reading: Reading, section: Section, table: Table) -> None:
    kinds = {"area": "value", "tenants": "value", "opened": "date"}
    columns = []
    for i, cell in enumerate(table.rows[0].cells):
        if cell.strip():
            name = _one_of(key(cell), _SPACE, i)
            columns.append(Column(name, kinds.get(name, "text")))  # type: ignore[arg-type]
    spaces = [space for row in table.rows[1:] if (space := _space(reading, columns, row))]
    reading.card.spaces += spaces
    caption = caption_of(reading.doc, section, table)
    _take_with_caption(reading, section, table, "입주 공간", caption.lines)
    _check_spaces(reading, caption.full, spaces, table.line)


def _space(reading: Reading, columns: list[Column], row: Row) -> ReadSpace | None:
    found, left = align(columns, row.cells)
    name, where = found.get("name", ""), f"입주 공간 {found.get('name', '')}"
    if key(name) in TOTALS or not name:
        return None
    _leave(reading, found, left, row.line)
    return ReadSpace(
        name=name,
        address=found.get("address", ""),
        area_m2=reading.cells.number(found.get("area", ""), f"{where} 면적", row.line),
        dong=found.get("dong", ""),
        tenants=reading.cells.count(found.get("tenants", ""), f"{where} 입주기업", row.line),
        opened_on=reading.cells.day(found.get("opened", ""), f"{where} 개소일", row.line),
        line=row.line,
    )


def _check_spaces(reading: Reading, title: str, spaces: list[ReadSpace], line: int) -> None:
    places, firms = re.search(r"(\d+)\s*개소", title), re.search(r"(\d+)\s*개\s*(?:기업|업체|사)", title)
    tenants = sum(space.tenants or 0 for space in spaces)
    if places and int(places[1]) != len(spaces):
        reading.faults.differs(line, "입주 공간 개소", places[1], str(len(spaces)))
    if firms and int(firms[1]) != tenants:
        reading.faults.differs(line, "입주 공간 입주기업", firms[1], str(tenants))


def _read_center(reading: Reading, section: Section) -> None:
    """``○ 사회적경제 통합지원센터 운영`` with 역할, 조직, 위치 below it."""
    items = section.items
    for at, item in enumerate(items):
        if reading.card.center or not isinstance(item, Paragraph) or reading.doc.is_taken(item.line):
            continue
        if "센터" not in item.text or _CENTER.fullmatch(item.bare) or len(item.bare) > 60:
            continue
        rows: list[tuple[int, str, str]] = []
        for line in items[at + 1 : at + 7]:
            found = _CENTER.fullmatch(line.bare) if isinstance(line, Paragraph) else None
            if not found or not isinstance(line, Paragraph):
                break
            rows.append((line.line, found[1], squeezed(found[2])))
        if len(rows) >= 2:
            _store_center(reading, item, rows)


def _store_center(reading: Reading, title: Paragraph, rows: list[tuple[int, str, str]]) -> None:
    name = re.sub(
        r"\s*(?:설치\s*)?(?:·|및)?\s*(?:운영|현황)(?:\s*현황)?$", "", re.sub(r"^[○□◦●■-]\s*", "", title.bare)
    )
    center = ReadCenter(name=squeezed(name.rstrip(":： ")), line=title.line)
    for line, label, text in rows:
        if label == "역할":
            center.role = text
        elif label in ("위치", "소재지"):
            center.address = text
        else:
            found = re.match(r"(?:총\s*)?(\d+)\s*명\s*(?:[(（](.*)[)）])?$", text)
            center.staff = int(found[1]) if found else center.staff
            center.organisation = (found[2] or "") if found else text
        reading.doc.take(line, "지원센터")
    reading.doc.take(title.line, "지원센터")
    reading.card.center = center
