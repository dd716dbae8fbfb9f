"""Importing decisions to grant (교부결정)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from accounts.models import Office
from common.importing import Changed, Checked, Doubt, Kind, Options, Outcome, Row, State, changed
from common.models import WON_LIMIT
from common.money import grouped
from common.periods import korean_date
from enterprises.matching import Register
from enterprises.writing import BATCH, change, create
from subsidies import checks, lookups
from subsidies.columns import AWARD_COLUMNS, AwardLine
from subsidies.facts import Facts
from subsidies.lookups import NotFound
from subsidies.models import Award, Disbursement, Program

FIELDS = (
    ("인원", "headcount"),
    ("결정액", "amount"),
    ("결정일", "decided_on"),
    ("결정번호", "number"),
    ("비고", "note"),
)


class Checker:
    """Everything that the rows are compared with, loaded once."""

    def __init__(self, rows: Sequence[Row], options: Options) -> None:
        self.today = options.today
        self.closed_through = Office.current().closed_through
        self.programs = lookups.Programs()
        self.register = Register()
        self.known: dict[tuple[int, int, int], list[Award]] = {}
        self.amounts: dict[int, list[int]] = {}
        for award in Award.objects.live().order_by("pk"):
            key = (award.program_id, award.enterprise_id, award.year)
            self.known.setdefault(key, []).append(award)
            self.amounts.setdefault(award.program_id, []).append(award.amount)
        self.taken: set[int] = set()
        self.planned: set[Any] = set()

    def outcome(self, row: Row) -> Outcome:
        line: AwardLine = row.line
        try:
            program = self.programs.find(line.program)
        except NotFound as unknown:
            fault = row.fault("사업", line.program, unknown.rule, unknown.remedy)
            return Outcome(row, State.WRONG, faults=(fault,))
        try:
            firm = lookups.one_firm(self.register, line.name, line.business_number)
        except NotFound as unknown:
            fault = row.fault("기업명", line.name, unknown.rule, unknown.remedy)
            return Outcome(row, State.WRONG, faults=(fault,))
        if not program.pays_enterprises:
            rule = f"‘{program}’은(는) 기업에 지급하는 사업이 아닙니다."
            return Outcome(
                row, State.WRONG, faults=(row.fault("사업", line.program, rule, "사업을 고쳐 주십시오."),)
            )
        if not 0 < line.amount < WON_LIMIT:
            fault = row.fault(
                "결정액", grouped(line.amount), "결정액은 0보다 크고 10조 원보다 작아야 합니다.", ""
            )
            return Outcome(row, State.WRONG, faults=(fault,))
        assert firm.pk is not None
        outcome = self._compare(row, line, program, firm.pk)
        if outcome.state != State.UNCHANGED and (other := lookups.other_name(self.register, firm, line.name)):
            outcome.doubts += (Doubt("renamed", other),)
        return outcome

    def _compare(self, row: Row, line: AwardLine, program: Program, firm: int) -> Outcome:
        key = (program.pk, firm, line.year)
        rows = [award for award in self.known.get(key, ()) if award.pk not in self.taken]
        found = _same(rows, line)
        if found is None:
            return self._new(row, line, program, firm)
        self.taken.add(found.pk)
        sets, changes = changed(FIELDS, found, line._asdict())
        if not sets:
            return Outcome(row, State.UNCHANGED)
        doubts = self._closed(line) if {"amount", "decided_on"} & set(sets) else []
        return Outcome(row, State.CHANGED, changes, tuple(doubts), plan=Changed(found.pk, sets))

    def _new(self, row: Row, line: AwardLine, program: Program, firm: int) -> Outcome:
        doubts = self._closed(line)
        usual = sorted(self.amounts.get(program.pk, ()))
        facts = Facts(self.today, usual=usual[(len(usual) - 1) // 2] if usual else None)
        if unlikely := checks.unit_suspicion(Disbursement(district=line.amount), facts):
            doubts.append(Doubt("unit", unlikely.message.replace("한 번에", "한 기업에")))
        key = (program.pk, firm, line.year, line.amount, line.decided_on)
        known = self.known.get(key[:3], ())
        if key in self.planned or any(award.amount == line.amount for award in known):
            doubts.append(
                Doubt(
                    "duplicate",
                    "같은 사업·연도·기업·결정액의 교부결정이 이미 있습니다. 두 번 적는 것은 아닙니까?",
                )
            )
        self.planned.add(key)
        values = {name: value for _, name in FIELDS if (value := getattr(line, name)) not in (None, "")}
        award = Award(program_id=program.pk, enterprise_id=firm, year=line.year, **values)
        return Outcome(row, State.NEW, doubts=tuple(doubts), plan=award)

    def _closed(self, line: AwardLine) -> list[Doubt]:
        closed = self.closed_through
        if closed is None or line.decided_on is None or line.decided_on > closed:
            return []
        return [
            Doubt("closed", f"마감 뒤 입력(미반영): 결정일이 {korean_date(closed)}까지 마감된 분기입니다.")
        ]


def _same(rows: Sequence[Award], line: AwardLine) -> Award | None:
    """The award that the line is: same number; else same day and amount; else same day, or the only one without."""
    if line.number and (same := [award for award in rows if award.number == line.number]):
        return same[0]
    rows = [award for award in rows if not (line.number and award.number)]
    near = [award for award in rows if not line.decided_on or award.decided_on in (None, line.decided_on)]
    exact = [award for award in near if award.amount == line.amount]
    if exact:
        return next((award for award in exact if award.decided_on == line.decided_on), exact[0])
    dated = [award for award in near if line.decided_on and award.decided_on == line.decided_on]
    return dated[0] if len(dated) == 1 else None


def check(rows: Sequence[Row], options: Options) -> Checked:
    """Classifies every row against the awards on file; writes nothing."""
    checker = Checker(rows, options)
    return Checked([checker.outcome(row) for row in rows])


def save(outcomes: Iterable[Outcome], reason: str, user: Any) -> None:
    """Writes what ``check`` planned, with history; doubts that were accepted stay with the award as 확인 필요."""
    stream = iter(outcomes)
    while block := list(islice(stream, BATCH)):
        made = [one for one in block if isinstance(one.plan, Award)]
        for outcome in made:
            outcome.plan.needs_check = " ".join(doubt.message for doubt in outcome.doubts)[:300]
        create(Award, [one.plan for one in made], reason, user)
        known = {one.plan.pk: one.plan.sets for one in block if isinstance(one.plan, Changed)}
        rows = Award.objects.select_for_update().in_bulk(list(known))
        change([(row, known[pk]) for pk, row in rows.items()], reason, user)


AWARDS = Kind("awards", "교부결정", AWARD_COLUMNS, AwardLine, check, save, models=(Award,))
