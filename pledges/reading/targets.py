"""공약달성 확인지표: the targets of the term, its years and the quarters of a year."""

from __future__ import annotations

import re
from decimal import Decimal

from .document import Section
from .indicator_rows import expected_columns, is_quarter, is_result, label_of, match_row, printed
from .model import ReadIndicator
from .reading import Reading
from .source import key
from .tables import Row, Table, single_years, year_in, years_in

_ACTUALS = ("실적", "추진실적", "누적실적", "이행실적")
_NAMES = {"target": "목표", "weight": "대비비율"}


def _value_columns(labels: list[str]) -> dict[int, str]:
    """The columns of figures by their place: years, years together (``~``), target and weight."""
    values: dict[int, str] = {}
    # What a year reached stands beside its target in some tables.
    planned = ["" if is_result(label) else label for label in labels]
    for at, (label, year) in enumerate(zip(planned, single_years(planned), strict=True)):
        if year is not None:
            values[at] = str(year)
        elif years_in(label):
            values[at] = f"~{label}"
        elif (
            year_in(label) is None
            and (name := label_of(label)) in ("target", "weight")
            and name not in values.values()
        ):
            values[at] = name
    return values


def read_targets(
    reading: Reading, section: Section, table: Table, head: list[Row], labels: list[str]
) -> None:
    title = "임기 목표"
    values = _value_columns(labels)
    seen = reading.seen.setdefault(title, [])
    for row in table.rows[len(head) :]:
        if seen and row.filled and key(row.filled[0]) in _ACTUALS:
            _read_actuals(reading, seen[-1], row, list(values.values()))
            continue
        matched = match_row(reading, expected_columns(labels, values), row, title, seen)
        if matched is None:
            continue
        known, found = matched
        for name in values.values():
            where = f"{title} {known.no} {_NAMES.get(name, name.lstrip('~'))}"
            if name == "weight":
                known.weight = reading.cells.rate(found.get(name, ""), where, row.line)
                continue
            value = reading.cells.number(found.get(name, ""), where, row.line, known.unit)
            if name == "target":
                known.term_target = value
            elif name.startswith("~"):
                _leave_years(reading, known, name[1:], value, row.line)
            else:
                known.years[int(name)] = value
        known.note = known.note or found.get("note", "")
    reading.doc.take_table(table, title)


def _read_actuals(reading: Reading, known: ReadIndicator, row: Row, names: list[str]) -> None:
    """The row 실적 below the row 목표: its 계 is the result to date, those of single years have no place here."""
    cells = row.filled[1:]
    if "target" not in names or len(cells) != len(names):
        reading.faults.leave(row.line, " ".join(row.filled))
        return
    for name, cell in zip(names, cells, strict=True):
        where = f"누적 실적 {known.no} {_NAMES.get(name, name)}"
        value = reading.cells.number(cell, where, row.line, known.unit)
        if name == "target":
            known.actual = value if known.actual is None else known.actual
        elif value is not None:
            reading.faults.leave(row.line, f"{known.name} 실적 {name}: {cell}")


def _leave_years(reading: Reading, row: ReadIndicator, label: str, value: Decimal | None, line: int) -> None:
    """What several years share cannot be given to one of them."""
    if value is not None:
        row.unsplit += value
        reading.faults.warn(
            line,
            f"임기 목표 {row.no}: ‘{label}’의 목표 {printed(value)}은(는) 해를 나눌 수 없어 글로 남겼습니다.",
        )
        reading.faults.leave(line, f"임기 목표 {row.no} {label}: {printed(value)}")


def read_quarters(
    reading: Reading, section: Section, table: Table, head: list[Row], labels: list[str]
) -> None:
    year = _year_of(section, head)
    if year is None:
        # Without its year a target has no place; its lines stay unplaced.
        reading.faults.warn(
            table.line,
            "분기별 목표: 어느 해의 목표인지 알 수 없어 읽지 않았습니다. 제목에 ‘2024년’처럼 적어 주십시오.",
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
    seen = reading.seen.setdefault(title, [])
    for row in table.rows[len(head) :]:
        if seen and row.filled and key(row.filled[0]) in _ACTUALS:
            _read_actuals(reading, seen[-1], row, list(values.values()))
            continue
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
