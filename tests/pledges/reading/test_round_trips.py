"""A card written as XLSX or HWPX and read into an empty database is the same card."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from documents.reading.card_file import document_text
from pledges.card import build_card, contract_form
from pledges.card.files import WRITERS
from pledges.models import Pledge

from .helpers import SEED_UNITS, card_json, imported, messages, text_of

CARDS = [
    ("seed-1-3.txt", "1-3", date(2024, 3, 31), SEED_UNITS),
    ("library.txt", "가-1", date(2024, 6, 30), ()),
    ("rural.txt", "Ⅲ-①-1", date(2024, 9, 30), ()),
    ("spaces.txt", "2-4", date(2023, 6, 30), ()),
    ("turned.txt", "7-2", date(2022, 6, 30), ()),
    ("pipes.md", "5-2", date(2024, 4, 1), ()),
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
