"""Copied rows are the rows that were made, and tests go on from them as from made ones."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Department, User
from markets.models import Market
from tests import copies, factories


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "_kept", {})


def load_seed() -> None:
    call_command("load_seed", stdout=StringIO())


def everything() -> dict[str, list[Any]]:
    models = copies._models().items()
    rows = {table: list(model._default_manager.order_by("pk").values_list()) for table, model in models}
    return {table: found for table, found in rows.items() if found}


@pytest.mark.django_db(transaction=True)
def test_the_seed_comes_back_row_by_row() -> None:
    copies.copied("seed", load_seed)
    made = everything()
    call_command("flush", interactive=False)
    assert not Market.objects.exists()
    copies.copied("seed", lambda: pytest.fail("made twice"))
    assert everything() == made
    assert len(made) > 40


def market(name: str = "가나장터(예시)") -> Market:
    return Market.objects.create(name=name)


@pytest.mark.django_db(transaction=True)
def test_each_test_has_an_answer_of_its_own_and_keys_go_on() -> None:
    first = copies.copied("market", market)
    call_command("flush", interactive=False)
    again = copies.copied("market", market)
    assert again == first
    assert again is not first
    assert market("다라장터(예시)").pk > again.pk
    assert Market.history.count() == 2


@pytest.mark.django_db
def test_beside_other_rows_they_are_made() -> None:
    factories.department()
    assert copies.copied("user", factories.user).department == Department.objects.get()
    assert User.objects.count() == 1
    assert not copies._kept
