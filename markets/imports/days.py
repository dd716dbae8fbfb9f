"""Importing market days: a row is an event's day, or several days at once (DOMAIN §3.14)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Office
from common.importing import Change, Checked, Doubt, Kind, Options, Outcome, Row, changed, in_words
from common.importing import State as RowState
from common.periods import korean_date
from enterprises.writing import change, create
from markets.columns import DAY_COLUMNS, DayLine
from markets.imports.events import Events, Known, NotFound
from markets.models import MarketDay, MarketEvent, Mode, State
from markets.plausible import sales_doubts

FIGURES = (("참여업체 수", "vendors"), ("매출액", "sales"))


@dataclass
class Plan:
    """New days of an event, and what differs on the event or on known days."""

    event: Known
    new_days: list[MarketDay] = field(default_factory=list)
    event_sets: dict[str, Any] = field(default_factory=dict)
    day_sets: list[tuple[MarketDay, dict[str, Any]]] = field(default_factory=list)


class Checker:
    """Everything that the rows are compared with, loaded once."""

    def __init__(self, options: Options) -> None:
        self.today = options.today
        self.closed_through = Office.current().closed_through
        self.events = Events()
        rows = (*MarketEvent.objects.live(), *MarketDay.objects.live())
        self.usual = [row.sales for row in rows if row.sales]

    def outcome(self, row: Row) -> Outcome:
        line: DayLine = row.line
        try:
            market = self.events.market(line.market)
        except NotFound as unknown:
            fault = row.fault(unknown.heading, line.market, unknown.rule, unknown.remedy)
            return Outcome(row, RowState.WRONG, faults=(fault,))
        known = self.events.events.get((market.pk, "".join(line.event.split()).casefold()))
        if known is None:
            place, mode = line.place, line.mode or Mode.OFFLINE
            known = self.events.add(MarketEvent(market=market, name=line.event, place=place, mode=mode))
            known.is_first = True  # type: ignore[attr-defined]
        plan, changes = Plan(known), []
        mode = line.mode or known.row.mode
        if mode == Mode.ONLINE and (line.days[0], mode) not in known.days:
            changes += self._period(known, line, plan)
        else:
            changes += self._days(known, line, mode, plan)
        return self._outcome(row, plan, changes)

    def _period(self, known: Known, line: DayLine, plan: Plan) -> list[Change]:
        """An online event runs over a period; its days are not listed. A single day is the first of a known one."""
        ends_on = line.days[-1] if len(line.days) > 1 or known.row.ends_on is None else None
        told = line._asdict() | {"starts_on": line.days[0], "ends_on": ends_on}
        fields = (("시작일", "starts_on"), ("종료일", "ends_on"), ("장소", "place"), *FIGURES)
        return self._tell_event(known, fields, told, plan)

    def _tell_event(
        self, known: Known, fields: Iterable[tuple[str, str]], told: dict[str, Any], plan: Plan
    ) -> list[Change]:
        sets, changes = changed(fields, known.row, told)
        plan.event_sets = sets
        if known.is_new:
            for name, value in sets.items():
                setattr(known.row, name, value)
        return list(changes)

    def _days(self, known: Known, line: DayLine, mode: str, plan: Plan) -> list[Change]:
        """Figures of one day stand with the day; of several days at once, with the event."""
        alone = len(line.days) == 1
        whole = {"vendors": line.event_vendors, "sales": line.event_sales} if alone else line._asdict()
        changes = self._tell_event(known, FIGURES, whole, plan)
        for day in line.days:
            found = known.days.get((day, mode))
            if found is None:
                plan.new_days.append(self._new_day(known, day, mode, line, alone))
                continue
            sets, more = changed((("상태", "state"), *(FIGURES if alone else ())), found, line._asdict())
            place = found.place or known.row.place or known.row.market.place
            if line.place and line.place != place:
                sets["place"] = line.place
                more += (Change("장소", place, line.place),)
            if sets and found.pk is None:
                for name, value in sets.items():
                    setattr(found, name, value)
            elif sets:
                plan.day_sets.append((found, sets))
                changes += [Change(f"{in_words(day)} {one.label}", one.old, one.new) for one in more]
        return changes

    def _new_day(self, known: Known, day: date, mode: str, line: DayLine, alone: bool) -> MarketDay:
        state = line.state or (State.HELD if day <= self.today else State.PLANNED)
        place = "" if line.place == known.row.place else line.place
        row = MarketDay(day=day, mode=mode, state=state, place=place)
        if alone:
            row.vendors, row.sales = line.vendors, line.sales
        known.days[day, mode] = row
        return row

    def _outcome(self, row: Row, plan: Plan, changes: list[Change]) -> Outcome:
        first = vars(plan.event).pop("is_first", False)
        if not (first or plan.new_days or plan.day_sets or plan.event_sets):
            return Outcome(row, RowState.UNCHANGED)
        state = RowState.NEW if first or plan.new_days else RowState.CHANGED
        told = (
            bool(plan.new_days)
            or "sales" in plan.event_sets
            or any("sales" in sets for _, sets in plan.day_sets)
        )
        doubts = [Doubt("unit", words) for words in sales_doubts(row.line.sales, self.usual)] if told else []
        doubts += self._closed(plan)
        return Outcome(row, state, tuple(changes) if not first else (), tuple(doubts), plan=plan)

    def _closed(self, plan: Plan) -> list[Doubt]:
        touched = [day.day for day in plan.new_days] + [day.day for day, _ in plan.day_sets]
        if self.closed_through is None or not any(day <= self.closed_through for day in touched):
            return []
        closed = korean_date(self.closed_through)
        return [Doubt("closed", f"마감 뒤 입력(미반영): {closed}까지 마감된 분기의 날입니다.")]


def check(rows: Sequence[Row], options: Options) -> Checked:
    """Classifies every row against the markets' events and days; writes nothing."""
    checker = Checker(options)
    return Checked([checker.outcome(row) for row in rows])


def save(outcomes: Iterable[Outcome], reason: str, user: Any) -> None:
    """Writes what ``check`` planned, with history."""
    plans: list[Plan] = [outcome.plan for outcome in outcomes]
    events = {id(plan.event): plan.event for plan in plans}
    create(MarketEvent, [known.row for known in events.values() if known.is_new], reason, user)
    sets: dict[int, dict[str, Any]] = {}
    for plan in plans:
        for day in plan.new_days:
            day.event = plan.event.row
        if plan.event_sets:
            sets.setdefault(plan.event.row.pk, {}).update(plan.event_sets)
    create(MarketDay, [day for plan in plans for day in plan.new_days], reason, user)
    rows = MarketEvent.objects.select_for_update().in_bulk(list(sets))
    stale = [(row, values) for pk, row in rows.items() if (values := _differing(row, sets[pk]))]
    change(stale, reason, user)
    change([pair for plan in plans for pair in plan.day_sets], reason, user)


def _differing(row: MarketEvent, sets: dict[str, Any]) -> dict[str, Any]:
    """An event that was only just made already says what the file says."""
    return {name: value for name, value in sets.items() if getattr(row, name) != value}


DAYS = Kind(
    "market-days",
    "시장 운영일",
    DAY_COLUMNS,
    DayLine,
    check,
    save,
    models=(MarketEvent, MarketDay),
    about="한 줄에 하루, 또는 ‘4. 27.~4. 28.’처럼 여러 날을 적습니다. ‘매주 주말’ 같은 말은 날짜로 풀어 적어야 합니다.",
)
