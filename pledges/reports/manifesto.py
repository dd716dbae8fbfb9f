"""매니페스토 총괄: areas × 추진상황, money planned, secured and spent by source, and each year's achievement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from common.footing import tree
from documents.cells import CENTER, COUNT, TEXT, number
from documents.table import Column, Table
from pledges import dashboard
from pledges.achievement import mean
from pledges.dashboard import Row
from pledges.execution import AFTER_TERM
from pledges.figures import PledgeFigures
from pledges.models import Status, Term
from pledges.reports.columns import UNKNOWN, without_unknown_sums
from pledges.reports.model import Question, Report
from pledges.reports.money import SOURCE_NAMES, WON, Rounded, rounded
from pledges.reports.overview import printed_rate, rate_columns
from pledges.reports.terms import TermFilters, rows_of, secured_of
from pledges.trends import figures_on
from subsidies.models import SOURCES

IN, AFTER = "임기 내", "임기 후"
MONEY_NOTES = (
    "확보액이 한 건도 기록되지 않았으면 -로 둡니다.",
    "집행은 사업마다 정한 기준(따로 정하지 않으면 교부액)이며 임기 마지막 날 뒤에 지급한 돈은 임기 후입니다.",
)
COUNTED = number(0, zero="-", none="-", width=9)


def tables(question: Question) -> list[Table]:
    term, rows = rows_of(question)
    return [_areas(question, term, rows), _money(question, rows), _years(question, term, rows)]


def _areas(question: Question, term: Term | None, rows: Sequence[Row]) -> Table:
    """Areas × 추진상황, and each area's mean rates."""
    places = term.decimals if term else 1
    states = {str(value): str(label) for value, label in Status.choices}
    states |= {"": "미정"} if any(not row.pledge.status for row in rows) else {}
    lines = []
    for group in dashboard.by_goal(rows):
        found = [row.pledge.status for row in group.rows]
        lines.append(
            {
                "goal": str(group.goal),
                "all": len(found),
                "states": {state: found.count(state) for state in states},
                "rate": printed_rate(group.summary.rate, places),
                "progress": printed_rate(group.summary.progress, places),
            }
        )
    counts = [
        Column(name, _state(state), COUNTED, group="추진상황", sums=True) for state, name in states.items()
    ]
    columns = (
        Column("분야", "goal", TEXT, width=26),
        Column(
            "공약 수",
            "all",
            COUNTED,
            group="추진상황",
            sums=True,
            parts=tuple(f"추진상황/{name}" for name in states.values()),
        ),
        *counts,
        *rate_columns(term, rows),
    )
    return Table("분야별 추진상황", columns, lines, unit="건, %", as_of=question.last)


def _state(state: str) -> Any:
    return lambda row: row["states"][state]


def _money(question: Question, rows: Sequence[Row]) -> Table:
    """계획, 확보 and 집행 by source, the last two within the term and after it."""
    plan = _footed(question, {(source, IN): _cost(rows, source) for source in SOURCES})
    secured = _footed(question, _secured(rows))
    spent = {(source, column): _spent(rows, source, column) for source in SOURCES for column in (IN, AFTER)}
    known = {key: won for key, won in spent.items() if won is not None}
    done = _footed(question, known) if len(known) == len(spent) else None
    recorded = any(secured_of(row.pledge) for row in rows)
    lines = [
        {
            "source": SOURCE_NAMES[source],
            "plan": plan.figure(source, "계"),
            "secured": secured.row(source) if recorded else dict.fromkeys(("계", IN, AFTER)),
            "spent": done.row(source) if done else dict.fromkeys(("계", IN, AFTER), UNKNOWN),
        }
        for source in SOURCES
    ]
    return Table(
        "재정: 계획·확보·집행",
        without_unknown_sums(_columns_of_money(recorded), lines),
        lines,
        unit=question.unit.label,
        as_of=question.last,
        numbered=False,
        notes=MONEY_NOTES,
        exact=secured.exact(_names("확보")) | (done.exact(_names("집행")) if done else {}),
    )


def _columns_of_money(recorded: bool) -> tuple[Column, ...]:
    return (
        Column("재원", "source", CENTER),
        Column("계획(총사업비)", "plan", WON, sums=True),
        *_money_columns("확보", "secured", sums=recorded),
        *_money_columns("집행", "spent"),
        Column("확보율(%)", "", number(1, "0", "–", 9), share=("확보/계", "계획(총사업비)")),
        Column("집행률(%)", "", number(1, "0", "–", 9), share=("집행/계", "계획(총사업비)")),
    )


def _names(group: str) -> dict[str, str]:
    return {f"{group}/{column}": column for column in ("계", IN, AFTER)}


def _secured(rows: Sequence[Row]) -> dict[tuple[Any, Any], int]:
    """Won of all pledges by source, of the years within the term and after it."""
    found: Counter[tuple[Any, Any]] = Counter(
        {(source, column): 0 for source in SOURCES for column in (IN, AFTER)}
    )
    for row in rows:
        for column, late in ((IN, False), (AFTER, True)):
            found.update({(source, column): won for source, won in secured_of(row.pledge, late).items()})
    return dict(found)


def _cost(rows: Sequence[Row], source: str) -> int:
    return sum(getattr(row.pledge, f"cost_{source}") for row in rows)


def _spent(rows: Sequence[Row], source: str, column: str) -> int | None:
    """Won of a source within the term or after it; None while one year of one pledge is not known."""
    total = 0
    for row in rows:
        years = row.execution.years if column == IN else (AFTER_TERM,)
        for year in years:
            won = row.execution.cell(year, source)
            if won is None:
                return None
            total += won
    return total


def _footed(question: Question, cells: dict[tuple[Any, Any], int]) -> Rounded:
    columns = [column for column in (IN, AFTER) if any(key[1] == column for key in cells)]
    return rounded(cells, SOURCES, question.unit, tree("계", *columns))


def _money_columns(group: str, key: str, sums: bool = True) -> tuple[Column, ...]:
    def part(column: str) -> Any:
        return lambda row: row[key][column]

    parts = (f"{group}/{IN}", f"{group}/{AFTER}")
    none = None if sums else WON.none
    return (
        Column("계", part("계"), WON, group=group, sums=sums, parts=parts, total=none),
        Column(IN, part(IN), WON, group=group, sums=sums, total=none),
        Column(AFTER, part(AFTER), WON, group=group, sums=sums, total=none),
    )


def _years(question: Question, term: Term | None, rows: Sequence[Row]) -> Table:
    """연차 목표달성도: at each year's end, the indicators that met the targets ended by then."""
    places = term.decimals if term else 1
    days = _year_ends(term, question.last) if term else []
    found = figures_on([row.pledge for row in rows], days) if days else {}
    lines = [_year([found[row.pledge.pk][at] for row in rows], day, places) for at, day in enumerate(days)]
    columns = (
        Column("연도", "year", CENTER, width=10),
        Column("기준일", "day", CENTER, width=14),
        Column("목표가 있는 지표", "all", COUNT, width=14),
        Column("견준 지표", "judged", COUNT, width=10, parts=("달성", "미달성")),
        Column("달성", "met", COUNT),
        Column("미달성", "behind", COUNT),
        Column("집계 불가", "unknown", COUNT, width=10),
        Column("달성 비율(%)", "", number(1, "0", "–", 11), share=("달성", "견준 지표")),
        Column("계획 대비 진도율 평균(%)", "progress", number(places, "0", "–", 18)),
    )
    return Table(
        "연차 목표달성도",
        columns,
        lines,
        unit="개, %",
        as_of=question.last,
        numbered=False,
        notes=[
            "그 해 끝까지 끝난 기간의 목표를 모두 합한 것과 누적 실적을 견줍니다.",
            "집계 불가: 도입 전이라 실적을 알 수 없는 지표.",
        ],
    )


def _year_ends(term: Term, last: date) -> list[date]:
    ends = [min(date(year, 12, 31), term.ends_on) for year in term.years]
    return sorted(
        {min(day, last) for day, year in zip(ends, term.years, strict=True) if date(year, 1, 1) <= last}
    )


def _year(found: Sequence[PledgeFigures], day: date, places: int) -> dict[str, Any]:
    figures = [figure for pledge in found for figure in pledge.indicators if figure.ended_target]
    known = [figure for figure in figures if figure.progress is not None]
    met = sum(1 for figure in known if not figure.is_behind)
    return {
        "year": f"{day.year}년",
        "day": f"{day.year}. {day.month}. {day.day}.",
        "all": len(figures),
        "judged": len(known),
        "met": met,
        "behind": len(known) - met,
        "unknown": len(figures) - len(known),
        "progress": printed_rate(mean(pledge.progress.rate for pledge in found), places),
    }


REPORT = Report(
    "manifesto",
    "매니페스토 총괄",
    "분야별 추진상황, 재정(계획·확보·집행), 연차 목표달성도",
    tables,
    TermFilters,
)
