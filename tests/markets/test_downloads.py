"""The filtered list as sheets."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from markets.models import Mode, State

from . import factories as make

URL = "/markets/days.xlsx"


@pytest.fixture(autouse=True)
def events(db: None) -> None:
    spring = make.event("봄 장터", vendors=36, sales=84_000_000)
    first = make.day(spring, date(2023, 4, 27))
    make.day(spring, date(2023, 4, 28), State.CANCELLED, vendors=3)
    make.took_part(spring, make.enterprise("㈜나무(예시)"), first, sales=500_000)
    make.took_part(spring, "길모퉁이 공방")
    make.event("특별전", mode=Mode.ONLINE, starts_on=date(2022, 8, 17), vendors=30)


def rows(client: Client, url: str) -> list[list[Any]]:
    response = client.get(url)
    assert response.status_code == 200
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def body(found: list[list[Any]], heading: str) -> list[list[Any]]:
    head = next(at for at, row in enumerate(found) if heading in row)
    return found[head:]


def test_an_events_own_figures_stand_once(staff: Client) -> None:
    table = body(rows(staff, URL + "?sort=date"), "운영일")
    head, spring = table[0], [row for row in table if "봄 장터" in row]
    assert [row[head.index("행사 참여업체 수")] for row in spring] == [36, None]
    assert [row[head.index("상태")] for row in spring] == ["개최", "취소"]
    assert [row[head.index("참여업체 수")] for row in spring] == [None, 3]


def test_the_sheet_follows_the_filters(staff: Client) -> None:
    assert not [row for row in rows(staff, URL + "?year=2022") if "봄 장터" in row]
    assert any("연도: 2022" in str(value) for row in rows(staff, URL + "?year=2022") for value in row)
    assert staff.get(URL + "?jahr=2022").status_code == 400


def test_who_took_part(staff: Client) -> None:
    table = body(rows(staff, "/markets/participations.xlsx"), "기업명")
    head = table[0]
    found = [
        (row[head.index("기업명")], row[head.index("등록 여부")], row[head.index("매출액")])
        for row in table[1:3]
    ]
    assert found == [("㈜나무(예시)", "등록", 500_000), ("길모퉁이 공방", "미등록", "-")]


def test_an_administrator_takes_no_figures_out(client_as: Callable[[str], Client]) -> None:
    assert client_as("admin").get(URL).status_code == 403
    assert "days.xlsx" not in client_as("admin").get("/markets/").content.decode()
