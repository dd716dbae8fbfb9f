"""Whether targets add up, by the kind of indicator."""

from decimal import Decimal

import pytest

from pledges.achievement import Plan
from pledges.models import Aggregation
from pledges.target_checks import disagreements


def plan(term: int | None, years: dict[int, int | None], quarters: dict[tuple[int, int], int | None]) -> Plan:
    def number(value: int | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    return Plan(
        number(term),
        {key: number(value) for key, value in years.items()},
        {key: number(value) for key, value in quarters.items()},
    )


SEED_FIRMS = plan(
    235, {2022: 229, 2023: 232, 2024: 233, 2025: 234, 2026: 235}, {(2024, 1): 232, (2024, 4): 233}
)
SEED_PAID = plan(
    48, {2022: 7, 2023: 13, 2024: 13, 2025: 10, 2026: 5}, {(2024, 1): 6, (2024, 2): 7, (2024, 3): None}
)
SEED_DAYS = plan(
    40, {2022: 4, 2023: 12, 2024: 10, 2025: 10, 2026: 4}, {(2024, 1): None, (2024, 2): 4, (2024, 3): 6}
)


@pytest.mark.parametrize(
    ("seed", "kind"),
    [(SEED_FIRMS, Aggregation.LEVEL), (SEED_PAID, Aggregation.YEARLY_DISTINCT), (SEED_DAYS, Aggregation.SUM)],
)
def test_the_seeds_targets_add_up(seed: Plan, kind: str) -> None:
    assert disagreements(seed, kind) == []


def test_a_sum_that_misses_is_told_with_both_figures() -> None:
    assert disagreements(plan(41, dict(SEED_DAYS.years), {}), Aggregation.SUM) == [
        "연도 목표의 합 40이(가) 임기 목표 41과(와) 다릅니다."
    ]


def test_a_level_is_never_summed() -> None:
    told = disagreements(plan(235, {2025: 234, 2026: 236}, {}), Aggregation.LEVEL)
    assert told == ["연도 목표의 마지막 값 236이(가) 임기 목표 235과(와) 다릅니다."]


def test_quarters_are_compared_with_their_own_year() -> None:
    told = disagreements(plan(None, {2024: 10, 2025: 10}, {(2024, 2): 4, (2024, 3): 5}), Aggregation.SUM)
    assert "2024년 분기 목표의 합 9이(가) 2024년 목표 10과(와) 다릅니다." in told
    assert not any("2025년" in each for each in told)


def test_nothing_planned_below_asks_nothing() -> None:
    assert disagreements(plan(40, {}, {}), Aggregation.SUM) == []
    assert disagreements(plan(40, {2024: None}, {(2024, 1): None}), Aggregation.SUM) == []


def test_a_whole_without_target_is_told() -> None:
    assert disagreements(plan(None, {2024: 4}, {}), Aggregation.SUM) == [
        "연도 목표의 합 4이(가) 임기 목표 -과(와) 다릅니다."
    ]
