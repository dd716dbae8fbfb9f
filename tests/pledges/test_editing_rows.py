"""Officers and secured funds: grids that are saved whole."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pledges.models import Officer, Pledge, SecuredFunds

from . import factories as make

OFFICERS = "/pledges/가-1/officers/"
SECURED = "/pledges/가-1/secured/"


@pytest.fixture
def pledge(db: None) -> Pledge:
    return make.pledge()


@pytest.fixture
def officer(pledge: Pledge) -> Officer:
    return Officer.objects.create(pledge=pledge, role="과장", name="김과장(예시)", phone="02-1", position=1)


def row(prefix: str, revision: int = 0, **values: str) -> dict[str, Any]:
    cells = {"position": "1", "role": "", "name": "", "phone": ""} | values
    return {f"{prefix}-{name}": value for name, value in cells.items()} | {f"{prefix}-revision": revision}


def test_officers_are_changed_and_added_at_once(staff: Client, officer: Officer) -> None:
    changed = row(f"o{officer.pk}", 1, role="과장", name="이과장(예시)", phone="02-2")
    staff.post(OFFICERS, changed | row("new0", position="2", role="담당", name="박담당(예시)"))
    found = list(Officer.objects.live().values_list("role", "name", "phone"))
    assert found == [("과장", "이과장(예시)", "02-2"), ("담당", "박담당(예시)", "")]


def test_an_officer_ticked_is_voided(staff: Client, officer: Officer) -> None:
    kept = row(f"o{officer.pk}", 1, role="과장", name="김과장(예시)", phone="02-1")
    staff.post(OFFICERS, kept | {f"o{officer.pk}-drop": "on"})
    officer.refresh_from_db()
    assert officer.void_reason == "사업담당에서 뺌"


def test_half_a_row_saves_nothing(staff: Client, officer: Officer) -> None:
    changed = row(f"o{officer.pk}", 1, role="과장", name="이과장(예시)")
    response = staff.post(OFFICERS, changed | row("new0", position="2", role="담당"))
    assert "성명: 필수 항목입니다." in response.content.decode()
    officer.refresh_from_db()
    assert officer.name == "김과장(예시)"


def test_the_second_saver_of_officers_is_told(staff: Client, officer: Officer) -> None:
    staff.post(OFFICERS, row(f"o{officer.pk}", 1, role="과장", name="이과장(예시)"))
    response = staff.post(OFFICERS, row(f"o{officer.pk}", 1, role="과장", name="최과장(예시)"))
    assert "먼저 고쳤습니다" in response.content.decode()
    officer.refresh_from_db()
    assert officer.name == "이과장(예시)"


def secured(client: Client, **cells: str) -> dict[str, Any]:
    version = client.get(SECURED).context["form"]["version"].value()
    return {"entry_unit": "백만원", "version": version} | cells


def amounts() -> dict[tuple[int, str], int]:
    return {(row.year, row.source): row.amount for row in SecuredFunds.objects.live()}


def test_secured_funds_are_typed_in_a_named_unit(staff: Client, pledge: Pledge) -> None:
    staff.post(SECURED, secured(staff, **{"y2024-district": "80", "y2024-national": "1억 2천만원"}))
    assert amounts() == {(2024, "district"): 80_000_000, (2024, "national"): 120_000_000}
    form = staff.get(SECURED).context["form"]
    assert (form["y2024-district"].value(), form.totals()[-1]) == ("80", 200_000_000)


def test_another_unit_above_the_same_figures_is_refused(staff: Client, pledge: Pledge) -> None:
    staff.post(SECURED, secured(staff, **{"y2024-city": "20"}))
    response = staff.post(SECURED, secured(staff, **{"y2024-city": "20", "entry_unit": "천원"}))
    assert "값은 전의 단위" in response.context["form"].errors["entry_unit"][0]
    staff.post(SECURED, secured(staff, **{"y2024-city": "20,500", "entry_unit": "천원"}))
    assert amounts() == {(2024, "city"): 20_500_000}


def test_an_emptied_cell_is_voided_and_a_changed_one_keeps_its_history(staff: Client, pledge: Pledge) -> None:
    staff.post(SECURED, secured(staff, **{"y2023-city": "10", "y2024-city": "20"}))
    staff.post(SECURED, secured(staff, **{"y2024-city": "25"}))
    assert amounts() == {(2024, "city"): 25_000_000}
    assert SecuredFunds.objects.get(year=2023).void_reason == "확보액을 비움"
    assert SecuredFunds.objects.get(year=2024).history.count() == 2


@pytest.mark.parametrize("value", ["많음", "△5", "99999999999"])
def test_amounts_that_cannot_be_are_refused(staff: Client, pledge: Pledge, value: str) -> None:
    response = staff.post(SECURED, secured(staff, **{"y2024-city": value}))
    assert "y2024-city" in response.context["form"].errors
    assert f'value="{value}"' in response.content.decode()
    assert amounts() == {}


def test_the_second_saver_of_secured_funds_is_told_once(staff: Client, pledge: Pledge) -> None:
    stale = secured(staff, **{"y2024-city": "20"})
    staff.post(SECURED, secured(staff, **{"y2024-city": "10"}))
    response = staff.post(SECURED, stale)
    assert "먼저 고쳤습니다" in response.content.decode()
    assert amounts() == {(2024, "city"): 10_000_000}
    staff.post(SECURED, stale | {"version": response.context["form"].data["version"]})
    assert amounts() == {(2024, "city"): 20_000_000}


def test_more_rows_ask_no_more_queries(staff: Client, pledge: Pledge, officer: Officer) -> None:
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(url)
        return len(captured)

    SecuredFunds.objects.create(pledge=pledge, year=2022, source="city", amount=1)
    before = queries(OFFICERS), queries(SECURED)
    for number in range(2, 6):
        Officer.objects.create(pledge=pledge, role="담당", name=f"담당 {number}(예시)", position=number)
        SecuredFunds.objects.create(pledge=pledge, year=2021 + number, source="city", amount=number)
    assert (queries(OFFICERS), queries(SECURED)) == before
