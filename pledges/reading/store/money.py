"""Programmes with their ratios and 지원현황, and 예산 집행액 by year and source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Max

from pledges.models import ExecutionOpening, Pledge, SecuredFunds
from pledges.reading.model import (
    AFTER_TERM,
    ReadCard,
    ReadGroup,
    ReadSupport,
    ReadSupportCell,
    ReadSupportProgram,
)
from pledges.reading.source import key
from subsidies.models import Program, ProgramGroup, ProgramYear, SupportOpening
from subsidies.models.programs import Regime

from .keeper import Keeper, kept_or_warned


def store_groups(keeper: Keeper, card: ReadCard) -> list[ProgramGroup]:
    """The plan's programmes; one registered already stays as it is."""
    groups = []
    last = ProgramGroup.objects.aggregate(last=Max("position"))["last"] or 0
    for at, read in enumerate(card.groups, start=1):
        group = next((g for g in ProgramGroup.objects.all() if key(g.name) == key(read.name)), None)
        if group is None:
            group = keeper.save(
                ProgramGroup(name=read.name, host=read.host, content=read.content, position=last + at),
                read.line,
                "사업 안내",
            )
        else:
            kept_or_warned(
                keeper,
                group,
                read.line,
                f"사업 안내 {read.name}",
                {"host": read.host, "content": read.content},
            )
        groups += [group] if group else []
    return groups


def store_support(keeper: Keeper, card: ReadCard, as_of: date) -> list[Program]:
    """The programmes of 지원현황, their ratio in the printed years, and the openings at ``as_of``."""
    support = card.support
    if support is None:
        return []
    programs: dict[str, Program] = {}
    last = Program.objects.aggregate(last=Max("position"))["last"] or 0
    for at, read in enumerate(support.programs, start=1):
        program = _program(keeper, card, read, last + at)
        if program is not None:
            programs[read.name] = program
    for year, cells in sorted(support.years.items()):
        for name, cell in cells.items():
            if name in programs:
                _store_year(keeper, support, programs[name], year, cell)
                _store_cell(keeper, support, programs[name], year, cell, as_of)
    return list(programs.values())


def _program(keeper: Keeper, card: ReadCard, read: ReadSupportProgram, position: int) -> Program | None:
    """The registered programme of that name, else a new one; national money makes it follow the national act."""
    for program in Program.objects.all():
        names = [program.name, *program.aliases.split(",")]
        if key(read.name) in {key(name) for name in names if name.strip()}:
            return program
    group = _group_of(card.groups, read.name)
    cells = (
        [cells[read.name] for cells in card.support.years.values() if read.name in cells]
        if card.support
        else []
    )
    is_national = any(cell.ratio and cell.ratio[0] for cell in cells)
    return keeper.save(
        Program(
            name=read.name,
            group=ProgramGroup.objects.filter(name=group.name).first() if group else None,
            host=group.host if group else "",
            regime=Regime.NATIONAL_ACT if is_national else Regime.LOCAL_ACT,
            counts_people=read.counts_people,
            position=position,
        ),
        read.line,
        "사업",
    )


def _group_of(groups: list[ReadGroup], name: str) -> ReadGroup | None:
    """The plan's programme that a line of money belongs to: by its name, else by being named in its content."""
    word = key(name).removesuffix("사업").removesuffix("지원")
    named = [group for group in groups if word and word in key(group.name)]
    told = [group for group in groups if word and word in key(group.content)]
    return next(iter(named or told), None)


def _store_year(
    keeper: Keeper, support: ReadSupport, program: Program, year: int, cell: ReadSupportCell
) -> None:
    planned = cell.planned.won if cell.planned else None
    shares = dict(zip(("national", "city", "district", "other"), cell.ratio or (), strict=False))
    now = ProgramYear.objects.live().filter(program=program, year=year).first()
    line = cell.planned.line if cell.planned else support.line
    if now is not None:
        wanted = {**shares, "planned_amount": planned, "planned_note": cell.note}
        kept_or_warned(keeper, now, line, f"{program} {year}년", wanted)
        return
    if not cell.ratio:
        if planned is None and not cell.note:
            return
        keeper.faults.warn(
            line, f"{support.title} {year}년 {program}: 분담률을 알 수 없어 전액 구비로 두었습니다."
        )
        shares = {"district": Decimal(100)}
    keeper.save(
        ProgramYear(
            program=program,
            year=year,
            planned_amount=planned,
            planned_note=cell.note,
            source=keeper.source(line),
            **shares,
        ),
        line,
        f"{program} {year}년",
    )


def _store_cell(
    keeper: Keeper, support: ReadSupport, program: Program, year: int, cell: ReadSupportCell, as_of: date
) -> None:
    if not cell.is_opening:
        return
    line = cell.amount.line if cell.amount else support.line
    values = {
        "enterprises": cell.enterprises,
        "headcount": cell.headcount,
        "amount": cell.amount.won if cell.amount else None,
    }
    now = SupportOpening.objects.live().filter(program=program, year=year, on=as_of, closed=False).first()
    where = f"{support.title} {year}년 {program}"
    if now is not None:
        kept_or_warned(keeper, now, line, where, values)
        return
    row = SupportOpening(program=program, year=year, on=as_of, source=keeper.source(line), **values)
    keeper.save(row, line, where)


def store_execution(keeper: Keeper, card: ReadCard, pledge: Pledge, as_of: date) -> None:
    """Openings by fiscal year and source; what lies behind the term is 임기 후."""
    table = card.execution
    if table is None:
        return
    won: dict[tuple[int, bool, str], int] = {}
    for (source, column), amount in table.cells.items():
        after = column == AFTER_TERM or int(column) > pledge.term.ends_on.year
        year = pledge.term.ends_on.year if column == AFTER_TERM else int(column)
        won[year, after, source] = won.get((year, after, source), 0) + amount
    if not any(won.values()):
        return
    rows = [
        (
            ExecutionOpening(
                pledge=pledge, on=as_of, year=year, after_term=after, fund=source, amount=amount,
                source=keeper.source(table.line),
            ),
            table.line,
        )
        for (year, after, source), amount in won.items()
        if amount
    ]  # fmt: skip
    keeper.save_all(rows, "예산 집행액")


def store_secured(keeper: Keeper, card: ReadCard, pledge: Pledge, as_of: date) -> None:
    """확보액 as printed: all years together, kept in the year of ``as_of``."""
    if card.secured is None:
        return
    rows = [
        (
            SecuredFunds(
                pledge=pledge,
                year=as_of.year,
                source=source,
                amount=won,
                note="문서의 합계(연도별 금액은 문서에 없음)",
            ),
            card.secured.line,
        )
        for source, won in card.secured.parts.items()
    ]
    keeper.save_all(rows, "확보액")
