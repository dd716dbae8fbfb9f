"""What was read, shown beside its source before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass

from common.periods import korean_date
from pledges.models.indicators import Aggregation
from pledges.models.pledge import Status

from .checks import execution_sum
from .model import AFTER_TERM, ALL, SOURCES, TOTAL, Column, ReadCard, ReadExecution, ReadMoney
from .parse import Read
from .sources import LABELS
from .units import in_unit, label_of_unit


@dataclass(frozen=True)
class ShownLine:
    """A line of the source, what it was read as, and whether something is to be said about it."""

    no: int
    text: str
    part: str
    unplaced: bool
    messages: tuple[str, ...]
    is_error: bool


def source_lines(read: Read) -> list[ShownLine]:
    """Every line that is not blank."""
    told: dict[int, list[str]] = {}
    for fault in read.faults:
        told.setdefault(fault.line, []).append(fault.message)
    wrong = {fault.line for fault in read.faults.errors}
    left = {found.line for found in read.unplaced}
    return [
        ShownLine(no, text.replace("\t", " │ "), part, no in left, tuple(told.get(no, ())), no in wrong)
        for no, text, part in read.lines
        if text.strip()
    ]


def summary(card: ReadCard) -> list[tuple[str, str]]:
    """Label and value of what the header and the tables say."""
    header, term = card.header, card.term
    status = str(Status(header.status).label) if header.status else "-"
    if header.status_words:
        status = f"{header.status_words} → {status}"
    rows = [
        ("번호와 제목", f"{card.number} {card.title}".strip()),
        ("임기", f"{term.name} ({korean_date(term.starts_on)}~{korean_date(term.ends_on)})" if term else ""),
        (
            "도입 전 누계 기준일",
            f"{korean_date(card.as_of)} ({card.base_text or '문서에 없어 둔 날'})" if card.as_of else "",
        ),
        (
            "사업성격·완료시기·사업기간",
            " · ".join((header.nature, header.completion, header.period)).strip(" ·"),
        ),
        ("중앙정부 도움", "·".join(header.help_kinds) or ("필요" if header.help_needed else "해당없음")),
        ("사업주체", header.host),
        ("추진상황", status),
        ("총사업비", _money(card.cost)),
        ("확보액", _money(card.secured)),
        ("예산 집행액", _execution(card)),
        ("사업담당", ", ".join(f"{officer.role} {officer.name}" for officer in card.officers)),
    ]
    return [(label, value) for label, value in [*rows, *_tables(card)] if value]


def _money(cost: ReadMoney | None) -> str:
    """The sum with its parts; as printed where they do not make it."""
    if cost is None:
        return ""
    parts = ", ".join(
        f"{LABELS[source]} {in_unit(cost.parts[source], cost.unit)}"
        for source in SOURCES
        if source in cost.parts
    )
    total = sum(cost.parts.values())
    printed = f", 문서의 계 {cost.total.text}" if cost.total and cost.total.won != total else ""
    return f"{in_unit(total, cost.unit)} {label_of_unit(cost.unit)} ({parts}{printed})"


def _execution(card: ReadCard) -> str:
    table = card.execution
    if table is None:
        return ""
    return f"{in_unit(execution_sum(table, TOTAL, ALL), table.unit)} {label_of_unit(table.unit)}"


@dataclass(frozen=True)
class ShownTable:
    """A table as read, for the eye: its caption, heads and rows of text."""

    caption: str
    heads: list[str]
    rows: list[list[str]]


def tables_of(card: ReadCard) -> list[ShownTable]:
    """예산 집행액 cell by cell, and the quarters of every year that has them."""
    shown = [_execution_table(card.execution)] if card.execution and card.execution.cells else []
    for year in sorted({year for row in card.indicators for year in row.quarters}):
        rows = [
            [
                f"{row.no}. {row.name}",
                *("-" if value is None else f"{value.normalize():,f}" for value in row.quarters[year]),
            ]
            for row in card.indicators
            if year in row.quarters
        ]
        shown.append(ShownTable(f"{year}년 분기별 목표", ["확인지표", "1/4", "2/4", "3/4", "4/4"], rows))
    return shown


def _execution_table(table: ReadExecution) -> ShownTable:
    after = any(column == AFTER_TERM for _, column in table.cells)
    columns: list[Column] = [ALL, *table.years, *([AFTER_TERM] if after else [])]
    sources = [TOTAL, *(source for source in SOURCES if any(s == source for s, _ in table.cells))]
    rows = [
        ["총계" if source == TOTAL else LABELS[source]]
        + [in_unit(_cell(table, source, column), table.unit) for column in columns]
        for source in sources
    ]
    return ShownTable(f"예산 집행액 (단위: {label_of_unit(table.unit)})", ["구분", *map(str, columns)], rows)


def _cell(table: ReadExecution, source: str, column: Column) -> int:
    """A printed column as it stands; only 계 puts together."""
    if column == ALL:
        return execution_sum(table, source, ALL)
    sources = SOURCES if source == TOTAL else (source,)
    return sum(table.cells.get((each, column), 0) for each in sources)


def _tables(card: ReadCard) -> list[tuple[str, str]]:
    found = [
        ("기업 현황", f"{sum(kind.count for kind in card.register.kinds)}개" if card.register else ""),
        ("지원센터", card.center.name if card.center else ""),
        ("지원현황", ", ".join(program.name for program in card.support.programs) if card.support else ""),
        ("위원회", card.committee.name if card.committee else ""),
        ("입주 공간", ", ".join(space.name for space in card.spaces)),
        ("사업 안내", ", ".join(group.name for group in card.groups)),
        ("서술 항목", f"{len(card.sections)}개" if card.sections else ""),
        ("일정별 추진실적", f"{len(card.log)}줄" if card.log else ""),
        ("주민 참여(소통) 실적", f"{len(card.engagement)}줄" if card.engagement else ""),
    ]
    return found


def way(aggregation: str) -> str:
    """How an indicator adds up, in words."""
    return str(Aggregation(aggregation).label) if aggregation else ""
