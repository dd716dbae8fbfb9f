"""추진실적 총괄: weights, results to date, rates, and the weighted total as printed."""

from __future__ import annotations

import re

from .cells import is_none, looks_like_value
from .headings import Kind
from .indicator_rows import expected_columns, label_of, match_row, printed
from .model import ReadIndicator
from .own_words import is_own_cell
from .reading import Reading
from .source import key
from .tables import Row, Table, year_in

_OVERALL = re.compile(
    r"총?(?:사업)?이행[률율](?:\(%\))?|총달성[률율](?:\(%\))?|종합(?:(?:이행|달성)[률율도])?|총계|합계|계|평균|총이행도"
)


def read_results(reading: Reading, table: Table, head: list[Row], labels: list[str]) -> None:
    title = "추진실적 총괄"
    values = _value_columns(labels)
    columns = expected_columns(labels, values)
    seen = reading.seen.setdefault(title, [])
    for row in table.rows[len(head) :]:
        if row.filled and _OVERALL.fullmatch(key(row.filled[0])):
            _read_overall(reading, row, head[0])
            continue
        matched = match_row(reading, columns, row, title, seen)
        if matched is None:
            continue
        known, found = matched
        _store_result(reading, known, found, title, row.line)
    reading.doc.take_table(table, title)


def _value_columns(labels: list[str]) -> dict[int, str]:
    """The columns of figures by their place; the result to date is not that of one year (``2022 실적``)."""
    values: dict[int, str] = {}
    for at, label in enumerate(labels):
        name = label_of(label)
        if name not in ("weight", "target", "actual", "rate") or year_in(label) is not None:
            continue
        if name not in values.values():
            values[at] = name
        elif name == "actual" and re.search(r"누적|누계|총", label):
            values = {place: each for place, each in values.items() if each != "actual"} | {at: name}
    return values


def _store_result(
    reading: Reading, known: ReadIndicator, found: dict[str, str], title: str, line: int
) -> None:
    where = f"{title} {known.no}"
    if "weight" in found:
        known.weight = reading.cells.rate(found["weight"], f"{where} 대비비율", line)
    known.actual = reading.cells.number(found.get("actual", ""), f"{where} 누적 실적", line, known.unit)
    known.rate_text = found.get("rate", "").strip(" %")
    known.rate = reading.cells.rate(found.get("rate", ""), f"{where} 이행률", line)
    known.note = known.note or found.get("note", "")
    known.line = line
    if "target" not in found:
        return
    target = reading.cells.number(found["target"], f"{where} 목표", line, known.unit)
    if known.term_target is None:
        known.term_target = target
    elif target != known.term_target:
        reading.faults.differs(
            line, f"{where} 목표", printed(target), printed(known.term_target), "임기 목표 표의 값"
        )


def _read_overall(reading: Reading, row: Row, head: Row) -> None:
    """The last figure of the row, unless it stands under the weights and is their sum."""
    names = head.cells if len(head.cells) == len(row.cells) else ("",) * len(row.cells)
    figures: list[str] = []
    for cell, name in list(zip(row.cells, names, strict=True))[1:]:
        if looks_like_value(cell) and label_of(name) != "weight":
            figures.append(cell)
        elif cell != row.filled[0] and not (looks_like_value(cell) or is_none(cell) or is_own_cell(cell)):
            reading.faults.leave(row.line, cell)
    if figures:
        _set_overall(reading, figures[-1], row.line)


def _set_overall(reading: Reading, text: str, line: int) -> None:
    card = reading.card
    card.overall_text, card.overall_line = text.strip(" %"), line
    card.overall = reading.cells.rate(text, "총 이행률", line)


def read_overall_line(reading: Reading) -> None:
    """``총 이행률: 82.5%`` as a line of its own."""
    for section in reading.doc.sections:
        for paragraph in section.paragraphs if section.kind in (Kind.TOTALS, Kind.RESULTS) else []:
            found = re.fullmatch(
                r"[○□■◎*\-\s]*총\s*이행[률율]\s*(?:\(%\))?\s*[:：]?\s*(\d[\d.,]*)\s*%?", paragraph.bare
            )
            if found and reading.card.overall is None:
                _set_overall(reading, found[1], paragraph.line)
                reading.doc.take(paragraph.line, "총 이행률")
