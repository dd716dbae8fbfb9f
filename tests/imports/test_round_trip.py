"""What a register's download says is imported as "0 new, 0 changed"."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Office
from common.voiding import void
from enterprises.models import Enterprise
from markets.models import Market, MarketDay, MarketEvent, Participation
from pledges.importing import DOWNLOADS
from subsidies.disbursing import give_back
from subsidies.models import Disbursement
from tests import factories
from tests.enterprises import factories as register
from tests.imports.conftest import Run
from tests.pledges import factories as plans
from tests.subsidies import factories as ledger

pytestmark = pytest.mark.django_db
GAON = "㈜가온(예시)"


def downloaded(client: Client, path: str) -> bytes:
    response: Any = client.get(path)
    assert response.status_code == 200, path
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def unchanged(ran: Any, rows: int) -> None:
    assert (ran.code, ran.counts) == (0, f"new: 0 changed: 0 unchanged: {rows}"), ran.lines


def test_ledger(staff: Client, import_rows: Run) -> None:
    program, hosted = ledger.program(), ledger.program("민간위탁", pays_enterprises=False)
    ledger.year(program)
    firm = ledger.enterprise(GAON)
    paid = ledger.disbursement(program, 5_000_001, enterprise=firm, note="첫째\n줄", installment="1차")
    ledger.disbursement(program, 5_000_001, enterprise=firm)
    ledger.disbursement(program, 700, national=300, city=300, district=100, recipient_text="9개 기업")
    ledger.disbursement(hosted, 67_055_000, entrustment=ledger.entrustment(hosted))
    ledger.disbursement(hosted, 43_560_000, contract=ledger.contract(hosted))
    give_back(paid, 1_000_000, date(2024, 12, 1))
    gone = ledger.disbursement(program, 8_000_000, enterprise=firm)
    void(gone, factories.user(username="another"), "두 번 적음")
    Office.objects.update_or_create(pk=1, defaults={"closed_through": date(2024, 12, 31)})
    content = downloaded(staff, "/subsidies/disbursements/ledger.xlsx")
    rows = Disbursement.objects.count()
    assert import_rows("disbursements", content).counts in (
        f"new: 0 changed: 0 unchanged: {rows}",
        f"new: 0 changed: 0 unchanged: {rows - 1}",
    )
    assert import_rows("disbursements", content).code == 0


def test_awards(staff: Client, import_rows: Run) -> None:
    program = ledger.program()
    firm = ledger.enterprise(GAON, business_number="1234567891")
    ledger.award(program, firm, headcount=3)
    ledger.award(program, firm, decided_on=None)
    unchanged(import_rows("awards", downloaded(staff, "/subsidies/awards/awards.xlsx")), 2)


def test_enterprises(staff: Client, import_rows: Run) -> None:
    firm = Enterprise.objects.create(
        name=GAON, business_number="1234567891", address="관악로 1", phone="010-1-2"
    )
    register.designation(firm, "certified", starts_on=date(2020, 1, 1), expires_on=date(2022, 12, 31))
    register.designation(
        firm, "certified", starts_on=date(2023, 1, 1), ended_on=date(2023, 6, 1), end_reason="취소"
    )
    register.designation(Enterprise.objects.create(name="나래협동조합(예시)"), "cooperative")
    Enterprise.objects.create(name="자격없음(예시)")
    unchanged(import_rows("enterprises", downloaded(staff, "/enterprises/export.xlsx")), 4)


def test_market_days_and_participations(staff: Client, import_rows: Run) -> None:
    market = Market.objects.create(name="관악 꿈시장", short_name="꿈시장")
    event = MarketEvent.objects.create(
        market=market, name="봄(예시)", place="광장", vendors=36, sales=84_000_000
    )
    day = MarketDay.objects.create(event=event, day=date(2023, 4, 27), state="held", vendors=30)
    MarketDay.objects.create(event=event, day=date(2023, 4, 28), state="cancelled")
    online = MarketEvent.objects.create(
        market=market,
        name="온라인(예시)",
        mode="online",
        starts_on=date(2023, 8, 17),
        ends_on=date(2023, 9, 1),
    )
    Participation.objects.create(event=event, day=day, enterprise=ledger.enterprise(GAON), sales=1_000_000)
    Participation.objects.create(event=event, vendor_name="길손(예시)")
    Participation.objects.create(event=online, vendor_name="길손(예시)", sales=30_000)
    for kind, path in (
        ("market-days", "/markets/days.xlsx"),
        ("participations", "/markets/participations.xlsx"),
    ):
        ran = import_rows(kind, downloaded(staff, path))
        assert (ran.code, ran.counts.startswith("new: 0 changed: 0")) == (0, True), ran.lines


def test_results(staff: Client, import_rows: Run) -> None:
    pledge, other = plans.pledge("가-1"), plans.pledge("1-3")
    level, decimal = plans.enterprises(pledge), plans.indicator(pledge, 1, name="만족도")
    plans.result(level, 2024, 4, "233", reason="=집계 전 명단")
    plans.result(decimal, 2024, 1, "82.125", note="= 반올림 전, ‘첫째’\n둘째 줄")
    plans.result(decimal, 2024, 2, "0")
    plans.result(decimal, 2026, 1, "12345.6789", note="#1 자료")
    for no in (1, 2):
        plans.result(plans.indicator(other, no, name="횟수"), 2023, 1, str(no), reason="없음")
    Office.objects.update_or_create(pk=1, defaults={"closed_through": date(2024, 12, 31)})
    content = downloaded(staff, "/pledges/results.xlsx?term=민선8기")
    unchanged(import_rows("results", content), 6)
    narrow = downloaded(staff, "/pledges/results.xlsx?term=민선8기&pledge=가-1&year=2024")
    unchanged(import_rows("results", narrow), 3)


def test_an_empty_download(staff: Client, import_rows: Run) -> None:
    plans.pledge()
    unchanged(import_rows("results", downloaded(staff, "/pledges/results.xlsx?term=민선8기")), 0)


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("enterprises", "/enterprises/"),
        ("awards", "/subsidies/awards/"),
        ("disbursements", "/subsidies/disbursements/"),
        ("market-days", "/markets/"),
        ("participations", "/markets/"),
        ("results", "/pledges/가-1/results/?term=민선8기"),
    ],
)
def test_the_register_offers_its_template_and_download(staff: Client, code: str, path: str) -> None:
    plans.pledge()
    for page in (path, "/imports/"):
        shown = staff.get(page).content.decode()
        assert f"/imports/template/{code}/" in shown
        assert reverse(DOWNLOADS[code]) in shown
