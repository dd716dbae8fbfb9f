"""Section 5 of the printed card: targets of the term and its years, and of each year that has quarters."""

from __future__ import annotations

from collections.abc import Iterator

from common.periods import korean_months
from documents.cells import Cell
from documents.page import Block
from pledges.card.model import Card, IndicatorPart
from pledges.card.paper_words import center, counted, head, heading, section, table, text

QUARTERS = ("1/4", "2/4", "3/4", "4/4")


def target_blocks(card: Card) -> Iterator[Block]:
    """공약달성 확인지표; ``-`` is a period without target (DOMAIN §3.9)."""
    top = card.header
    yield section(card, "indicators", "공약달성 확인지표")
    yield heading(f"{top.term}({korean_months(top.term_from, top.term_to)}) 목표")
    yield _term_table(card)
    for year in sorted({year for row in card.indicators for year in row.quarter_targets}):
        yield heading(f"{year}년 분기별 목표")
        yield _quarter_table(card, year)


def _names(row: IndicatorPart) -> list[Cell]:
    return [center(row.no), text(row.plan), text(row.name), center(row.unit)]


def _term_table(card: Card) -> Block:
    years = sorted({year for row in card.indicators for year in row.annual_targets})
    top = [
        head("구 분", cols=2),
        head("확인지표"),
        head("단위"),
        head("목표"),
        *(head(str(y)) for y in years),
    ]
    body = []
    for row in card.indicators:
        values = [row.term_target, *(row.annual_targets.get(year) for year in years)]
        shape = counted(values)
        body.append([*_names(row), *(Cell(value, shape) for value in values)])
    return table([top], body, [2, 11, 8, 4, 4, *[4] * len(years)])


def _quarter_table(card: Card, year: int) -> Block:
    top = [
        [
            head("구 분", cols=2, rows=2),
            head("확인지표", rows=2),
            head("단위", rows=2),
            head(f"{year}년 목표", cols=5),
        ],
        [head("계"), *(head(words) for words in QUARTERS)],
    ]
    body = []
    for row in card.indicators:
        if year in row.quarter_targets:
            values = [row.annual_targets.get(year), *row.quarter_targets[year]]
            shape = counted(values)
            body.append([*_names(row), *(Cell(value, shape) for value in values)])
    return table(top, body, [2, 11, 8, 4, *[4] * 5])
