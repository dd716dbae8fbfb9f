"""A long draft is read once; a page, a filter and a decision look at what was kept, until anything changes."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.importing.reading import read
from accounts.models import ImportBatch
from enterprises.models import Enterprise
from pledges.importing import blocks, kept
from subsidies.models import Disbursement, Program
from tests.imports.sheets import csv_bytes
from tests.subsidies import factories as ledger

HEADER = ["교부일", "사업", "수령자", "금액"]
GAON = "가온협동조합(예시)"
PAID = ["2024-03-05", "일자리창출사업", GAON, 5_000_000]


@pytest.fixture
def jobs(db: None, monkeypatch: pytest.MonkeyPatch) -> Program:
    caches["previews"].clear()
    monkeypatch.setattr(blocks, "BLOCK", 2)
    program = ledger.program()
    ledger.year(program)
    ledger.award(program, ledger.enterprise(GAON), 90_000_000)
    return program


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A name for every time that the file was read and checked."""
    seen: list[str] = []

    def counted(*args: Any, **more: Any) -> Any:
        seen.append("read")
        return read(*args, **more)

    monkeypatch.setattr(kept, "read", counted)
    return seen


def drafted(client: Client, rows: Any) -> ImportBatch:
    file = SimpleUploadedFile("표.csv", csv_bytes(rows))
    assert client.post("/imports/new/disbursements/", {"file": file}).status_code == 302
    return ImportBatch.objects.latest("pk")


def page(client: Client, batch: ImportBatch, query: str = "") -> str:
    return str(client.get(f"/imports/{batch.pk}/{query}").content.decode())


def post(client: Client, batch: ImportBatch, action: str, **data: Any) -> Any:
    batch.refresh_from_db()
    return client.post(f"/imports/{batch.pk}/{action}/", {"revision": batch.revision, **data})


def test_filters_and_decisions_read_nothing_again(staff: Client, jobs: Program, readings: list[str]) -> None:
    batch = drafted(staff, [HEADER, PAID, PAID, [*PAID[:3], 6_000_000], PAID])
    shown = page(staff, batch)
    assert "6000000" in page(staff, batch, "?state=new")
    question = re.search(
        r'name="row" value="(표!3)"><input type="hidden" name="question" value="(\w+)"', shown
    )
    assert question
    post(staff, batch, "decide", row=question[1], question=question[2], answer="skip")
    assert "결정 거두기" in page(staff, batch)
    post(staff, batch, "decide", answer_all="accept")
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', page(staff, batch))
    assert readings == ["read"]
    assert fingerprint
    post(staff, batch, "confirm", fingerprint=fingerprint[1], rows=1)
    assert Disbursement.objects.count() == 3


def test_what_anybody_saves_is_seen_at_the_next_look(
    staff: Client, jobs: Program, readings: list[str]
) -> None:
    batch = drafted(staff, [HEADER, *([*PAID[:3], won * 1_000_000] for won in (1, 2, 3))])
    assert "3줄 저장" in page(staff, batch)
    firm = Enterprise.objects.get(name=GAON)
    ledger.disbursement(jobs, 1_000_000, enterprise=firm, paid_on=date(2024, 3, 5))
    assert "2줄 저장" in page(staff, batch)
    assert len(readings) == 2


def test_a_typed_cell_is_read(staff: Client, jobs: Program, readings: list[str]) -> None:
    batch = drafted(staff, [HEADER, PAID, [*PAID[:3], "5.000"], [*PAID[:3], 7_000_000]])
    assert 'value="5.000"' in page(staff, batch)
    post(staff, batch, "edit", **{"cell|표!3|금액": "8,000천원", "was|표!3|금액": "5.000"})
    shown = page(staff, batch)
    assert ("8,000천원" in shown, "3줄 저장" in shown) == (True, True)


@pytest.mark.parametrize("block", ["texts-1", "outcomes-1"])
def test_rows_that_the_cache_threw_out_are_read_again(
    staff: Client, jobs: Program, readings: list[str], block: str
) -> None:
    batch = drafted(staff, [HEADER, *([*PAID[:3], won * 1_000_000] for won in (1, 2, 3))])
    page(staff, batch)
    names = list(caches["previews"]._cache)  # type: ignore[attr-defined]
    caches["previews"].delete_many(name.rpartition(":")[2] for name in names if name.endswith(block))
    assert "3000000" in page(staff, batch)
    assert len(readings) == 2


def test_a_refused_confirmation_reads_anew(staff: Client, jobs: Program, readings: list[str]) -> None:
    """Even where the change is of the kind that no history tells (a restored backup)."""
    batch = drafted(staff, [HEADER, PAID, [*PAID[:3], 6_000_000], [*PAID[:3], 7_000_000]])
    page(staff, batch)
    post(staff, batch, "confirm", fingerprint="another", rows=1)
    page(staff, batch)
    assert len(readings) == 2
    assert not Disbursement.objects.exists()


def test_every_history_is_watched(db: None) -> None:
    tables = {table for table, _ in kept.histories()}
    assert {"subsidies_historicaldisbursement", "accounts_historicaloffice"} <= tables


@pytest.mark.django_db(transaction=True)
def test_reading_a_big_file_tells_how_far_it_has_come(
    staff: Client, jobs: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "BIG", 10)
    batch = drafted(staff, [HEADER, PAID])
    response: Any = staff.get(f"/imports/{batch.pk}/")
    said = b"".join(response.streaming_content).decode()
    assert ("확인하는 중 1줄" in said, "data-next" in said) == (True, True)
    assert "1줄 저장" in page(staff, batch)
    nothing = drafted(staff, [["이름칸", "뭐하는곳"], ["가", "나"]])
    response = staff.get(f"/imports/{nothing.pk}/")
    assert "머리글 줄을 찾지 못했습니다" in b"".join(response.streaming_content).decode()
    assert "표를 읽지 못했습니다" in page(staff, nothing)


def test_nothing_stays_behind(staff: Client, jobs: Program) -> None:
    """What was kept holds texts of cells: it goes with the draft."""
    for action in ("drop", "confirm"):
        batch = drafted(staff, [HEADER, *([*PAID[:3], won * 1_000_000] for won in (1, 2, 3))])
        fingerprint = re.search(r'name="fingerprint" value="(\w+)"', page(staff, batch))
        assert fingerprint
        assert caches["previews"]._cache  # type: ignore[attr-defined]
        post(staff, batch, action, fingerprint=fingerprint[1], rows=1)
        assert not caches["previews"]._cache  # type: ignore[attr-defined]
