"""The card's tables of section 1: register, centre, support, committee, spaces, programmes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from common.footing import foot, tree
from common.money import Unit, printed_unit
from common.outline import read_outline
from enterprises import register
from pledges.card.model import (
    CenterPart,
    CommitteePart,
    Line,
    ProgramPart,
    RegisterColumn,
    RegisterPart,
    SpacePart,
    SupportProgram,
    SupportRow,
)
from pledges.models import Pledge
from subsidies.support import SupportCell, SupportYear, support_table


def register_part(as_of: date) -> RegisterPart:
    """관내 사회적경제기업 by kind; the total is the plain sum of kinds (DOMAIN §6)."""
    table = register.register_table(as_of)
    columns = tuple(
        RegisterColumn(
            code=line.kind.code,
            name=line.kind.short_name,
            group_code=line.kind.group_code,
            group_name=line.kind.group_name,
            count=line.value,
            known=line.level.known,
            remaining=line.level.remaining,
            excess=line.level.excess,
        )
        for line in table.lines
    )
    return RegisterPart(as_of=as_of, total=table.total, distinct=table.distinct, columns=columns)


def center_part(pledge: Pledge) -> CenterPart | None:
    center = pledge.center
    if center is None:
        return None
    return CenterPart(
        name=center.name,
        role=center.role,
        staff=center.staff,
        organisation=center.organisation,
        address=center.address,
    )


def support_rows(pledge: Pledge, as_of: date) -> tuple[SupportRow, ...]:
    """지원현황, a row a year of the term; amounts in the pledge's unit and footing along the row."""
    printed = printed_unit(pledge.support_unit, pledge.unit_decimals)
    day = min(as_of, pledge.term.ends_on)
    table = support_table(pledge.programs.all(), pledge.term.years, day)
    return tuple(_support_row(row, printed) for row in table)


def _support_row(row: SupportYear, printed: Unit) -> SupportRow:
    cells = {(cell.program.pk, "won"): cell.amount for cell in row.cells if cell.amount is not None}
    rows, cols = tree("total", *(pk for pk, _ in cells)), tree("won")
    footed = foot(cells, rows, cols, printed.step) if cells else None
    total = (
        Decimal(printed.number(footed.value("total", "won"))) if footed and row.amount is not None else None
    )

    def program(cell: SupportCell) -> SupportProgram:
        known = footed is not None and cell.amount is not None
        return SupportProgram(
            name=cell.program.name,
            split=cell.ratio,
            enterprises=cell.enterprises,
            headcount=cell.headcount,
            amount=Decimal(printed.number(footed.value(cell.program.pk, "won")))
            if footed and known
            else None,
            planned_amount=None if cell.planned_amount is None else Decimal(printed.of(cell.planned_amount)),
            note=cell.note,
            counts_people=cell.program.counts_people,
            unknown=cell.unknown,
            exact=cell.amount if footed and known and footed.adjusted(cell.program.pk, "won") else None,
        )

    return SupportRow(
        year=row.year,
        unit=printed.label,
        enterprises=row.enterprises,
        headcount=row.headcount,
        amount=total,
        distinct=row.distinct,
        programs=tuple(program(cell) for cell in row.cells),
    )


def committee_part(pledge: Pledge, as_of: date) -> CommitteePart | None:
    committee = pledge.committee
    if committee is None:
        return None
    return CommitteePart(
        name=committee.name,
        members=register.members([committee.pk], as_of)[committee.pk],
        term_years=committee.term_years,
        renewals=committee.renewals,
        functions=committee.functions,
        meets=committee.meets,
    )


def space_parts(pledge: Pledge, as_of: date) -> tuple[SpacePart, ...]:
    spaces = [space for space in pledge.spaces.all() if not space.is_void]
    tenants = register.tenants([space.pk for space in spaces], as_of)
    return tuple(
        SpacePart(
            name=space.name,
            address=space.address,
            area_m2=space.area_m2,
            dong=space.dong,
            tenants=tenants[space.pk],
            opened=space.opened_on,
        )
        for space in spaces
    )


def program_parts(pledge: Pledge) -> tuple[ProgramPart, ...]:
    return tuple(
        ProgramPart(
            name=group.name,
            host=group.host,
            content=tuple(
                Line(level=line.level, marker=line.marker, text=line.text)
                for line in read_outline(group.content)
            ),
        )
        for group in pledge.program_groups.all()
    )
