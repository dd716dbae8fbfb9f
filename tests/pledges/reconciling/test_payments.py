"""Ledger rows by themselves."""

from datetime import date

import pytest

from accounts.models import Role
from common.voiding import void
from enterprises.models import Designation
from subsidies.disbursing import give_back
from subsidies.models import Award, Disbursement, Entrustment, Instalment
from tests import factories
from tests.subsidies import factories as money

from .conftest import Clean, Found, told


def pay(clean: Clean, *day: int, **fields: object) -> Disbursement:
    fields = {"enterprise": clean.firm} | fields
    return money.disbursement(clean.grants, 1_000_000, paid_on=date(*day), **fields)


def instalment(clean: Clean, label: str, *day: int, **fields: object) -> Disbursement:
    return money.disbursement(
        clean.centre.program,
        5_000_000,
        entrustment=clean.centre,
        installment=label,
        paid_on=date(*day),
        **fields,
    )


@pytest.mark.parametrize(
    ("day", "year", "accused"),
    [
        ((2024, 5, 2), 2024, False),
        ((2024, 5, 2), 2023, True),
        ((2024, 5, 2), 2025, True),
        ((2025, 1, 21), 2024, True),
    ],
)
def test_rows_whose_fiscal_year_cannot_be(
    clean: Clean, found: Found, day: tuple[int, int, int], year: int, accused: bool
) -> None:
    pay(clean, *day, fiscal_year=year)
    rows = found("fiscal_year", on=date(2025, 1, 31))
    assert [told(one)[:2] for one in rows] == [("중대", f"{year}년")] * accused


def test_january_pays_for_the_year_before(clean: Clean, found: Found) -> None:
    pay(clean, 2025, 1, 20, fiscal_year=2024)
    assert found(on=date(2025, 1, 31)) == []


def test_what_was_checked_is_for_knowing(clean: Clean, found: Found) -> None:
    pay(clean, 2024, 5, 2, fiscal_year=2023, needs_check="회계연도", checked_on=date(2024, 5, 3))
    assert [told(one)[0] for one in found("fiscal_year")] == ["참고"]


def test_the_same_payment_twice(clean: Clean, found: Found) -> None:
    pay(clean, 2024, 5, 2)
    assert found() == []
    again = pay(clean, 2024, 5, 2)
    (one,) = found()
    assert (one.code, told(one)) == ("duplicate", ("중대", "2,000,000원", "1,000,000원", "1,000,000원"))
    assert one.link.endswith(f"/{again.pk}/")
    void(again, factories.user(Role.STAFF), "두 번 적음")
    assert found() == []


def test_a_quarter_that_was_never_paid(clean: Clean, found: Found) -> None:
    Disbursement.objects.filter(pk=clean.second.pk).update(installment="3분기")
    (one,) = found("missing_instalment")
    assert told(one)[:3] == ("주의", "1분기·3분기", "2분기")


def test_quarters_of_an_ended_year_are_all_asked_for(clean: Clean, found: Found) -> None:
    Entrustment.objects.update(ends_on=date(2025, 12, 31))
    assert [one.right.text for one in found("missing_instalment", on=date(2024, 9, 30))] == ["3분기"]
    rows = found("missing_instalment", on=date(2025, 1, 31))
    assert [one.right.text for one in rows] == ["3분기", "4분기"]


def test_quarters_outside_the_agreement_are_not_asked_for(clean: Clean, found: Found) -> None:
    assert found(on=date(2025, 1, 31)) == []


def test_a_label_is_no_date(clean: Clean, found: Found) -> None:
    Entrustment.objects.update(ends_on=date(2024, 9, 30))
    instalment(clean, "3분기", 2024, 6, 29)
    assert found("missing_instalment", on=date(2024, 12, 31)) == []


def test_a_planned_quarter_of_a_year_without_any_payment(clean: Clean, found: Found) -> None:
    Entrustment.objects.update(ends_on=date(2025, 3, 31))
    instalment(clean, "3분기", 2024, 6, 29)
    instalment(clean, "4분기", 2024, 9, 29)
    assert found("missing_instalment", on=date(2025, 3, 31)) == []
    Instalment.objects.create(entrustment=clean.centre, year=2025, label="1분기", amount=5_000_000)
    assert [one.left.text for one in found("missing_instalment", on=date(2025, 3, 31))] == ["없음"]


def test_payments_that_are_not_quarterly_have_no_gaps(clean: Clean, found: Found) -> None:
    Disbursement.objects.filter(entrustment=clean.centre).update(installment="")
    assert found() == []


def test_an_enterprise_paid_without_a_designation_that_day(clean: Clean, found: Found) -> None:
    Designation.objects.update(expires_on=date(2024, 4, 30))
    assert found("undesignated") == []
    pay(clean, 2024, 5, 1)
    pay(clean, 2024, 5, 2)
    (one,) = found("undesignated")
    assert (one.where, told(one)[:3]) == ("집행 장부 가나다(예시)", ("주의", "2,000,000원", "없음"))
    assert "2024. 5. 1. 외 1건" in one.what


def test_an_undated_designation_holds(clean: Clean, found: Found) -> None:
    Designation.objects.update(starts_on=None)
    assert found("undesignated") == []


def test_an_enterprise_paid_before_its_award(clean: Clean, found: Found) -> None:
    Award.objects.update(decided_on=date(2024, 3, 6))
    (one,) = found("unawarded")
    assert told(one)[:3] == ("주의", "3,000,000원", "없음")


def test_an_award_of_the_year_before_is_carried_over(clean: Clean, found: Found) -> None:
    Award.objects.update(year=2023, decided_on=date(2023, 12, 1))
    assert found("unawarded") == []
    Award.objects.update(year=2022)
    assert [one.code for one in found("unawarded")] == ["unawarded"]


def test_rows_to_be_checked(clean: Clean, found: Found) -> None:
    Disbursement.objects.filter(pk=clean.grant.pk).update(needs_check="교부결정보다 많음")
    (one,) = found()
    assert (one.code, told(one)[:2]) == ("unchecked", ("주의", "1건"))
    assert one.link == f"/subsidies/disbursements/?program={clean.grants.pk}&fiscal_year=2024&check=on"
    Disbursement.objects.filter(pk=clean.grant.pk).update(checked_on=date(2024, 3, 6))
    assert found() == []


def test_the_link_to_rows_to_be_checked_opens(clean: Clean, found: Found, staff: object) -> None:
    Disbursement.objects.filter(pk=clean.grant.pk).update(needs_check="교부결정보다 많음")
    (one,) = found()
    page = staff.get(one.link)  # type: ignore[attr-defined]
    assert [row.pk for row in page.context["listing"].page] == [clean.grant.pk]


@pytest.mark.parametrize(
    ("label", "other", "accused"), [("3분기", "4분기", False), ("3분기", "3분기", True), ("3분기", "", True)]
)
def test_two_labelled_instalments_of_one_day(
    clean: Clean, found: Found, label: str, other: str, accused: bool
) -> None:
    for name in (label, other):
        instalment(clean, name, 2024, 6, 20)
    assert [one.code for one in found("duplicate")] == ["duplicate"] * accused


def test_the_same_payment_under_another_spelling_of_the_payee(clean: Clean, found: Found) -> None:
    pay(clean, 2024, 5, 2)
    money.disbursement(clean.grants, 1_000_000, recipient_text="㈜ 가나다(예시)", paid_on=date(2024, 5, 2))
    assert [told(one)[:2] for one in found("duplicate")] == [("중대", "2,000,000원")]
    (one,) = found("unregistered")
    assert told(one)[:3] == ("주의", "1,000,000원", "가나다(예시)")


def test_words_that_name_nobody_are_left_alone(clean: Clean, found: Found) -> None:
    for at, text in enumerate(("9개 기업", "참여기업", "2022년 신규 마을기업")):
        money.disbursement(clean.grants, 1_000_000, recipient_text=text, paid_on=date(2024, 5, 2 + at))
    assert found("unregistered") == []


def test_a_fiscal_year_typed_decades_off(clean: Clean, found: Found) -> None:
    row = pay(clean, 2024, 5, 2, fiscal_year=2004)
    assert [(one.left.text, one.link) for one in found("fiscal_year")] == [
        ("2004년", f"/subsidies/disbursements/{row.pk}/")
    ]


def test_a_return_booked_into_another_year_or_beyond_its_payment(clean: Clean, found: Found) -> None:
    back = give_back(clean.grant, 1_000_000, date(2024, 5, 2))
    assert found() == []
    Disbursement.objects.filter(pk=back.pk).update(fiscal_year=2025)
    assert [told(one)[:3] for one in found("return_year")] == [("중대", "2025년", "2024년")]
    Disbursement.objects.filter(pk=back.pk).update(fiscal_year=2024, district=-3_500_000)
    assert [told(one) for one in found()] == [("중대", "3,500,000원", "3,000,000원", "500,000원")]


def test_more_paid_than_was_decided(clean: Clean, found: Found) -> None:
    row = pay(clean, 2024, 5, 2, award=clean.award)
    assert found() == []
    Disbursement.objects.filter(pk=clean.grant.pk).update(award=clean.award)
    (one,) = found()
    assert (one.code, told(one)[:3]) == ("over_award", ("중대", "4,000,000원", "3,000,000원"))
    assert one.link == f"/subsidies/awards/{clean.award.pk}/"
    give_back(row, 1_000_000, date(2024, 5, 30))
    assert found() == []
