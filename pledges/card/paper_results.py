"""Section 6 of the printed card: results with live rates and the weighted total, and the execution table."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from common.money import grouped, half_up
from common.periods import korean_date
from documents.cells import Cell, Format, Formula, adjusted_note, number
from documents.grid import Grid
from documents.page import Block, Style, Text
from pledges.card.model import Adjusted, Card, ExecutionPart, ExecutionRow, IndicatorPart
from pledges.card.paper_words import (
    UNKNOWN_FULL,
    adjusted_cells,
    center,
    counted,
    head,
    heading,
    known,
    money,
    section,
    summed,
    table,
    text,
)

NAMES = {"total": "총 계", "national": "국 비", "city": "시 비", "district": "구 비", "other": "기 타"}
COLUMNS: dict[str | int, str] = {"total": "계", "in_term": "소계", "after_term": "임기 후"}


def result_blocks(card: Card) -> Iterator[Block]:
    """추진실적 총괄 and 예산 집행액."""
    yield section(card, "results", "추진실적")
    yield heading("추진실적 총괄")
    yield achievement_table(card)
    yield from _achievement_notes(card)
    yield heading("□ 예산 집행액")
    yield Text(f"(단위: {card.execution.unit})", Style.ABOVE)
    yield execution_table(card.execution)
    yield from _execution_notes(card.execution)


def achievement_table(card: Card) -> Grid:
    """Rates are formulas over the printed target and result, the total over both and the weights."""
    top = [
        head("구 분"),
        head("전체사업 대비비율(%)"),
        head("확인지표"),
        head("단위"),
        head(f"{card.header.term} 목표"),
        head("누적 실적"),
        head("사업 이행률(%)"),
        head("비 고"),
    ]
    body = [_achieved(row, card.decimals) for row in card.indicators]
    total = _overall(card)
    return table([top], [*body, [head("총 이행률(%)", cols=6), total, text(_overall_note(card))]],
                 (4, 8, 12, 5, 8, 8, 8, 11))  # fmt: skip


def _achieved(row: IndicatorPart, places: int) -> list[Cell]:
    shape = counted([row.term_target, row.value])
    weight = counted([row.weight])
    note = row.note if row.value is not None else f"{row.note} 확인된 실적 {grouped(row.known)}".strip()
    return [
        center(row.no),
        Cell(row.weight, weight, key=("weight", row.pk), align="center"),
        text(row.name),
        center(row.unit),
        Cell(row.term_target, shape, key=("target", row.pk)),
        known(row.value, shape, ("result", row.pk), UNKNOWN_FULL),
        _rate(row, places),
        text(note),
    ]


def _rate(row: IndicatorPart, places: int) -> Cell:
    if row.rate is None:
        return Cell(None, rate_format(places))
    formula = Formula(f"ROUND({{}}*100/{{}},{places})", (("result", row.pk), ("target", row.pk)))
    return Cell(Decimal(row.rate), rate_format(places), formula=formula)


def rate_format(places: int) -> Format:
    return number(places, zero="0", none="–")


def _overall(card: Card) -> Cell:
    shape = rate_format(card.decimals)
    if card.overall.rate is None:
        return Cell(None, shape, bold=True)
    return Cell(Decimal(card.overall.rate), shape, bold=True, formula=overall_formula(card))


def overall_formula(card: Card) -> Formula | None:
    """Σ weight × rate ÷ Σ weight over the indicators that have a target, each rate at most 100 where the
    term caps it (DOMAIN §3.10). None where the printed rows do not give the printed total.
    """
    rows = [row for row in card.indicators if row.weight and row.term_target and row.value is not None]
    capped = _caps(card, rows)
    if capped is None:
        return None
    rate = "MIN({}*100/{},100)" if capped else "{}*100/{}"
    terms = "+".join(f"{{}}*{rate}" for _ in rows)
    keys: list[Hashable] = [(kind, row.pk) for row in rows for kind in ("weight", "result", "target")]
    weights = ",".join("{}" for _ in rows)
    keys += [("weight", row.pk) for row in rows]
    # Rounded at the 9th decimal first: binary fractions would turn 82.45 into 82.4499…
    return Formula(f"ROUND(ROUND(({terms})/SUM({weights}),9),{card.decimals})", tuple(keys))


def _caps(card: Card, rows: list[IndicatorPart]) -> bool | None:
    """Whether the printed total is the capped one; None if the printed rows give neither."""
    for capped in (True, False):
        if _total(rows, capped, card.decimals) == Decimal(card.overall.rate or 0):
            return capped
    return None


def _total(rows: list[IndicatorPart], capped: bool, places: int) -> Decimal | None:
    weights = sum((Fraction(row.weight or 0) for row in rows), Fraction(0))
    total = Fraction(0)
    for row in rows:
        rate = Fraction(row.value or 0) * 100 / Fraction(row.term_target or 1)
        total += Fraction(row.weight or 0) * (min(rate, Fraction(100)) if capped else rate)
    return half_up(total / weights, places) if weights else None


def _overall_note(card: Card) -> str:
    return f"상한 미적용 {card.overall.uncapped}" if card.overall.capped else ""


def _achievement_notes(card: Card) -> Iterator[Text]:
    if card.overall.why_none:
        yield Text(f"※ {card.overall.why_none}", Style.NOTE)
    if card.overall.capped:
        yield Text("※ 총 이행률은 지표별 이행률을 100까지만 더한 값입니다.", Style.NOTE)
    if card.overall.left_out:
        yield Text("※ 임기 목표가 없거나 0인 지표의 대비비율은 총 이행률의 분모에서 뺐습니다.", Style.NOTE)


def execution_table(part: ExecutionPart) -> Grid:
    """Two-tier 임기 내/임기 후; the figures are already rounded and foot, the sums are over these cells."""
    years = sorted({year for row in part.rows for year in row.by_year})
    top = [
        [
            head("구 분", rows=2),
            head("계", rows=2),
            head("임기 내", cols=len(years) + 1),
            head("임기 후", rows=2),
        ],
        [head("소계"), *(head(str(year)) for year in years)],
    ]
    figures = ExecutionCells(part, years)
    return table(top, [figures.line(row) for row in part.rows], [1] * (len(years) + 4))


def printed_column(cell: Adjusted) -> str:
    """The heading over an adjusted cell."""
    return COLUMNS.get(cell.column, cell.column)


class ExecutionCells:
    """The cells of the execution table, by row (source) and column (``total``, ``in_term``, a year, ``after_term``)."""

    def __init__(self, part: ExecutionPart, years: list[int]) -> None:
        self.years = years
        self.sources = [row for row in part.rows if row.source != "total"]
        self.adjusted = {(each.source, printed_column(each)): each.won for each in part.adjusted}
        self.shape = money(value for row in part.rows for value in (row.total, *row.by_year.values()))

    def line(self, row: ExecutionRow) -> list[Cell]:
        columns: list[str | int] = ["total", "in_term", *self.years, "after_term"]
        return [head(NAMES.get(row.source, row.source)), *(self._cell(row, column) for column in columns)]

    def _cell(self, row: ExecutionRow, column: str | int) -> Cell:
        value = self._value(row, column)
        cell = summed(value, self.shape, self._parts(row, column), self._key(row, column))
        won = self.adjusted.get((row.source, COLUMNS.get(column, str(column))))
        if won is None:
            return cell
        return replace(cell, note=adjusted_note(won))

    def _parts(self, row: ExecutionRow, column: str | int) -> dict[Hashable, Decimal | None]:
        if column == "total":
            inner: tuple[str | int, ...] = ("in_term", "after_term")
        elif column == "in_term":
            inner = tuple(self.years)
        elif row.source == "total":
            return {self._key(each, column): self._value(each, column) for each in self.sources}
        else:
            return {}
        return {self._key(row, each): self._value(row, each) for each in inner}

    @staticmethod
    def _key(row: ExecutionRow, column: str | int) -> Hashable:
        return "execution", row.source, column

    @staticmethod
    def _value(row: ExecutionRow, column: str | int) -> Decimal | None:
        return row.by_year.get(column) if isinstance(column, int) else getattr(row, column)


def _execution_notes(part: ExecutionPart) -> Iterator[Text]:
    since = f" · {korean_date(part.opening_on)}까지는 도입 전 누계" if part.opening_on else ""
    yield Text(f"※ {part.basis}{since}", Style.NOTE)
    if any(row.total is None for row in part.rows):
        yield Text(
            f"※ {UNKNOWN_FULL}: 도입 전 누계의 기준일보다 앞선 날이라 그 칸과 계를 알 수 없습니다.",
            Style.NOTE,
        )
    yield from adjusted_cells(
        {
            f"{NAMES.get(each.source, each.source).replace(' ', '')} {printed_column(each)}": each.won
            for each in part.adjusted
        }
    )
