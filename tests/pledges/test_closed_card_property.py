"""No later write of any kind changes a closed card: every field of every table is overwritten, one after the other."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role
from common.periods import Quarter
from markets.models import MarketDay
from pledges.card import build_card
from pledges.closing import broken_closings, canonical, close_quarter
from pledges.models import ClosedCard, ClosedResult, Closing, Pledge
from tests import factories
from tests.pledges.test_worked_cases import firm, held, pay

Q2 = Quarter(2024, 2)
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
    held(date(2024, 4, 25))
    pay(firm(), 9_487_000, 2024, 4, 25, in_opening=False)
    close_quarter(
        seed.term, Q2, factories.user(Role.COORDINATOR), datetime(2024, 7, 9, tzinfo=UTC), date(2024, 7, 9)
    )
    return seed


def text(pledge: Pledge) -> str:
    return canonical(build_card(Pledge.objects.get(pk=pledge.pk), Q2.last_day))


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


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(
    st.lists(st.tuples(st.dates(date(2022, 7, 1), date(2026, 6, 30)), st.booleans()), min_size=1, max_size=6)
)
def test_any_days_and_payments_entered_later(closed: Pledge, entries: list[tuple[date, bool]]) -> None:
    with transaction.atomic():
        before = text(closed)
        for number, (day, is_payment) in enumerate(entries):
            if is_payment:
                pay(firm(f"늦음{number}(예시)"), 1_000_000, day.year, day.month, day.day)
            elif not MarketDay.objects.filter(day=day).exists():
                held(day)
        assert text(closed) == before
        transaction.set_rollback(True)
