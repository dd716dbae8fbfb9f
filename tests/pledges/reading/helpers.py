"""Reading and importing card texts in tests."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from pledges.card import build_card, contract_form
from pledges.models import Pledge
from pledges.reading.importing import Outcome, import_card
from pledges.reading.parse import Options, Read, read_card
from pledges.reading.units import parse_choice

DATA = Path(__file__).parents[2] / "data"
CARDS = DATA / "cards"
TODAY = date(2024, 4, 1)
SEED_UNITS = ("사회적경제기업 지원현황=천원", "사회적경제기업 지원현황/사업개발비=백만원")


def text_of(name: str) -> str:
    return (CARDS / name).read_text(encoding="utf-8")


def options(*units: str, **more: Any) -> Options:
    return Options(units=dict(parse_choice(unit) for unit in units), **more)


def read(text: str, *units: str, **more: Any) -> Read:
    return read_card(text, options(*units, **more), TODAY)


def imported(text: str, *units: str, **more: Any) -> Outcome:
    return import_card(text, options(*units, **more), "카드.txt", TODAY)


def card_json(number: str, day: date) -> dict[str, Any]:
    return contract_form(build_card(Pledge.objects.live().get(number=number), day))


def messages(faults: Any) -> str:
    """All messages of a list of faults, for looking for words."""
    return "\n".join(str(fault) for fault in faults)


def command(*args: Any) -> tuple[int, list[str]]:
    """``manage.py import_card`` with its exit code and its lines."""
    out = StringIO()
    try:
        call_command("import_card", *map(str, args), stdout=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue().splitlines()
    return 0, out.getvalue().splitlines()
