"""Openings of 기업 수, 입주기업, 위원, 지원현황 and 집행액."""

from datetime import date

import pytest

from enterprises.models import DesignationKind, Member, MemberOpening, RegisterOpening, Tenancy, TenantOpening
from pledges.models import ExecutionOpening, IndicatorOpening
from subsidies.models import Award, SupportOpening
from tests.pledges import factories as make
from tests.subsidies import factories as money

from .conftest import OPENED, Clean, Found, told

LATER = date(2024, 5, 31)


@pytest.mark.parametrize("model", [TenantOpening, MemberOpening])
def test_a_part_of_a_register_itemised(clean: Clean, found: Found, model: type) -> None:
    model.objects.update(count=4)
    (one,) = found()
    assert (one.code, told(one)[0], one.gap) == ("opening_rest", "참고", -3)


def test_more_members_than_the_opening(clean: Clean, found: Found) -> None:
    Member.objects.create(committee=clean.committee, name="김둘(예시)", appointed_on=date(2023, 5, 1))
    (one,) = found()
    assert (one.code, one.where, told(one)) == (
        "opening_excess",
        "위원 위원회(예시)",
        ("중대", "2명", "1명", "1명"),
    )


def test_more_tenants_than_the_opening(clean: Clean, found: Found) -> None:
    Tenancy.objects.create(space=clean.space, enterprise=make.designated("라(예시)", LATER), starts_on=OPENED)
    assert [one.where for one in found()] == ["입주기업 나눔터(예시)"]


def test_more_designations_of_a_kind_than_the_opening(clean: Clean, found: Found) -> None:
    make.designated("라(예시)", date(2024, 3, 1))
    (one,) = found()
    assert (one.code, one.where, one.gap_text) == ("opening_excess", "기업 현황 협동조합", "1개소")


def test_a_pledge_that_does_not_use_the_register_is_not_asked(clean: Clean, found: Found) -> None:
    make.designated("라(예시)", date(2024, 3, 1))
    clean.pledge.shows_register = False
    clean.pledge.save()
    clean.enterprises.measure = ""
    clean.enterprises.save()
    assert found() == []


def test_later_openings_that_do_not_follow(clean: Clean, found: Found) -> None:
    RegisterOpening.objects.create(kind=DesignationKind.objects.get(), on=LATER, count=3)
    TenantOpening.objects.create(space=clean.space, on=LATER, count=3)
    MemberOpening.objects.create(committee=clean.committee, on=LATER, count=3)
    gaps = found("opening_gap")
    assert [told(one)[:3] for one in gaps] == [
        ("주의", "1개소", "3개소"),
        ("주의", "1개", "3개"),
        ("주의", "1명", "3명"),
    ]


def test_a_later_opening_with_what_began_between(clean: Clean, found: Found) -> None:
    make.designated("라(예시)", date(2024, 4, 10))
    RegisterOpening.objects.create(kind=DesignationKind.objects.get(), on=LATER, count=2)
    assert found() == []


def test_awards_above_the_openings_enterprises_and_won(clean: Clean, found: Found) -> None:
    other = money.enterprise("라(예시)", designated=date(2024, 4, 1))
    money.award(clean.grants, other, 2_000_000, decided_on=date(2024, 3, 20))
    firms, won = found()
    assert told(firms) == ("중대", "2개소", "1개소", "1개소")
    assert told(won) == ("중대", "5,000,000원", "3,000,000원", "2,000,000원")


def test_a_part_of_the_support_itemised(clean: Clean, found: Found) -> None:
    SupportOpening.objects.update(enterprises=6, amount=9_487_000)
    assert [(one.code, told(one)) for one in found()] == [
        ("opening_rest", ("참고", "1개소", "6개소", "△5개소"))
    ]


def test_a_later_opening_of_support_that_does_not_follow(clean: Clean, found: Found) -> None:
    money.award(clean.grants, clean.firm, 1_000_000, decided_on=date(2024, 5, 1))
    later = money.opening(clean.grants, 2024, LATER, 1, None, 4_000_000)
    assert found() == []
    later.amount = 5_000_000
    later.save()
    assert [told(one)[:3] for one in found()] == [
        ("주의", "4,000,000원", "5,000,000원"),
        ("참고", "4,000,000원", "5,000,000원"),
    ]


def test_a_later_opening_of_execution_that_does_not_follow(clean: Clean, found: Found) -> None:
    money.disbursement(clean.grants, 2_000_000, enterprise=clean.firm, paid_on=date(2024, 5, 2))
    later = ExecutionOpening.objects.create(
        pledge=clean.pledge, year=2024, on=LATER, fund="district", amount=25_000_000
    )
    assert found() == []
    later.amount = 27_000_000
    later.save()
    (one,) = found("opening_gap")
    assert told(one) == ("주의", "25,000,000원", "27,000,000원", "△2,000,000원")


def test_what_a_closing_wrote_is_no_opening(clean: Clean, found: Found) -> None:
    TenantOpening.objects.create(space=clean.space, on=LATER, count=3, closed=True)
    IndicatorOpening.objects.filter(indicator=clean.days).update(closed=False)
    assert found() == []


def test_a_support_table_printed_in_thousands_holds_won(clean: Clean, found: Found) -> None:
    Award.objects.update(amount=3_000_400)
    assert found() == []
    Award.objects.update(amount=3_001_000)
    assert [told(one) for one in found()] == [("중대", "3,001,000원", "3,000,000원", "1,000원")]


def test_every_enterprise_of_support_named_but_not_all_its_won_or_people(clean: Clean, found: Found) -> None:
    Award.objects.update(amount=2_000_000, headcount=3)
    assert {one.key.rpartition(":")[2]: told(one)[:3] for one in found()} == {
        "people": ("중대", "3명", "1명"),
        "won": ("참고", "2,000,000원", "3,000,000원"),
    }
