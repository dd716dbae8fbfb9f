"""Pledges with their text, indicators, targets, results and openings."""

from __future__ import annotations

from datetime import date

from accounts.models import Department
from common.periods import korean_date, quarters_between, quarters_of
from markets.models import Market
from pledges.models import (
    Activity,
    Aggregation,
    Engagement,
    Goal,
    Indicator,
    Measure,
    Officer,
    Pledge,
    Result,
    ResultState,
    Section,
    SectionKind,
    Status,
    Target,
)
from subsidies.models import Program

from .size import ORIGIN, Frame

DEPARTMENTS = (
    "복지정책과",
    "일자리과",
    "문화관광과",
    "도시재생과",
    "교육지원과",
    "녹색환경과",
    "교통행정과",
    "보건행정과",
)
SUBJECTS = (
    "주민 참여",
    "돌봄 확대",
    "청년 일자리",
    "골목 상권",
    "안전한 거리",
    "생활 체육",
    "작은 도서관",
    "녹색 교통",
)
NAMES = ("참여자 수", "개최 횟수", "설치 개소", "상담 건수", "이용자 수")
STATUSES = (Status.CONTINUING, Status.ON_TRACK, Status.ON_TRACK, Status.PARTIAL, Status.DONE)


def make_pledges(frame: Frame, programs: list[list[Program]], markets: list[Market]) -> list[Pledge]:
    """The pledges with everything that is their own; every third has a market."""
    departments = _departments(frame)
    goals = list(Goal.objects.filter(term=frame.term))
    numbers = _numbers(frame, goals)
    pledges = frame.writer.write(
        [
            _pledge(frame, goal, number, departments[index % len(departments)])
            for index, (goal, number) in enumerate(numbers)
        ]
    )
    for index, pledge in enumerate(pledges):
        pledge.programs.set(programs[index])
        if index % 3 == 0:
            pledge.markets.set([markets[index // 3]])
    _make_text(frame, pledges)
    _make_indicators(frame, pledges)
    return pledges


def _departments(frame: Frame) -> list[Department]:
    """Made once; a second district of another name would share them."""
    names = [f"{name}(예시)" for name in DEPARTMENTS]
    known = {row.name for row in Department.objects.filter(name__in=names)}
    frame.writer.write([Department(name=name, position=100) for name in names if name not in known])
    return list(Department.objects.filter(name__in=names).order_by("name"))


def _numbers(frame: Frame, goals: list[Goal]) -> list[tuple[Goal, str]]:
    """``1-1``, ``2-1`` … in turn over the goals, without the numbers that the term already has."""
    taken = set(Pledge.objects.in_term(frame.term).values_list("number", flat=True))
    found: list[tuple[Goal, str]] = []
    row = 0
    while len(found) < frame.size.pledges:
        row += 1
        found += [(goal, f"{goal.number}-{row}") for goal in goals if f"{goal.number}-{row}" not in taken]
    return found[: frame.size.pledges]


def _pledge(frame: Frame, goal: Goal, number: str, department: Department) -> Pledge:
    dice = frame.dice
    return Pledge(
        term=frame.term,
        goal=goal,
        number=number,
        title=f"{dice.choice(SUBJECTS)} {number}(예시)",
        summary="벤치마크를 위해 지어낸 공약",
        department=department,
        status=dice.choice(STATUSES),
        period=f"{frame.term.starts_on.year}.~{frame.term.ends_on.year}.",
        position=int(number.split("-")[1]),
    )


def _make_text(frame: Frame, pledges: list[Pledge]) -> None:
    kinds = [kind for kind in SectionKind if kind != SectionKind.OTHER]
    frame.writer.write(
        [
            Section(pledge=pledge, kind=kind, body=f"- {kind.label}(예시)\n - 세부 내용", position=index)
            for pledge in pledges
            for index, kind in enumerate(kinds)
        ]
    )
    frame.writer.write([Officer(pledge=pledge, role="담당", name="담당자(예시)") for pledge in pledges])
    frame.writer.write(
        [row for pledge in pledges for row in _dated(frame, pledge, Activity, 3, title="추진사항(예시)")]
    )
    frame.writer.write(
        [row for pledge in pledges for row in _dated(frame, pledge, Engagement, 1, kind="언론보도")]
    )


def _dated(frame: Frame, pledge: Pledge, model: type, each_year: int, **fields: str) -> list:
    """So many numbered rows a year, in the order of their days."""
    first = max(frame.first_day, frame.term.starts_on)
    years = [year for year in frame.years if frame.last_day(year) >= first]
    days = sorted(
        frame.dice.day(max(first, date(year, 1, 1)), frame.last_day(year))
        for year in years
        for _ in range(each_year)
    )
    return [
        model(
            pledge=pledge,
            no=no,
            date_text=korean_date(day),
            starts_on=day,
            detail="- 세부 내용(예시)",
            source=ORIGIN,
            **fields,
        )
        for no, day in enumerate(days, 1)
    ]


def _make_indicators(frame: Frame, pledges: list[Pledge]) -> None:
    indicators = frame.writer.write(
        [row for index, pledge in enumerate(pledges) for row in _indicators(frame, pledge, index)]
    )
    frame.writer.write([row for indicator in indicators for row in _targets(frame, indicator)])
    frame.writer.write(
        [row for indicator in indicators if not indicator.measure for row in _results(frame, indicator)]
    )


def _indicators(frame: Frame, pledge: Pledge, index: int) -> list[Indicator]:
    """Two to five, weights in steps of five that make 100; counted where the pledge has records."""
    weights = [5 * part for part in frame.dice.share(20, frame.dice.randrange(2, 6))]
    counted = [(Aggregation.YEARLY_DISTINCT, Measure.SUPPORTED)]
    if index % 3 == 0:
        counted.append((Aggregation.SUM, Measure.MARKET_DAYS))
    rows = []
    for no, weight in enumerate(weights, 1):
        how = (
            counted[no - 1]
            if no <= len(counted)
            else (frame.dice.choice((Aggregation.SUM, Aggregation.LEVEL)), "")
        )
        rows.append(
            Indicator(
                pledge=pledge,
                no=no,
                plan=f"세부사업 {no}(예시)",
                name=frame.dice.choice(NAMES),
                unit="회",
                weight=weight,
                aggregation=how[0],
                measure=how[1],
            )
        )
    return rows


def _targets(frame: Frame, indicator: Indicator) -> list[Target]:
    """The term's, each year's, and each quarter's (the first of a year without: the printed -)."""
    by_year = _year_values(frame, indicator)
    level = indicator.aggregation == Aggregation.LEVEL
    rows = [_target(frame, indicator, value=max(by_year.values()) if level else sum(by_year.values()))]
    for year, value in by_year.items():
        rows.append(_target(frame, indicator, value=value, year=year))
        shares = [None, value // 3, value // 3, value - 2 * (value // 3)]
        rows += [
            _target(frame, indicator, value=value if level else share, year=year, quarter=quarter.number)
            for quarter, share in zip(quarters_of(year), shares, strict=True)
        ]
    return rows


def _year_values(frame: Frame, indicator: Indicator) -> dict[int, int]:
    start = frame.dice.randrange(10, 100)
    step = 2 if indicator.aggregation == Aggregation.LEVEL else 0
    return {year: start + step * index for index, year in enumerate(frame.term.years)}


def _target(frame: Frame, indicator: Indicator, **values: object) -> Target:
    return Target(indicator=indicator, valid_from=frame.term.starts_on, **values)


def _results(frame: Frame, indicator: Indicator) -> list[Result]:
    """One for every quarter of the years made, near its target."""
    first = max(frame.first_day, frame.term.starts_on)
    quarters = quarters_between(first, frame.last_day(frame.years[-1]))
    return [
        Result(
            indicator=indicator,
            year=quarter.year,
            quarter=quarter.number,
            value=frame.dice.randrange(1, 40),
            state=ResultState.CONFIRMED,
        )
        for quarter in quarters
    ]
