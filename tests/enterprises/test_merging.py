"""Merging two records of one enterprise: everything moves, is recorded, and comes back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from enterprises.merging import CannotMerge, duplicates, merge, part
from enterprises.models import Designation, Enterprise
from markets.models import Market, MarketDay, MarketEvent, Participation
from subsidies.models import Disbursement
from tests import factories as accounts
from tests.enterprises import factories
from tests.subsidies import factories as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Enterprise, Enterprise]:
    """(the one that goes, the one that stays); both took part in one market day."""
    source = factories.enterprise("㈜나무(예시)", business_number="1234567891", address="관악로 1")
    target = factories.enterprise("나무 주식회사(예시)", industry="가구")
    factories.designation(source, "certified", starts_on=date(2020, 1, 1))
    factories.designation(source, "village", starts_on=date(2021, 1, 1))
    factories.designation(target, "certified", starts_on=date(2020, 6, 1))
    program = ledger.program()
    ledger.disbursement(program, enterprise=source, award=ledger.award(program, source))
    market = Market.objects.create(name="시장(예시)", short_name="시장")
    event = MarketEvent.objects.create(market=market, name="봄(예시)")
    day = MarketDay.objects.create(event=event, day=date(2023, 4, 27))
    for firm in (source, target):
        Participation.objects.create(event=event, day=day, enterprise=firm)
    return source, target


def test_everything_moves_and_doubles_are_void(two: tuple[Enterprise, Enterprise]) -> None:
    source, target = two
    done = merge(source, target, accounts.user(), "같은 기업")
    assert (done.moved, done.doubled) == (3, 2)
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.is_void, source.merged_into) == (True, target)
    assert (target.business_number, target.address, target.industry) == ("1234567891", "관악로 1", "가구")
    assert set(Designation.objects.live().values_list("kind__code", "enterprise")) == {
        ("certified", target.pk),
        ("village", target.pk),
    }
    paid = Disbursement.objects.get()
    assert paid.enterprise == paid.award.enterprise == target  # type: ignore[union-attr]
    assert paid.history.latest().history_change_reason == f"기업 합침 {source.pk}→{target.pk}"


def test_parting_brings_everything_back(two: tuple[Enterprise, Enterprise]) -> None:
    source, target = two
    user = accounts.user()
    merge(source, target, user, "같은 기업")
    source.refresh_from_db()
    assert part(source, user) == 5
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.is_void, source.merged_into, source.business_number) == (False, None, "1234567891")
    assert (target.business_number, target.industry) == ("", "가구")
    assert Disbursement.objects.get().enterprise == source
    assert source.designations.live().count() == 2
    assert Participation.objects.live().count() == 2


def test_what_came_later_stays_with_the_one_that_stayed(two: tuple[Enterprise, Enterprise]) -> None:
    source, target = two
    user = accounts.user()
    merge(source, target, user, "같은 기업")
    later = ledger.disbursement(ledger.program("다른 사업"), enterprise=target)
    source.refresh_from_db()
    part(source, user)
    later.refresh_from_db()
    assert later.enterprise == target


def test_not_with_itself_nor_twice(two: tuple[Enterprise, Enterprise]) -> None:
    source, target = two
    user = accounts.user()
    with pytest.raises((CannotMerge, ValueError)):
        merge(source, source, user, "x")
    merge(source, target, user, "x")
    with pytest.raises(CannotMerge):
        merge(source, target, user, "x")


def test_duplicates_ignore_the_legal_form(two: tuple[Enterprise, Enterprise]) -> None:
    factories.enterprise("다른곳(예시)")
    assert duplicates() == [list(two)]


def test_the_page_asks_shows_and_merges(staff: Client, two: tuple[Enterprise, Enterprise]) -> None:
    source, target = two
    told: dict[str, Any] = {"target": target.pk, "source": source.pk, "reason": "같은 기업"}
    assert "번으로 합치기" in staff.get("/enterprises/merge/").content.decode()
    shown = staff.post("/enterprises/merge/", told).content.decode()
    assert "유형·자격 2건" in shown
    assert not Enterprise.objects.get(pk=source.pk).is_void
    assert staff.post("/enterprises/merge/", told | {"sure": "1"}).status_code == 302
    assert Enterprise.objects.get(pk=source.pk).is_void
    assert staff.post(f"/enterprises/merge/{source.pk}/undo/").status_code == 302
    assert not Enterprise.objects.get(pk=source.pk).is_void


def test_only_who_edits_the_register(auditor: Client) -> None:
    assert auditor.get("/enterprises/merge/").status_code == 403
