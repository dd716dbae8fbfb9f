"""Importing into a database that already holds things: what is registered stays, and is named where it differs."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Office
from enterprises.models import Committee, DesignationKind, RegisterOpening, Space
from pledges.models import Pledge, Term
from subsidies.models import Program

from .helpers import SEED_UNITS, card_json, imported, messages, text_of

pytestmark = pytest.mark.django_db
SEED = text_of("seed-1-3.txt")


@pytest.fixture
def seeded() -> None:
    call_command("load_seed", stdout=StringIO())


@pytest.mark.usefixtures("seeded")
def test_the_same_figures_are_used_again() -> None:
    before = {model: model.objects.count() for model in (DesignationKind, Space, Committee, Term, Program)}
    outcome = imported(SEED.replace("1-3 사회적경제 활성화", "1-4 사회적경제 활성화(예시)", 1), *SEED_UNITS)
    assert not outcome.failed, messages(outcome.read.faults.errors)
    assert {model: model.objects.count() for model in before} == before
    assert "등록된 값" not in messages(outcome.read.faults.warnings)
    first, second = (card_json(number, date(2024, 3, 31)) for number in ("1-3", "1-4"))
    for part in ("enterprises", "support", "committee", "spaces", "center", "indicators", "execution"):
        assert second[part] == first[part]


@pytest.mark.usefixtures("seeded")
def test_other_figures_of_a_shared_register_are_named_and_not_taken() -> None:
    text = SEED.replace("1-3 사회적경제 활성화", "1-4 사회적경제 활성화(예시)", 1)
    text = text.replace(
        "233	26	19	7	5	198	4", "234	26	19	7	5	199	4"
    ).replace("위원회	12	", "위원회	13	")
    outcome = imported(text, *SEED_UNITS)
    warnings = messages(outcome.read.faults.warnings)
    assert "협동조합: 문서 199, 2024-03-31 기준으로 등록된 값 198" in warnings
    assert "위원수: 문서 13" in warnings
    assert RegisterOpening.objects.get(kind__code="cooperative").count == 198


@pytest.mark.usefixtures("seeded")
def test_a_card_of_the_same_term_keeps_the_terms_settings() -> None:
    outcome = imported(text_of("library.txt"))
    assert "소수 2자리로 적었지만" in messages(outcome.read.faults.warnings)
    assert card_json("가-1", date(2024, 6, 30))["indicators"][0]["rate"] == "58.3"


def test_a_voided_pledge_makes_room_for_its_number() -> None:
    from common.voiding import void

    first = imported(text_of("library.txt")).pledge
    assert first is not None
    void(first, None, "다시 가져오기")
    second = imported(text_of("library.txt")).pledge
    assert second is not None
    assert Pledge.objects.live().get() == second


def test_another_term_can_be_chosen() -> None:
    imported(text_of("library.txt"))
    outcome = imported(text_of("library.txt"), term="민선9기")
    assert not outcome.failed
    assert {pledge.term.name for pledge in Pledge.objects.all()} == {"민선8기", "민선9기"}


def test_every_row_has_its_history_with_the_line_it_came_from() -> None:
    imported(SEED, *SEED_UNITS)
    pledge = Pledge.objects.get()
    row = pledge.activities.get(no=27)
    assert row.history.get().history_change_reason.endswith("152번째 줄")
    assert row.source.endswith("152번째 줄")
    for kept in (pledge.indicators.first(), pledge.officers.first(), pledge.sections.first()):
        assert kept.history.count() == 1
    target = pledge.indicators.get(no=1).targets.first()
    assert target.history.count() == 1


def test_an_import_takes_a_bounded_number_of_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        imported(SEED, *SEED_UNITS)
    assert len(seen) < 260


def test_a_day_inside_a_closed_quarter_is_told() -> None:
    office = Office.current()
    office.closed_through = date(2024, 6, 30)
    office.save()
    assert "이미 마감한 분기" in messages(imported(text_of("library.txt")).read.faults.warnings)
