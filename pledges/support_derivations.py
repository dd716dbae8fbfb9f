"""How a figure of 지원현황 was made: its opening, the awards since, what somebody planned (DOMAIN §4.6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from django.urls import reverse

from common.periods import korean_date
from pledges.derivations import Derivation, Line, Operand, earlier_openings, writers
from subsidies.models import Award, SupportOpening
from subsidies.support import SupportCell


def support(
    cell: SupportCell, year: int, as_of: date, printed: Mapping[str, str] | None = None
) -> list[Derivation]:
    """The figures of one cell of 지원현황: firms, people, won, what is planned; 결정액, not payments (DOMAIN §4.6).

    ``printed``: won as the card prints them, by field.
    """
    name = f"{year}년 {cell.program}"
    inside = [a for a in cell.awards if cell.opening and _itemises(a, cell.opening)]
    added = [award for award in cell.awards if award not in inside]
    by = writers(cell.awards)
    named = {award.enterprise_id for award in inside}
    firms = {a.enterprise_id: a for a in reversed(added) if a.enterprise_id not in named}
    parts = _parts(cell, added, list(firms.values())[::-1])
    rule = "교부결정을 셉니다. 기업수는 사업마다 따로 세므로 사업 사이에 중복될 수 있습니다"
    return [
        Derivation(
            title=f"{name} {label}",
            unit=unit,
            rule=rule,
            as_of=as_of,
            value=value,
            operands=(*_opened_part(cell, field), Operand("교부결정", award_lines(rows, of, by))),
            itemising=award_lines(inside, of, by) if field != "enterprises" else firm_lines(inside, by),
            opened=getattr(cell.opening, field) if cell.opening else None,
            earlier=earlier_openings(SupportOpening, program_id=cell.program.pk, year=year)
            if field == "enterprises"
            else (),
            key=field,
            printed=(printed or {}).get(field, ""),
            told=(f"국비:시비:구비 {cell.ratio}",) if cell.ratio else (),
        )
        for field, label, unit, value, rows, of in parts
    ] + planned(cell, year, as_of, (printed or {}).get("planned", ""))


Part = tuple[str, str, str, int | None, list[Award], Callable[[Award], int]]


def _parts(cell: SupportCell, added: list[Award], firms: list[Award]) -> list[Part]:
    """Field, label, unit, value, the awards behind it and what each adds."""
    people: list[Part] = [
        ("headcount", "인원", "명", cell.headcount, added, lambda award: award.headcount or 0)
    ]
    return [
        ("enterprises", "기업수", "개소", cell.enterprises, firms, lambda _: 1),
        *(people if cell.program.counts_people else []),
        ("amount", "지원액", "원", cell.amount, added, lambda award: award.amount),
    ]


def planned(cell: SupportCell, year: int, as_of: date, printed: str) -> list[Derivation]:
    """예정액 of a cell, where somebody entered one with the programme's year."""
    if cell.planned_amount is None:
        return []
    page = reverse("subsidies:program_detail", args=[cell.program.pk])
    line = Line(f"{cell.program} {year}년 {cell.note}".strip(), page, cell.planned_amount)
    return [
        Derivation(
            title=f"{year}년 {cell.program} 예정액",
            unit="원",
            rule="계산한 값이 아니라 사업의 그해에 입력한 값입니다",
            as_of=as_of,
            value=cell.planned_amount,
            operands=(Operand("입력한 값", (line,)),),
            key="planned",
            printed=printed,
        )
    ]


def _opened_part(cell: SupportCell, field: str) -> tuple[Operand, ...]:
    opened = getattr(cell.opening, field) if cell.opening else None
    if cell.opening is None or opened is None:
        return ()
    word = "마감 값" if cell.opening.closed else "도입 전 누계"
    return (Operand(f"{word}({korean_date(cell.opening.on)})", own=opened),)


def award_lines(awards: Iterable[Award], of: Callable[[Award], int], by: dict[int, str]) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{award.enterprise} {korean_date(award.decided_on) if award.decided_on else '결정일 모름'}",
            reverse("subsidies:award_detail", args=[award.pk]),
            of(award),
            by.get(award.pk, ""),
        )
        for award in awards
    )


def firm_lines(awards: Iterable[Award], by: dict[int, str]) -> tuple[Line, ...]:
    """Each enterprise once, at its first award."""
    first: dict[int, Award] = {}
    for award in awards:
        first.setdefault(award.enterprise_id, award)
    return award_lines(first.values(), lambda _: 1, by)


def _itemises(award: Award, opening: SupportOpening) -> bool:
    return award.decided_on is None or award.decided_on <= opening.on
