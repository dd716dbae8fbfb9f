"""마감 뒤 입력(미반영)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from accounts.models import Role
from common.periods import Quarter
from enterprises.models import Designation
from markets.models import MarketDay
from pledges.closing import close_quarter, correct_quarter
from pledges.models import Activity, Engagement, Pledge
from subsidies.models import Award, Disbursement
from tests import factories
from tests.pledges import factories as make
from tests.subsidies import factories as money

from .conftest import Clean, Found, told

QUARTER = Quarter(2024, 1)
TODAY = date(2024, 4, 20)


@pytest.fixture
def closed(clean: Clean) -> Any:
    """The first quarter closed on 20 April 2024; all that is there was entered before."""
    for model in (Disbursement, Award, MarketDay, Activity, Engagement, Designation):
        model.history.update(history_date=datetime(2024, 4, 10, tzinfo=UTC))
    user = factories.user(Role.COORDINATOR)
    close_quarter(clean.pledge.term, QUARTER, user, datetime(2024, 4, 20, tzinfo=UTC), TODAY)
    return user


@pytest.mark.usefixtures("closed")
def test_closing_by_itself_finds_nothing(found: Found) -> None:
    assert found("late_entry", "opening_gap") == []


@pytest.mark.usefixtures("closed")
def test_a_payment_entered_after_the_closing(clean: Clean, found: Found) -> None:
    late = money.disbursement(clean.grants, 1_000_000, enterprise=clean.firm, paid_on=date(2024, 3, 20))
    (one,) = found("late_entry")
    assert (told(one)[:2], one.where) == (("주의", "1건"), "교부·지급 2024년 1분기")
    assert one.link == f"/subsidies/disbursements/{late.pk}/"


@pytest.mark.usefixtures("closed")
def test_records_of_every_kind_by_kind(clean: Clean, found: Found) -> None:
    money.award(clean.grants, clean.firm, 1_000_000, decided_on=date(2024, 3, 1))
    make.held(date(2024, 3, 20), date(2024, 3, 21))
    make.designated("라(예시)", date(2024, 3, 1))
    clean.told(4, date(2024, 3, 30), "- 회의", title="회의")
    Engagement.objects.create(
        pledge=clean.pledge, no=2, kind="홍보", date_text="-", starts_on=date(2024, 3, 30), detail="-"
    )
    assert {one.where: one.left.value for one in found("late_entry")} == {
        "교부결정 2024년 1분기": 1,
        "시장 운영일 2024년 1분기": 2,
        "유형·자격 2024년 1분기": 1,
        "추진실적 2024년 1분기": 1,
        "주민 참여 실적 2024년 1분기": 1,
    }


@pytest.mark.usefixtures("closed")
def test_an_open_quarter_is_not_late(clean: Clean, found: Found) -> None:
    money.disbursement(clean.grants, 1_000_000, enterprise=clean.firm, paid_on=date(2024, 4, 1))
    assert found("late_entry") == []


def test_after_the_correction_it_is_reflected(clean: Clean, found: Found, closed: Any) -> None:
    late = money.disbursement(clean.grants, 1_000_000, enterprise=clean.firm, paid_on=date(2024, 3, 20))
    late.history.update(history_date=datetime(2024, 5, 1, tzinfo=UTC))
    assert len(found("late_entry")) == 1
    other = make.pledge("가-9")
    other.programs.set(clean.pledge.programs.all())
    wanted = Pledge.objects.filter(pk=clean.pledge.pk)
    correct_quarter(
        clean.pledge.term,
        QUARTER,
        wanted,
        closed,
        datetime(2024, 5, 10, tzinfo=UTC),
        date(2024, 5, 10),
        "누락",
    )
    assert found("late_entry") == []


def test_a_correction_of_another_pledge_only_takes_the_card_over(
    clean: Clean, found: Found, closed: Any
) -> None:
    other = make.pledge("가-9")
    late = money.disbursement(clean.grants, 1_000_000, enterprise=clean.firm, paid_on=date(2024, 3, 20))
    late.history.update(history_date=datetime(2024, 5, 1, tzinfo=UTC))
    correct_quarter(
        clean.pledge.term,
        QUARTER,
        [other],
        closed,
        datetime(2024, 5, 10, tzinfo=UTC),
        date(2024, 5, 10),
        "누락",
    )
    assert len(found("late_entry")) == 1
