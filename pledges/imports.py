"""Importing quarterly results: parse (pledges.columns) → check → save, by the rules of the results' grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from common.importing import Changed, Checked, Doubt, Kind, Options, Outcome, Row, State, changed
from common.periods import Quarter
from enterprises.writing import change, create
from pledges.columns import RESULT_COLUMNS, ResultLine
from pledges.figures import plain
from pledges.models import Indicator, Pledge, Result, ResultState, Term
from pledges.quarters import Counted, Lock, closed_through, counted_quarters, lock_of
from pledges.unlocking import lock_of_result, locked_among, opened_to, openers, ran_out, until_words

WHOLE = 10**14


class NotFound(Exception):
    """``heading``, ``rule`` and ``remedy`` for the officer."""

    def __init__(self, heading: str, rule: str, remedy: str) -> None:
        super().__init__(rule)
        self.heading, self.rule, self.remedy = heading, rule, remedy


class Checker:
    """Everything that the rows are compared with, loaded once for all pledges that the file names."""

    def __init__(self, rows: Sequence[Row], options: Options) -> None:
        self.today = options.today
        self.opened = opened_to(options.user, options.at)
        self.ran_out = ran_out(options.user, options.at)
        self.terms = list(Term.objects.all())
        self.closed_through = {term.pk: closed_through(term) for term in self.terms}
        numbers = {row.line.pledge for row in rows}
        pledges = Pledge.objects.live().filter(number__in=numbers).select_related("term")
        self.pledges = {(pledge.term_id, pledge.number): pledge for pledge in pledges}
        indicators = Indicator.objects.live().filter(pledge__in=pledges).select_related("pledge__term")
        self.indicators: dict[int, list[Indicator]] = {}
        for indicator in indicators:
            self.indicators.setdefault(indicator.pledge_id, []).append(indicator)
        results = Result.objects.live().filter(indicator__in=indicators)
        self.results = {(row.indicator_id, row.year, row.quarter): row for row in results}
        quarters = sorted({Quarter(row.line.year, row.line.quarter) for row in rows})
        counted = [indicator for indicator in indicators if indicator.measure]
        self.counted = counted_quarters(counted, quarters, self.today) if counted and quarters else {}
        for quarter in {quarter for _, quarter in self.opened} & set(quarters) if counted else ():
            # As a correction of the closed quarter would count it.
            self.counted |= counted_quarters(counted, [quarter], quarter.last_day, without=quarter)

    def outcome(self, row: Row) -> Outcome:
        line: ResultLine = row.line
        quarter = Quarter(line.year, line.quarter)
        try:
            term = self._term(quarter)
            indicator = self._indicator(term, line)
        except NotFound as unknown:
            seen = {"공약": line.pledge, "지표": line.indicator}.get(unknown.heading, str(quarter))
            return Outcome(
                row, State.WRONG, faults=(row.fault(unknown.heading, seen, unknown.rule, unknown.remedy),)
            )
        if not 0 <= line.value < WHOLE or line.value != round(line.value, 4):
            fault = row.fault(
                "실적",
                f"{line.value}",
                "0 이상, 소수 넷째 자리까지의 수가 아닙니다.",
                "실적을 고쳐 주십시오.",
            )
            return Outcome(row, State.WRONG, faults=(fault,))
        found = self.results.get((indicator.pk, line.year, line.quarter))
        outcome = self._compare(row, indicator, quarter)
        if outcome.state in (State.NEW, State.CHANGED):
            return self._unless_locked(outcome, found, term, quarter)
        return outcome

    def _unless_locked(self, outcome: Outcome, found: Result | None, term: Term, quarter: Quarter) -> Outcome:
        """The outcome, unless the quarter or the result that stands takes no value from who imports."""
        row, key = outcome.row, (term.pk, quarter)
        of_quarter = lock_of(quarter, term, self.closed_through[term.pk])
        if lock := lock_of_result(found, of_quarter, key in self.opened):
            heading, remedy = self._remedy(lock, of_quarter, key)
            seen = str(quarter) if of_quarter else f"{row.line.value}"
            return Outcome(row, State.WRONG, faults=(row.fault(heading, seen, lock.reason, remedy),))
        if of_quarter:
            given = self.opened[key]
            outcome.notes += (
                f"마감한 {quarter}입니다. {given.granted_by}의 마감 예외({until_words(given)}까지)로 넣습니다. "
                "마감한 카드는 정정을 승인받아야 바뀝니다.",
            )
        return outcome

    def _remedy(self, lock: Lock, of_quarter: Lock, key: tuple[int, Quarter]) -> tuple[str, str]:
        """Under which heading a lock is told, and who can open it."""
        if not of_quarter:
            return "실적", "그렇게 풀고 다시 올리거나 이 줄을 빼 주십시오."
        if lock.is_outside:
            return "분기", "분기를 확인해 주십시오."
        past = self.ran_out.get(key)
        ended = f"받은 마감 예외가 {until_words(past)}에 끝났습니다. " if past else ""
        return "분기", f"{ended}{self.who_opens}에 마감 예외를 받아 다시 올리거나 이 줄을 빼 주십시오."

    @cached_property
    def who_opens(self) -> str:
        return openers()

    def _term(self, quarter: Quarter) -> Term:
        for term in self.terms:
            if quarter.last_day >= term.starts_on and quarter.first_day <= term.ends_on:
                return term
        raise NotFound("연도", "이 분기가 드는 임기가 없습니다.", "연도와 분기를 확인해 주십시오.")

    def _indicator(self, term: Term, line: ResultLine) -> Indicator:
        pledge = self.pledges.get((term.pk, line.pledge))
        if pledge is None:
            numbers = Pledge.objects.in_term(term).values_list("number", flat=True)
            near = ", ".join(get_close_matches(line.pledge, numbers, 3, 0.3)) or ", ".join(numbers[:8])
            raise NotFound("공약", f"{term}에 없는 공약 번호입니다.", f"등록된 번호: {near or '없음'}.")
        mine = self.indicators.get(pledge.pk, [])
        wanted = _squeezed(line.indicator)
        for names in (_numbered, _named, _planned):
            meant = [one for one in mine if wanted in names(one)]
            if len(meant) == 1:
                return meant[0]
            if meant:
                shown = ", ".join(str(one) for one in meant)
                raise NotFound("지표", "같은 이름의 지표가 여럿입니다.", f"번호까지 적어 주십시오: {shown}.")
        known = ", ".join(indicator.name for indicator in mine)
        raise NotFound("지표", f"공약 {line.pledge}에 없는 지표입니다.", f"등록된 지표: {known or '없음'}.")

    def _compare(self, row: Row, indicator: Indicator, quarter: Quarter) -> Outcome:
        line: ResultLine = row.line
        key = (indicator.pk, line.year, line.quarter)
        found = self.results.get(key)
        counted = self.counted.get((indicator.pk, quarter), Counted())
        differs = counted.value is not None and not counted.itemises and line.value != counted.value
        needs_reason = differs or quarter.last_day > self.today
        if found is None:
            reason = line.note if needs_reason else ""
            made = Result(
                indicator=indicator,
                year=line.year,
                quarter=line.quarter,
                value=line.value,
                as_counted=_is_counted(counted, line.value, quarter.last_day <= self.today),
                reason=reason[:300],
                note="" if reason else line.note,
            )
            self.results[key] = made
            return Outcome(row, State.NEW, doubts=_doubts(counted, differs, needs_reason, line), plan=made)
        if found.pk is None:
            rule = "같은 지표·분기의 줄이 이 파일에 또 있습니다."
            return Outcome(
                row, State.WRONG, faults=(row.fault("지표", line.indicator, rule, "한 줄만 남겨 주십시오."),)
            )
        fields = [("실적", "value")]
        if line.note not in (found.reason, found.note):
            fields.append(("비고", "reason" if needs_reason else "note"))
        sets, changes = changed(fields, found, {"value": line.value, "reason": line.note, "note": line.note})
        if not sets:
            return Outcome(row, State.UNCHANGED)
        if "value" in sets:
            sets["as_counted"] = _is_counted(counted, line.value, quarter.last_day <= self.today)
        doubts = _doubts(counted, differs, needs_reason, line) if "value" in sets else ()
        if found.state == ResultState.CONFIRMED:
            # Only in a closed quarter that 마감 예외 opened; elsewhere a confirmed result is locked.
            doubts += (Doubt("confirmed", "이미 확인된 실적입니다. 바꾸면 다시 확인을 받아야 합니다."),)
        return Outcome(row, State.CHANGED, changes, doubts, plan=Changed(found.pk, sets))


def _numbered(indicator: Indicator) -> set[str]:
    """Its number, and its number with its name, without spaces."""
    return {str(indicator.no), _squeezed(f"{indicator.no}.{indicator.name}")}


def _named(indicator: Indicator) -> set[str]:
    return {_squeezed(indicator.name)}


def _planned(indicator: Indicator) -> set[str]:
    return {_squeezed(indicator.plan)} - {""}


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_counted(counted: Counted, value: Decimal, has_ended: bool) -> bool:
    """Whether the value is the records' own count of a whole quarter, as on the page of results."""
    return has_ended and not counted.itemises and counted.value == value


def _doubts(counted: Counted, differs: bool, needs_reason: bool, line: ResultLine) -> tuple[Doubt, ...]:
    """What asks for a reason, unless 비고 gives it."""
    if not needs_reason or line.note:
        return ()
    if differs and counted.value is not None:
        words = f"집계값 {plain(counted.value)}과(와) 다릅니다. 비고에 사유를 적거나 그대로 저장할지 정해 주십시오."
        return (Doubt("differs", words),)
    return (Doubt("early", "아직 끝나지 않은 분기입니다."),)


def check(rows: Sequence[Row], options: Options) -> Checked:
    """Classifies every row against the recorded results; writes nothing."""
    checker = Checker(rows, options)
    return Checked([checker.outcome(row) for row in rows])


# A confirmed value that changes must be confirmed anew.
UNCONFIRMED = {
    "state": ResultState.DRAFT,
    "confirmed_by": None,
    "confirmed_on": None,
    "approval_number": "",
    "approval_on": None,
    "return_reason": "",
}


def save(outcomes: Iterable[Outcome], reason: str, user: Any) -> None:
    """Writes what ``check`` planned, with history; ``user`` is who recorded."""
    made, sets = [], {}
    for outcome in outcomes:
        accepted = "가져오면서 확인함" if outcome.doubts else ""
        if isinstance(outcome.plan, Result):
            outcome.plan.recorded_by = user
            outcome.plan.reason = outcome.plan.reason or accepted
            made.append(outcome.plan)
        else:
            known = outcome.plan.sets
            value_changes = UNCONFIRMED | {"recorded_by": user} if "value" in known else {}
            more = {"reason": accepted} if accepted and "reason" not in known else {}
            sets[outcome.plan.pk] = value_changes | more | known
    create(Result, made, reason, user)
    rows = Result.objects.select_for_update().in_bulk(list(sets))
    change([(row, sets[pk]) for pk, row in rows.items()], reason, user)


def keeps(rows: Iterable[Result], user: Any, at: datetime) -> Iterable[str]:
    """Results that are locked by now: undoing their import would go round the lock."""
    among = Result.objects.live().filter(pk__in=[row.pk for row in rows])
    for row, lock in locked_among(list(among.select_related("indicator__pledge__term")), user, at):
        yield f"실적 ‘{row}’: {lock.reason}"


RESULTS = Kind("results", "분기 실적", RESULT_COLUMNS, ResultLine, check, save, models=(Result,), keeps=keeps)
