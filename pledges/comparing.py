"""What differs between two cards: figures side by side, for corrections and for "what changed" (pure)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pledges.card.model import Card

SOURCES = {"total": "계", "national": "국비", "city": "시비", "district": "구비", "other": "기타"}


@dataclass(frozen=True)
class Difference:
    """One printed figure or text before and after, as the cards print it; None is 없음."""

    where: str
    before: str
    after: str


def differences(before: Card, after: Card) -> list[Difference]:
    """Every figure and text that the two cards print differently, in the card's order."""
    old, new = dict(printed(before)), dict(printed(after))
    places = [*old, *(place for place in new if place not in old)]
    return [
        Difference(place, old.get(place, "없음"), new.get(place, "없음"))
        for place in places
        if old.get(place) != new.get(place)
    ]


def printed(card: Card) -> Iterator[tuple[str, str]]:
    """(place, what stands there) of the whole card; a place occurs once."""
    head = card.header
    yield "공약명", head.title
    yield "추진상황", head.status
    yield "요지", head.summary
    yield f"총사업비({card.cost.unit})", f"{card.cost.total:,f}"
    for row in card.indicators:
        name = f"지표 {row.no}. {row.name}"
        yield f"{name} 대비비율", _text(row.weight)
        yield f"{name} 임기 목표", _text(row.term_target)
        for year, target in row.annual_targets.items():
            yield f"{name} {year}년 목표", _text(target)
        for year, quarters in row.quarter_targets.items():
            for number, target in enumerate(quarters, start=1):
                yield f"{name} {year}년 {number}분기 목표", _text(target)
        yield f"{name} 누적 실적", _text(row.value)
        yield f"{name} 이행률", row.rate or "–"
    yield "총 이행률", card.overall.rate or "–"
    yield from _tables(card)
    yield from _texts(card)


def _tables(card: Card) -> Iterator[tuple[str, str]]:
    for row in card.execution.rows:
        place = f"예산 집행액({card.execution.unit}) {SOURCES[row.source]}"
        for year, value in row.by_year.items():
            yield f"{place} {year}", _text(value)
        yield f"{place} 임기 후", _text(row.after_term)
        yield f"{place} 전 기간", _text(row.total)
    if card.register_table:
        for column in card.register_table.columns:
            yield f"기업 수 {column.name}", _text(column.count)
    for line in card.support:
        for program in line.programs:
            place = f"지원현황 {line.year} {program.name}"
            yield f"{place} 기업수", _text(program.enterprises)
            yield f"{place} 인원", _text(program.headcount)
            yield f"{place} 지원액", _text(program.amount)
    if card.committee:
        yield "위원수", _text(card.committee.members)
    for space in card.spaces:
        yield f"입주기업 {space.name}", _text(space.tenants)


def _texts(card: Card) -> Iterator[tuple[str, str]]:
    for no, section in enumerate(card.sections, start=1):
        yield f"서술 {no}. {section.title}", " / ".join(line.text for line in section.lines)
    for row in card.schedule:
        yield f"추진실적 {row.no}", f"{row.date_text} {row.title} {row.detail}"
    for line in card.engagement:
        yield f"소통 실적 {line.no}", f"{line.date_text} {line.kind} {line.detail}"
    for no, officer in enumerate(card.officers, start=1):
        yield f"사업담당 {no}", f"{officer.role} {officer.name} {officer.phone}"


def _text(value: Decimal | int | None) -> str:
    return "-" if value is None else f"{value:,}"
