"""The seed's text imported into an empty database is the contract's card (issue: documents in)."""

from __future__ import annotations

import json
from datetime import date

import pytest

from enterprises.models import DesignationKind
from pledges.models import Goal, Pledge, Term

from .helpers import CARDS, DATA, SEED_UNITS, card_json, command, messages, read, text_of

CONTRACT = json.loads((DATA / "card-1-3.json").read_text(encoding="utf-8"))
SEED = CARDS / "seed-1-3.txt"
DAY = date(2024, 3, 31)


def _import(*more: str) -> tuple[int, list[str]]:
    return command(SEED, *more)


@pytest.mark.django_db
def test_the_seed_text_gives_the_contract() -> None:
    code, lines = _import("--table-unit", SEED_UNITS[0], "--table-unit", SEED_UNITS[1])
    assert (code, lines[-1]) == (0, "unplaced: 0")
    assert card_json("1-3", DAY) == CONTRACT


@pytest.mark.django_db
def test_without_the_choice_of_unit_the_table_is_named() -> None:
    code, lines = _import()
    named = [line for line in lines if line.startswith("warning:") and "사회적경제기업 지원현황" in line]
    assert code == 0
    assert len(named) == 1
    assert "9,487" in named[0]
    assert "천 원" in named[0]
    support = card_json("1-3", DAY)["support"][0]
    assert (support["unit"], support["total"]["amount"]) == ("백만 원", 9487)


@pytest.mark.django_db
def test_with_only_the_tables_unit_the_part_is_named() -> None:
    _, lines = _import("--table-unit", SEED_UNITS[0])
    named = [line for line in lines if "사업개발비" in line]
    assert len(named) == 1
    assert "80" in named[0]
    assert "백만 원" in named[0]


def test_a_part_with_decimals_is_asked_about_in_the_units_it_can_have() -> None:
    text = text_of("seed-1-3.txt").replace("예정 미정\t80", "예정 미정\t80.5")
    read(text, *SEED_UNITS[:1])


def test_scan_errors_are_corrected_and_named() -> None:
    found = read(text_of("seed-1-3.txt"))
    words = messages(found.faults.warnings)
    for wrong, right in (("품시장", "꿈시장"), ("횃수", "횟수"), ("입기", "임기")):
        assert f"{wrong} → {right}" in words
    assert not found.faults.errors
    assert not found.faults.findings


@pytest.mark.django_db
def test_term_goal_and_kinds_are_made_as_needed() -> None:
    _import()
    term = Term.objects.get()
    assert (term.name, term.starts_on, term.ends_on) == ("민선8기", date(2022, 7, 1), date(2026, 6, 30))
    assert Goal.objects.get().number == "1"
    codes = {kind.code: kind.group_code for kind in DesignationKind.objects.all()}
    assert codes == {
        "certified": "social", "preliminary": "social", "village": "", "cooperative": "", "self_support": "",
    }  # fmt: skip
    pledge = Pledge.objects.get()
    assert pledge.history.first().history_change_reason
    assert pledge.department is not None
    assert pledge.department.name == "일자리벤처과"


@pytest.mark.django_db
def test_a_dry_run_saves_nothing() -> None:
    code, lines = _import("--dry-run")
    assert (code, lines[-1]) == (0, "unplaced: 0")
    assert not Pledge.objects.exists()
    assert not Term.objects.exists()
    assert not DesignationKind.objects.exists()


@pytest.mark.django_db
def test_the_same_number_is_never_overwritten() -> None:
    _import()
    code, lines = _import()
    errors = [line for line in lines if line.startswith("error:")]
    assert code == 1
    assert len(errors) == 1
    assert "이미 있습니다" in errors[0]
    assert "무효" in errors[0]
    assert Pledge.objects.count() == 1


@pytest.mark.django_db
def test_openings_hold_on_the_day_asked_for() -> None:
    _import("--as-of", "2024-06-30")
    assert card_json("1-3", date(2024, 6, 30))["overall_rate"] == "82.5"
    assert card_json("1-3", DAY)["overall_rate"] is None


@pytest.mark.django_db
def test_a_unit_for_a_table_that_is_not_there_is_an_error() -> None:
    code, lines = _import("--table-unit", "없는 표=천원")
    assert code == 1
    assert "없는 표" in lines[-1]
    assert "총사업비" in lines[-1]
    assert not Pledge.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("choice", ["지원현황", "지원현황=달러", "=천원"])
def test_a_choice_of_unit_that_cannot_be_read_is_an_error(choice: str) -> None:
    code, lines = _import("--table-unit", choice)
    assert code == 1
    assert lines[0].startswith("error:")
