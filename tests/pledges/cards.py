"""Cards built by hand: other numbers of indicators, years, programmes and kinds than the seed's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from common.money import half_up
from pledges.card.model import (
    Adjusted,
    Card,
    ExecutionPart,
    ExecutionRow,
    Header,
    IndicatorPart,
    MoneyRow,
    Total,
)

NOTHING = {"national": 0, "city": 0, "district": 0, "other": 0}
SOURCES = tuple(NOTHING)


def money_row(national: int = 100, city: int = 0, district: int = 50, other: int = 0) -> MoneyRow:
    total = national + city + district + other
    return MoneyRow(unit="백만 원", total=total, national=national, city=city, district=district, other=other)


def indicator(
    no: int,
    weight: str | None = None,
    target: str | None = "10",
    value: str | None = "5",
    places: int = 1,
    **more: Any,
) -> IndicatorPart:
    goal = None if target is None else Decimal(target)
    result = None if value is None else Decimal(value)
    rate = half_up(Fraction(result) * 100 / Fraction(goal), places) if result is not None and goal else None
    given: dict[str, Any] = {
        "pk": 100 + no,
        "no": no,
        "plan": f"계획 {no}",
        "name": f"지표 {no}",
        "unit": "회",
        "aggregation": "sum",
        "rule": "",
        "weight": None if weight is None else Decimal(weight),
        "term_target": goal,
        "annual_targets": {2022: goal},
        "quarter_targets": {},
        "value": result,
        "known": result or Decimal(0),
        "parts": (),
        "rate": None if rate is None else f"{rate:f}",
        "contribution": None,
        "ended_target": None,
        "progress": None,
    }
    return IndicatorPart(**given | more)


def total_of(indicators: Sequence[IndicatorPart], cap: bool = True, places: int = 1) -> Total:
    """The weighted total as DOMAIN §3.10 has it."""
    weighted = [row for row in indicators if row.weight]
    counted = [row for row in weighted if row.term_target]
    if sum(Fraction(row.weight or 0) for row in weighted) != 100 or any(
        row.value is None for row in weighted
    ):
        return Total(
            rate=None, uncapped=None, why_none="대비비율의 합이 100이 아닙니다.", left_out=(), capped=False
        )
    rates = [
        (Fraction(row.weight or 0), Fraction(row.value or 0) * 100 / Fraction(row.term_target or 1))
        for row in counted
    ]
    over = sum(weight for weight, _ in rates)
    if not over:
        return Total(rate=None, uncapped=None, why_none="목표가 없습니다.", left_out=(), capped=False)
    plain = sum(weight * rate for weight, rate in rates) / over
    capped = sum(weight * min(rate, Fraction(100)) for weight, rate in rates) / over
    return Total(
        rate=f"{half_up(capped if cap else plain, places):f}",
        uncapped=f"{half_up(plain, places):f}",
        why_none="",
        left_out=tuple(row.no for row in weighted if not row.term_target),
        capped=cap and plain != capped,
    )


def execution(
    years: Sequence[int] = (2022, 2023),
    cells: dict[str, dict[int, int | None]] | None = None,
    after: int = 0,
    adjusted: tuple[Adjusted, ...] = (),
) -> ExecutionPart:
    """``cells``: by source and year; None is not known. ``after`` is paid by the district after the term."""
    given = {source: (cells or {}).get(source, {}) for source in SOURCES}
    by_source = {source: {year: row.get(year, 0) for year in years} for source, row in given.items()}
    late: dict[str, int] = {source: after if source == "district" else 0 for source in SOURCES}

    def row(source: str, by_year: dict[int, int | None], later: int) -> ExecutionRow:
        known = [value for value in by_year.values() if value is not None]
        inside = sum(known) if len(known) == len(by_year) else None
        return ExecutionRow(
            source=source,
            total=None if inside is None else inside + later,
            in_term=inside,
            by_year=by_year,
            after_term=later,
        )

    totals: dict[int, int | None] = {}
    for year in years:
        column = [by_source[source][year] for source in SOURCES]
        totals[year] = None if None in column else sum(value or 0 for value in column)
    rows = [
        row("total", totals, after),
        *(row(source, by_source[source], late[source]) for source in SOURCES),
    ]
    return ExecutionPart(
        unit="백만 원", basis="집행액은 교부액 기준", rows=tuple(rows), adjusted=adjusted, opening_on=None
    )


def card(indicators: Sequence[IndicatorPart] = (), cap: bool = True, places: int = 1, **more: Any) -> Card:
    header: dict[str, Any] = {
        "number": "가-1",
        "title": "도서관 확충",
        "term": "민선9기",
        "term_from": date(2026, 7, 1),
        "term_to": date(2030, 6, 30),
        "goal": "2 교육",
        "department": "도서관과",
        "nature": "신규",
        "completion": "임기 내",
        "period": "2026.~2030.",
        "help_needed": False,
        "help_kinds": (),
        "host": "자치구",
        "status": "정상추진",
        "summary": "",
        "confirmed_plan": True,
    }
    total = total_of(indicators, cap, places)
    given: dict[str, Any] = {
        "as_of": date(2027, 3, 31),
        "cost": money_row(),
        "secured": None,
        "register_table": None,
        "center": None,
        "support": (),
        "committee": None,
        "spaces": (),
        "sections": (),
        "programs": (),
        "indicators": tuple(indicators),
        "overall": total,
        "progress": total,
        "decimals": places,
        "execution": execution(),
        "schedule": (),
        "engagement": (),
        "officers": (),
        "section_numbers": {"indicators": 5, "results": 6, "present": 1, "plan": 2, "future": 7},
    }
    head = Header(**header | more.pop("header", {}))
    return Card(**given | {"header": head} | more)
