"""Days, vendors, sales: one level each, never added together."""

from datetime import date

import pytest

from markets.figures import (
    Figure,
    Level,
    disagreements,
    event_figures,
    events_between,
    held_days,
    sales,
    vendor_figures,
)
from markets.models import MarketEvent, Mode, State

from . import factories as make

pytestmark = pytest.mark.django_db
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def year_2023() -> None:
    """The five events on twelve days of the seed's 2023."""
    rows = [
        ("4월", [(4, 27), (4, 28)], 36, 84),
        ("5월", [(5, 25), (5, 26)], 40, 66),
        ("9월", [(9, 18), (9, 19), (9, 20)], 32, 57),
        ("10월", [(10, 16), (10, 17), (10, 18)], 26, 29),
        ("11월", [(11, 9), (11, 10)], 24, 29),
    ]
    for name, days, vendors, millions in rows:
        event = make.event(name, vendors=vendors, sales=millions * 1_000_000)
        for month, number in days:
            make.day(event, date(2023, month, number))


def of_year() -> list[MarketEvent]:
    return events_between([make.market()], *YEAR)


def test_days_count_not_events() -> None:
    year_2023()
    assert len(held_days([make.market()], *YEAR)) == 12
    assert len(of_year()) == 5


def test_only_held_offline_live_days_count() -> None:
    event = make.event()
    make.day(event, date(2023, 4, 1))
    make.day(event, date(2023, 4, 2), State.PLANNED)
    make.day(event, date(2023, 4, 3), State.CANCELLED)
    make.day(event, date(2023, 4, 4), mode=Mode.ONLINE)
    void = make.day(event, date(2023, 4, 5))
    type(void).objects.filter(pk=void.pk).update(voided_at="2024-01-01T00:00Z", void_reason="두 번 적음")
    assert [day.day for day in held_days([make.market()], *YEAR)] == [date(2023, 4, 1)]


def test_two_events_on_one_day_of_a_market_are_one_day() -> None:
    for name in ("봄 장터", "봄 특별전"):
        make.day(make.event(name), date(2023, 4, 1))
    other = make.market("다른 장터(예시)")
    make.day(make.event("다른 행사", market=other), date(2023, 4, 1))
    assert len(held_days([make.market()], *YEAR)) == 1
    assert len(held_days([make.market(), other], *YEAR)) == 2
    assert held_days([], *YEAR) == []


def test_a_year_of_events_known_as_a_whole() -> None:
    year_2023()
    vendors = vendor_figures(of_year())
    assert vendors.repeated.value == 36 + 40 + 32 + 26 + 24
    assert vendors.distinct is None  # who came twice cannot be known from numbers
    assert vendors.repeated.levels == {Level.EVENT: 5}
    assert sales(of_year()).value == 265_000_000


def test_levels_are_never_added_together() -> None:
    event = make.event(vendors=36, sales=84_000_000)
    for number, vendors, won in ((27, 30, 40_000_000), (28, 34, 44_000_000)):
        day = make.day(event, date(2023, 4, number), vendors=vendors, sales=won)
        make.took_part(event, f"업체 {number}", day, sales=1_000_000)
    figures = event_figures(of_year()[0])
    assert figures.distinct == Figure(36, Level.EVENT)
    assert figures.repeated == Figure(64, Level.DAY)
    assert figures.sales == Figure(84_000_000, Level.EVENT)
    assert disagreements(of_year()[0]) == []


def test_days_that_lack_a_value_make_a_lower_bound() -> None:
    event = make.event()
    make.day(event, date(2023, 4, 27), vendors=30, sales=40_000_000)
    make.day(event, date(2023, 4, 28))
    figures = event_figures(of_year()[0])
    assert figures.repeated == Figure(30, Level.DAY, partial=True)
    assert figures.sales == Figure(40_000_000, Level.DAY, partial=True)
    assert figures.distinct == Figure()


def test_vendors_by_name_tell_distinct_and_repeated() -> None:
    tree = make.enterprise("㈜나무(예시)")
    for name, number in (("4월", 27), ("5월", 28)):
        event = make.event(name)
        first, second = make.day(event, date(2023, 4, number)), make.day(event, date(2023, 5, number))
        make.took_part(event, tree, first, sales=500_000)
        make.took_part(event, tree, second, sales=300_000)
        make.took_part(event, "길모퉁이 공방", first)
        make.took_part(event, "길모퉁이공방", second)
    vendors = vendor_figures(of_year())
    assert (vendors.distinct, vendors.repeated.value, vendors.named) == (2, 8, 2)
    total = sales(of_year())
    assert (total.value, total.partial, total.levels) == (1_600_000, True, {Level.VENDOR: 2})


def test_what_was_not_held_yields_nothing() -> None:
    event = make.event(vendors=36, sales=84_000_000)
    planned = make.day(event, date(2023, 4, 27), State.PLANNED)
    make.took_part(event, "공방", planned)
    assert of_year() == []
    assert event_figures(event).sales == Figure()


def test_a_cancelled_days_vendors_do_not_count() -> None:
    event = make.event()
    held = make.day(event, date(2023, 4, 27), vendors=10)
    cancelled = make.day(event, date(2023, 4, 28), State.CANCELLED, vendors=99)
    make.took_part(event, "공방", held)
    make.took_part(event, "다른 공방", cancelled)
    figures = event_figures(of_year()[0])
    assert (figures.repeated, figures.distinct) == (Figure(10, Level.DAY), Figure(1, Level.VENDOR))


def test_an_online_event_belongs_to_its_first_day() -> None:
    make.event("특별전", mode=Mode.ONLINE, starts_on=date(2023, 12, 20), ends_on=date(2024, 1, 5), vendors=30)
    assert vendor_figures(of_year()).distinct == 30
    assert held_days([make.market()], *YEAR) == []


def test_sales_that_contradict_each_other_are_told() -> None:
    event = make.event(sales=84_000_000)
    day = make.day(event, date(2023, 4, 27), sales=83_000_000)
    make.took_part(event, "공방", day, sales=90_000_000)
    told = disagreements(of_year()[0])
    assert len(told) == 2
    assert "84,000,000원과 운영일 매출액의 합 83,000,000원" in told[0]
