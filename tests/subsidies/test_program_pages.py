from datetime import date

import pytest

from subsidies.models import Budget, ProgramYear, Receipt, SupportOpening
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
LIST = "/subsidies/programs/"
RATIO = {"year": "2025", "national": "75", "city": "17.5", "district": "7.5", "other": ""}


@pytest.fixture
def program():
    return make.program()


@pytest.fixture
def year(program):
    return make.year(program)


def errors(response):
    return list(response.context["form"].errors)


def test_the_list_shows_the_year_asked_for(staff, program, year):
    make.budget(year, 10_000_000)
    make.disbursement(program, 4_000_000)
    response = staff.get(LIST)
    (line,) = response.context["lines"]
    assert (line.budget.total, line.executed.total, line.left.total) == (10_000_000, 4_000_000, 6_000_000)
    assert staff.get(f"{LIST}?year=2023").context["executed"] == 0
    assert "분담률 등록" in staff.get(f"{LIST}?year=2023").content.decode()


def test_programmes_are_searched_by_name_and_host(staff, program):
    make.program("마을기업 사업비", host="행정안전부")
    for text in ("마을 기업", "행정 안전부"):
        assert [line.program.name for line in staff.get(LIST, {"q": text}).context["lines"]] == [
            "마을기업 사업비"
        ]
    assert staff.get(LIST, {"q": "없는"}).context["lines"] == []


def test_reading_is_for_everybody_and_writing_for_staff(client_as, program, year):
    for role in ("manager", "coordinator", "auditor", "admin"):
        client = client_as(role)
        assert client.get(LIST).status_code == client.get(f"{LIST}{program.pk}/").status_code == 200
        assert client.get(f"{LIST}{program.pk}/ratios/new/").status_code == 403
        assert client.get(f"/subsidies/ratios/{year.pk}/budgets/new/").status_code == 403
    assert client_as("staff").post(LIST).status_code == 405


def test_a_ratio_is_registered(staff, program):
    staff.post(f"{LIST}{program.pk}/ratios/new/", RATIO)
    row = ProgramYear.objects.get()
    assert (row.year, row.ratio_text) == (2025, "75:17.5:7.5")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("district", "7"),
        ("district", "-7.5"),
        ("national", "칠십오"),
        ("year", "25"),
        ("planned_amount", "백만"),
    ],
)
def test_a_ratio_that_is_not_100_is_refused_beside_the_field(staff, program, field, value):
    response = staff.post(f"{LIST}{program.pk}/ratios/new/", {**RATIO, field: value})
    assert errors(response) == [field]
    assert not ProgramYear.objects.exists()


def test_a_year_has_one_ratio(staff, program, year):
    assert errors(staff.post(f"{LIST}{program.pk}/ratios/new/", {**RATIO, "year": "2024"})) == ["year"]


def test_a_changed_ratio_keeps_its_reason_and_tells_the_second_saver(staff, year):
    address = f"/subsidies/ratios/{year.pk}/edit/"
    half = {"year": "2024", "national": "50", "city": "25", "district": "25", "other": "0"}
    staff.post(address, {**half, "revision": "1", "change_reason": "지침 변경"})
    year.refresh_from_db()
    assert (year.ratio_text, year.history.first().history_change_reason) == ("50:25:25", "지침 변경")
    assert "먼저 고쳤습니다" in staff.post(address, {**half, "revision": "1"}).content.decode()


def test_budget_rows_are_added_and_voided(staff, year, program):
    kind = make.budget(year, 1).kind
    address = f"/subsidies/ratios/{year.pk}/budgets/new/"
    staff.post(address, {"kind": kind.pk, "source": "district", "amount": "8천만원", "on": "2023. 12. 20."})
    row = Budget.objects.latest("pk")
    assert (row.amount, row.on) == (80_000_000, date(2023, 12, 20))
    staff.post(address, {"kind": kind.pk, "source": "district", "amount": "△5,000,000"})
    assert Budget.objects.latest("pk").amount == -5_000_000
    assert errors(staff.post(address, {"kind": kind.pk, "source": "district", "amount": "0"})) == ["amount"]
    staff.post(f"/subsidies/budgets/{row.pk}/void/", {"reason": "중복"})
    assert row not in staff.get(f"{LIST}{program.pk}/").context["budgets"]


def test_receipts_are_added_and_voided(staff, year):
    typed = {"kind": "received", "source": "national", "amount": "7,115,250", "on": "2024. 3. 2."}
    staff.post(f"/subsidies/ratios/{year.pk}/receipts/new/", typed)
    row = Receipt.objects.get()
    staff.post(f"/subsidies/receipts/{row.pk}/void/", {"reason": "중복"})
    assert not Receipt.objects.live().exists()


OPENING = {"year": "2024", "on": "2024. 3. 31.", "enterprises": "2", "headcount": "3", "amount": "3,709천 원"}


@pytest.fixture
def opening(program):
    return make.opening(program, 2024, date(2024, 3, 31), 2, 3, 3_709_000)


def test_an_opening_is_set_once(staff, program):
    address = f"{LIST}{program.pk}/openings/new/"
    staff.post(address, OPENING)
    row = SupportOpening.objects.get()
    assert (row.on, row.enterprises, row.headcount, row.amount) == (date(2024, 3, 31), 2, 3, 3_709_000)
    assert errors(staff.post(address, OPENING)) == ["on"]
    assert errors(staff.post(address, {**OPENING, "on": "2024. 4. 31."})) == ["on"]


def test_an_opening_stands_beside_its_details(staff, program, opening):
    make.award(program, make.enterprise(), 3_000_000, decided_on=date(2024, 2, 1), headcount=1)
    firms, people, won = staff.get(f"{LIST}{program.pk}/").context["openings"][0].figures
    assert (firms.itemised.rest, people.itemised.rest, won.itemised.rest) == (1, 2, 709_000)


def test_an_opening_is_corrected_with_a_reason_and_the_old_one_stays(staff, opening):
    address = f"/subsidies/openings/{opening.pk}/correct/"
    figures = {"enterprises": "1", "headcount": "3", "amount": "3,709,000"}
    assert errors(staff.post(address, figures)) == ["reason"]
    staff.post(address, {**figures, "reason": "대장 대조"})
    opening.refresh_from_db()
    (fresh,) = SupportOpening.objects.live()
    assert (opening.is_void, fresh.enterprises, fresh.method, fresh.reason) == (
        True,
        1,
        "corrected",
        "대장 대조",
    )


def test_an_opening_is_replaced_by_its_details(staff, program, opening):
    make.award(program, make.enterprise(), 3_000_000, decided_on=None, headcount=1)
    staff.post(f"/subsidies/openings/{opening.pk}/details/", {"reason": "상세를 다 넣음"})
    (fresh,) = SupportOpening.objects.live()
    assert (fresh.enterprises, fresh.headcount, fresh.amount, fresh.method) == (1, 1, 3_000_000, "details")


def test_an_opening_is_set_anew_at_a_later_day(staff, opening):
    figures = {
        "enterprises": "4",
        "headcount": "5",
        "amount": "9,000,000",
        "on": "2024. 6. 30.",
        "reason": "반기 현황",
    }
    staff.post(f"/subsidies/openings/{opening.pk}/renew/", figures)
    assert [row.on for row in SupportOpening.objects.live()] == [date(2024, 3, 31), date(2024, 6, 30)]


def test_who_touches_openings(client_as, opening):
    assert client_as("manager").get(f"/subsidies/openings/{opening.pk}/correct/").status_code == 403
    assert client_as("coordinator").get(f"/subsidies/openings/{opening.pk}/correct/").status_code == 200
    assert client_as("staff").get(f"/subsidies/openings/{opening.pk}/nonsense/").status_code == 404


def test_the_coordinator_sets_openings(coordinator, staff, program):
    assert coordinator.get(f"{LIST}{program.pk}/openings/new/").status_code == 200


def test_bad_numbers(staff):
    for path in (
        "programs/9/",
        "programs/9/ratios/new/",
        "ratios/9/edit/",
        "ratios/9/void/",
        "openings/9/edit/",
    ):
        assert staff.get(f"/subsidies/{path}").status_code == 404


def test_a_year_that_is_not_one_is_today(staff, program):
    assert staff.get(f"{LIST}?year=x").context["year"] == 2024
    assert staff.get(f"{LIST}?years=2024").status_code == 400


def test_constant_queries(staff, django_assert_max_num_queries):
    for number in range(8):
        program = make.program(f"사업{number}")
        for one in (2022, 2023, 2024):
            make.budget(make.year(program, one), 1_000_000)
            make.disbursement(program, 1_000, fiscal_year=one)
    with django_assert_max_num_queries(10):
        staff.get(LIST)
    with django_assert_max_num_queries(22):
        staff.get(f"{LIST}{program.pk}/")


def test_a_ratio_with_budget_rows_is_not_voided(staff, year):
    row = make.budget(year, 1)
    staff.post(f"/subsidies/ratios/{year.pk}/void/", {"reason": "오기"})
    assert ProgramYear.objects.live().exists()
    staff.post(f"/subsidies/budgets/{row.pk}/void/", {"reason": "오기"})
    staff.post(f"/subsidies/ratios/{year.pk}/void/", {"reason": "오기"})
    assert not ProgramYear.objects.live().exists()
