"""The card as a document of 한글: every figure of the contract, read back by readers that are not ours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from hwpx.document import HwpxDocument
from hwpx.tools.package_validator import validate_editor_open_safety

from common.money import cell as money_text
from documents.reading.card_file import document_text
from pledges.card import build_card
from pledges.card.files import WRITERS, card_hwpx
from pledges.card.model import Adjusted, Card, ClosingMark, LogRow
from pledges.card.paper import card_page
from pledges.models import Pledge
from pledges.reading.parse import Options, read_card
from tests.documents.hwpx_reader import blocks_of, expected, needs_rhwp, read_by_rhwp
from tests.pledges import cards

# Without the mark pytest-django sets up no test database for the fixture below.
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

CONTRACT: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "card-1-3.json").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def seed_card(django_db_setup: None, django_db_blocker: Any) -> Iterator[Card]:
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_seed", stdout=StringIO())
        pledge = Pledge.objects.get(number="1-3", term__name="민선8기")
        yield build_card(pledge, date(2024, 3, 31))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def seed_file(seed_card: Card) -> bytes:
    return card_hwpx(seed_card)


def rows_of(content: bytes) -> list[list[str]]:
    """Every table row of the document, without its empty cells; paragraphs are rows of one."""
    found: list[list[str]] = []
    for block in blocks_of(content):
        if isinstance(block, str):
            found.append([block])
            continue
        by_row: dict[int, list[str]] = {}
        for row, _, _, _, text in block:
            by_row.setdefault(row, []).append(text)
        found += [[text for text in row if text] for row in by_row.values()]
    return found


def test_every_block_comes_back(seed_card: Card, seed_file: bytes) -> None:
    assert blocks_of(seed_file) == expected(card_page(seed_card))


def test_every_figure_of_the_contract_is_inside(seed_file: bytes) -> None:
    rows = rows_of(seed_file)
    assert [
        money_text(CONTRACT["total_cost"][s]) for s in ("total", "national", "city", "district", "other")
    ] in rows
    assert ["233", "26", "19", "7", "5", "198", "4"] in rows
    assert ["2024년도", "6", "7", "9,487", "2", "3", "3,709", "4", "4", "5,778"] in rows
    assert ["지원예정 미정", "80,000"] in rows
    for row in CONTRACT["indicators"]:
        name = [str(row["no"]), row["plan"], row["name"], row["unit"]]
        assert [*name, str(row["term_target"]), *map(str, row["annual_targets"].values())] in rows
        quarters = ["-" if value is None else str(value) for value in row["quarter_targets"]["2024"]]
        assert [*name, str(row["annual_targets"]["2024"]), *quarters] in rows
        result = [str(row["no"]), str(row["weight"]), row["name"], row["unit"], str(row["term_target"])]
        assert [*result, str(row["actual"]), row["rate"]] in rows
    assert ["총 이행률(%)", CONTRACT["overall_rate"]] in rows


def test_money_log_and_people_are_inside(seed_file: bytes) -> None:
    rows = rows_of(seed_file)
    for source, name in {"total": "총 계", "national": "국 비", "city": "시 비", "district": "구 비"}.items():
        money = CONTRACT["execution"][source]
        figures = [money["total"], money["in_term"], *money["by_year"].values(), money["after_term"]]
        assert [name, *map(money_text, figures)] in rows
    for row in CONTRACT["schedule"]:
        assert [str(row["no"]), row["date"], row["title"], row["detail"]] in rows
    for row in CONTRACT["engagement"]:
        assert [str(row["no"]), row["date"], row["kind"], row["detail"]] in rows
    told = "\n".join(text for row in rows for text in row)
    for person in CONTRACT["officers"]:
        assert f"{person['name']}(☎{person['phone']})" in told
    for section in CONTRACT["sections"]:
        assert [line for line in section["lines"] if line not in told] == []


def test_python_hwpx_reads_the_same_cells(seed_card: Card, seed_file: bytes) -> None:
    document = HwpxDocument.open(BytesIO(seed_file))
    tables = [table for section in document.sections for p in section.paragraphs for table in p.tables]
    wanted = [block for block in expected(card_page(seed_card)) if not isinstance(block, str)]
    assert len(tables) == len(wanted)
    for table, cells in zip(tables, wanted, strict=True):
        for row, col, rows, cols, text in cells:
            found = table.cell(row, col)
            assert (found.span, found.text) == ((rows, cols), text)


@needs_rhwp
def test_rhwp_reads_the_same_cells(seed_card: Card, seed_file: bytes) -> None:
    found = read_by_rhwp(seed_file)
    wanted = json.loads(json.dumps(expected(card_page(seed_card))))
    assert found["blocks"] == wanted
    assert all(found["repeated"][1:])
    assert found["pages"] in (4, 5)


@pytest.mark.parametrize(
    "card",
    [
        cards.card(),
        cards.card(header={"confirmed_plan": False, "title": "<b>&\x01"}),
        cards.card(
            [cards.indicator(no, "10", "3", "2.5") for no in range(1, 11)],
            execution=cards.execution(range(2018, 2031), {"city": {2019: -3}}, after=4),
            closing=ClosingMark(year=2027, quarter=1, version=1, closed_on=date(2027, 4, 9)),
        ),
        cards.card([cards.indicator(1, None, None, None, known=Decimal(3))], execution=cards.execution(())),
        cards.card(
            schedule=[
                LogRow(
                    no=no, date_text="2027. 1. 1.", day=date(2027, 1, 1), title="일" * 40, detail="글 " * 90
                )
                for no in range(80)
            ]
        ),
    ],
)
def test_other_cards_open_too(card: Card) -> None:
    content = card_hwpx(card)
    assert blocks_of(content) == expected(printable_page(card))
    report = validate_editor_open_safety(content)
    assert (report.blocking_package_errors, report.validate_document.issues) == ((), ())


def printable_page(card: Card) -> Any:
    page = card_page(card)
    blocks = [
        type(block)(block.text.replace("\x01", ""), block.style, block.level)
        if hasattr(block, "text")
        else block
        for block in page.blocks
    ]
    return type(page)(page.title, blocks)


@pytest.mark.parametrize("form", WRITERS)
def test_an_adjusted_figure_is_marked_and_read_back_as_the_figure(form: str) -> None:
    """DOMAIN §4.5: paper marks it, and whoever reads the paper (our importer too) finds the printed figure."""
    adjusted = (Adjusted(source="city", column="2027", won=8_400_000),)
    part = cards.execution((2026, 2027), {"city": {2026: 3, 2027: 9}}, adjusted=adjusted)
    content = WRITERS[form](cards.card(execution=part))
    if form == "hwpx":
        assert ["시 비", "12", "12", "3", "9*", "-"] in rows_of(content)
    found = read_card(document_text(f"카드.{form}", content)[0], Options(), date(2027, 2, 1))
    assert found.faults.errors == []
    assert found.card.execution.cells["city", 2027] == 9_000_000


def test_the_command_writes_it() -> None:
    assert WRITERS["hwpx"] is card_hwpx
