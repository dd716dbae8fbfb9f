from datetime import date

import pytest

from common.voiding import void
from subsidies.disbursing import give_back
from subsidies.models import Settlement, UpwardReturn
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
LIST = "/subsidies/settlements/"


@pytest.fixture
def award():
    return make.award(make.program(), make.enterprise("㈜가나다"), 10_000_000)


@pytest.fixture
def typed(award):
    return {
        "award": award.pk,
        "year": "2024",
        "reported_on": "2025. 2. 10.",
        "settled_on": "2025. 2. 28.",
        "granted": "10,000,000",
        "spent": "9,500,000",
        "disallowed": "100,000",
        "interest": "",
    }


@pytest.fixture
def row(award):
    return Settlement.objects.create(award=award, year=2024, granted=10_000_000, spent=9_000_000)


def test_a_settlement_says_what_is_to_come_back(staff, typed):
    staff.post(f"{LIST}new/", typed)
    row = Settlement.objects.get()
    assert (row.refund_due, row.interest) == (600_000, 0)


def test_the_entry_starts_from_what_was_handed_out(staff, award):
    make.disbursement(award.program, 7_000_000, enterprise=award.enterprise, award=award)
    form = staff.get(f"{LIST}new/?award={award.pk}").context["form"]
    assert (form["granted"].value(), form["year"].value()) == ("7,000,000", 2024)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("spent", "10,000,001"),
        ("disallowed", "9,500,001"),
        ("settled_on", "2025. 2. 9."),
        ("granted", "△1"),
        ("award", ""),
        ("interest", "1.5"),
    ],
)
def test_what_cannot_be_is_told_beside_the_field(staff, typed, field, value):
    response = staff.post(f"{LIST}new/", {**typed, field: value})
    assert list(response.context["form"].errors) == [field]
    assert not Settlement.objects.exists()


def test_what_is_settled_is_not_offered_again(staff, award, row):
    def offered(address):
        return award in staff.get(address).context["form"].fields["award"].queryset

    assert not offered(f"{LIST}new/")
    assert offered(f"{LIST}new/?award={award.pk}")
    assert offered(f"{LIST}{row.pk}/edit/")
    void(row, make.user(), "잘못")
    assert offered(f"{LIST}new/")


def test_a_settlement_is_of_one_thing(staff, typed):
    trust = make.entrustment(make.program("위탁", pays_enterprises=False))
    response = staff.post(f"{LIST}new/", {**typed, "entrustment": trust.pk})
    assert list(response.context["form"].errors) == ["award"]


def test_the_second_saver_is_told(staff, typed, row):
    staff.post(f"{LIST}{row.pk}/edit/", {**typed, "revision": "1"})
    assert (
        "먼저 고쳤습니다" in staff.post(f"{LIST}{row.pk}/edit/", {**typed, "revision": "1"}).content.decode()
    )


def test_the_list_adds_up_and_is_searched(staff, row):
    response = staff.get(f"{LIST}?q=가나다&year=2024")
    assert response.context["totals"]["refund_due"] == 1_000_000
    assert list(staff.get(f"{LIST}?q=없는").context["listing"].page) == []


def test_what_came_back_stands_beside_what_is_due(staff, row, award):
    paid = make.disbursement(award.program, 10_000_000, enterprise=award.enterprise, award=award)
    make.disbursement(award.program, 1, enterprise=award.enterprise)
    give_back(paid, 400_000, date(2024, 12, 1))
    context = staff.get(LIST).context
    (shown,) = context["listing"].page
    assert (shown.refund_due, shown.returned) == (1_000_000, 400_000)
    assert context["totals"]["returned"] == 400_000


def test_returning_upward_is_a_record_of_its_own(staff, award):
    typed = {
        "program": award.program_id,
        "year": "2023",
        "source": "national",
        "amount": "450,000",
        "on": "2024-03-02",
    }
    staff.post("/subsidies/upward-returns/new/", typed)
    row = UpwardReturn.objects.get()
    assert (row.amount, row.interest) == (450_000, 0)
    edit = f"/subsidies/upward-returns/{row.pk}/edit/"
    staff.post(edit, {**typed, "interest": "120", "revision": "1"})
    assert "먼저 고쳤습니다" in staff.post(edit, {**typed, "revision": "1"}).content.decode()
    assert staff.get(LIST).context["upward_totals"]["amount"] == 450_000
    staff.post(f"/subsidies/upward-returns/{row.pk}/void/", {"reason": "중복"})
    assert staff.get(LIST).context["upward_totals"]["amount"] == 0


def test_the_filters_hold_for_what_went_up_too(staff, award):
    for year, amount in ((2022, 5), (2023, 7)):
        UpwardReturn.objects.create(
            program=award.program, year=year, source="city", amount=amount, interest=1, on=date(2024, 3, 2)
        )
    shown = staff.get(f"{LIST}?year=2023&q=일자리 창출").context
    assert (len(shown["upward"]), shown["upward_totals"]) == (1, {"amount": 7, "interest": 1})
    assert not staff.get(f"{LIST}?q=없는").context["upward"]


def test_nothing_goes_up_to_the_district(staff, award):
    typed = {
        "program": award.program_id,
        "year": "2023",
        "source": "district",
        "amount": "1",
        "on": "2024-03-02",
    }
    response = staff.post("/subsidies/upward-returns/new/", typed)
    assert list(response.context["form"].errors) == ["source"]


def test_roles_numbers_methods_and_voiding(client_as, staff, row):
    manager = client_as("manager")
    assert manager.get(LIST).status_code == 200
    for deed in ("new/", f"{row.pk}/edit/", f"{row.pk}/void/"):
        assert manager.post(LIST + deed).status_code == 403
    assert staff.get(f"{LIST}987654321/edit/").status_code == 404
    assert staff.post(LIST).status_code == 405
    staff.post(f"{LIST}{row.pk}/void/", {"reason": "중복"})
    assert list(staff.get(LIST).context["listing"].page) == []


def test_constant_queries(staff, award, django_assert_max_num_queries):
    for _ in range(12):
        Settlement.objects.create(award=award, year=2023, granted=10, spent=9)
    with django_assert_max_num_queries(11):
        staff.get(LIST)
