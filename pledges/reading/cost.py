"""총사업비 by source, in the header table or as one line of text."""

from __future__ import annotations

import re

from .captions import caption_of
from .cells import decimals, is_none, looks_like_value
from .document import Section
from .execution_head import columns_of, head_rows
from .labels import label_of
from .model import ALL, TOTAL, Amount, ReadMoney
from .reading import Reading
from .source import key
from .sources import is_source, sources_of
from .tables import Column as Expected
from .tables import Row, Table, align

TITLE, SECURED = "총사업비", "확보액"
_INLINE = re.compile(
    r"(?P<label>[가-힣]{2,5})\s*:?\s*(?P<value>△?\d(?:[\d,.]*\d)?(?:\s*(?:억|천만|백만|천|만)?\s*원|억)?)(?=\s|[,)/·]|$)"
)
# ``12,500백만 원``, ``34.5억``: the figure with its own unit.
_OWN_UNIT = re.compile(r"(△?\d[\d,.]*)\s*((?:백만|천만|천|만|억)?\s?원|억)")


def read_cost(reading: Reading, table: Table) -> set[int]:
    """Reads the cost row of a front table; the lines that hold its values."""
    for at, row in enumerate(table.rows):
        place = next((i for i, cell in enumerate(row.cells) if label_of(cell) == "cost"), None)
        if place is None or reading.card.cost is not None:
            continue
        label = row.cells[place]
        heads = _heads(row, place)
        above = _named_above(table, at)
        if not heads and above is not None:
            return _read_beside(reading, table, at, above)
        if len(heads) > 1:
            below = _value_row(table, at)
            if below is not None:
                reading.card.cost = _read_columns(reading, TITLE, label, heads, row, below)
                return {below.line}
        if pairs := _pairs_in(row, place):
            reading.card.cost = _money(reading, TITLE, label, pairs, row.line)
            return set()
        inline = " ".join(cell for cell in row.cells[place + 1 :] if cell.strip() and not label_of(cell))
        read_inline_cost(reading, label, inline, row.line)
    return set()


def _pairs_in(row: Row, place: int) -> list[tuple[str, str]]:
    """``총사업비 | 12,000 | 국비 | 6,000 | 시비 | …``: each name before its own figure."""
    cells = [cell for cell in row.cells[place + 1 :] if cell.strip()]
    named = [i for i, cell in enumerate(cells[:-1]) if is_source(cell) and _is_amount(cells[i + 1])]
    if len(named) < 2:
        return []
    total = [("계", cells[0])] if _is_amount(cells[0]) else []
    return total + [(cells[i], cells[i + 1]) for i in named]


def _is_amount(cell: str) -> bool:
    return looks_like_value(cell) or is_none(cell)


def _named_above(table: Table, at: int) -> Row | None:
    """The row above, where it names the sources and this row holds their figures."""
    if not at or not any(looks_like_value(cell) for cell in table.rows[at].cells):
        return None
    above = table.rows[at - 1]
    return above if sum(is_source(cell) for cell in above.cells) > 1 else None


def _read_beside(reading: Reading, table: Table, at: int, above: Row) -> set[int]:
    """총사업비 and 확보액 as rows under the names of the sources."""
    first = next(i for i, cell in enumerate(above.cells) if is_source(cell))
    heads, label = _heads(above, first - 1), " ".join(above.cells[:first])
    lines = {above.line}
    for row in table.rows[at : at + 2]:
        what = key(row.filled[0]) if row.filled else ""
        cells = tuple("" if label_of(cell) or key(cell) == SECURED else cell for cell in row.cells)
        bare = Row(row.line, row.last, cells)
        if what == SECURED:
            reading.card.secured = _read_columns(reading, SECURED, label, heads, above, bare)
        elif label_of(row.filled[0]) == "cost":
            reading.card.cost = _read_columns(reading, TITLE, label, heads, above, bare)
        else:
            break
        lines.add(row.line)
    return lines


def _heads(row: Row, place: int) -> list[tuple[int, str]]:
    """The source labels behind the cost label, with their positions."""
    heads: list[tuple[int, str]] = []
    for at in range(place + 1, len(row.cells)):
        cell = row.cells[at]
        if is_source(cell):
            heads.append((at, cell))
        elif cell.strip():
            break
    return heads


def _value_row(table: Table, at: int) -> Row | None:
    """The next row with figures (or nothing but ``-``) and no label."""
    for row in table.rows[at + 1 : at + 3]:
        if any(looks_like_value(cell) for cell in row.cells) or all(map(is_none, row.cells)):
            return row
    return None


def _read_columns(
    reading: Reading, title: str, label: str, heads: list[tuple[int, str]], row: Row, below: Row
) -> ReadMoney | None:
    """Values stand below their heads; where the copy lost cells, in their order."""
    if len(below.cells) == len(row.cells):
        values = [(head, below.cells[at]) for at, head in heads]
        extra = [c for i, c in enumerate(below.cells) if c.strip() and i not in dict(heads)]
    else:
        filled = [cell for cell in below.cells if cell.strip()]
        if len(filled) < len(heads):
            reading.faults.error(
                below.line,
                f"{title}: 칸이 {len(heads)}개여야 하는데 {len(filled)}개뿐입니다. 빈 칸은 -로 적어 주십시오.",
            )
            return None
        values = list(zip([head for _, head in heads], filled, strict=False))
        extra = filled[len(heads) :]
    for cell in extra:
        reading.faults.leave(below.line, cell)
    return _money(reading, title, label, values, below.line)


def read_inline_cost(reading: Reading, label: str, text: str, line: int) -> None:
    """``3,707백만 원(국비 1,894, 시비 517, 구비 1,296)`` behind the label."""
    if not text:
        return
    outside = re.split(r"[(（]|재원|(?=국비|국고|도비|시비|군비|구비|지방비|민자)", text, maxsplit=1)[
        0
    ].strip(" :,/·")
    inside = text[len(outside) :]
    values = [
        (found["label"], found["value"]) for found in _INLINE.finditer(inside) if is_source(found["label"])
    ]
    if not looks_like_value(outside) and not values and not re.search(r"\d", outside):
        reading.faults.leave(line, text)
        return
    own_unit = _OWN_UNIT.fullmatch(outside)
    if own_unit and "원" not in label:
        label, outside = f"({own_unit[2].removesuffix('원').strip()}원)", own_unit[1]
    reading.card.cost = _money(reading, TITLE, label, [("계", outside), *values], line)


def read_planned_cost(reading: Reading, section: Section, table: Table) -> bool:
    """The 계 of a 투자계획 table by source, where nothing else on the card says the whole cost."""
    head = head_rows(table)
    columns = columns_of(head)
    rows = [row for row in table.rows[len(head) :] if is_source(row.first)]
    if ALL not in columns or not rows:
        return False
    expected = [Expected("source", "text"), *(Expected(str(column), "value") for column in columns)]
    values: list[tuple[str, str]] = []
    for row in rows:
        cells, left = align(expected, row.cells)
        values.append((row.first, cells.pop(ALL, "")))
        cells.pop("source", None)
        for cell in [*left, *(f"{name}: {value}" for name, value in cells.items() if not is_none(value))]:
            reading.faults.leave(row.line, f"{row.first} {cell}")
    caption = caption_of(reading.doc, section, table)
    reading.card.cost = _money(reading, TITLE, caption.unit or caption.full, values, table.line)
    reading.doc.take_table(table, TITLE)
    for line in caption.lines:
        reading.doc.take(line, TITLE)
    reading.faults.warn(
        table.line,
        f"총사업비가 따로 적혀 있지 않아 ‘{caption.title}’ 표의 계를 총사업비로 읽었습니다."
        " 연도별 계획은 자리 없는 글로 남겼습니다.",
    )
    return True


def _money(reading: Reading, title: str, label: str, values: list[tuple[str, str]], line: int) -> ReadMoney:
    """One row by source. Without a part for any source the total is 기타."""
    unit = reading.units.of_table(title, label, line)
    row = ReadMoney(unit, line, max((decimals(text) for _, text in values), default=0))
    sources = sources_of([head for head, _ in values], reading.faults, line, title)
    for head, text in values:
        own = unit if sources[head] == TOTAL else reading.units.of_part(title, head, unit)
        won = reading.cells.money(text, own, f"{title} {head}", line)
        if sources[head] == TOTAL:
            row.total = None if is_none(text) else Amount(text, won or 0, line)
        else:
            row.parts[sources[head]] = row.parts.get(sources[head], 0) + (won or 0)
            if won is not None and won < 0:
                reading.faults.error(
                    line, f"{title} {head}: ‘{text}’은(는) 0보다 작습니다. 금액을 확인해 주십시오."
                )
    if row.total and not row.parts:
        reading.faults.warn(line, f"{title}: 재원별 금액이 없어 {row.total.text}을(를) 기타로 두었습니다.")
        row.parts["other"] = row.total.won
    return row
