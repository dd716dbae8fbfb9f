from datetime import date

import pytest

from subsidies.models import Award
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
LIST = "/subsidies/awards/"


@pytest.fixture
def program():
    return make.program()


@pytest.fixture
def firm():
    return make.enterprise("㈜가나다")


@pytest.fixture
def typed(program, firm):
    return {
        "program": program.pk,
        "enterprise": "가나다",
        "year": "2024",
        "decided_on": "2024. 2. 1.",
        "headcount": "3명",
        "amount": "3,709천 원",
    }


@pytest.fixture
def row(program, firm):
    return make.award(program, firm, 3_709_000, headcount=3)


def errors(response):
    return list(response.context["form"].errors)


def test_an_award_is_recorded(staff, typed, firm):
    typed["headcount"] = "3"
    assert staff.post(f"{LIST}new/", typed).headers["Location"] == LIST
    row = Award.objects.get()
    assert (row.enterprise, row.amount, row.headcount, row.needs_check) == (firm, 3_709_000, 3, "")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("enterprise", "없는 기업"),
        ("enterprise", ""),
        ("amount", "0"),
        ("amount", "백만"),
        ("year", "24"),
        ("decided_on", "2024. 2. 30."),
        ("headcount", "-1.5"),
    ],
)
def test_bad_input_is_told_beside_the_field(staff, typed, field, value):
    response = staff.post(f"{LIST}new/", {**typed, "headcount": "3", field: value})
    assert errors(response) == [field]
    assert response.context["form"][field].value() == value


def test_two_firms_of_one_name_are_told_apart_by_number(staff, typed, firm):
    other = make.enterprise("가나다(주)")
    response = staff.post(f"{LIST}new/", {**typed, "headcount": ""})
    assert f"[{firm.pk}]" in response.context["form"].errors["enterprise"][0]
    staff.post(f"{LIST}new/", {**typed, "headcount": "", "enterprise": f"가나다(주) [{other.pk}]"})
    assert Award.objects.get().enterprise == other


def test_a_second_award_of_the_year_is_a_doubt_with_a_reason(staff, typed, row):
    first = staff.post(f"{LIST}new/", {**typed, "headcount": ""})
    assert "이미 있습니다" in first.content.decode()
    seen = first.context["form"]["doubts_seen"].value()
    staff.post(f"{LIST}new/", {**typed, "headcount": "", "doubts_seen": seen, "change_reason": "추가 결정"})
    assert "이미 있습니다" in Award.objects.latest("pk").needs_check


def test_a_firm_without_designation_is_a_doubt(staff, typed):
    make.enterprise("나무", designated=None)
    page = staff.post(f"{LIST}new/", {**typed, "headcount": "", "enterprise": "나무"}).content.decode()
    assert "유효한 유형·자격이 없습니다" in page


def test_the_second_saver_is_told(staff, typed, row):
    typed = {**typed, "headcount": "3", "revision": "1"}
    staff.post(f"{LIST}{row.pk}/edit/", {**typed, "note": "먼저"})
    response = staff.post(f"{LIST}{row.pk}/edit/", {**typed, "note": "나중"})
    assert "먼저 고쳤습니다" in response.content.decode()
    row.refresh_from_db()
    assert row.note == "먼저"


def test_the_edit_page_names_the_firm(staff, row, firm):
    assert staff.get(f"{LIST}{row.pk}/edit/").context["form"]["enterprise"].value() == f"㈜가나다 [{firm.pk}]"


@pytest.mark.parametrize("role", ["manager", "coordinator", "auditor", "admin"])
def test_others_read_only(client_as, role, row):
    client = client_as(role)
    assert [client.get(address).status_code for address in (LIST, f"{LIST}{row.pk}/")] == [200, 200]
    for deed in ("new/", f"{row.pk}/edit/", f"{row.pk}/void/"):
        assert client.get(LIST + deed).status_code == 403


def test_bad_numbers_and_methods(staff, row):
    assert [staff.get(f"{LIST}987654321/{deed}").status_code for deed in ("", "edit/", "void/")] == [404] * 3
    assert [staff.post(LIST).status_code, staff.delete(f"{LIST}{row.pk}/edit/").status_code] == [405, 405]


def test_the_list_filters_totals_and_what_was_paid(staff, row, program, firm):
    make.award(program, make.enterprise("나무"), 1_000, year=2023, headcount=1, decided_on=date(2023, 5, 1))
    make.disbursement(program, 700_000, enterprise=firm, award=row)
    response = staff.get(f"{LIST}?year=2024")
    (shown,) = response.context["listing"].page
    expected = {"amount": 3_709_000, "headcount": 3, "firms": 1, "paid": 700_000}
    assert (shown.paid, response.context["totals"]) == (700_000, expected)
    assert staff.get(LIST).context["totals"]["firms"] == 2
    assert len(staff.get(f"{LIST}?q=나무").context["listing"].page) == 1


def test_an_award_shows_what_was_paid_under_it(staff, row, program, firm):
    make.disbursement(program, 700_000, enterprise=firm, award=row)
    page = staff.get(f"{LIST}{row.pk}/").content.decode()
    assert "남은 결정액 3,009,000원" in page


def test_voiding(staff, row):
    staff.post(f"{LIST}{row.pk}/void/", {"reason": "중복"})
    row.refresh_from_db()
    assert row.is_void
    assert staff.get(f"{LIST}{row.pk}/edit/").status_code == 404


def test_a_year_without_awards_finds_none_and_nonsense_is_told(staff, row):
    assert staff.get(f"{LIST}?year=2019").context["listing"].page.paginator.count == 0
    assert staff.get(f"{LIST}?year=abc").status_code == 400


def test_constant_queries(staff, program, django_assert_max_num_queries):
    for _ in range(20):
        make.award(program, make.enterprise())
    with django_assert_max_num_queries(11):
        staff.get(LIST)


def test_an_award_that_was_paid_is_not_voided(staff, row, program, firm):
    make.disbursement(program, 700_000, enterprise=firm, award=row)
    page = staff.post(f"{LIST}{row.pk}/void/", {"reason": "중복"}, follow=True).content.decode()
    row.refresh_from_db()
    assert (row.is_void, "쓰는 기록이 있어" in page) == (False, True)


# 확인 처리


@pytest.fixture
def doubtful(row):
    row.needs_check = "이 사업은 보통 3,000,000원쯤입니다."
    row.save()
    return row


def test_an_award_is_taken_off_the_list_of_doubts_with_a_word(staff, doubtful):
    address = f"{LIST}{doubtful.pk}/"
    assert "확인 처리" in staff.get(address).content.decode()
    staff.post(f"{address}check/", {"reason": " "})
    assert Award.objects.unchecked().count() == 1
    staff.post(f"{address}check/", {"reason": "교부결정서와 맞음"})
    assert not Award.objects.unchecked().exists()
    page = staff.get(address).content.decode()
    assert "확인 처리됨 (2024. 4. 1.)" in page
    assert "교부결정서와 맞음" in page
    assert "확인 필요</span>" not in page
    assert list(staff.get(f"{LIST}?check=on").context["listing"].page) == []


def test_checking_an_award_is_a_deed_of_staff(staff, manager, doubtful):
    assert manager.post(f"{LIST}{doubtful.pk}/check/", {"reason": "봄"}).status_code == 403
    assert staff.get(f"{LIST}{doubtful.pk}/check/").status_code == 405
    assert staff.post(f"{LIST}987654321/check/", {"reason": "봄"}).status_code == 404


def test_a_checked_award_asks_again_only_about_something_new(staff, typed, doubtful):
    make.award(doubtful.program, doubtful.enterprise, 1_000_000)
    staff.post(f"{LIST}{doubtful.pk}/check/", {"reason": "교부결정서와 맞음"})
    doubtful.refresh_from_db()

    def saved(**changed):
        typed_now = {**typed, "headcount": "", "revision": doubtful.revision, **changed}
        first = staff.post(f"{LIST}{doubtful.pk}/edit/", typed_now)
        seen = first.context["form"]["doubts_seen"].value()
        staff.post(
            f"{LIST}{doubtful.pk}/edit/", {**typed_now, "doubts_seen": seen, "change_reason": "두 건임"}
        )
        doubtful.refresh_from_db()
        return doubtful

    assert saved().is_unchecked
    staff.post(f"{LIST}{doubtful.pk}/check/", {"reason": "두 건 맞음"})
    doubtful.refresh_from_db()
    assert not saved(note="같은 의심").is_unchecked


def test_the_box_over_a_refused_form_leads_to_its_faults(staff, typed):
    page = staff.post(f"{LIST}new/", {**typed, "amount": "24.394", "year": ""}).content.decode()
    assert '<a href="#id_amount">결정액(원)</a>' in page
    assert '<a href="#id_year">회계연도</a>' in page
    assert '<a href="#id_program">' not in page
