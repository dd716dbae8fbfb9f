"""The loader of fixtures: descriptions instead of numbers, and loading twice changes nothing."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command

from accounts.models import Department, Office
from enterprises.models import DesignationKind, Enterprise, RegisterOpening
from pledges.models import Goal, Pledge, Term
from pledges.seeding.fixtures import load
from subsidies.models import Disbursement, Program

pytestmark = pytest.mark.django_db


def write(folder: Path, *tables: dict, **more: object) -> Path:
    path = folder / "some.json"
    path.write_text(json.dumps(more | {"tables": list(tables)}, ensure_ascii=False), encoding="utf-8")
    return path


def load_seed(*options: str) -> str:
    out = StringIO()
    call_command("load_seed", *options, stdout=out)
    return out.getvalue()


def contents() -> dict[str, list]:
    """Every row of every table of ours, histories included."""
    ours = ("accounts", "enterprises", "subsidies", "markets", "pledges")
    models = [
        model for app in ours for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


def test_loading_again_changes_nothing() -> None:
    load_seed()
    before = contents()
    assert "새로 0" in load_seed()
    assert contents() == before


def test_what_was_edited_renamed_or_voided_stays_as_it_is() -> None:
    load_seed()
    for model, old, new in (
        (Term, {"name": "민선8기"}, {"name": "민선 8기"}),
        (Department, {"name": "일자리벤처과"}, {"name": "사회연대경제과"}),
        (DesignationKind, {"code": "village"}, {"code": "village-firm"}),
        (Office, {"pk": 1}, {"name": "다른구청"}),
        (Pledge, {"number": "1-3"}, {"number": "가-1"}),
        (Program, {"name": "사업개발비"}, {"name": "사업개발비(구비)"}),
    ):
        row = model.objects.get(**old)
        for name, value in new.items():
            setattr(row, name, value)
        row.save()
    Goal.objects.filter(number="6").update(active=False)
    before = contents()
    load_seed()
    assert contents() == before


def test_a_new_code_of_a_later_version_still_comes_in(tmp_path: Path) -> None:
    departments = {"model": "accounts.Department", "key": ["name"], "rows": [{"name": "가과"}]}
    load(write(tmp_path, departments))
    departments["rows"] += [{"name": "나과"}]
    loaded = load(write(tmp_path, departments))
    assert (loaded.new, loaded.kept) == (1, 1)
    assert list(Department.objects.values_list("name", flat=True)) == ["가과", "나과"]


def test_each_row_says_where_it_is_from() -> None:
    load_seed()
    row = Disbursement.objects.get(paid_on="2023-01-30")
    assert row.history.get().history_change_reason == "공약카드 1-3, 6 추진실적, 연번 9"
    opening = RegisterOpening.objects.get(kind__code="certified")
    assert (
        opening.source
        == opening.history.get().history_change_reason
        == ("공약카드 1-3, 1 현황, 관내 사회적경제기업(2024. 3. 기준)")
    )


def test_every_row_has_its_history() -> None:
    load_seed()
    seeded = {name: rows for name, rows in contents().items() if not name.startswith("Historical")}
    histories = contents()
    for model in apps.get_models():
        if hasattr(model, "history") and seeded.get(model.__name__):
            ids = {row["id"] for row in histories[f"Historical{model.__name__}"]}
            assert ids == {row["id"] for row in seeded[model.__name__]}, model


def test_a_description_that_fits_nothing_loads_nothing(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"model": "accounts.Department", "key": ["name"], "rows": [{"name": "가과"}]},
        {
            "model": "pledges.Goal",
            "key": ["term", "number"],
            "rows": [{"term": {"name": "없는 임기"}, "number": "1"}],
        },
    )
    with pytest.raises(LookupError, match="없는 임기"):
        load(path)
    assert not Department.objects.exists()


def test_a_wrong_value_loads_nothing(tmp_path: Path) -> None:
    term = {"name": "민선8기", "starts_on": "2022. 7. 1.", "ends_on": "2026-06-30"}
    with pytest.raises(ValidationError):
        load(write(tmp_path, {"model": "pledges.Term", "key": ["name"], "rows": [term]}))
    assert not Term.objects.exists()


def test_a_file_once_loaded_is_left_out_whole(tmp_path: Path) -> None:
    firm = {"name": "가(예시)"}
    path = write(
        tmp_path,
        {"model": "enterprises.Enterprise", "rows": [firm]},
        once={"model": "enterprises.Enterprise", "match": firm},
    )
    assert load(path).new == 1
    Enterprise.objects.update(name="나(예시)")
    assert load(path).left_out
    assert Enterprise.objects.get().name == "나(예시)"


def test_a_file_whose_needs_are_not_there_is_left_out(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"model": "enterprises.Enterprise", "rows": [{"name": "가(예시)"}]},
        needs={"model": "enterprises.Space", "match": {"name": "공간"}},
    )
    assert load(path).left_out
    assert not Enterprise.objects.exists()


def test_the_seed_without_examples() -> None:
    load_seed("--without-examples")
    assert Pledge.objects.exists()
    assert not Enterprise.objects.exists()
