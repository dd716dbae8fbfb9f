"""Pledges as no document has them: every page opens, every number leads to its derivation, on any day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from pledges.models import Aggregation, Goal, Pledge, Status, Term

from . import factories as make
from .test_every_number import walk
from .walking import standing_still

DAYS = ("2022-06-30", "2024-05-15", "2026-11-22")
PAGES = ("", "figures/", "why/", "why/money/", "why/cost/", "reconcile/", "openings/")


def bare(pledge: Pledge) -> None:
    """No indicator, no money."""


def without_weights(pledge: Pledge) -> None:
    for no in (1, 2):
        make.target(make.indicator(pledge, no, weight=None), "4")


def weights_of_90(pledge: Pledge) -> None:
    for no, weight in ((1, "40"), (2, "50")):
        make.target(make.indicator(pledge, no, weight=Decimal(weight)), "4")


def zero_targets(pledge: Pledge) -> None:
    one, two = make.indicator(pledge, 1), make.indicator(pledge, 2)
    for indicator in (one, two):
        make.target(indicator, "0" if indicator is one else "10")
        make.target(indicator, "0", 2024)
        make.target(indicator, "0", 2024, 2)
    make.result(one, 2024, 1, "0")
    make.result(two, 2024, 1, "3.25")


def no_targets(pledge: Pledge) -> None:
    make.result(make.indicator(pledge, 1, weight=Decimal(100)), 2023, 4, "1234567.5")


def only_years(pledge: Pledge) -> None:
    indicator = make.indicator(pledge, 1, weight=Decimal(100), aggregation=Aggregation.LEVEL)
    make.target(indicator, "1")
    for year in (2022, 2023, 2024, 2025, 2026):
        make.target(indicator, "1", year)
    make.result(indicator, 2023, 4, "1")


def opened_late(pledge: Pledge) -> None:
    """Nothing is known before an opening in 2025."""
    indicator = make.market_days(pledge, 1, weight=Decimal(100))
    make.target(indicator, "40")
    make.held(date(2023, 5, 6), date(2024, 5, 6))
    make.opening(indicator, date(2025, 3, 31), "20")


def above(pledge: Pledge) -> None:
    """Far beyond its targets, with decimals, capped and uncapped apart."""
    for no, value in ((1, "253.5"), (2, "1")):
        indicator = make.indicator(pledge, no, name="만족도")
        make.target(indicator, "100" if no == 1 else "3")
        make.target(indicator, "50.5", 2024)
        make.result(indicator, 2024, 1, value)


def negative(pledge: Pledge) -> None:
    """More came back than was paid after the opening."""
    pledge.programs.add(make.program())
    row = make.paid(make.designated("㈜가나(예시)", date(2020, 1, 1)), date(2024, 5, 2), 7_654_321)
    type(row).objects.create(
        program=row.program, enterprise=row.enterprise, fiscal_year=2024, paid_on=date(2024, 6, 1),
        kind="restored", returns=row, district=-7_654_321,
    )  # fmt: skip
    pledge.secured.create(year=2024, source="city", amount=1)


def dropped(pledge: Pledge) -> None:
    pledge.status = Status.DROPPED
    pledge.save()
    above(pledge)


def planned(pledge: Pledge) -> None:
    pledge.confirmed_plan = False
    pledge.save()
    only_years(pledge)


ODD = (
    bare, without_weights, weights_of_90, zero_targets, no_targets, only_years, opened_late, above, negative,
    dropped, planned,
)  # fmt: skip


@pytest.mark.parametrize("make_odd", ODD)
def test_every_page_opens_and_every_number_leads_somewhere(
    db: None, auditor: Client, make_odd: Callable[[Pledge], None]
) -> None:
    make_odd(make.pledge("III-①-1"))
    with standing_still():
        for day in DAYS:
            for page in PAGES:
                answer = auditor.get(f"/pledges/III-①-1/{page}?as_of={day}")
                assert answer.status_code == 200, (page, day)
    assert walk(auditor, "III-①-1", "2024-06-30")[1] == []


@pytest.mark.parametrize(
    "address", ["/", "/pledges/", "/pledges/means/", "/pledges/money/", "/pledges/reconcile/"]
)
@pytest.mark.parametrize(
    "query", ["", "?term=민선9기", "?term=민선9기&as_of=2027-01-31", "?term=민선8기&goal=9"]
)
def test_terms_without_pledges_and_filters_without_hits_open(
    db: None, coordinator: Client, address: str, query: str
) -> None:
    make.term()
    Term.objects.create(name="민선9기", starts_on=date(2026, 7, 1), ends_on=date(2030, 6, 30))
    query = query.replace("&goal=9", "") if address.endswith("reconcile/") else query
    answer = coordinator.get(address + query)
    assert answer.status_code == 200
    assert "None" not in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/", "/pledges/", "/pledges/means/", "/pledges/money/", "/pledges/reconcile/"]
)
def test_without_any_term_the_page_says_what_to_do(db: None, coordinator: Client, address: str) -> None:
    assert coordinator.get(address).status_code in (200, 404)


def test_a_new_term_with_plans_only_shows_them_and_no_rate(
    db: None, coordinator: Client, pin_today: object
) -> None:
    new = Term.objects.create(name="민선9기", starts_on=date(2026, 7, 1), ends_on=date(2030, 6, 30))
    goal = Goal.objects.create(term=new, number="1", name="새 분야")
    plan = make.pledge("1-1", term=new, goal=goal, confirmed_plan=False)
    make.target(make.indicator(plan, 1, weight=Decimal(100)), "8", valid_from=date(2026, 7, 1))
    pin_today(2026, 11, 22)  # type: ignore[operator]
    page = coordinator.get("/").content.decode()
    assert "민선9기 공약 현황" in page
    assert "계획(안)" in page
    assert walk(coordinator, "1-1", "2026-11-22", term="민선9기")[1] == []
