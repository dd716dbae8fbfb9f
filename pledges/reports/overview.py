"""공약 총괄표: every pledge with department, status, its two rates and its money; its indicators below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from common.money import half_up
from documents.cells import CENTER, TEXT, YEAR, number
from documents.table import Column, Table
from pledges import dashboard
from pledges.dashboard import Row
from pledges.figures import IndicatorFigure
from pledges.models import Pledge, Term
from pledges.reports.columns import NOTE, UNKNOWN, at, without_unknown_sums
from pledges.reports.model import Question, Report
from pledges.reports.money import WON, column_of
from pledges.reports.terms import TermFilters, rows_of, secured_of, status_words

VALUE = number(0, zero="0", none="-", width=11)
HEAD = (
    Column("번호", "row.pledge.number", CENTER, width=8),
    Column("공약명", "row.pledge.title", TEXT, width=24),
    Column("분야", "row.pledge.goal", TEXT, width=15),
    Column("담당부서", "row.pledge.department", CENTER, width=16),
    Column("추진상황", "status", CENTER, width=16),
    Column("지표 수", "count", YEAR, width=7, sums=True),
)


def rate_columns(term: Term | None, rows: Sequence[Row]) -> tuple[Column, ...]:
    """임기 이행률 and 계획 대비 진도율; the 계 row has the means, as the office publishes them (DOMAIN §3.11)."""
    places = term.decimals if term else 1
    shape = number(places, zero="0", none="–", width=11)
    means = dashboard.summary(rows)
    return (
        Column("임기 이행률(%)", "rate", shape, total=printed_rate(means.rate, places)),
        Column("계획 대비 진도율(%)", "progress", shape, total=printed_rate(means.progress, places)),
    )


def printed_rate(rate: Fraction | None, places: int) -> Decimal | None:
    return None if rate is None else half_up(rate, places)


MONEY = (
    Column("총사업비", at("cost"), WON, group="사업비", sums=True),
    Column("확보액", at("secured"), WON, group="사업비", sums=True),
    Column("집행액", at("spent"), WON, group="사업비", sums=True),
    Column("집행률(%)", "", number(1, zero="0", none="–", width=9), share=("집행액", "총사업비")),
)


NOTES = (
    "계의 이행률·진도율은 폐기·통합된 공약을 뺀 공약의 평균입니다.",
    "집행액은 사업마다 정한 기준(따로 정하지 않으면 교부액)이며 도입 전 누계를 포함합니다.",
)


def tables(question: Question) -> list[Table]:
    term, rows = rows_of(question)
    return [_pledges(question, term, rows), _indicators(question, term, rows)]


def summary_table(question: Question, term: Term, pledges: Sequence[Pledge]) -> Table:
    """공약 총괄표 of the given pledges, as the bulk of cards opens with it."""
    return _pledges(question, term, dashboard.rows_of(pledges, question.last))


def _pledges(question: Question, term: Term | None, rows: list[Row]) -> Table:
    places = term.decimals if term else 1
    cost = column_of({row.pledge.pk: row.pledge.cost_total for row in rows}, question.unit)
    secured = column_of({row.pledge.pk: _secured(row) for row in rows}, question.unit)
    spent = column_of({row.pledge.pk: row.execution.total for row in rows}, question.unit)
    lines = [
        {
            "row": row,
            "status": status_words(row.pledge),
            "count": len(row.figures.indicators),
            "rate": printed_rate(row.figures.overall.rate, places),
            "progress": printed_rate(row.figures.progress.rate, places),
            "cost": cost[row.pledge.pk],
            "secured": secured[row.pledge.pk],
            "spent": UNKNOWN if row.execution.total is None else spent[row.pledge.pk],
            "note": str(row.figures.overall.why_none or ""),
        }
        for row in rows
    ]
    money_columns = without_unknown_sums(MONEY, lines)
    return Table(
        f"{term.name if term else ''} 공약 총괄표".strip(),
        (*HEAD, *rate_columns(term, rows), *money_columns, replace(NOTE, width=14)),
        lines,
        unit=f"건, %, {question.unit.label}",
        as_of=question.last,
        notes=NOTES,
        landscape=True,
    )


def _secured(row: Row) -> int | None:
    """확보액 in won; None where none is recorded, which is not the same as 0."""
    found = secured_of(row.pledge)
    return sum(found.values()) if found else None


INDICATORS = (
    Column("공약", "number", CENTER, width=8),
    Column("확인지표", "figure.indicator.name", TEXT, width=28),
    Column("단위", "figure.indicator.unit", CENTER, width=8),
    Column("대비비율(%)", "weight", number(1, zero="0", none="-", width=10)),
    Column("임기 목표", "target", VALUE),
    Column("누적 실적", "value", VALUE),
    Column("끝난 기간의 목표", "ended", VALUE),
)


def _indicators(question: Question, term: Term | None, rows: list[Row]) -> Table:
    places = term.decimals if term else 1
    shape = number(places, zero="0", none="–", width=11)
    lines = [_indicator(row, figure, places) for row in rows for figure in row.figures.indicators]
    columns = (*INDICATORS, Column("이행률(%)", "rate", shape), Column("진도율(%)", "progress", shape), NOTE)
    return Table("확인지표별 실적", columns, lines, as_of=question.last)


def _indicator(row: Row, figure: IndicatorFigure, places: int) -> dict[str, Any]:
    return {
        "number": row.pledge.number,
        "figure": figure,
        "weight": figure.indicator.weight,
        "target": figure.plan.term,
        "value": UNKNOWN if figure.value is None else figure.value,
        "ended": figure.ended_target,
        "rate": printed_rate(figure.rate, places),
        "progress": printed_rate(figure.progress, places),
        "note": figure.indicator.note,
    }


REPORT = Report(
    "pledges", "공약 총괄표", "공약별 부서·추진상황·이행률·사업비와 확인지표별 실적", tables, TermFilters
)
