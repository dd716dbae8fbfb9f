"""No later write of any kind changes a closed card: every field of every table is overwritten, one after the other."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Role, User
from common.periods import Quarter
from markets.models import MarketDay
from pledges import corrections, workflow
from pledges.card import build_card
from pledges.closing import broken_closings, canonical, close_quarter, correct_quarter
from pledges.models import ClosedCard, ClosedResult, Closing, Pledge, Result
from pledges.unlocking import grant
from tests import factories
from tests.pledges.test_worked_cases import firm, held, pay

Q1, Q2, Q3 = (Quarter(2024, number) for number in (1, 2, 3))
OURS = ("accounts", "enterprises", "subsidies", "markets", "pledges")
VALUES: dict[Any, Any] = {
    models.CharField: "바뀜",
    models.TextField: "바뀜",
    models.IntegerField: 2,
    models.DecimalField: Decimal(7),
    models.DateTimeField: datetime(2024, 5, 5, tzinfo=UTC),
    models.DateField: date(2024, 5, 5),
    models.BooleanField: False,
    models.JSONField: ["바뀜"],
}


@pytest.fixture
def closed(seed: Pledge) -> Pledge:
    """Two closed quarters; the results of the second were accepted as counted."""
    held(date(2024, 4, 25))
    pay(firm(), 9_487_000, 2024, 4, 25, in_opening=False)
    user, today = factories.user(Role.COORDINATOR), date(2024, 7, 9)
    close_quarter(seed.term, Q1, user, datetime(2024, 7, 9, tzinfo=UTC), today)
    workflow.submit(seed, Q2, user, today)
    close_quarter(seed.term, Q2, user, datetime(2024, 7, 9, 1, tzinfo=UTC), today)
    return seed


def text(pledge: Pledge, day: date = Q2.last_day) -> str:
    return canonical(build_card(Pledge.objects.get(pk=pledge.pk), day))


def writes() -> Iterator[tuple[type[models.Model], str, Any]]:
    """(table, field, other value) for every plain field that the office keeps; the closings themselves left out."""
    for model in apps.get_models():
        if model._meta.app_label not in OURS or model in (Closing, ClosedCard, ClosedResult):
            continue
        for field in model._meta.concrete_fields:
            plain = not (field.primary_key or field.is_relation or field.generated)
            value = next((value for kind, value in VALUES.items() if isinstance(field, kind)), None)
            if plain and value is not None:
                yield model, field.name, value


def test_every_field_of_every_table(closed: Pledge) -> None:
    before, moved = text(closed), 0
    for model, field, value in writes():
        try:
            with transaction.atomic():
                moved += model._default_manager.update(**{field: value})
                # A pledge or term that is itself overwritten is found by its key, as the page's address finds it.
                assert text(closed) == before, (model, field)
                transaction.set_rollback(True)
        except (IntegrityError, DataError):
            continue
    assert moved > 500
    assert broken_closings() == []


def deeds(pledge: Pledge, user: User) -> Iterator[Callable[[], object]]:
    """What the office does after a closing that may move other quarters, but never this one."""
    term, at, today = pledge.term, datetime(2024, 10, 8, tzinfo=UTC), date(2024, 10, 8)
    days = pledge.indicators.get(no=3)
    yield lambda: grant(pledge, Q2, user, user, at, days=3, reason="정정 준비")
    yield lambda: Result.objects.filter(indicator=days, quarter=2).update(value=9, as_counted=False)
    yield lambda: held(date(2024, 5, 30))
    yield lambda: corrections.preview(pledge, Q2, user, at, today, [days.pk])
    yield lambda: corrections.refuse(corrections.ask(pledge, Q2, user, at, "늦은 기록"), user, at, "불승인")
    yield lambda: corrections.ask(pledge, Q2, user, at, "다시", [days.pk])
    yield lambda: workflow.submit(pledge, Q3, user, today)
    yield lambda: close_quarter(term, Q3, user, at, today)
    yield lambda: held(date(2024, 8, 30))
    yield lambda: correct_quarter(term, Q3, [pledge], user, at, today, "셋째 분기 정정")
    yield lambda: correct_quarter(term, Q1, [pledge], user, at, today, "첫 분기 정정")


def test_every_deed_of_the_office(closed: Pledge) -> None:
    before = text(closed)
    for number, deed in enumerate(deeds(closed, factories.user(Role.COORDINATOR, "office"))):
        deed()
        assert text(closed) == before, number
    assert broken_closings() == []


def test_any_days_and_payments_entered_later(closed: Pledge) -> None:
    """Neither the published day moves nor a day inside the quarter or in one that the first closing covers."""
    days = (Q2.last_day, date(2024, 5, 15), date(2023, 12, 31))
    before = [text(closed, day) for day in days]
    entry = st.tuples(st.dates(date(2022, 7, 1), date(2026, 6, 30)), st.booleans())

    @settings(max_examples=15, derandomize=True)
    @given(st.lists(entry, min_size=1, max_size=6))
    def enter(entries: list[tuple[date, bool]]) -> None:
        with transaction.atomic():
            for number, (day, is_payment) in enumerate(entries):
                if is_payment:
                    pay(firm(f"늦음{number}(예시)"), 1_000_000, day.year, day.month, day.day)
                elif not MarketDay.objects.filter(day=day).exists():
                    held(day)
            assert [text(closed, day) for day in days] == before
            transaction.set_rollback(True)

    enter()
