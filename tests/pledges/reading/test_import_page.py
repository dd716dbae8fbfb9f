"""``/pledges/import/``: look, decide, confirm."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pledges.forms.card_import import unit_name
from pledges.models import Pledge
from tests.conftest import ClientAs

from .helpers import SEED_UNITS, text_of
from .test_card_files import BAD

PAGE = "/pledges/import/"
pytestmark = pytest.mark.django_db


def _look(client: Client, text: str, **more: Any) -> Any:
    return client.post(PAGE, {"pasted": text, **more})


def _fields(response: Any) -> dict[str, str]:
    """What the preview's form would post back unchanged."""
    form = response.context["form"]
    return {field.name: field.value() or "" for field in form}


def test_the_page_asks_for_a_file_or_a_text(staff: Client) -> None:
    response = staff.get(PAGE)
    assert response.status_code == 200
    assert 'name="pasted"' in response.text
    assert 'enctype="multipart/form-data"' in response.text


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_who_may_not_edit_pledges_is_refused(client_as: ClientAs, role: str) -> None:
    assert client_as(role).get(PAGE).status_code == 403


def test_looking_saves_nothing_and_shows_both_sides(staff: Client) -> None:
    response = _look(staff, text_of("seed-1-3.txt"))
    assert response.status_code == 200
    assert not Pledge.objects.exists()
    assert "사회적경제기업 지원현황=천원" in response.text
    assert "9,487" in response.text
    assert "정책목표" in response.text
    lines = {line.no: line for line in response.context["lines"]}
    assert lines[23].part == "기업 현황"
    assert lines[150].part == "일정별 추진실적"


def test_choosing_units_and_confirming_makes_the_pledge(staff: Client) -> None:
    fields = _fields(_look(staff, text_of("seed-1-3.txt")))
    for choice in SEED_UNITS:
        title, _, unit = choice.partition("=")
        fields[unit_name(title)] = unit
    again = staff.post(PAGE, {**fields, "step": "look"})
    assert "일 수 있습니다" not in again.text
    assert not Pledge.objects.exists()
    saved = staff.post(PAGE, {**fields, "step": "save"}, follow=True)
    assert saved.redirect_chain[0][0].startswith("/pledges/1-3/?")
    assert Pledge.objects.get().support_unit == "천원"
    assert "만들었습니다" in saved.text
    assert Pledge.objects.get().history.earliest().history_user is not None


def test_an_aggregation_can_be_corrected(coordinator: Client) -> None:
    fields = _fields(_look(coordinator, text_of("library.txt")))
    coordinator.post(PAGE, {**fields, "aggregation_1": "level", "step": "save"})
    assert [row.aggregation for row in Pledge.objects.get().indicators.order_by("no")] == ["level", "level"]


def test_errors_leave_no_button_to_save(staff: Client) -> None:
    response = _look(staff, text_of("slip.txt"))
    assert response.status_code == 422
    assert "24.394" in response.text
    assert 'value="save"' not in response.text
    staff.post(PAGE, {**_fields(response), "step": "save"})
    assert not Pledge.objects.exists()


def test_the_text_is_corrected_where_it_is_shown(staff: Client) -> None:
    fields = _fields(_look(staff, text_of("slip.txt")))
    fields["text"] = fields["text"].replace("24.394", "24,394")
    again = staff.post(PAGE, {**fields, "step": "look"})
    assert again.status_code == 200
    assert 'value="save"' in again.text
    staff.post(PAGE, {**_fields(again), "step": "save"})
    assert Pledge.objects.get().cost_city == 24_394_000_000


def test_a_chosen_unit_stays_with_its_table_when_the_text_changes(staff: Client) -> None:
    fields = _fields(_look(staff, text_of("library.txt")))
    fields[unit_name("예산 집행액")] = "백만원"
    fields["text"] = re.sub(r"(?m)^(총사업비|\t152).*\n", "", fields["text"])
    again = staff.post(PAGE, {**fields, "step": "look"})
    assert again.context["form"].tables == ["예산 집행액"]
    assert again.context["card"].execution.unit == "백만원"


def test_what_was_read_is_shown_cell_by_cell(staff: Client) -> None:
    response = _look(staff, text_of("seed-1-3.txt"))
    tables = {table.caption: table.rows for table in response.context["tables"]}
    assert tables["예산 집행액 (단위: 백만 원)"][1] == ["국비", "561", "196", "358", "7", "0", "0", "0"]
    assert tables["2024년 분기별 목표"][2] == ["3. 횟수", "-", "4", "6", "-"]
    assert "3,707 백만 원 (국비 1,894, 시비 517, 구비 1,296, 기타 0)" in response.text
    assert "2023. 4. 27. 꿈시장 운영" in response.text


def test_each_doubt_is_told_once_and_leads_to_its_line(staff: Client) -> None:
    response = _look(staff, text_of("park-path.txt"))
    listed = response.context["read"].faults.other_warnings
    assert not [fault for fault in listed if "계산 299,999" in fault.message]
    assert '<a href="#line-30">30</a>' in response.text
    assert 'id="line-30"' in response.text


def test_a_pledge_that_is_there_is_not_overwritten(staff: Client) -> None:
    fields = _fields(_look(staff, text_of("library.txt")))
    staff.post(PAGE, {**fields, "step": "save"})
    again = staff.post(PAGE, {**fields, "step": "save"})
    assert again.status_code == 422
    assert "이미 있습니다" in again.text
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_beside_the_field(staff: Client, name: str) -> None:
    content, words = BAD[name]
    response = staff.post(PAGE, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert words in re.sub(r"<[^>]*>", "", response.text)
    assert not Pledge.objects.exists()


def test_a_text_that_is_no_card_by_its_size_is_told(staff: Client) -> None:
    response = _look(staff, "1-1 가나다\n" * 80_000)
    assert response.status_code == 422
    assert "너무" in response.text or "최대" in response.text


def test_nothing_or_both_is_told(staff: Client) -> None:
    assert "고르거나" in staff.post(PAGE, {}).text
    both = {"file": SimpleUploadedFile("a.txt", b"1-1 a"), "pasted": "1-1 b"}
    assert "하나만" in staff.post(PAGE, both).text


def test_text_is_shown_as_text(staff: Client) -> None:
    response = _look(staff, "1-1 <script>alert(1)</script>\n민선8기\n<b>굵게</b>")
    assert "<script>alert(1)</script>" not in response.text
    assert "<b>굵게</b>" not in response.text
