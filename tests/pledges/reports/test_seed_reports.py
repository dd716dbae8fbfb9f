"""Every report on the seed: it foots, its file says the same, LibreOffice computes what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from documents.hwpx import page_bytes
from documents.xlsx import table_bytes
from pledges.reports import REPORTS
from tests.documents.hwpx_reader import blocks_of, expected
from tests.documents.office import assert_computed_alike, needs_office
from tests.pledges.reports.asking import printed, rows

# Without the mark pytest-django sets up no test database for the fixture below.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

QUESTIONS = [
    {"start": "2022-01-01", "end": "2024-04-30", "unit": "백만원"},
    {"start": "2022-07-01", "end": "2024-03-31", "unit": "천원"},
    {"start": "2023-01-01", "end": "2023-12-31", "unit": "원"},
]


def address(slug: str, question: dict[str, str]) -> dict[str, str]:
    fields = REPORTS[slug].filters.base_fields
    return {name: value for name, value in question.items() if name in fields}


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_seed", stdout=StringIO())
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("slug", REPORTS)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["unit"])
def test_sums_stand_under_the_header_and_add_up(seeded: None, slug: str, question: dict[str, str]) -> None:
    for table in printed(slug, **address(slug, question)).tables:
        body = list(table.values())
        for values in body:
            for at, parts in table.part_indexes().items():
                if values[at] is None or isinstance(values[at], str):
                    continue
                less = sum(values[part] for part in table.minus_indexes().get(at, ()))
                assert values[at] == sum(values[part] for part in parts) - less, (table.title, values)
        if table.sums:
            total = table.grid().rows[len(table.head())]
            assert total[0].text == "계"


@needs_office
def test_libreoffice_computes_what_every_report_prints(seeded: None) -> None:
    books = [
        table_bytes(*(table for slug in REPORTS for table in printed(slug, **address(slug, question)).tables))
        for question in QUESTIONS
    ]
    assert sum(map(len, assert_computed_alike(*books))) > 200


@pytest.mark.parametrize("slug", REPORTS)
def test_the_document_holds_every_table(seeded: None, slug: str) -> None:
    report = printed(slug, **address(slug, QUESTIONS[0]))
    assert blocks_of(page_bytes(report.page())) == expected(report.page())


def test_the_office_s_own_figures(seeded: None) -> None:
    """The seed's contract: 233 enterprises, 82.5, 3,707 백만 원, 12 committee members."""
    pledge = rows("pledges", end="2024-03-31", unit="백만원")
    assert pledge[1][:6] == ["1", "1-3", "사회적경제 활성화", pledge[1][3], pledge[1][4], "이행 후 지속추진"]
    assert pledge[1][7:12] == ["82.5", "100.0", "3,707", "-", "1,120"]
    kinds = rows("enterprises", end="2024-03-31")
    assert kinds[0][0] == "계"
    assert kinds[0][-3] == "233"
    assert [row[-3] for row in kinds[1:]] == ["19", "7", "5", "198", "4"]
    dongs = rows("enterprises", at=1, end="2024-03-31")
    assert dongs[0][1] == "233"
    assert dongs[-1][1] == "상세 미등록분"
    assert rows("committees", end="2024-03-31")[1][2] == "12"


def test_manifesto_money_is_the_card_s(seeded: None) -> None:
    money = rows("manifesto", at=1, end="2024-03-31", unit="백만원")
    assert money[0][1] == "3,707"
    assert [row[1] for row in money[1:]] == ["1,894", "517", "1,296", "-"]
    assert money[0][5:8] == ["1,120", "1,120", "-"]
    states = rows("manifesto", end="2024-03-31")
    assert states[1][2] == "1"


def test_each_year_s_achievement_is_unknown_before_the_opening(seeded: None) -> None:
    """233/232, 43/26 and 16/16 at the opening (DOMAIN §3.11); the years before it are not guessed."""
    years = rows("manifesto", at=2, end="2024-03-31")
    assert [row[0] for row in years] == ["2022년", "2023년", "2024년"]
    assert years[1][2:] == ["3", "0", "0", "0", "3", "–", "–"]
    assert years[2][2:7] == ["3", "3", "3", "0", "0"]
    assert years[2][7] == "100.0"


def test_before_the_opening_a_total_is_not_guessed(seeded: None) -> None:
    kinds = rows("enterprises", start="2022-01-01", end="2023-06-30")
    assert "집계 불가" in kinds[0]
    pledge = rows("pledges", start="2022-01-01", end="2024-02-01", unit="백만원")
    assert pledge[0][-3] == "집계 불가"


def test_market_days_not_events(seeded: None) -> None:
    years = rows("markets", start="2023-01-01", end="2023-12-31")
    assert years[0][0] == "계"
    assert years[0][1:3] == ["5", "12"]
