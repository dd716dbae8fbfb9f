"""The CSV for publication: closed quarters only, the version that holds, no person."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from common.periods import Quarter
from pledges.closing import close_quarter
from pledges.models import Pledge
from tests.conftest import ClientAs
from tests.pledges import factories as make

AT = datetime(2024, 4, 5, tzinfo=UTC)


@pytest.fixture
def closed(seed: Pledge, users: Any) -> Pledge:
    close_quarter(seed.term, Quarter(2024, 1), users["coordinator"], at=AT, today=date(2024, 4, 5))
    return seed


def lines(response: Any) -> list[dict[str, str]]:
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_what_was_closed_and_nothing_later(closed: Pledge, staff: Client) -> None:
    make.pledge("나-1")
    found = lines(staff.get("/reports/published.csv"))
    assert {(row["연도"], row["분기"], row["공약번호"]) for row in found} == {("2024", "1", "1-3")}
    indicators = [row for row in found if row["구분"] == "확인지표"]
    assert [row["값"] for row in indicators] == ["233", "43", "16"]
    overall = next(row for row in found if row["구분"] == "총 이행률")
    assert overall["이행률(%)"] == "82.5"
    money = {(row["항목"], row["대상"]): row["값"] for row in found if row["구분"] == "예산 집행액"}
    assert money["계", "계"] == "1120"


def test_no_person_is_in_it(closed: Pledge, staff: Client) -> None:
    text = str(lines(staff.get("/reports/published.csv")))
    for officer in closed.officers.all():
        assert officer.name not in text
        assert officer.phone not in text


def test_one_quarter_is_asked_for(closed: Pledge, staff: Client) -> None:
    assert lines(staff.get("/reports/published.csv", {"year": 2024, "quarter": 1}))
    assert lines(staff.get("/reports/published.csv", {"year": 2023})) == []


@pytest.mark.parametrize(
    "address", [{"year": "올해"}, {"quarter": "5"}, {"wrong": "1"}, {"year": "9" * 5_000}]
)
def test_what_cannot_be_read_is_refused(staff: Client, address: dict[str, str]) -> None:
    assert staff.get("/reports/published.csv", address).status_code == 400


def test_not_for_the_administrator(client_as: ClientAs) -> None:
    assert client_as("admin").get("/reports/published.csv").status_code == 403
