import itertools
from datetime import date, timedelta
from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from common.checkpoints import Checkpoint, Figure, Itemised, Kind, QuarterFact, flow, latest, level
from common.periods import Quarter

OPENING = date(2024, 3, 31)
TERM = date(2022, 7, 1)


def opening(value: int, day: date = OPENING) -> Checkpoint:
    return Checkpoint(day, D(value), Kind.OPENING)


def starts(*days: date):
    """Net change where each day begins one thing and nothing ends."""
    return lambda after, upto: sum(1 for day in days if day <= upto and (after is None or day > after))


def count(*days: date):
    return lambda first, last: sum(1 for day in days if first <= day <= last)


def kinds(figure: Figure) -> list[tuple[Kind, D]]:
    return [(part.kind, part.value) for part in figure.parts]


class TestLevel:
    def test_is_the_opening_on_its_day(self) -> None:
        assert level(OPENING, [opening(233)], starts(OPENING)).total == 233

    def test_adds_what_began_after_the_opening(self) -> None:
        change = starts(date(2024, 3, 1), date(2024, 4, 25))
        assert level(date(2024, 4, 24), [opening(233)], change).total == 233
        assert level(date(2024, 4, 25), [opening(233)], change).total == 234

    def test_before_the_only_opening_has_no_total_but_a_known_part(self) -> None:
        figure = level(date(2024, 3, 30), [opening(233)], starts(date(2023, 1, 1)))
        assert (figure.total, figure.known) == (None, 1)

    def test_without_any_checkpoint_the_records_are_the_whole(self) -> None:
        assert level(date(2024, 3, 30), [], starts(date(2023, 1, 1))).total == 1

    def test_without_checkpoint_and_records_is_unknown(self) -> None:
        assert level(date(2024, 3, 30), [], None).total is None

    def test_later_opening_replaces_the_earlier(self) -> None:
        later = opening(240, date(2024, 12, 31))
        assert level(date(2025, 1, 1), [opening(233), later], starts(date(2024, 5, 1))).total == 240

    def test_on_one_day_closed_stands_above_opening_above_recorded(self) -> None:
        points = [
            Checkpoint(OPENING, D(n), kind)
            for n, kind in enumerate((Kind.CLOSED, Kind.OPENING, Kind.RECORDED))
        ]
        assert [latest(points[n:], OPENING) for n in range(3)] == points

    def test_recorded_quarter_is_a_checkpoint(self) -> None:
        recorded = Checkpoint(date(2024, 6, 30), D(236), Kind.RECORDED)
        figure = level(date(2024, 7, 2), [opening(233), recorded], starts(date(2024, 5, 1), date(2024, 7, 2)))
        assert kinds(figure) == [(Kind.RECORDED, 236), (Kind.COUNTED, 1)]


class TestFlow:
    def test_is_opening_plus_later_quarters(self) -> None:
        days = count(date(2023, 5, 1), date(2024, 4, 25), date(2024, 4, 26), date(2024, 7, 1))
        figure = flow(date(2024, 6, 30), TERM, [opening(16)], [], days)
        assert figure.total == 18
        assert kinds(figure) == [(Kind.OPENING, 16), (Kind.COUNTED, 2)]

    def test_prefers_closed_then_recorded_of_a_quarter_that_ended(self) -> None:
        facts = [
            QuarterFact(Quarter(2024, 2), closed=D(5), recorded=D(4)),
            QuarterFact(Quarter(2024, 3), recorded=D(3)),
            QuarterFact(Quarter(2024, 4), recorded=D(9)),
        ]
        figure = flow(date(2024, 12, 30), TERM, [opening(16)], facts, count(date(2024, 10, 1)))
        assert kinds(figure) == [
            (Kind.OPENING, 16), (Kind.CLOSED, 5), (Kind.RECORDED, 3), (Kind.COUNTED, 1),
        ]  # fmt: skip

    def test_quarters_ending_by_the_opening_itemise_it(self) -> None:
        facts = [QuarterFact(Quarter(2024, 1), recorded=D(7))]
        assert flow(OPENING, TERM, [opening(16)], facts, count()).total == 16

    def test_before_the_opening_has_no_total(self) -> None:
        figure = flow(date(2023, 12, 31), TERM, [opening(16)], [], count(date(2023, 5, 1)))
        assert (figure.total, figure.known) == (None, 1)

    def test_without_opening_counts_from_the_term(self) -> None:
        days = count(date(2022, 6, 30), date(2022, 7, 1), date(2023, 1, 1))
        assert flow(date(2023, 12, 31), TERM, [], [], days).total == 2

    def test_quarter_without_result_and_records_is_missing(self) -> None:
        figure = flow(date(2024, 6, 30), TERM, [opening(16)], [], None)
        assert kinds(figure)[-1] == (Kind.MISSING, 0)
        assert figure.total == 16

    def test_opening_inside_a_quarter_leaves_its_rest(self) -> None:
        days = count(date(2024, 4, 10), date(2024, 4, 25))
        facts = [QuarterFact(Quarter(2024, 2), recorded=D(3))]
        middle = opening(17, date(2024, 4, 15))
        assert flow(date(2024, 4, 25), TERM, [middle], facts, days).total == 18
        # The quarter's own 3 hold the one day that the opening holds already.
        assert flow(date(2024, 6, 30), TERM, [middle], facts, days).total == 19

    @given(
        st.lists(st.dates(TERM, date(2026, 6, 30)), max_size=30),
        st.dates(OPENING, date(2026, 6, 30)),
    )
    def test_counted_alone_is_every_day_after_the_opening(self, days: list[date], as_of: date) -> None:
        figure = flow(as_of, TERM, [opening(16)], [], count(*days))
        assert figure.total == 16 + sum(1 for day in days if OPENING < day <= as_of)

    @given(st.dates(TERM, date(2026, 6, 30)))
    def test_parts_cover_every_day_once(self, as_of: date) -> None:
        parts = flow(as_of, TERM, [], [], count()).parts
        assert parts[0].first == TERM
        assert parts[-1].last == as_of
        for before, after in itertools.pairwise(parts):
            assert after.first == before.last + timedelta(days=1)


def test_itemised_has_a_rest_or_an_excess() -> None:
    assert (Itemised(D(16), D(14)).rest, Itemised(D(16), D(14)).excess) == (2, 0)
    assert (Itemised(D(27), D(120)).rest, Itemised(D(27), D(120)).excess) == (0, 93)
