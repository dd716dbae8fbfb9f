"""A published rate stays on dashboard, trend and figures page, whatever is changed after the closing (§3.15)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Role, User
from common.periods import Quarter
from common.voiding import void
from pledges import board
from pledges.card import build_card
from pledges.closing import close_quarter
from pledges.dashboard import Row, summary
from pledges.models import Pledge, Status

from . import factories as make

DAY, LATER = date(2024, 3, 31), date(2024, 6, 30)
TODAY = date(2024, 8, 15)


@pytest.fixture
def closed(seed: Pledge, users: dict[str, User]) -> Pledge:
    user = users["coordinator"]
    close_quarter(seed.term, Quarter(2024, 1), user, datetime(2024, 4, 9, 9, tzinfo=UTC), date(2024, 4, 9))
    return seed


def row(pledge: Pledge, day: date) -> Row:
    (found,) = board.all_rows(Pledge.objects.get(pk=pledge.pk).term, day, TODAY)
    return found


def weigh(pledge: Pledge) -> None:
    for no, weight in ((1, 10), (2, 10), (3, 80)):
        pledge.indicators.filter(no=no).update(weight=Decimal(weight))


def retarget(pledge: Pledge) -> None:
    make.target(pledge.indicators.get(no=3), "20", valid_from=date(2024, 1, 1), reason="뒤늦은 변경")


def uncap(pledge: Pledge) -> None:
    make.opening(pledge.indicators.get(no=1), date(2024, 3, 30), "900")
    pledge.term.caps_at_100 = False
    pledge.term.save()


def drop(pledge: Pledge) -> None:
    void(pledge.indicators.get(no=2), User.objects.get(role=Role.STAFF), "잘못 넣음")


def add(pledge: Pledge) -> None:
    make.target(make.indicator(pledge, 9, weight=Decimal(20)), "1")


@pytest.mark.parametrize("change", [weigh, retarget, uncap, drop, add])
def test_no_later_change_moves_a_published_rate(closed: Pledge, change: Callable[[Pledge], None]) -> None:
    before = row(closed, DAY)
    change(closed)
    after = row(closed, DAY)
    assert build_card(closed, DAY).overall.rate == "82.5"
    assert after.figures.overall.rate == before.figures.overall.rate
    assert after.figures.progress.rate == before.figures.progress.rate
    assert [f.rate for f in after.figures.indicators] == [f.rate for f in before.figures.indicators]
    trend = row(closed, LATER).trend
    assert trend is not None
    assert trend.rates[trend.days.index(DAY)] == before.figures.overall.rate


def test_the_figures_page_shows_what_was_published(closed: Pledge, auditor: Client) -> None:
    weigh(closed)
    points = auditor.get("/pledges/1-3/figures/?as_of=2024-06-30").context["progress"].points
    assert [build_card(closed, DAY).overall.rate] == [
        f"{float(point.overall.rate):.1f}" for point in points if point.as_of == DAY
    ]
    assert points[-1].overall.rate != next(p for p in points if p.as_of == DAY).overall.rate


def test_days_after_a_closing_are_computed_with_the_weights_of_today(closed: Pledge) -> None:
    before = row(closed, LATER).figures.overall.rate
    weigh(closed)
    assert row(closed, LATER).figures.overall.rate != before


def test_an_indicator_added_later_does_not_break_the_trend(closed: Pledge) -> None:
    add(closed)
    assert row(closed, LATER).trend.results_moved in (True, False, None)  # type: ignore[union-attr]


def test_the_status_of_a_closed_quarter_is_the_printed_one(closed: Pledge) -> None:
    Pledge.objects.filter(pk=closed.pk).update(status=Status.DROPPED, status_words="")
    then, now = row(closed, DAY), row(closed, LATER)
    assert (then.status, then.state, then.is_fulfilled) == ("이행 후 지속추진", Status.CONTINUING, True)
    assert (now.state, now.is_fulfilled) == (Status.DROPPED, False)
    assert (summary([then]).pledges, summary([now]).pledges) == (1, 0)


@pytest.mark.parametrize("day", [DAY, date(2024, 3, 15)])
def test_a_cost_changed_after_the_closing_moves_no_execution_rate_of_its_quarter(
    closed: Pledge, auditor: Client, day: date
) -> None:
    before = row(closed, day).spent_of_cost
    closed.cost_city += 500_000_000
    closed.save()
    closed.secured.create(year=2024, source="city", amount=5_000_000)
    assert (row(closed, day).spent_of_cost, row(closed, day).secured) == (before, 0)
    assert row(closed, LATER).spent_of_cost != before
    assert row(closed, LATER).secured == 5_000_000
    cost, secured = auditor.get(f"/pledges/1-3/why/money/?as_of={day}").context["rates"]
    assert (cost.rate, secured.whole) == (before, 0)
