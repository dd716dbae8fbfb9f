from datetime import date

import pytest

from accounts.models import DeadlineRule
from subsidies.models import Entrustment, Instalment, ServiceContract
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
TRUSTS = "/subsidies/entrustments/"
CONTRACTS = "/subsidies/contracts/"


@pytest.fixture
def program():
    return make.program("민간위탁", pays_enterprises=False, regime="entrustment")


@pytest.fixture
def trust(program):
    return make.entrustment(program)


@pytest.fixture
def contract(program):
    return make.contract(program)


@pytest.fixture
def typed(program):
    return {
        "program": program.pk,
        "title": "센터 민간위탁",
        "renewal": "unknown",
        "renewal_word": "재위탁",
        "starts_on": "2025. 1. 1.",
        "ends_on": "2027. 12. 31.",
    }


def test_an_entrustment_keeps_the_documents_word(staff, typed):
    staff.post(f"{TRUSTS}new/", typed)
    row = Entrustment.objects.get()
    assert (row.renewal, row.renewal_word, row.ends_on) == ("unknown", "재위탁", date(2027, 12, 31))


def test_an_end_before_the_start_is_told(staff, typed):
    response = staff.post(f"{TRUSTS}new/", {**typed, "ends_on": "2024. 12. 31."})
    assert list(response.context["form"].errors) == ["ends_on"]


def test_more_than_the_rule_allows_is_a_doubt(staff, typed):
    DeadlineRule.objects.create(code="entrust_longest", title="상한", base="시작일", offset=36, unit="months")
    page = staff.post(f"{TRUSTS}new/", {**typed, "ends_on": "2028. 1. 1."}).content.decode()
    assert "36개월을 넘습니다" in page
    staff.post(f"{TRUSTS}new/", typed)
    assert Entrustment.objects.count() == 1


def test_an_entrustment_shows_plans_payments_and_deadlines(staff, trust, program):
    rules = {
        "entrust_evaluation": (-90, "days"),
        "entrust_application": (-3, "months"),
        "entrust_decision": (-30, "days"),
    }
    for code, (offset, unit) in rules.items():
        DeadlineRule.objects.create(code=code, title=code, base="만료일", offset=offset, unit=unit)
    staff.post(
        f"{TRUSTS}{trust.pk}/instalments/new/", {"year": "2024", "label": "2분기", "amount": "60,000,000"}
    )
    make.disbursement(program, 53_495_000, entrustment=trust, installment="2분기", paid_on=date(2024, 3, 29))
    make.disbursement(program, 67_055_000, entrustment=trust, installment="1분기", paid_on=date(2024, 1, 24))
    response = staff.get(f"{TRUSTS}{trust.pk}/")
    first, second = response.context["lines"]
    assert (first.label, first.planned, second.left) == ("1분기", None, 6_505_000)
    assert [due.on for due in response.context["deadlines"]] == [
        date(2024, 9, 30),
        date(2024, 10, 2),
        date(2024, 12, 1),
    ]
    assert response.context["paid"] == 120_550_000


def test_a_planned_instalment_is_voided(staff, trust):
    staff.post(f"{TRUSTS}{trust.pk}/instalments/new/", {"year": "2024", "label": "2분기", "amount": ""})
    row = Instalment.objects.get()
    staff.post(f"/subsidies/instalments/{row.pk}/void/", {"reason": "계획 변경"})
    assert not Instalment.objects.live().exists()


def test_a_contract_is_entered_and_its_payments_stand_against_the_sum(staff, program):
    typed = {
        "program": program.pk,
        "title": "운영 용역",
        "signed_on": "2024. 3. 19.",
        "amount": "43,560천 원",
    }
    staff.post(f"{CONTRACTS}new/", typed)
    row = ServiceContract.objects.get()
    make.disbursement(program, 20_000_000, contract=row)
    response = staff.get(f"{CONTRACTS}{row.pk}/")
    assert (response.context["paid"], response.context["left"]) == (20_000_000, 23_560_000)


@pytest.mark.parametrize("address", [TRUSTS, CONTRACTS])
def test_lists_are_searched_and_show_what_was_paid(staff, program, trust, contract, address):
    make.disbursement(program, 1_000, entrustment=trust)
    make.disbursement(program, 1_000, contract=contract)
    (row,) = staff.get(address).context["listing"].page
    assert row.paid == 1_000
    assert list(staff.get(f"{address}?q=없는").context["listing"].page) == []


@pytest.mark.parametrize("address", [TRUSTS, CONTRACTS])
def test_the_second_saver_is_told(staff, program, trust, contract, address):
    row = trust if address == TRUSTS else contract
    typed = {"program": program.pk, "title": "고친 이름", "renewal": "first", "revision": "1"}
    staff.post(f"{address}{row.pk}/edit/", typed)
    assert "먼저 고쳤습니다" in staff.post(f"{address}{row.pk}/edit/", typed).content.decode()


@pytest.mark.parametrize("address", [TRUSTS, CONTRACTS])
def test_roles_numbers_methods_and_voiding(client_as, staff, trust, contract, address):
    row = trust if address == TRUSTS else contract
    auditor = client_as("auditor")
    assert auditor.get(address).status_code == auditor.get(f"{address}{row.pk}/").status_code == 200
    for deed in ("new/", f"{row.pk}/edit/", f"{row.pk}/void/"):
        assert auditor.post(address + deed).status_code == 403
    assert staff.get(f"{address}987654321/").status_code == 404
    assert staff.post(f"{address}{row.pk}/").status_code == 405
    staff.post(f"{address}{row.pk}/void/", {"reason": "중복"})
    assert list(staff.get(address).context["listing"].page) == []
    assert len(staff.get(f"{address}?void=on").context["listing"].page) == 1


def test_constant_queries(staff, program, trust, django_assert_max_num_queries):
    for number in range(12):
        make.disbursement(program, 1_000, entrustment=trust, installment=f"{number}차")
        make.entrustment(program)
    with django_assert_max_num_queries(8):
        staff.get(TRUSTS)
    with django_assert_max_num_queries(12):
        staff.get(f"{TRUSTS}{trust.pk}/")


def test_an_agreement_that_was_paid_is_not_voided(staff, program, trust):
    make.disbursement(program, 1_000, entrustment=trust)
    staff.post(f"{TRUSTS}{trust.pk}/void/", {"reason": "중복"})
    assert Entrustment.objects.live().exists()


@pytest.mark.parametrize("text", ["㈜수탁법인", "수탁 법인(예시)", "통합 지원센터", "사회적경제통합지원센터"])
def test_agreements_are_found_whatever_the_spaces_and_the_legal_form(staff, trust, text):
    assert list(staff.get(TRUSTS, {"q": text}).context["listing"].page) == [trust]
    assert list(staff.get(TRUSTS, {"q": "다른 법인"}).context["listing"].page) == []


def test_the_lists_add_up_what_is_agreed_and_paid(staff, trust, contract, program):
    trust.amount, contract.amount = 70_000_000, 9_000_000
    trust.save()
    contract.save()
    make.disbursement(program, 30_000_000, entrustment=trust)
    make.disbursement(program, 4_000_000, contract=contract)
    assert staff.get(TRUSTS).context["totals"] == {"amount": 70_000_000, "paid": 30_000_000}
    assert staff.get(CONTRACTS).context["totals"] == {"amount": 9_000_000, "paid": 4_000_000}
    assert staff.get(f"{TRUSTS}?q=없는").context["totals"] == {"amount": 0, "paid": 0}
