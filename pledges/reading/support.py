"""지원현황: firms, people and money by year and programme, with each programme's 국비:시비:구비."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from common.notation import NotationError, read_ratio

from .captions import caption_of
from .cells import decimals, is_none
from .document import Section
from .model import Amount, ReadSupport, ReadSupportCell, ReadSupportProgram
from .reading import Reading
from .source import key, squeezed
from .sources import TOTALS, sources_of
from .tables import Row, Table, year_in
from .units import in_unit

GENERAL = "지원현황"
LEAVES = {"기업수": "enterprises", "업체수": "enterprises", "개소수": "enterprises", "인원": "headcount",
          "인원수": "headcount", "지원인원": "headcount", "지원액": "amount", "지원금액": "amount",
          "지원금": "amount", "금액": "amount"}  # fmt: skip


@dataclass(frozen=True)
class Leaf:
    """A column of figures: its programme ("" for the totals), what it holds, its position."""

    program: str
    what: str
    at: int


Ratio = tuple[Decimal, ...] | None


@dataclass(frozen=True)
class Head:
    """A table's columns, and the ratio of each programme in its years."""

    leaves: list[Leaf]
    ratios: dict[str, Ratio]


def read_support(reading: Reading) -> None:
    """All its tables: a later year with other programmes or ratios stands in a table of its own."""
    for section, table in reading.doc.all_tables():
        if reading.doc.is_taken(table.line):
            continue
        words = table.keys(4)
        if len(words & set(LEAVES)) >= 2 and any(LEAVES.get(word) == "amount" for word in words):
            _read(reading, section, table)


def _read(reading: Reading, section: Section, table: Table) -> None:
    caption = caption_of(reading.doc, section, table)
    at = max(
        i for i, row in enumerate(table.rows[:5]) if len({key(c) for c in row.filled} & set(LEAVES)) >= 2
    )
    support = reading.card.support
    if support is None:
        title = caption.title or GENERAL
        unit = reading.units.of_table(title, caption.unit, table.line, GENERAL)
        support = reading.card.support = ReadSupport(title, unit, table.line)
    head = _head(reading, support, table.rows[: at + 1])
    year: int | None = None
    totals: Row | None = None
    for row in table.rows[at + 1 :]:
        found = year_in(row.first)
        year = found or year
        if key(row.first) in TOTALS:
            totals = row
            continue
        if year is None:
            reading.faults.leave(row.line, " ".join(row.filled))
            continue
        _read_row(reading, support, head, row, year, is_first=found is not None)
    if totals is not None:
        _check_totals(reading, support, head, totals)
    reading.doc.take_table(table, GENERAL)
    for line in caption.lines:
        reading.doc.take(line, GENERAL)


def _check_totals(reading: Reading, support: ReadSupport, head: Head, row: Row) -> None:
    """계 of all years, which stands under the header or at the end: its amounts against the years' own."""
    for leaf in head.leaves:
        if leaf.what != "amount" or leaf.at >= len(row.cells):
            continue
        text = row.cells[leaf.at].strip()
        where = f"{support.title} 계 {leaf.program or '합계'} 지원액"
        printed = reading.cells.money(text, support.unit, where, row.line)
        names = [leaf.program] if leaf.program else [program.name for program in support.programs]
        cells = [cells[name] for cells in support.years.values() for name in names if name in cells]
        computed = sum(cell.amount.won for cell in cells if cell.amount)
        if printed is not None and printed != computed:
            reading.faults.differs(row.line, where, text, in_unit(computed, support.unit))


def _head(reading: Reading, support: ReadSupport, rows: list[Row]) -> Head:
    """The columns by programme; a new 기업수 begins the next group."""
    names = [squeezed(c) for c in rows[0].filled if key(c) not in ("구분", "연도", "연도별")]
    leaves: list[Leaf] = []
    group = -1
    seen: set[str] = set()
    for at, cell in enumerate(rows[-1].cells):
        what = LEAVES.get(key(cell))
        if what is None:
            continue
        if what in seen or group < 0:
            group, seen = group + 1, set()
        seen.add(what)
        name = names[group] if group < len(names) else f"사업 {group}"
        leaves.append(Leaf("" if key(name) in TOTALS else name, what, at))
    if group + 1 != len(names):
        reading.faults.error(
            rows[-1].line,
            f"{support.title}: 사업 이름({len(names)}개)과 칸의 묶음({group + 1}개)이 맞지 않습니다.",
        )
    return Head(leaves, _ratios(reading, support, leaves, rows))


def _ratios(reading: Reading, support: ReadSupport, leaves: list[Leaf], rows: list[Row]) -> dict[str, Ratio]:
    """The programmes of the table with the ratio printed under each name."""
    programs = [name for name in dict.fromkeys(leaf.program for leaf in leaves) if name]
    heads = (cell for row in rows for cell in row.filled)
    order = next((cell for cell in heads if re.fullmatch(r"[가-힣]+비?(?:\s*:\s*[가-힣]+비?)+", cell)), "")
    texts = _ratio_cells(rows)[-len(programs) or None :]
    known = {program.name for program in support.programs}
    ratios: dict[str, Ratio] = {}
    for at, name in enumerate(programs):
        ratios[name] = _ratio(reading, texts[at] if at < len(texts) else "", order, name, rows[0].line)
        people = any(leaf.program == name and leaf.what == "headcount" for leaf in leaves)
        if name not in known:
            support.programs.append(ReadSupportProgram(name, people, rows[0].line))
    return ratios


def _ratio_cells(head: list[Row]) -> list[str]:
    return [
        c
        for row in head[1:]
        for c in row.filled
        if re.search(r"\d\s*:\s*\d|전액|^-$|^100%?$|[시구국도군]비\s*\d", c)
    ]


def _ratio(reading: Reading, text: str, order: str, name: str, line: int) -> Ratio:
    """(국비, 시비, 구비, 기타) in percent; a 도비 or 군비 in the head or the cell is mapped."""
    if is_none(text):
        return None
    names = sources_of(re.split(r"\s*:\s*", order), reading.faults, line, GENERAL) if order else {}
    plain = re.sub(
        r"도비", "시비", re.sub(r"시군구비|시군비|군비", "구비", re.sub(r"민자|자부담", "기타", text))
    )
    try:
        if names and re.fullmatch(r"[\d.]+(?:\s*:\s*[\d.]+)+", text) and len(names) == text.count(":") + 1:
            parts = dict.fromkeys(("national", "city", "district", "other"), Decimal(0))
            for source, part in zip(names.values(), text.split(":"), strict=True):
                parts[source] += Decimal(part.strip())
            if sum(parts.values()) != 100:
                raise NotationError(text, "비율의 합이 100이 아닙니다.", "비율을 확인해 주십시오.")
            return tuple(parts.values())
        return read_ratio(plain)
    except (NotationError, ArithmeticError) as error:
        reading.faults.warn(line, f"{GENERAL} {name} 분담률: {error}")
        reading.faults.leave(line, f"{name} 분담률 {text}")
        return None


def _read_row(
    reading: Reading, support: ReadSupport, head: Head, row: Row, year: int, is_first: bool
) -> None:
    """A year's row, or the row below it that holds what is planned."""
    cells, leaves = row.cells, head.leaves
    if len(cells) <= max(leaf.at for leaf in leaves):
        cells = _spread(cells, leaves, is_first)
    taken = {leaf.at for leaf in leaves}
    by_program: dict[str, dict[str, str]] = {}
    for leaf in leaves:
        if leaf.at < len(cells):
            by_program.setdefault(leaf.program, {})[leaf.what] = cells[leaf.at].strip()
    for at, cell in enumerate(cells):
        if at not in taken and at > 0 and cell.strip():
            reading.faults.leave(row.line, cell)
    for program, values in by_program.items():
        if any(values.values()):
            _read_program(reading, support, program, values, row.line, year, is_first)
            support.years[year][program].ratio = head.ratios.get(program)


def _spread(cells: tuple[str, ...], leaves: list[Leaf], is_first: bool) -> tuple[str, ...]:
    """Cells lost at the end are empty; a row without its empty cells stands at the right."""
    width = max(leaf.at for leaf in leaves) + 1
    if is_first:
        return cells + ("",) * (width - len(cells))
    filled = tuple(cell for cell in cells if cell.strip())
    return ("",) * (width - len(filled)) + filled


def _read_program(
    reading: Reading,
    support: ReadSupport,
    program: str,
    values: dict[str, str],
    line: int,
    year: int,
    is_first: bool,
) -> None:
    cell = support.years.setdefault(year, {}).setdefault(program, ReadSupportCell())
    where = f"{support.title} {year}년 {program or '합계'}"
    unit = reading.units.of_part(support.title, program, support.unit, GENERAL) if program else support.unit
    note = next(
        (
            v
            for what, v in values.items()
            if what != "amount" and v and not is_none(v) and not re.search(r"\d", v)
        ),
        "",
    )
    text = values.get("amount", "")
    won = reading.cells.money(text, unit, f"{where} 지원액", line)
    support.decimals = max(support.decimals, decimals(text))
    amount = None if won is None else Amount(text, won, line)
    if note or not is_first:
        cell.note, cell.planned = note or cell.note, amount or cell.planned
        return
    cell.enterprises = reading.cells.count(values.get("enterprises", ""), f"{where} 기업수", line)
    cell.headcount = reading.cells.count(values.get("headcount", ""), f"{where} 인원", line)
    cell.amount = amount
