"""공약달성 확인지표: the targets of the term, its years and the quarters of a year."""

from __future__ import annotations

import re
from decimal import Decimal

from .document import Section
from .indicator_rows import expected_columns, is_quarter, label_of, match_row, printed
from .model import ReadIndicator
from .reading import Reading
from .tables import Row, Table, year_in


def read_targets(
    reading: Reading, section: Section, table: Table, head: list[Row], labels: list[str]
) -> None:
    title = "임기 목표"
    values: dict[int, str] = {}
    for at, label in enumerate(labels):
        if (year := year_in(label)) is not None:
            values[at] = str(year)
        elif label_of(label) == "target" and "target" not in values.values():
            values[at] = "target"
    seen: list[ReadIndicator] = []
    for row in table.rows[len(head) :]:
        matched = match_row(reading, expected_columns(labels, values), row, title, seen)
        if matched is None:
            continue
        known, found = matched
        for name in values.values():
            where = f"{title} {known.no} {'목표' if name == 'target' else name}"
            value = reading.cells.number(found.get(name, ""), where, row.line, known.unit)
            if name == "target":
                known.term_target = value
            else:
                known.years[int(name)] = value
        known.note = known.note or found.get("note", "")
    reading.doc.take_table(table, title)


def read_quarters(
    reading: Reading, section: Section, table: Table, head: list[Row], labels: list[str]
) -> None:
    year = _year_of(section, head)
    if year is None:
        reading.faults.error(
            table.line, "분기별 목표: 어느 해의 목표인지 알 수 없습니다. 제목에 2024년처럼 적어 주십시오."
        )
        return
    title, quarter = f"{year}년 분기별 목표", 0
    values: dict[int, str] = {}
    for at, label in enumerate(labels):
        if is_quarter(label):
            quarter += 1
            values[at] = f"{quarter}분기"
        elif label_of(label) == "target":
            values[at] = "계"
    seen: list[ReadIndicator] = []
    for row in table.rows[len(head) :]:
        matched = match_row(reading, expected_columns(labels, values), row, title, seen)
        if matched is None:
            continue
        known, found = matched
        numbers = {
            name: reading.cells.number(
                found.get(name, ""), f"{title} {known.no} {name}", row.line, known.unit
            )
            for name in values.values()
        }
        known.quarters[year] = tuple(numbers.get(f"{number}분기") for number in (1, 2, 3, 4))
        _check_year(reading, known, year, numbers, row.line)
    reading.doc.take_table(table, title)


def _check_year(
    reading: Reading, row: ReadIndicator, year: int, numbers: dict[str, Decimal | None], line: int
) -> None:
    """The year's target stands in both tables."""
    if "계" not in numbers:
        return
    if year not in row.years:
        row.years[year] = numbers["계"]
    elif row.years[year] != numbers["계"]:
        reading.faults.differs(
            line,
            f"{year}년 분기별 목표 {row.no} 계",
            printed(numbers["계"]),
            printed(row.years[year]),
            "임기 목표 표의 값",
        )


def _year_of(section: Section, head: list[Row]) -> int | None:
    texts = [cell for row in head for cell in row.filled] + (
        [section.heading.text] if section.heading else []
    )
    for text in texts:
        if found := re.search(r"(20\d\d)\s*년|['’‘](\d\d)\s*년|^(20\d\d)", text):
            return int(found[1] or found[3]) if found[1] or found[3] else 2000 + int(found[2])
    return None
