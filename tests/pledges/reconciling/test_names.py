"""One enterprise under two spellings."""

import pytest

from enterprises.models import Enterprise
from markets.models import MarketEvent, Participation
from tests.subsidies import factories as money

from .conftest import Clean, Found, told


def without_register(clean: Clean) -> None:
    clean.pledge.shows_register = False
    clean.pledge.save()
    clean.enterprises.measure = ""
    clean.enterprises.save()


@pytest.mark.parametrize("name", ["㈜ 가나다(예시)", "가나다(예시) 주식회사", "가 나 다(예시)"])
def test_the_same_name_but_for_its_form(clean: Clean, found: Found, name: str) -> None:
    other = Enterprise.objects.create(name=name)
    (one,) = found()
    assert (one.code, told(one)[:3]) == ("twins", ("주의", "가나다(예시)", name))
    assert one.link == f"/enterprises/merge/?target={clean.firm.pk}&source={other.pk}"


def test_two_numbers_are_likely_two_enterprises(clean: Clean, found: Found) -> None:
    Enterprise.objects.update(business_number="1234567891")
    Enterprise.objects.create(name="㈜가나다(예시)", business_number="2208162517")
    assert [told(one)[0] for one in found()] == ["참고"]


def test_one_number_under_two_names(clean: Clean, found: Found) -> None:
    Enterprise.objects.update(business_number="2208162517")
    Enterprise.objects.create(name="라마바(예시)", business_number="2208162517", branch_number="0001")
    (one,) = found()
    assert (told(one)[0], one.right.text) == ("참고", "라마바(예시) 220-81-62517")


def test_a_voided_spelling_is_settled(clean: Clean, found: Found) -> None:
    Enterprise.objects.create(
        name="㈜가나다(예시)", voided_at="2024-05-01T00:00:00Z", void_reason="합침", merged_into=clean.firm
    )
    assert found() == []


def test_without_the_register_only_those_that_are_paid_or_awarded(clean: Clean, found: Found) -> None:
    without_register(clean)
    for name in ("라마바(예시)", "㈜라마바(예시)"):
        firm = Enterprise.objects.create(name=name)
    assert found() == []
    money.award(clean.grants, firm, 1_000_000, year=2025, decided_on=None)
    assert [one.code for one in found()] == ["twins"]


def test_a_vendor_told_of_by_name_that_is_registered(clean: Clean, found: Found) -> None:
    event = MarketEvent.objects.get()
    Participation.objects.create(event=event, vendor_name="동네빵집(예시)")
    assert found() == []
    Participation.objects.create(event=event, vendor_name="㈜ 가나다(예시)")
    (one,) = found()
    assert (one.code, told(one)[:3]) == ("vendor_name", ("참고", "㈜ 가나다(예시)", "가나다(예시)"))
    assert one.link == f"/markets/events/{event.pk}/"
