"""A card written as XLSX or HWPX and read into an empty database is the same card."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from documents.reading.card_file import document_text
from pledges.card import build_card, contract_form
from pledges.card.files import WRITERS
from pledges.models import Pledge, SecuredFunds
from subsidies.models import ProgramYear

from .helpers import SEED_UNITS, card_json, imported, messages, read, text_of

CARDS = [
    ("seed-1-3.txt", "1-3", date(2024, 3, 31), SEED_UNITS),
    ("library.txt", "가-1", date(2024, 6, 30), ()),
    ("rural.txt", "Ⅲ-①-1", date(2024, 9, 30), ()),
    ("spaces.txt", "2-4", date(2023, 6, 30), ()),
    ("turned.txt", "7-2", date(2022, 6, 30), ()),
    ("pipes.md", "5-2", date(2024, 4, 1), ()),
    ("mixed.txt", "4-2", date(2024, 6, 30), ()),
    ("housing.txt", "2-3", date(2024, 9, 30), ()),
    ("forest.txt", "6-1", date(2024, 6, 30), ()),
    ("farm-bus.txt", "Ⅱ-3", date(2024, 9, 30), ()),
    ("learning.txt", "8-1", date(2024, 4, 1), ()),
    ("parking.txt", "3-4", date(2024, 4, 1), ()),
    ("welfare.txt", "3-6", date(2023, 6, 30), ()),
]


def _written(
    name: str, number: str, day: date, units: tuple[str, ...], form: str
) -> tuple[bytes, dict[str, Any]]:
    """The file and the JSON of a card, in a database that forgets it again."""
    with transaction.atomic():
        assert not imported(text_of(name), *units).failed
        card = build_card(Pledge.objects.live().get(number=number), day)
        made = WRITERS[form](card), contract_form(card)
        transaction.set_rollback(True)
    return made


@pytest.mark.django_db
@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize(("name", "number", "day", "units"), CARDS, ids=[card[1] for card in CARDS])
def test_a_card_comes_back_as_it_left(
    name: str, number: str, day: date, units: tuple[str, ...], form: str
) -> None:
    content, before = _written(name, number, day, units, form)
    text, warnings = document_text(f"카드.{form}", content)
    outcome = imported(text)
    assert not warnings
    assert not outcome.failed, messages(outcome.read.faults.errors)
    after = card_json(number, day)
    # What differed in the first document was computed anew when the file was written.
    findings = before.pop("findings", [])
    assert all(found in findings for found in after.pop("findings", []))
    assert after == before
    assert [left.text for left in outcome.read.unplaced] == []


def _back(form: str, number: str, day: date) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    """The JSON of the pledge in the database, the JSON after its file was read into an empty one, what was left."""
    card = build_card(Pledge.objects.live().get(number=number), day)
    text, _ = document_text(f"카드.{form}", WRITERS[form](card))
    before = contract_form(card)
    return before, _in_empty_database(text, number, day), [left.text for left in read(text).unplaced]


def _in_empty_database(text: str, number: str, day: date) -> dict[str, Any]:
    call_command("flush", interactive=False, verbosity=0)
    outcome = imported(text)
    assert not outcome.failed, messages(outcome.read.faults.errors)
    return card_json(number, day)


SUPPORT = "2024년도	6	7	9,487	2	3	3,709	4	4	5,778		"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", sorted(WRITERS))
def test_money_secured_a_plan_and_two_years_of_support_come_back(form: str) -> None:
    text = text_of("seed-1-3.txt").replace(SUPPORT, SUPPORT.replace("2024", "2023") + "\n" + SUPPORT, 1)
    assert not imported(text, *SEED_UNITS).failed
    pledge = Pledge.objects.get()
    pledge.confirmed_plan = False
    pledge.save()
    year = ProgramYear.objects.get(program__name="전문인력지원", year=2024)
    year.national, year.city, year.district = Decimal(50), Decimal(25), Decimal(25)
    year.save()
    for source, amount in (("national", 900_000_000), ("district", 300_000_000)):
        SecuredFunds.objects.create(pledge=pledge, year=2023, source=source, amount=amount)
    before, after, left = _back(form, "1-3", date(2024, 3, 31))
    assert before["secured"]["total"] == 1200
    assert [row["year"] for row in before["support"]] == [2023, 2024]
    # A plan is printed without its results: those are not in the file.
    for part in ("schedule", "engagement", "execution", "overall_rate"):
        before.pop(part), after.pop(part)
    for row in (*before["indicators"], *after["indicators"]):
        for name in ("weight", "actual", "rate"):
            row.pop(name)
    assert after == before
    assert left == []
    assert not Pledge.objects.get().confirmed_plan
