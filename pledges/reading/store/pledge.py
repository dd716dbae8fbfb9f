"""A read card stored as a pledge with everything that belongs to it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db.models import Max

from accounts.models import Department, Office
from pledges.models import (
    Activity,
    DocumentNote,
    Engagement,
    Goal,
    Officer,
    Pledge,
    Section,
    Term,
)
from pledges.models.indicators import Measure
from pledges.reading.model import ReadCard, ReadLogRow, ReadMoney
from pledges.reading.parse import Read
from pledges.reading.source import key
from pledges.reading.units import printing_unit

from . import indicators, money, registers
from .keeper import Keeper

FEW = 4


def store(keeper: Keeper, read: Read, asked_day: bool) -> Pledge | None:
    """Everything, or errors in ``keeper.faults``; the caller's transaction takes it back then."""
    card = read.card
    term = _term(keeper, card)
    if term is None or card.as_of is None or _is_there(keeper, card, term):
        return None
    pledge = _pledge(keeper, card, term)
    if pledge is None:
        return None
    _warn_of_closing(keeper, card.as_of)
    _store_links(keeper, card, pledge, card.as_of, asked_day)
    _store_text(keeper, card, pledge)
    indicators.store_indicators(keeper, card, pledge, card.as_of)
    money.store_execution(keeper, card, pledge, card.as_of)
    money.store_secured(keeper, card, pledge, card.as_of)
    _store_notes(keeper, read, pledge)
    return pledge


def _warn_of_closing(keeper: Keeper, as_of: date) -> None:
    """On the same day a closed figure wins over an opening (DOMAIN §3.15)."""
    closed = Office.current().closed_through
    if closed is not None and as_of <= closed:
        keeper.faults.warn(
            0,
            f"기준일 {as_of.isoformat()}은(는) 이미 마감한 분기 안입니다. 마감한 값이 있는 누계는 반영되지 않습니다.",
        )


def _term(keeper: Keeper, card: ReadCard) -> Term | None:
    read = card.term
    if read is None:
        return None
    places = min(card.rate_decimals, FEW)
    term = Term.objects.filter(name=read.name).first()
    if term is None:
        return keeper.save(
            Term(name=read.name, starts_on=read.starts_on, ends_on=read.ends_on, decimals=places),
            read.line,
            "임기",
        )
    if read.line and (term.starts_on, term.ends_on) != (read.starts_on, read.ends_on):
        keeper.faults.warn(
            read.line, f"{term}의 기간이 등록된 것과 다릅니다. 등록된 기간을 그대로 두었습니다."
        )
    if places > term.decimals:
        keeper.faults.warn(
            0,
            f"문서는 이행률을 소수 {places}자리로 적었지만 {term}의 카드는 {term.decimals}자리로 인쇄합니다.",
        )
    return term


def _is_there(keeper: Keeper, card: ReadCard, term: Term) -> bool:
    if not Pledge.objects.in_term(term).filter(number=card.number).exists():
        return False
    keeper.faults.error(
        card.title_line,
        f"{term}에 공약 {card.number}이(가) 이미 있습니다. 덮어쓰지 않습니다. 그 공약을 카드 화면에서 고치거나,"
        " 무효 처리한 뒤 다시 가져오거나, 다른 임기를 골라 주십시오.",
    )
    return True


def _goal(keeper: Keeper, card: ReadCard, term: Term) -> Goal | None:
    """By the number's first part (1-3 → 1), else one for all others."""
    parts = re.split(r"[-–‐.]", card.number)
    number = parts[0][:10] if len(parts) > 1 else "기타"
    goal = Goal.objects.filter(term=term, number=number).first()
    if goal is not None:
        return goal
    last = Goal.objects.filter(term=term).aggregate(last=Max("position"))["last"] or 0
    position = int(number) if number.isdecimal() and len(number) < 4 else last + 1
    name = card.header.goal or (f"구정목표 {number}" if len(parts) > 1 else "기타 공약")
    return keeper.save(
        Goal(term=term, number=number, name=name, position=position), card.title_line, "구정목표"
    )


def _department(keeper: Keeper, card: ReadCard) -> Department | None:
    """As labelled, else of the head of department in the ☎ line (일자리벤처과장 → 일자리벤처과)."""
    heads = [
        o.role[:-1] for o in card.officers if re.fullmatch(r"\S+(?:과|담당관|소|단|실|관|센터)장", o.role)
    ]
    name = re.split(r"[(,·/]", card.header.department or (heads[0] if heads else ""))[0].strip()
    if not name:
        return None
    found = next((d for d in Department.objects.all() if key(d.name) == key(name)), None)
    last = Department.objects.aggregate(last=Max("position"))["last"] or 0
    return found or keeper.save(Department(name=name, position=last + 1), card.title_line, "부서")


def _pledge(keeper: Keeper, card: ReadCard, term: Term) -> Pledge | None:
    goal = _goal(keeper, card, term)
    if goal is None:
        return None
    header = card.header
    last = re.split(r"[-–‐.]", card.number)[-1]
    pledge = Pledge(
        term=term,
        goal=goal,
        number=card.number,
        title=card.title,
        summary=header.summary,
        confirmed_plan=header.confirmed_plan,
        department=_department(keeper, card),
        nature=header.nature,
        completion=header.completion,
        period=header.period,
        central_help=header.help_kinds,
        central_help_needed=header.help_needed,
        host=header.host,
        status=header.status,
        status_words=header.status_words,
        shows_register=card.register is not None,
        section_numbers=card.section_numbers,
        position=int(last) if last.isdecimal() and len(last) < 5 else 0,
        **_money_fields(card),
    )
    where = f"공약 {card.number}"
    return keeper.save(
        pledge,
        card.title_line,
        where,
        also=("nature", "completion", "host", "central_help", "section_numbers"),
    )


def _money_fields(card: ReadCard) -> dict[str, Any]:
    cost = card.cost or ReadMoney("백만원", 0)
    fields: dict[str, Any] = {f"cost_{source}": won for source, won in cost.parts.items()}
    fields["cost_unit"] = printing_unit(cost.unit)
    fields["execution_unit"] = printing_unit(card.execution.unit if card.execution else cost.unit)
    if card.support:
        fields["support_unit"] = printing_unit(card.support.unit)
    fields["unit_decimals"] = min(card.money_decimals, FEW)
    return fields


def _store_links(keeper: Keeper, card: ReadCard, pledge: Pledge, as_of: date, asked_day: bool) -> None:
    registers.store_register(keeper, card, as_of, asked_day)
    groups = money.store_groups(keeper, card)
    programs = money.store_support(keeper, card, as_of)
    pledge.center = registers.store_center(keeper, card)
    pledge.committee = registers.store_committee(keeper, card, as_of)
    pledge.spaces.set(registers.store_spaces(keeper, card, as_of))
    pledge.program_groups.set(groups)
    pledge.programs.set(programs)
    counted = [row for row in card.indicators if row.measure == Measure.MARKET_DAYS]
    pledge.markets.set(market for row in counted if (market := registers.store_market(keeper, row)))
    keeper.save(
        pledge,
        card.title_line,
        f"공약 {card.number}",
        also=("nature", "completion", "host", "central_help", "section_numbers"),
    )


def _store_text(keeper: Keeper, card: ReadCard, pledge: Pledge) -> None:
    officers: list[tuple[Any, int]] = [
        (Officer(pledge=pledge, role=o.role, name=o.name, phone=o.phone, position=at), o.line)
        for at, o in enumerate(card.officers, start=1)
    ]
    keeper.save_all(officers, "사업담당")
    sections: list[tuple[Any, int]] = [
        (
            Section(
                pledge=pledge,
                kind=s.kind,
                heading=s.heading,
                body=s.body,
                shows_programs=s.shows_programs,
                position=at,
            ),
            s.line,
        )
        for at, s in enumerate(card.sections, start=1)
    ]
    keeper.save_all(sections, "서술")
    keeper.save_all(
        [(Activity(title=r.title, **_dated(keeper, pledge, r)), r.line) for r in card.log], "추진실적"
    )
    keeper.save_all(
        [(Engagement(kind=r.kind, **_dated(keeper, pledge, r)), r.line) for r in card.engagement],
        "소통 실적",
        also=("kind",),
    )


def _dated(keeper: Keeper, pledge: Pledge, row: ReadLogRow) -> dict[str, Any]:
    return {
        "pledge": pledge,
        "no": row.no,
        "date_text": row.date_text,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "detail": row.detail,
        "source": keeper.source(row.line),
    }


def _store_notes(keeper: Keeper, read: Read, pledge: Pledge) -> None:
    """What found no place, and printed figures that differ, stay with the pledge."""
    notes: list[tuple[Any, int]] = [
        (DocumentNote(pledge=pledge, kind="unplaced", line=found.line, text=found.text), found.line)
        for found in read.unplaced
    ]
    notes += [
        (
            DocumentNote(
                pledge=pledge, kind="differs", line=found.line, place=found.where[:200],
                printed=found.printed[:60], computed=found.computed[:60],
            ),
            found.line,
        )
        for found in read.faults.findings
    ]  # fmt: skip
    keeper.save_all(notes, "문서 확인 사항")
