"""Rows of the indicator tables: which columns a header announces, and which indicator a row is about."""

from __future__ import annotations

import re
from decimal import Decimal

from common.notation import NotationError, read_number

from .cells import UNITS, is_none
from .model import ReadIndicator
from .own_words import is_own_cell
from .reading import Reading
from .source import key, squeezed
from .tables import Column, ColumnKind, Row, Table, align, is_no, year_in

_QUARTER = re.compile(r"(?:[1-4]|[Ⅰ-Ⅳ]|I{1,3}|IV)(?:/4)?(?:사?분기)?|(?:[1-4])Q|Q[1-4]", re.IGNORECASE)
_OF_YEAR = re.compile(r"목표|실적|계획|달성|이행|진도")
_LABELS = (
    ("rate", r".*(?:이행률|달성률|달성도|진도율|추진율|이행도|이행율|달성율|추진률|진척도)(?:\(%\))?"),
    ("weight", r".*(?:대비비율|비중|가중치|배점)(?:\(%\))?|비율(?:\(%\))?"),
    ("name", r".*지표(?:명)?"),
    ("unit", r"단위|측정단위"),
    ("actual", r".*(?:실적|누계|달성)(?:\(.*\))?"),
    ("target", r".*(?:목표치?)(?:\(.*\))?|(?:총|합)?계|소계"),
    ("plan", r"추진계획|세부(?:사업|과제|계획)(?:명)?|(?:단위|이행)?과제(?:명)?|사업명?|사업내용"),
    ("no", r"구분|연번|번호|순번|no"),
    ("note", r"비고"),
)
_KINDS: dict[str, ColumnKind] = {"no": "no", "name": "name", "unit": "unit"}


def is_indicator_table(table: Table) -> bool:
    words = table.keys(2)
    return any(
        re.fullmatch(r"(?:확인|성과|이행|달성|평가|측정|공약)*지표(?:명)?", re.sub(r"\(.*\)", "", word))
        for word in words
    )


def label_of(cell: str) -> str | None:
    """What a header cell heads; years and quarters are looked at before."""
    word = key(cell)
    words = (word, re.sub(r"\(.*\)", "", word))
    return next((n for n, pattern in _LABELS if word and any(re.fullmatch(pattern, w) for w in words)), None)


def is_quarter(cell: str) -> bool:
    return bool(_QUARTER.fullmatch(key(cell)))


def _is_head(row: Row) -> bool:
    return bool(row.filled) and all(
        label_of(cell)
        or year_in(cell)
        or is_quarter(cell)
        or re.search(r"목표|연도|분기|실적|임기|민선", cell)
        for cell in row.filled
    )


def head_rows(table: Table) -> list[Row]:
    """The header rows: at least the first, and those below it that hold only header words."""
    count = 1
    while count < len(table.rows) - 1 and count < 3 and _is_head(table.rows[count]):
        if is_no(table.rows[count].first):
            break
        count += 1
    return table.rows[:count]


def flattened(head: list[Row]) -> list[str]:
    """One label a column from one or two header rows; the lower one says more."""
    labels = list(head[0].cells)
    for row in head[1:]:
        if by_year := _under_years(labels, row):
            labels = by_year
            continue
        if len(row.cells) == len(labels):
            labels = [below or above for above, below in zip(labels, row.cells, strict=True)]
            continue
        spans = [
            i
            for i, cell in enumerate(labels)
            if re.search(r"목표|연도|분기|임기|실적", cell) and not _is_plain_target(cell)
        ]
        at = spans[-1] if spans else len(labels) - 1
        labels = labels[:at] + row.filled + [cell for cell in labels[at + 1 :] if cell.strip()]
    return [squeezed(label) for label in labels if label.strip()]


def _under_years(upper: list[str], row: Row) -> list[str]:
    """``2022 목표``, ``2022 실적`` … where each year of the upper row spans the same labels; else nothing."""
    years = [cell for cell in upper if year_in(cell) is not None]
    below = row.filled
    each = len(below) // len(years) if years else 0
    if each < 2 or len(below) != each * len(years) or not all(map(_OF_YEAR.search, below)):
        return []
    first = next(at for at, cell in enumerate(upper) if year_in(cell) is not None)
    last = max(at for at, cell in enumerate(upper) if year_in(cell) is not None)
    spanned = [f"{years[at // each]} {cell}" for at, cell in enumerate(below)]
    return [*filter(str.strip, upper[:first]), *spanned, *filter(str.strip, upper[last + 1 :])]


def is_result(label: str) -> bool:
    """``2022 실적``: what a year reached, not its target."""
    return year_in(label) is not None and "실적" in label


def _is_plain_target(cell: str) -> bool:
    return key(cell) in ("목표", "목표치", "최종목표", "누적실적")


def expected_columns(labels: list[str], values: dict[int, str]) -> list[Column]:
    """Expected columns: ``values`` names those with figures by their place among the labels."""
    columns: list[Column] = []
    seen: set[str] = set()
    for at, label in enumerate(labels):
        name = label_of(label)
        if at in values:
            columns.append(Column(values[at], "value"))
        elif name in ("no", "plan") and name in seen:
            columns.append(Column("plan" if "plan" not in seen else f"?{label}", "text", optional=True))
            seen.add("plan")
        elif name in ("no", "plan", "name", "unit", "note") and name not in seen:
            columns.append(Column(name, _KINDS.get(name, "text"), optional=name == "note"))
            seen.add(name)
        else:
            columns.append(Column(f"?{label}", "any", optional=True))
    if "plan" not in seen:
        at = next((i + 1 for i, column in enumerate(columns) if column.name == "no"), 0)
        columns.insert(at, Column("plan", "text", implied=True))
    if "note" not in seen:
        columns.append(Column("note", "text", implied=True))
    return columns


def match_row(
    reading: Reading, columns: list[Column], row: Row, title: str, seen: list[ReadIndicator]
) -> tuple[ReadIndicator, dict[str, str]] | None:
    """The indicator a row is about, and its cells. Cells without a place are left unplaced."""
    if len(row.filled) == 1 and is_own_cell(row.filled[0]):
        return None
    found, left = align(columns, row.cells)
    unknown = [f"{k[1:]}: {v}" for k, v in found.items() if k.startswith("?") and not is_none(v)]
    for cell in [*left, *unknown]:
        reading.faults.leave(row.line, cell)
    missing = [c.name for c in columns if c.kind == "value" and c.name not in found]
    # Nothing reported yet: the empty cells at the end of the row were lost in copying.
    if missing and missing != ["actual", "rate"] and not _adds_up(found):
        reading.faults.error(
            row.line, f"{title}: 칸이 모자랍니다({', '.join(missing)}). 빈 칸은 -로 적어 주십시오."
        )
        return None
    name = found.get("name", "")
    if not name:
        reading.faults.leave(row.line, " ".join(row.filled))
        return None
    known = _indicator(reading, found, row.line, seen)
    seen.append(known)
    return known, found


def _adds_up(found: dict[str, str]) -> bool:
    """Whether the years that are there make the target: the lost cells at the end of the row were empty ones."""
    years = [found[name] for name in found if name.isdecimal() and not is_none(found[name])]
    try:
        return bool(years) and read_number(found.get("target", "")) == sum(map(read_number, years))
    except NotationError:
        return False


def _indicator(
    reading: Reading, found: dict[str, str], line: int, seen: list[ReadIndicator]
) -> ReadIndicator:
    """The indicator of that name (and number, where several share it), else of that number, else a new one.

    A table names an indicator once; a number given twice there numbers plans, not indicators.
    """
    name, unit = squeezed(found["name"]), found.get("unit", "").strip("-")
    if not unit and (inside := re.fullmatch(r"(.+?)\s*[(（]([^()（）\d]{1,10})[)）]", name)):
        name, unit = (inside[1], inside[2]) if inside[2] in UNITS else (name, unit)
    digits = re.sub(r"\D", "", found.get("no", ""))
    no = int(digits) if digits and len(digits) < 4 else None
    free = [row for row in reading.card.indicators if row not in seen]
    named = [row for row in free if key(row.name) == key(name)]
    reading.card.numbers_plans |= bool(seen) and (no is None or any(row.printed_no == no for row in seen))
    numbered = [] if reading.card.numbers_plans else [row for row in free if row.no == no]
    known = next(iter([row for row in named if row.no == no] or named or numbered), None)
    if known is None:
        known = _new_indicator(reading, name, no, line)
        if not found.get("plan") and seen and no is None:
            known.plan = seen[-1].plan
    elif key(known.name) != key(name):
        reading.faults.warn(line, f"지표 {known.no}의 이름이 표마다 다릅니다: ‘{known.name}’, ‘{name}’.")
    known.printed_no = no
    known.plan = known.plan or squeezed(found.get("plan", ""))
    known.unit = known.unit or unit
    return known


def _new_indicator(reading: Reading, name: str, no: int | None, line: int) -> ReadIndicator:
    taken = {row.no for row in reading.card.indicators}
    free = no if no and no not in taken else max(taken, default=0) + 1
    if no and free != no:
        reading.faults.warn(line, f"지표 번호 {no}이(가) 이미 있어 ‘{name}’을(를) {free}번으로 두었습니다.")
    known = ReadIndicator(free, name, line)
    reading.card.indicators.append(known)
    return known


def printed(value: Decimal | None) -> str:
    return "-" if value is None else f"{value.normalize():,f}"
