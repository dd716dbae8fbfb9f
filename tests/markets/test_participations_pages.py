"""Who took part: search, one, many, the grid, void, and the enterprise's own history."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from enterprises.models import Enterprise
from markets.models import MarketDay, MarketEvent

from . import factories as make


@pytest.fixture
def day(db: None) -> MarketDay:
    return make.day(make.event(), date(2024, 3, 28))


@pytest.fixture
def event(day: MarketDay) -> MarketEvent:
    return day.event


@pytest.fixture
def tree(db: None) -> Enterprise:
    return make.enterprise("㈜나무(예시)", address="조원로 1")


def add(client: Client, event: MarketEvent, **values: object) -> str:
    url = f"/markets/events/{event.pk}/participations/add/"
    return client.post(url, values, follow=True).content.decode()


def test_options_find_enterprises_without_their_legal_form(staff: Client, tree: Enterprise) -> None:
    text = staff.get("/markets/participations/options/", {"name": "(주) 나무"}).content.decode()
    assert 'value="㈜나무(예시)"' in text
    assert staff.get("/markets/participations/options/").content.decode().strip() == ""


def test_an_enterprise_is_found_by_its_name(
    staff: Client, event: MarketEvent, day: MarketDay, tree: Enterprise
) -> None:
    add(staff, event, name="나무(예시) 주식회사", day=day.pk, sales="1,200,000")
    part = event.participations.get()
    assert (part.enterprise, part.vendor_name, part.day, part.sales) == (tree, "", day, 1_200_000)


def test_a_name_outside_the_register_is_kept_and_told(staff: Client, event: MarketEvent) -> None:
    assert "미등록 업체로 기록" in add(staff, event, name="길모퉁이 공방")
    part = event.participations.get()
    assert (part.enterprise, part.vendor_name, part.day) == (None, "길모퉁이 공방", None)


def test_the_same_vendor_twice_a_day_is_refused(
    staff: Client, event: MarketEvent, day: MarketDay, tree: Enterprise
) -> None:
    for name in ("나무(예시)", "길모퉁이 공방"):
        add(staff, event, name=name, day=day.pk)
        assert "이미 참여로 기록되어" in add(staff, event, name=name, day=day.pk)
    assert event.participations.count() == 2


def test_a_name_that_several_share_is_asked_about(
    staff: Client, event: MarketEvent, tree: Enterprise
) -> None:
    make.enterprise("나무(예시)", address="난곡로 2")
    text = add(staff, event, name="나무(예시)")
    assert "여럿입니다" in text
    assert "난곡로 2" in text
    assert not event.participations.exists()


@pytest.mark.parametrize("sales", ["많음", "△5"])
def test_sales_that_cannot_be_are_refused(staff: Client, event: MarketEvent, sales: str) -> None:
    add(staff, event, name="공방", sales=sales)
    assert not event.participations.exists()


def test_many_are_pasted_from_a_sheet(
    staff: Client, event: MarketEvent, day: MarketDay, tree: Enterprise
) -> None:
    names = "나무(예시)\t1,200,000\n\n길모퉁이 공방\n셋째 공방\t50만원"
    staff.post(f"/markets/events/{event.pk}/participations/add-many/", {"day": day.pk, "names": names})
    found = [(part.enterprise, part.vendor_name, part.sales) for part in event.participations.order_by("pk")]
    assert found == [(tree, "", 1_200_000), (None, "길모퉁이 공방", None), (None, "셋째 공방", 500_000)]


def test_one_bad_line_saves_none(staff: Client, event: MarketEvent) -> None:
    url = f"/markets/events/{event.pk}/participations/add-many/"
    text = staff.post(url, {"names": "공방\n다른 공방\t약 백만원\n셋째\t1\t2"}).content.decode()
    assert "2번째 줄" in text
    assert "3번째 줄" in text
    assert not event.participations.exists()


def test_the_grid_saves_sales(staff: Client, event: MarketEvent, day: MarketDay) -> None:
    part = make.took_part(event, "공방", day)
    data = {f"p{part.pk}-sales": "300,000", f"p{part.pk}-note": "첫 참여", f"p{part.pk}-revision": 1}
    url = f"/markets/events/{event.pk}/participations/"
    staff.post(url, data)
    part.refresh_from_db()
    assert (part.sales, part.note) == (300_000, "첫 참여")
    told = staff.post(url, data | {f"p{part.pk}-sales": "1"}).content.decode()
    assert "먼저 고쳤습니다" in told
    part.refresh_from_db()
    assert part.sales == 300_000


def test_voiding_one(staff: Client, event: MarketEvent) -> None:
    part = make.took_part(event, "공방")
    staff.post(f"/markets/participations/{part.pk}/void/", {"reason": "오지 않음"})
    part.refresh_from_db()
    assert part.is_void


def test_an_enterprise_has_its_history(
    auditor: Client, event: MarketEvent, day: MarketDay, tree: Enterprise
) -> None:
    make.took_part(event, tree, day, sales=1_200_000)
    text = auditor.get(f"/markets/enterprises/{tree.pk}/history/").content.decode()
    assert "1,200,000" in text
    assert "<html" not in text
    assert (
        "해당 없음"
        in auditor.get(f"/markets/enterprises/{make.enterprise('새싹').pk}/history/").content.decode()
    )
    assert auditor.get("/markets/enterprises/987654321/history/").status_code == 404


@pytest.mark.parametrize("role", ["manager", "coordinator", "auditor", "admin"])
def test_only_staff_writes(client_as: Callable[[str], Client], event: MarketEvent, role: str) -> None:
    part = make.took_part(event, "공방")
    client = client_as(role)
    base = f"/markets/events/{event.pk}/participations/"
    for url in (base, base + "add/", base + "add-many/", f"/markets/participations/{part.pk}/void/"):
        assert client.post(url, {}).status_code == 403


def test_unknown_ones_are_not_found(staff: Client) -> None:
    assert staff.post("/markets/events/987654321/participations/add/", {"name": "공방"}).status_code == 404
    assert staff.get("/markets/participations/987654321/void/").status_code == 404


def test_the_history_begins_with_the_newest_day(auditor: Client, tree: Enterprise) -> None:
    for name, on in (("둘째", date(2023, 5, 1)), ("셋째", date(2024, 5, 1)), ("첫째", date(2022, 5, 1))):
        event = make.event(name)
        make.day(event, on)
        make.took_part(event, tree)
    text = auditor.get(f"/markets/enterprises/{tree.pk}/history/").content.decode()
    assert text.index("셋째") < text.index("둘째") < text.index("첫째")
    assert "2024. 5. 1. 행사 전체" in text
