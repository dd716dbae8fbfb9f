"""The published totals of a closing as checkpoints: execution, register, tenants, members, support (§3.4, §3.15)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from accounts.models import User
from common.models import Opening
from common.voiding import void
from enterprises import register
from enterprises.models import MemberOpening, RegisterOpening, TenantOpening
from pledges.execution import AFTER_TERM, executions
from pledges.models import Closing, ExecutionOpening, Pledge
from subsidies.models import SupportOpening
from subsidies.support import support_table


def lift(pledges: Sequence[Pledge], day: date, user: User, reason: str) -> None:
    """Takes up the checkpoints of a closed day, so that its figures can be made anew from the records."""
    for rows in _standing(pledges, day):
        for row in rows:
            void(row, user, f"정정 마감: {reason}"[:300])


def _standing(pledges: Sequence[Pledge], day: date) -> Iterator[Any]:
    mine = {"on": day, "closed": True}
    yield ExecutionOpening.objects.live().filter(pledge__in=pledges, **mine)
    yield SupportOpening.objects.live().filter(program__pledges__in=pledges, **mine).distinct()
    yield TenantOpening.objects.live().filter(space__pledges__in=pledges, **mine).distinct()
    yield MemberOpening.objects.live().filter(committee__pledge__in=pledges, **mine).distinct()
    if any(pledge.shows_register for pledge in pledges):
        yield RegisterOpening.objects.live().filter(**mine)


def write(pledges: Sequence[Pledge], day: date, user: User, closing: Closing) -> None:
    """Writes the totals of ``day``. What was not known stays unwritten; what another pledge wrote is not repeated."""
    for row in [*_execution(pledges, day), *_registers(pledges, day), *_support(pledges, day)]:
        _save(row, user, closing)


def _save(row: Any, user: User, closing: Closing) -> None:
    row.closed, row.source = True, f"{closing} 마감"
    row._history_user, row._change_reason = user, f"{closing} 마감"
    row.save()


def _execution(pledges: Sequence[Pledge], day: date) -> Iterator[Opening]:
    """Whole tables only: before the day of an opening the ledger is not the whole, and a table replaces a table."""
    later = ExecutionOpening.objects.live().filter(pledge__in=pledges, closed=False, on__gt=day)
    awaited = set(later.values_list("pledge_id", flat=True))
    for pk, table in executions(pledges, day).items():
        if pk in awaited or not table.is_known:
            continue
        for (column, source), won in table.cells.items():
            after = column == AFTER_TERM
            year = table.years[-1] if after else int(column)
            yield ExecutionOpening(pledge_id=pk, on=day, year=year, after_term=after, fund=source, amount=won)


def _registers(pledges: Sequence[Pledge], day: date) -> Iterator[Opening]:
    if any(pledge.shows_register for pledge in pledges):
        for line in register.register_table(day).lines:
            if line.value is not None and not _written(RegisterOpening, day, kind=line.kind):
                yield RegisterOpening(on=day, kind=line.kind, count=line.value)
    spaces = {space.pk for pledge in pledges for space in pledge.spaces.all()}
    for space, count in register.tenants(spaces, day).items():
        if count is not None and not _written(TenantOpening, day, space_id=space):
            yield TenantOpening(on=day, space_id=space, count=count)
    committees = {pledge.committee_id for pledge in pledges if pledge.committee_id}
    for committee, count in register.members(committees, day).items():
        if count is not None and not _written(MemberOpening, day, committee_id=committee):
            yield MemberOpening(on=day, committee_id=committee, count=count)


def _support(pledges: Sequence[Pledge], day: date) -> Iterator[Opening]:
    programs = {program.pk: program for pledge in pledges for program in pledge.programs.all()}
    years = pledges[0].term.years if pledges else range(0)
    for row in support_table(programs.values(), years, day):
        for cell in row.cells:
            known = not cell.unknown and (cell.amount is not None or cell.enterprises is not None)
            if known and not _written(SupportOpening, day, program=cell.program, year=row.year):
                yield SupportOpening(
                    on=day, program=cell.program, year=row.year,
                    enterprises=cell.enterprises, headcount=cell.headcount, amount=cell.amount,
                )  # fmt: skip


def _written(model: type[Any], day: date, **key: Any) -> bool:
    return bool(model.objects.live().filter(on=day, closed=True, **key).exists())
