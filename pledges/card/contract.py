"""The card as JSON: keys, types, order and units of the contract (shared with scripts; stable).

What the contract does not name (findings, an uncapped total, the cap) appears only where there is something to say.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from .model import Card, ExecutionRow, IndicatorPart, MoneyRow, RegisterPart, SupportProgram, SupportRow

Json = dict[str, Any]


def contract_form(card: Card) -> Json:
    """The card as the contract's JSON object."""
    form: Json = {
        "pledge": _pledge(card),
        "as_of": card.as_of.isoformat(),
        "total_cost": _money(card.cost),
        "enterprises": _enterprises(card.register_table) if card.register_table else None,
        "support": [_support(row) for row in card.support],
        "committee": _committee(card),
        "spaces": [_space(space) for space in card.spaces],
        "indicators": [_indicator(indicator) for indicator in card.indicators],
        "overall_rate": card.overall.rate,
        "execution": {"unit": card.execution.unit}
        | {row.source: _execution(row) for row in card.execution.rows},
        "schedule": [
            {"no": row.no, "date": row.date_text, "title": row.title, "detail": row.detail}
            for row in card.schedule
        ],
        "engagement": [
            {"no": row.no, "date": row.date_text, "kind": row.kind, "detail": row.detail}
            for row in card.engagement
        ],
        "officers": [officer.model_dump() for officer in card.officers],
        "center": _center(card),
        "programs": [
            {"name": p.name, "host": p.host, "content": [line.text for line in p.content]}
            for p in card.programs
        ],
        "sections": [{"title": s.title, "lines": [line.text for line in s.lines]} for s in card.sections],
    }
    return form | _more(card)


def _more(card: Card) -> Json:
    more: Json = {}
    if card.secured is not None:
        more["secured"] = _money(card.secured)
    if card.overall.uncapped != card.overall.rate:
        more["overall_rate_uncapped"] = card.overall.uncapped
    if card.findings:
        more["findings"] = [finding.model_dump() for finding in card.findings]
    if card.closing is not None:
        more["closing"] = card.closing.model_dump(mode="json")
    return more


def number(value: Decimal | int | None) -> int | float | None:
    """A JSON number: whole where it can be."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def _pledge(card: Card) -> Json:
    head = card.header
    return {
        "number": head.number,
        "title": head.title,
        "term": head.term,
        "term_from": head.term_from.isoformat(),
        "term_to": head.term_to.isoformat(),
        "nature": head.nature,
        "completion": head.completion,
        "period": head.period,
        "central_help": {"needed": head.help_needed, "kinds": list(head.help_kinds)},
        "host": head.host,
        "status": head.status,
        "summary": head.summary,
    }


def _money(row: MoneyRow) -> Json:
    return {
        "unit": row.unit,
        "total": number(row.total),
        "national": number(row.national),
        "city": number(row.city),
        "district": number(row.district),
        "other": number(row.other),
    }


def _enterprises(table: RegisterPart) -> Json:
    form: Json = {"as_of": table.as_of.isoformat(), "total": table.total}
    for column in table.columns:
        if not column.group_code:
            form[column.code] = column.count
            continue
        group = form.setdefault(column.group_code, {"total": 0})
        group[column.code] = column.count
        unknown = column.count is None or group["total"] is None
        group["total"] = None if unknown else group["total"] + column.count
    return form


def _support(row: SupportRow) -> Json:
    return {
        "year": row.year,
        "total": {"enterprises": row.enterprises, "headcount": row.headcount, "amount": number(row.amount)},
        "programs": [_program(program) for program in row.programs],
        "unit": row.unit,
    }


def _program(program: SupportProgram) -> Json:
    return {
        "name": program.name,
        "split": program.split,
        "enterprises": program.enterprises,
        "headcount": program.headcount,
        "amount": number(program.amount),
        "planned_amount": number(program.planned_amount),
        "note": program.note,
    }


def _committee(card: Card) -> Json | None:
    if card.committee is None:
        return None
    return card.committee.model_dump(include={"name", "members", "term_years", "renewals", "meets"})


def _space(space: Any) -> Json:
    return {
        "name": space.name,
        "address": space.address,
        "area_m2": number(space.area_m2),
        "dong": space.dong,
        "tenants": space.tenants,
        "opened": _iso(space.opened),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _indicator(row: IndicatorPart) -> Json:
    return {
        "no": row.no,
        "plan": row.plan,
        "name": row.name,
        "unit": row.unit,
        "weight": number(row.weight),
        "term_target": number(row.term_target),
        "annual_targets": {str(year): number(value) for year, value in row.annual_targets.items()},
        "quarter_targets": {
            str(year): [number(value) for value in values] for year, values in row.quarter_targets.items()
        },
        "actual": number(row.value),
        "rate": row.rate,
    }


def _execution(row: ExecutionRow) -> Json:
    return {
        "total": number(row.total),
        "in_term": number(row.in_term),
        "by_year": {str(year): number(value) for year, value in row.by_year.items()},
        "after_term": number(row.after_term),
    }


def _center(card: Card) -> Json | None:
    return card.center.model_dump() if card.center else None
