"""All cards of a term at once: a workbook with its summary first, a zip of documents, told card by card."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from openpyxl import load_workbook

from pledges.card import build_card
from pledges.card.files import card_hwpx
from pledges.models import Pledge
from tests.conftest import ClientAs
from tests.documents.hwpx_reader import blocks_of
from tests.documents.office import assert_computed_alike, needs_office
from tests.pledges import factories as make

ADDRESS = "/reports/cards/make/"


def streamed(client: Client, **address: Any) -> str:
    response = client.get(ADDRESS, {"term": "민선8기", "as_of": "2024-03-31"} | address)
    assert response.status_code == 200
    return b"".join(response.streaming_content).decode()


def file_of(page: str) -> bytes:
    (content,) = re.findall(r'href="data:[^;]+;base64,([^"]+)"', page)
    return b64decode(content)


def test_a_line_for_each_card_then_the_file(seed: Pledge, staff: Client) -> None:
    make.pledge("가-1")
    page = streamed(staff)
    assert "<li>1/2 가-1 장터와 기업(예시)</li>" in page
    assert "<li>2/2 1-3 사회적경제 활성화</li>" in page
    assert 'download="공약카드 민선8기(20240331).xlsx"' in page
    book = load_workbook(BytesIO(file_of(page)))
    assert book.sheetnames == ["민선8기 공약 총괄표", "가-1 장터와 기업(예시)", "1-3 사회적경제 활성화"]
    assert book.worksheets[0].max_row >= 5


@pytest.mark.any_database
@needs_office
def test_its_formulas_give_what_it_prints(seed: Pledge, staff: Client) -> None:
    content = file_of(streamed(staff))
    (found,) = assert_computed_alike(content)
    assert len(found) > 30
    assert {sheet for sheet, _ in found} == {1, 2}


def test_documents_are_the_cards_own(seed: Pledge, staff: Client) -> None:
    make.pledge("가-1")
    package = ZipFile(BytesIO(file_of(streamed(staff, form="hwpx"))))
    assert package.namelist() == ["01 가-1 장터와 기업(예시).hwpx", "02 1-3 사회적경제 활성화.hwpx"]
    card = card_hwpx(build_card(seed, date(2024, 3, 31)))
    assert blocks_of(package.read(package.namelist()[1])) == blocks_of(card)


def test_a_selection(seed: Pledge, staff: Client) -> None:
    make.pledge("가-1")
    assert "<li>1/1 가-1" in streamed(staff, pledge="가-1")
    assert staff.get(ADDRESS, {"term": "민선8기", "pledge": "없음"}).status_code == 400
    assert staff.get(ADDRESS, {"term": "민선8기", "form": "pdf"}).status_code == 400
    page = staff.get("/reports/cards/", {"term": "민선8기"}).content.decode()
    assert page.count('name="pledge"') == 2


def test_a_card_that_fails_is_told_in_the_page(
    seed: Pledge, staff: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError("broken")

    monkeypatch.setattr("pledges.reports.cards.build_cards", broken)
    page = streamed(staff)
    assert "만들지 못했습니다" in page
    assert "data:" not in page


def test_names_are_safe_in_the_page(seed: Pledge, staff: Client) -> None:
    make.pledge("가-1", title="<b>굵게</b>/[예시]:*?")
    page = streamed(staff)
    assert "&lt;b&gt;굵게" in page
    assert len(load_workbook(BytesIO(file_of(page))).sheetnames) == 3


def test_not_for_the_administrator(client_as: ClientAs, seed: Pledge) -> None:
    assert client_as("admin").get("/reports/cards/").status_code == 403
    assert client_as("admin").get(ADDRESS).status_code == 403
