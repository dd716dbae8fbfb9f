from datetime import date
from decimal import Decimal as D
from fractions import Fraction

import pytest

from common.money import half_up
from pledges.achievement import (
    Plan,
    Weighed,
    WhyNone,
    ended_target,
    mean,
    overall,
    pace,
    rate,
    share,
)

TERM_ENDS = date(2026, 6, 30)
SUPPORTED = Plan(
    D(48),
    {2022: D(7), 2023: D(13), 2024: D(13), 2025: D(10), 2026: D(5)},
    {(2024, 1): D(6), (2024, 2): D(7), (2024, 3): None, (2024, 4): None},
)
ENTERPRISES = Plan(
    D(235),
    {2022: D(229), 2023: D(232), 2024: D(233), 2025: D(234), 2026: D(235)},
    {(2024, 1): D(232), (2024, 2): D(232), (2024, 3): D(233), (2024, 4): D(233)},
)
DAYS = Plan(
    D(40),
    {2022: D(4), 2023: D(12), 2024: D(10), 2025: D(10), 2026: D(4)},
    {(2024, 1): None, (2024, 2): D(4), (2024, 3): D(6), (2024, 4): None},
)


def lines(*values: tuple[int | None, int | None, int | None]) -> list[Weighed]:
    return [Weighed(*(None if v is None else D(v) for v in line)) for line in values]


class TestRate:
    def test_is_exact(self) -> None:
        assert rate(D(1), D(3)) == Fraction(100, 3)

    @pytest.mark.parametrize("target", [None, D(0)])
    def test_has_none_without_or_with_zero_target(self, target: D | None) -> None:
        assert rate(D(5), target) is None

    def test_of_zero_is_zero(self) -> None:
        assert rate(D(0), D(5)) == 0

    def test_over_100_is_not_capped(self) -> None:
        assert rate(D(253), D(100)) == 253


class TestOverall:
    SEED = lines((30, 233, 235), (50, 43, 48), (20, 16, 40))

    def test_weighs_the_rates(self) -> None:
        assert half_up(overall(self.SEED, cap=True).rate, 1) == D("82.5")

    def test_rounds_only_once(self) -> None:
        """Each rate 33.3; rounded first the total would be 33.3, exactly it is 33.35 and prints 33.4."""
        thirds = [Weighed(D(50), D("333.5"), D(1000)), Weighed(D(50), D("333.5"), D(1000))]
        assert half_up(overall(thirds, cap=True).rate, 1) == D("33.4")

    def test_exact_half_is_rounded_up_even_where_its_parts_never_end(self) -> None:
        parts = [
            Weighed(D(50), D(1), D(3)),
            Weighed(D(50), D("0.2"), D(3)),
        ]  # 16.66… + 3.33… = 20 exactly
        assert overall(parts, cap=True).rate == 20

    def test_caps_each_rate_at_100_and_keeps_the_uncapped(self) -> None:
        total = overall(lines((50, 200, 100), (50, 50, 100)), cap=True)
        assert (total.rate, total.uncapped, total.differs) == (75, 125, True)
        assert overall(lines((50, 200, 100), (50, 50, 100)), cap=False).rate == 125

    def test_zero_target_leaves_the_denominator(self) -> None:
        total = overall(lines((30, 5, 0), (70, 50, 100)), cap=True)
        assert (total.rate, total.counted_weights, total.left_out) == (50, 70, (0,))

    def test_missing_target_leaves_the_denominator(self) -> None:
        assert overall(lines((30, 5, None), (70, 50, 100)), cap=True).rate == 50

    def test_indicator_without_weight_stays_out(self) -> None:
        assert (
            overall([*self.SEED, *lines((None, 0, 100))], cap=True).rate == overall(self.SEED, cap=True).rate
        )

    @pytest.mark.parametrize(
        ("indicators", "why"),
        [
            ([], WhyNone.NO_WEIGHTS),
            (lines((None, 5, 10)), WhyNone.NO_WEIGHTS),
            (lines((30, 5, 10), (60, 5, 10)), WhyNone.WEIGHTS),
            (lines((30, None, 10), (70, 5, 10)), WhyNone.UNKNOWN),
            (lines((30, None, 0), (70, 5, 10)), WhyNone.UNKNOWN),
            (lines((100, 5, 0)), WhyNone.NO_TARGET),
        ],
    )
    def test_has_no_total_and_says_why(self, indicators: list[Weighed], why: WhyNone) -> None:
        total = overall(indicators, cap=True)
        assert (total.rate, total.why_none) == (None, why)


class TestEndedTarget:
    """DOMAIN §3.11: 1-3 at 2024-03-31 stands at 233/232, 43/26, 16/16."""

    def test_of_a_level_is_the_latest_ended_periods(self) -> None:
        assert ended_target(ENTERPRISES, date(2024, 3, 31), TERM_ENDS, is_level=True) == 232

    def test_of_a_flow_is_the_sum(self) -> None:
        assert ended_target(SUPPORTED, date(2024, 3, 31), TERM_ENDS, is_level=False) == 26
        assert ended_target(DAYS, date(2024, 3, 31), TERM_ENDS, is_level=False) == 16

    def test_year_without_quarters_ends_at_its_end_and_nothing_pro_rata(self) -> None:
        assert ended_target(SUPPORTED, date(2025, 12, 30), TERM_ENDS, is_level=False) == 33
        assert ended_target(SUPPORTED, date(2025, 12, 31), TERM_ENDS, is_level=False) == 43

    def test_last_year_ends_with_the_term(self) -> None:
        assert ended_target(SUPPORTED, date(2026, 6, 29), TERM_ENDS, is_level=False) == 43
        assert ended_target(SUPPORTED, TERM_ENDS, TERM_ENDS, is_level=False) == 48

    def test_is_none_before_anything_ended(self) -> None:
        assert ended_target(SUPPORTED, date(2022, 12, 30), TERM_ENDS, is_level=False) is None


class TestPace:
    def test_says_what_each_quarter_must_bring(self) -> None:
        found = pace(D(16), DAYS, date(2024, 3, 31), TERM_ENDS, is_level=False)
        assert found is not None
        assert (found.missing, found.quarters, found.planned, found.reachable) == (24, 9, 24, True)
        assert half_up(found.per_quarter, 1) == D("2.7")

    def test_is_not_reachable_when_the_plan_brings_too_little(self) -> None:
        found = pace(D(10), DAYS, date(2024, 3, 31), TERM_ENDS, is_level=False)
        assert found is not None
        assert not found.reachable

    def test_needs_nothing_once_reached(self) -> None:
        found = pace(D(41), DAYS, date(2024, 3, 31), TERM_ENDS, is_level=False)
        assert found is not None
        assert found.missing == 0

    def test_has_no_quarters_left_at_the_end(self) -> None:
        found = pace(D(16), DAYS, TERM_ENDS, TERM_ENDS, is_level=False)
        assert found is not None
        assert found.per_quarter is None

    @pytest.mark.parametrize(
        ("day", "value", "brought", "planned", "reachable"),
        [
            (
                date(2024, 6, 29),
                17,
                3,
                21,
                False,
            ),  # two short before; three of the running quarter's four are done
            (date(2024, 6, 29), 19, 3, 21, True),
            (date(2024, 6, 29), 22, 6, 20, True),  # more than its four: the plan of later quarters is whole
            (date(2024, 6, 30), 18, 4, 20, False),  # the quarter is over
            (date(2025, 2, 1), 29, 3, 11, True),  # a year without quarters runs as a whole
        ],
    )
    def test_of_the_running_period_only_the_rest_can_still_come(
        self, day: date, value: int, brought: int, planned: int, reachable: bool
    ) -> None:
        found = pace(D(value), DAYS, day, TERM_ENDS, is_level=False, brought=D(brought))
        assert found is not None
        assert (found.planned, found.reachable) == (planned, reachable)

    def test_adds_up_the_targets_that_remain_whatever_the_term_target_says(self) -> None:
        short = Plan(D(40), {2022: D(4), 2023: D(12), 2024: D(8), 2025: D(6), 2026: D(4)}, {})
        found = pace(D(16), short, date(2024, 3, 31), TERM_ENDS, is_level=False)
        assert found is not None
        assert (found.missing, found.planned, found.reachable) == (24, 18, False)

    def test_without_targets_of_periods_no_plan_is_claimed(self) -> None:
        found = pace(D(16), Plan(D(40), {}, {}), date(2024, 3, 31), TERM_ENDS, is_level=False)
        assert found is not None
        assert (found.missing, found.planned, found.reachable) == (24, None, None)

    @pytest.mark.parametrize(
        ("day", "value", "missing", "planned", "reachable"),
        [
            (date(2024, 3, 31), 233, 2, 3, True),  # one above the 232 that were planned by now
            (date(2024, 3, 31), 223, 12, 3, False),  # nine behind: the plan adds three more
            (date(2022, 8, 1), 228, 7, 7, True),  # no period has ended: the plan leads from the value
            (date(2026, 6, 30), 234, 1, 0, False),
        ],
    )
    def test_a_level_is_planned_to_rise_from_where_the_plan_stands(
        self, day: date, value: int, missing: int, planned: int, reachable: bool
    ) -> None:
        found = pace(D(value), ENTERPRISES, day, TERM_ENDS, is_level=True)
        assert found is not None
        assert (found.missing, found.planned, found.reachable) == (missing, planned, reachable)

    def test_is_none_without_value(self) -> None:
        assert pace(None, DAYS, date(2024, 3, 31), TERM_ENDS, is_level=False) is None


def test_mean_leaves_out_what_is_not_known() -> None:
    assert mean([Fraction(100), None, Fraction(95)]) == Fraction(195, 2)
    assert mean([None]) is None


def test_share_of_nothing_is_none() -> None:
    assert share(1, 4) == 25
    assert share(0, 0) is None
