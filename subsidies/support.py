"""지원현황: firms, people and won awarded, by year and programme, as of a day (DOMAIN §3.4, §4.6).

A cell is the latest opening on or before the day, plus the awards decided after it. Awards dated on or
before the opening, and undated ones, itemise it and add nothing. Nothing here is rounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from subsidies.models import Award, Program, ProgramYear, SupportOpening
from subsidies.splits import ratio_text


@dataclass(frozen=True)
class SupportCell:
    """One programme in one year. None: nothing is recorded, or (``unknown``) the day lies before the opening.

    amount, planned_amount: won. itemised: firms that the awards name of those the opening counts.
    """

    program: Program
    ratio: str
    enterprises: int | None
    headcount: int | None
    amount: int | None
    planned_amount: int | None
    note: str
    unknown: bool = False
    opening: SupportOpening | None = None
    itemised: int = 0
    awards: tuple[Award, ...] = ()

    @property
    def unitemised(self) -> int:
        """상세 미등록분: firms of the opening that no award names; negative is 상세 합계 초과."""
        counted = self.opening.enterprises if self.opening else None
        return counted - self.itemised if counted is not None else 0

    @property
    def is_empty(self) -> bool:
        return (
            not self.unknown
            and self.amount is None
            and self.enterprises is None
            and self.planned_amount is None
        )


@dataclass(frozen=True)
class SupportYear:
    """A row of the table. The totals count a firm once per programme ("기업수는 중복"); None where unknown.

    distinct: the same firms counted once, None while part of an opening is not itemised.
    """

    year: int
    cells: tuple[SupportCell, ...]
    enterprises: int | None
    headcount: int | None
    amount: int | None
    distinct: int | None


def support_table(programs: Iterable[Program], years: Iterable[int], as_of: date) -> list[SupportYear]:
    """The table of the programmes that stand in it, oldest year first; three queries.

    Years after ``as_of`` and years with neither opening, award nor plan are absent.
    """
    columns = [program for program in programs if program.in_support_table]
    wanted = [year for year in years if year <= as_of.year]
    facts = _facts(columns, wanted)
    rows = [_row(year, [_cell(program, year, as_of, facts) for program in columns]) for year in wanted]
    return [row for row in rows if not all(cell.is_empty for cell in row.cells)]


@dataclass(frozen=True)
class _Facts:
    openings: dict[tuple[int, int], list[SupportOpening]]
    awards: dict[tuple[int, int], list[Award]]
    years: dict[tuple[int, int], ProgramYear]


def _facts(programs: Sequence[Program], years: Sequence[int]) -> _Facts:
    openings: dict[tuple[int, int], list[SupportOpening]] = defaultdict(list)
    awards: dict[tuple[int, int], list[Award]] = defaultdict(list)
    mine = {"program__in": programs, "year__in": years}
    for opening in SupportOpening.objects.live().filter(**mine).order_by("on", "closed", "pk"):
        openings[opening.program_id, opening.year].append(opening)
    for award in (
        Award.objects.live().filter(**mine).select_related("enterprise").order_by("decided_on", "pk")
    ):
        awards[award.program_id, award.year].append(award)
    found = ProgramYear.objects.live().filter(**mine)
    return _Facts(openings, awards, {(row.program_id, row.year): row for row in found})


def _cell(program: Program, year: int, as_of: date, facts: _Facts) -> SupportCell:
    key = (program.pk, year)
    plan = facts.years.get(key)
    opening = _opening_at(facts.openings.get(key, []), year, as_of)
    planned = plan.planned_amount if plan else None
    note = plan.planned_note if plan else ""
    ratio = ratio_text(plan.ratio) if plan else ""
    awards = [a for a in facts.awards.get(key, []) if a.decided_on is None or a.decided_on <= as_of]
    if opening is None and any(not later.closed for later in facts.openings.get(key, [])):
        return SupportCell(
            program, ratio, None, None, None, planned, note, unknown=True, awards=tuple(awards)
        )
    inside = [award for award in awards if opening and _itemises(award, opening)]
    named = {award.enterprise_id for award in inside}
    added = [award for award in awards if award not in inside]
    return SupportCell(
        program=program,
        ratio=ratio,
        enterprises=_sum(
            opening, "enterprises", len({a.enterprise_id for a in added} - named) if added else None
        ),
        headcount=_sum(opening, "headcount", sum(a.headcount or 0 for a in added) if added else None)
        if program.counts_people
        else None,
        amount=_sum(opening, "amount", sum(a.amount for a in added) if added else None),
        planned_amount=planned,
        note=note,
        opening=opening,
        itemised=len(named),
        awards=tuple(awards),
    )


def _opening_at(openings: Sequence[SupportOpening], year: int, as_of: date) -> SupportOpening | None:
    """The latest opening on or before the day. A year that had ended by then is known from a later stated one."""
    before = [opening for opening in openings if opening.on <= as_of]
    if before:
        return before[-1]
    stated = [opening for opening in openings if not opening.closed]
    return stated[0] if stated and date(year, 12, 31) <= as_of else None


class Details(NamedTuple):
    """Sums of the awards that itemise an opening: firms, people, won."""

    enterprises: int
    headcount: int
    amount: int


def details_of(opening: SupportOpening, awards: Iterable[Award] | None = None) -> Details:
    """What the awards dated on or before the opening (or undated) make; ``awards``: its programme's, if at hand."""
    rows = Award.objects.live().filter(program=opening.program_id) if awards is None else awards
    inside = [row for row in rows if row.year == opening.year and _itemises(row, opening)]
    return Details(
        enterprises=len({row.enterprise_id for row in inside}),
        headcount=sum(row.headcount or 0 for row in inside),
        amount=sum(row.amount for row in inside),
    )


def _itemises(award: Award, opening: SupportOpening) -> bool:
    return award.decided_on is None or award.decided_on <= opening.on


def _sum(opening: SupportOpening | None, field: str, added: int | None) -> int | None:
    """Opening plus what was added; None without either, and where an opening leaves the field unknown."""
    if opening is None:
        return added
    known: int | None = getattr(opening, field)
    return None if known is None else known + (added or 0)


def _row(year: int, cells: Sequence[SupportCell]) -> SupportYear:
    return SupportYear(
        year=year,
        cells=tuple(cells),
        enterprises=_total(cells, "enterprises"),
        headcount=_total(cells, "headcount"),
        amount=_total(cells, "amount"),
        distinct=_distinct(cells),
    )


def _total(cells: Sequence[SupportCell], field: str) -> int | None:
    if any(cell.unknown for cell in cells):
        return None
    known = [getattr(cell, field) for cell in cells if getattr(cell, field) is not None]
    return sum(known) if known else None


def _distinct(cells: Sequence[SupportCell]) -> int | None:
    """Firms counted once over the programmes: only names can be told apart, so every opening must be itemised."""
    if any(cell.unknown or cell.unitemised for cell in cells):
        return None
    return len({award.enterprise_id for cell in cells for award in cell.awards})
