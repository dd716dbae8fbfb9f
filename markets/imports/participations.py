"""Importing who took part and what they sold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any

from accounts.models import Office
from common.importing import Changed, Checked, Doubt, Fault, Kind, Options, Outcome, Row, State, changed
from common.periods import korean_date
from enterprises.matching import Firm, Register
from enterprises.writing import change, create
from markets.columns import PARTICIPATION_COLUMNS, ParticipationLine
from markets.imports.events import Events, Known, NotFound
from markets.models import MarketDay, Mode, Participation
from markets.plausible import sales_doubts

# So alike that it is likelier a slip of the pen than another vendor.
ALIKE = 0.85


class Checker:
    """Everything that the rows are compared with, loaded once."""

    def __init__(self, options: Options) -> None:
        self.closed_through = Office.current().closed_through
        self.events = Events()
        self.register = Register()
        self.known: dict[Any, Participation] = {}
        rows = Participation.objects.live()
        for row in rows:
            self.known[row.event_id, row.day_id, _who(self.register, row.enterprise_id, row.vendor_name)] = (
                row
            )
        self.usual = [row.sales for row in self.known.values() if row.sales]

    def outcome(self, row: Row) -> Outcome:
        line: ParticipationLine = row.line
        try:
            event = self.events.event(line.event, line.market)
        except NotFound as unknown:
            fault = row.fault(unknown.heading, line.event, unknown.rule, unknown.remedy)
            return Outcome(row, State.WRONG, faults=(fault,))
        day, wrong = _day_of(row, line, event)
        firms = self.register.by_number.get(line.business_number, []) or self.register.named(line.name)
        if len(firms) > 1:
            wrong = row.fault(
                "기업명", line.name, "같은 이름의 기업이 여럿입니다.", "사업자등록번호 열을 더해 주십시오."
            )
        if wrong:
            return Outcome(row, State.WRONG, faults=(wrong,))
        return self._compare(row, event, day, firms[0] if firms else None)

    def _compare(self, row: Row, event: Known, day: MarketDay | None, firm: Firm | None) -> Outcome:
        line: ParticipationLine = row.line
        key = (
            event.row.pk,
            day.pk if day else None,
            _who(self.register, firm.pk if firm else None, line.name),
        )
        found = self.known.get(key)
        doubts = self._doubts(line, day, firm)
        if found is None:
            made = Participation(
                event_id=event.row.pk,
                day_id=day.pk if day else None,
                enterprise_id=firm.pk if firm else None,
                vendor_name="" if firm else line.name,
                sales=line.sales,
            )
            self.known[key] = made
            notes = () if firm else ("등록부에 없는 업체라 이름으로만 적습니다.",)
            return Outcome(row, State.NEW, doubts=tuple(doubts), notes=notes, plan=made)
        if found.pk is None:
            rule = "같은 행사·운영일·업체의 줄이 이 파일에 또 있습니다."
            return Outcome(
                row, State.WRONG, faults=(row.fault("기업명", line.name, rule, "한 줄로 합쳐 주십시오."),)
            )
        sets, changes = changed((("매출액", "sales"),), found, line._asdict())
        if not sets:
            return Outcome(row, State.UNCHANGED)
        return Outcome(row, State.CHANGED, changes, tuple(doubts), plan=Changed(found.pk, sets))

    def _doubts(self, line: ParticipationLine, day: MarketDay | None, firm: Firm | None) -> list[Doubt]:
        doubts = [Doubt("unit", words) for words in sales_doubts(line.sales, self.usual)]
        if firm is None and (
            alike := get_close_matches(self.register.key(line.name), self.register.by_key, 1, ALIKE)
        ):
            name = self.register.by_key[alike[0]][0].name
            doubts.append(Doubt("spelling", f"등록부의 ‘{name}’을(를) 달리 적은 것은 아닙니까?"))
        if self.closed_through and day and day.day <= self.closed_through:
            doubts.append(Doubt("closed", f"{korean_date(self.closed_through)}까지 마감된 분기의 날입니다."))
        return doubts


def _who(register: Register, firm: int | None, name: str) -> Any:
    return firm or f"name:{register.key(name)}"


def _day_of(row: Row, line: ParticipationLine, event: Known) -> tuple[MarketDay | None, Fault | None]:
    """The event's day; None with no day, or with all its days, means the event as a whole."""
    if not line.days or (len(line.days) > 1 and set(line.days) == {day for day, _ in event.days}):
        return None, None
    if len(line.days) == 1:
        found = event.days.get((line.days[0], Mode.OFFLINE)) or event.days.get((line.days[0], Mode.ONLINE))
        if found:
            return found, None
    listed = ", ".join(korean_date(day) for day, _ in sorted(event.days)[:8]) or "없음"
    seen = ", ".join(map(korean_date, line.days))
    return None, row.fault(
        "운영일", seen, f"그 행사의 운영일이 아닙니다. 등록된 운영일: {listed}.", "운영일을 고쳐 주십시오."
    )


def check(rows: Sequence[Row], options: Options) -> Checked:
    """Classifies every row against the participations on file; writes nothing."""
    checker = Checker(options)
    return Checked([checker.outcome(row) for row in rows])


def save(outcomes: Iterable[Outcome], reason: str, user: Any) -> None:
    """Writes what ``check`` planned, with history."""
    plans = [outcome.plan for outcome in outcomes]
    create(Participation, [plan for plan in plans if isinstance(plan, Participation)], reason, user)
    sets = {plan.pk: plan.sets for plan in plans if isinstance(plan, Changed)}
    rows = Participation.objects.select_for_update().in_bulk(list(sets))
    change([(row, sets[pk]) for pk, row in rows.items()], reason, user)


PARTICIPATIONS = Kind(
    "participations",
    "시장 참여업체",
    PARTICIPATION_COLUMNS,
    ParticipationLine,
    check,
    save,
    models=(Participation,),
    about="운영일을 먼저 가져오거나 등록해야 합니다. 등록부에 없는 업체는 이름으로만 적힙니다.",
)
