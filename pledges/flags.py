"""What a manager should look at: behind plan, money without results or the reverse, not recorded, returned, due.

Each flag is a word with its reason in a sentence; none of them changes a figure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q

from accounts.models import DeadlineRule
from common.checkpoints import Kind
from common.periods import Quarter, korean_date
from pledges.execution import Execution
from pledges.figures import IndicatorFigure, PledgeFigures
from pledges.models import Pledge, Result, ResultState, Status, Term
from pledges.quarters import closed_through, of_open_quarters
from pledges.trends import Trend


class Sign(StrEnum):
    """A flag's name in the address."""

    BEHIND = "behind"
    MONEY_ONLY = "money"
    RESULTS_ONLY = "results"
    MISSING = "missing"
    RETURNED = "returned"
    SUBMITTED = "submitted"
    DUE = "due"
    PLAN = "plan"
    NO_RATE = "no-rate"


LABELS = {
    Sign.BEHIND: "늦음",
    Sign.MONEY_ONLY: "집행만 있음",
    Sign.RESULTS_ONLY: "실적만 있음",
    Sign.MISSING: "미기록",
    Sign.RETURNED: "반려",
    Sign.SUBMITTED: "확인 대기",
    Sign.DUE: "기한",
    Sign.PLAN: "계획(안)",
    Sign.NO_RATE: "이행률 없음",
}
# The page of the pledge that shows what the flag is about, or where it is put right.
PAGES = {
    Sign.BEHIND: "why",
    Sign.MONEY_ONLY: "moved_why",
    Sign.RESULTS_ONLY: "moved_why",
    Sign.MISSING: "results",
    Sign.RETURNED: "confirm",
    Sign.SUBMITTED: "confirm",
    Sign.DUE: "confirm",
    Sign.PLAN: "plan",
    Sign.NO_RATE: "why",
}
TONES = {Sign.BEHIND: "warn", Sign.RETURNED: "bad", Sign.SUBMITTED: "info", Sign.MISSING: "warn"}


@dataclass(frozen=True)
class Flag:
    """``quarter``: the one it is about, where its page shows one quarter."""

    sign: Sign
    why: str
    urgent: bool = False
    quarter: Quarter | None = None

    @property
    def label(self) -> str:
        return LABELS[self.sign]

    @property
    def page(self) -> str:
        return f"pledges:{PAGES[self.sign]}"

    @property
    def query(self) -> str:
        """The quarter in the address of the page."""
        return f"&year={self.quarter.year}&quarter={self.quarter.number}" if self.quarter else ""

    @property
    def tone(self) -> str:
        """The badge's colour; the word says the same."""
        return "bad" if self.urgent else TONES.get(self.sign, "")


@dataclass(frozen=True)
class Deadline:
    """The last ended quarter that is not closed, and by when its results are due."""

    quarter: Quarter
    on: date
    passed: bool


@dataclass
class Desk:
    """What lies on somebody's desk, by pledge: returned and submitted results, confirmed ones of the quarter due."""

    deadline: Deadline | None
    results: dict[int, list[Result]] = field(default_factory=dict)

    def of(self, pledge: Pledge, state: str) -> list[Result]:
        return [row for row in self.results.get(pledge.pk, []) if row.state == state]

    def confirmed(self, pledge: Pledge) -> int:
        """How many indicators of the quarter due are confirmed."""
        wanted = self.deadline.quarter if self.deadline else None
        rows = self.of(pledge, ResultState.CONFIRMED)
        return sum(1 for row in rows if Quarter(row.year, row.quarter) == wanted)


def load_desk(pledges: Sequence[Pledge], term: Term, today: date) -> Desk:
    """The results of all pledges that wait for somebody. Three queries."""
    desk = Desk(_deadline(term, today))
    rows = Result.objects.live().filter(indicator__pledge__in=pledges, indicator__voided_at__isnull=True)
    waiting = Q(state__in=(ResultState.RETURNED, ResultState.SUBMITTED))
    if desk.deadline:
        waiting |= Q(year=desk.deadline.quarter.year, quarter=desk.deadline.quarter.number)
    rows = of_open_quarters(rows.filter(waiting)).select_related("indicator", "recorded_by")
    for row in rows.order_by("indicator__pledge_id", "year", "quarter", "indicator__no"):
        desk.results.setdefault(row.indicator.pledge_id, []).append(row)
    return desk


def _deadline(term: Term, today: date) -> Deadline | None:
    rule = DeadlineRule.objects.filter(code="quarter_result", active=True).first()
    closed = closed_through(term)
    quarter = Quarter.of(min(today, term.ends_on))
    last = min(quarter.last_day, term.ends_on)
    if last >= today:
        quarter = quarter.previous()
    open_still = closed is None or closed < min(quarter.last_day, term.ends_on)
    if rule is None or not open_still or quarter.last_day < term.starts_on:
        return None
    on = rule.due_on(quarter.last_day)
    return Deadline(quarter, on, on < today)


def flags(
    pledge: Pledge, figures: PledgeFigures, execution: Execution, trend: Trend, desk: Desk
) -> tuple[Flag, ...]:
    """The flags of one pledge, what somebody must do first. A dropped or merged pledge has none."""
    if pledge.status == Status.DROPPED or pledge.merged_into_id is not None:
        return ()
    if not pledge.confirmed_plan:
        return (Flag(Sign.PLAN, "확정하지 않은 계획입니다. 확정하면 이행을 점검합니다."),)
    return (
        *_desk_flags(pledge, figures, desk),
        *_behind(figures),
        *_missing(figures),
        *_one_sided(pledge, execution, trend),
        *_no_rate(figures),
    )


def _no_rate(figures: PledgeFigures) -> Iterable[Flag]:
    if figures.overall.why_none:
        yield Flag(Sign.NO_RATE, str(figures.overall.why_none))


def _desk_flags(pledge: Pledge, figures: PledgeFigures, desk: Desk) -> Iterable[Flag]:
    if returned := desk.of(pledge, ResultState.RETURNED):
        yield Flag(Sign.RETURNED, _in_quarters("반려된 실적", returned), True, _quarter(returned[0]))
    if submitted := desk.of(pledge, ResultState.SUBMITTED):
        yield Flag(
            Sign.SUBMITTED, _in_quarters("확인을 기다리는 실적", submitted), quarter=_quarter(submitted[0])
        )
    due, wanted = desk.deadline, len(figures.indicators)
    if due and wanted and (left := wanted - desk.confirmed(pledge)) > 0:
        state = "지남" if due.passed else "까지"
        why = f"{due.quarter} 실적 {left}건 미확인, {korean_date(due.on)} {state}"
        yield Flag(Sign.DUE, why, due.passed, due.quarter)


def _quarter(row: Result) -> Quarter:
    return Quarter(row.year, row.quarter)


def _in_quarters(words: str, rows: Sequence[Result]) -> str:
    """``반려된 실적 2024년 1분기 2건, 2024년 2분기 1건``: the flag leads to the first of them."""
    counts = Counter(map(_quarter, rows))
    return f"{words} " + ", ".join(f"{quarter} {count}건" for quarter, count in sorted(counts.items()))


def _behind(figures: PledgeFigures) -> Iterable[Flag]:
    names = [figure.indicator.name for figure in figures.indicators if figure.is_behind]
    if names:
        yield Flag(Sign.BEHIND, f"끝난 기간의 목표에 못 미침: {', '.join(names)}")


def _missing(figures: PledgeFigures) -> Iterable[Flag]:
    names = [figure.indicator.name for figure in figures.indicators if is_missing(figure)]
    if names:
        yield Flag(Sign.MISSING, f"끝난 분기의 실적을 기록하지 않음: {', '.join(names)}")


def is_missing(figure: IndicatorFigure) -> bool:
    """An ended quarter has neither a recorded result nor records that are counted."""
    ended = Quarter.of(figure.as_of)
    last = ended.last_day if ended.last_day <= figure.as_of else ended.previous().last_day
    parts = figure.figure.parts
    if figure.is_level:
        return not figure.indicator.measure and bool(parts) and parts[0].last < last
    return any(part.kind is Kind.MISSING and part.last <= last for part in parts)


def _one_sided(pledge: Pledge, execution: Execution, trend: Trend) -> Iterable[Flag]:
    money, results = trend.money_moved(execution), trend.results_moved
    if money is None or results is None or len(trend.days) < 2:
        return
    since = f"{korean_date(trend.days[0])} 뒤로"
    if money > 0 and not results:
        yield Flag(Sign.MONEY_ONLY, f"{since} {money:,}원을 집행했으나 실적이 그대로임")
    if money == 0 and results and pledge.cost_total:
        yield Flag(Sign.RESULTS_ONLY, f"{since} 실적은 늘었으나 집행이 없음")
