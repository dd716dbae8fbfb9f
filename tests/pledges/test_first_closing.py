"""The first closing may come late in the term: it covers what was before it, and moves no figure (docs/adr/0005)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import Role, User
from common.periods import Quarter
from pledges.card import Card
from pledges.card.build import build_card, build_cards
from pledges.closing import broken_closings, close_quarter
from pledges.figures import pledge_figures
from pledges.models import Pledge, Term
from pledges.seeding.district import Size, generate
from tests import factories

from . import factories as make

AT, TODAY = datetime(2027, 1, 1, tzinfo=UTC), date(2027, 1, 1)
DAYS = [date(2023, 2, 15), date(2024, 8, 1), date(2026, 6, 30)]


@pytest.fixture
def closer(db: None) -> User:
    return factories.user(Role.COORDINATOR, "closer")


def close(pledge: Pledge, closer: User, *quarters: tuple[int, int]) -> None:
    for year, number in quarters:
        close_quarter(pledge.term, Quarter(year, number), closer, AT, TODAY)


def shown(card: Card) -> dict[str, Any]:
    """The figures of a card, without what says where they start from."""
    said = card.model_dump(mode="json", exclude={"closing": True, "execution": {"opening_on"}})
    for row in said["indicators"]:
        del row["parts"]
    return said


@pytest.mark.parametrize("first", [Quarter(2022, 3), Quarter(2023, 4)])
def test_closing_moves_no_other_days_figure_while_nothing_is_entered_late(closer: User, first: Quarter) -> None:
    generate(Size(pledges=2, years=5, disbursements=30, enterprises=6))
    pledges = list(Pledge.objects.in_term(Term.objects.earliest("starts_on")).with_card())
    before = {day: [shown(card) for card in build_cards(pledges, day)] for day in DAYS}
    for quarter in (first, first.next()):
        close(pledges[0], closer, (quarter.year, quarter.number))
    for day in DAYS:
        assert [shown(card) for card in build_cards(pledges, day)] == before[day], day
    assert broken_closings() == []


def test_a_day_before_the_first_closing_stays_known(closer: User) -> None:
    pledge = make.pledge(shows_register=True)
    make.market_days(pledge)
    make.supported(pledge)
    make.enterprises(pledge)
    make.paid(make.designated("가(예시)", date(2020, 1, 1)), date(2022, 7, 1), 3_000_000)
    day = date(2022, 7, 15)
    before = shown(build_card(pledge, day))
    assert before["execution"]["rows"][0]["total"] == 3
    close(pledge, closer, (2022, 3))
    assert shown(build_card(Pledge.objects.get(pk=pledge.pk), day)) == before


def values(pledge: Pledge, *day: int) -> list[Any]:
    fresh = Pledge.objects.get(pk=pledge.pk)
    return [figure.value for figure in pledge_figures([fresh], date(*day))[0].indicators]


class TestBeforeTheFirstClosing:
    """Market days and enterprises paid in 2023; the first quarter that is closed is the first of 2024."""

    @pytest.fixture
    def pledge(self, db: None) -> Pledge:
        pledge = make.pledge()
        make.market_days(pledge)
        make.supported(pledge)
        make.held(date(2023, 5, 10), date(2024, 2, 10))
        self.firms = [make.designated(f"{name}(예시)", date(2020, 1, 1)) for name in "가나다"]
        make.paid(self.firms[0], date(2023, 5, 10))
        make.paid(self.firms[1], date(2024, 2, 10))
        return pledge

    def test_earlier_quarters_still_count(self, pledge: Pledge, closer: User) -> None:
        assert values(pledge, 2024, 4, 15) == [2, 2]
        close(pledge, closer, (2024, 1))
        assert values(pledge, 2024, 4, 15) == [2, 2]

    def test_records_entered_late_into_them_do_not(self, pledge: Pledge, closer: User) -> None:
        close(pledge, closer, (2024, 1), (2024, 2))
        make.held(date(2023, 6, 10))
        make.paid(self.firms[2], date(2023, 6, 10))
        assert values(pledge, 2024, 8, 15) == [2, 2]

    def test_an_enterprise_counts_once_in_the_year_of_the_first_closing(
        self, pledge: Pledge, closer: User
    ) -> None:
        close(pledge, closer, (2024, 2))
        make.paid(self.firms[1], date(2024, 8, 1))
        assert values(pledge, 2024, 8, 15) == [2, 2]

    def test_an_enterprise_paid_before_the_term_does_not_come_in_later(
        self, pledge: Pledge, closer: User
    ) -> None:
        make.paid(self.firms[2], date(2022, 3, 1))
        make.paid(self.firms[2], date(2022, 11, 1))
        assert values(pledge, 2022, 12, 31) == [0, 0]
        close(pledge, closer, (2022, 3))
        assert values(pledge, 2022, 12, 31) == [0, 0]


def test_closing_before_an_opening_leaves_the_years_it_knows(seed: Pledge, closer: User) -> None:
    """The opening of 2024-03-31 knows 2022 and 2023 whole; a ledger of before it is not the whole."""
    close(seed, closer, (2022, 3), (2022, 4))
    for day, total in ((date(2022, 12, 31), 375), (date(2023, 12, 31), 1085), (date(2024, 2, 15), None)):
        assert build_card(seed, day).execution.rows[0].total == total
