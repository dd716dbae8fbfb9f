"""The ledger's list, one row, its return, its voiding, 확인 처리."""

from datetime import date

import pytest

from subsidies.disbursing import give_back
from subsidies.models import Disbursement, LedgerKind
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
LIST = "/subsidies/disbursements/"


@pytest.fixture
def row():
    program = make.program()
    return make.disbursement(
        program,
        enterprise=make.enterprise("㈜가나다"),
        national=750_000,
        city=175_000,
        district=75_000,
        needs_check="단위를 확인하세요.",
    )


def at(row, deed=""):
    return f"{LIST}{row.pk}/{deed}"


def shown(response):
    return list(response.context["listing"].page)


# The list


def test_everybody_reads_the_list(client_as, row):
    for role in ("staff", "manager", "coordinator", "auditor", "admin"):
        assert client_as(role).get(LIST).status_code == 200


def test_an_empty_ledger_says_what_to_do(staff):
    page = staff.get(LIST).content.decode()
    assert "해당 없음" in page
    assert "교부 입력" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=가 나 다", True),
        ("q=(주)가나다", True),
        ("q=없는", False),
        ("fiscal_year=2024", True),
        ("start=2024.3.5.&end=2024-03-05", True),
        ("start=2024-03-06", False),
        ("end=2024-03-04", False),
        ("kind=payment", True),
        ("kind=restored", False),
        ("check=on", True),
    ],
)
def test_the_filters(staff, row, query, found):
    assert (shown(staff.get(f"{LIST}?{query}")) == [row]) is found


def test_voided_rows_are_shown_on_demand_and_never_added(staff, row):
    staff.post(at(row, "void/"), {"reason": "두 번 입력"})
    assert shown(staff.get(LIST)) == []
    response = staff.get(f"{LIST}?void=on")
    assert (shown(response), response.context["totals"]["amount"]) == ([row], 0)


def test_totals_are_of_everything_found_not_of_the_page(staff, row):
    for _ in range(60):
        make.disbursement(row.program, 1_000, enterprise=row.enterprise)
    response = staff.get(f"{LIST}?sort=amount")
    assert len(shown(response)) == 50
    assert response.context["totals"] == {
        "national": 750_000,
        "city": 175_000,
        "district": 135_000,
        "other": 0,
        "amount": 1_060_000,
    }


def test_the_list_is_sorted(staff, row):
    small = make.disbursement(row.program, 1_000, enterprise=row.enterprise)
    assert shown(staff.get(f"{LIST}?sort=amount")) == [small, row]
    assert shown(staff.get(f"{LIST}?sort=-amount")) == [row, small]


@pytest.mark.parametrize("query", ["sort=x", "nonsense=1", "start=어제", "fiscal_year=1999"])
def test_what_the_address_cannot_mean_is_refused(staff, row, query):
    assert staff.get(f"{LIST}?{query}").status_code == 400


def test_the_list_costs_the_same_queries(staff, row, django_assert_max_num_queries):
    for _ in range(20):
        make.disbursement(row.program, 1_000, award=None)
    with django_assert_max_num_queries(10):
        staff.get(LIST)


# One row


def test_everybody_reads_a_row(client_as, row):
    for role in ("staff", "manager", "coordinator", "auditor", "admin"):
        assert client_as(role).get(at(row)).status_code == 200
    assert client_as("staff").get(at(row) + "9999/").status_code == 404
    assert client_as("staff").post(at(row)).status_code == 405


def test_a_row_shows_its_doubts_its_shares_and_who_wrote_it(staff, users, row):
    page = staff.get(at(row)).content.decode()
    assert "단위를 확인하세요." in page
    assert "750,000" in page
    assert "변경 이력" in page


def test_only_staff_is_offered_deeds(client_as, row):
    assert "반납 기록" in client_as("staff").get(at(row)).content.decode()
    assert "반납 기록" not in client_as("auditor").get(at(row)).content.decode()


def test_a_row_costs_few_queries(staff, row, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        staff.get(at(row))


# 확인 처리


def test_marking_checked_needs_a_word(staff, row):
    staff.post(at(row, "check/"), {"reason": " "})
    assert Disbursement.objects.unchecked().exists()
    staff.post(at(row, "check/"), {"reason": "지출결의서와 맞음"})
    row.refresh_from_db()
    assert row.checked_on == date(2024, 4, 1)
    assert "지출결의서와 맞음" in staff.get(at(row)).content.decode()


def test_marking_checked_is_a_deed_of_staff(manager, staff, row):
    assert manager.post(at(row, "check/"), {"reason": "봄"}).status_code == 403
    assert staff.get(at(row, "check/")).status_code == 405
    assert staff.post(f"{LIST}987654321/check/", {"reason": "봄"}).status_code == 404


# Voiding


def test_a_span_that_ends_before_it_begins_is_told(staff):
    response = staff.get(f"{LIST}?start=2024-05-01&end=2024-04-30")
    assert (response.status_code, "두 날짜를 확인하세요" in response.content.decode()) == (400, True)


def test_voiding_a_return_names_it_as_the_ledger_prints_it(staff, row):
    back = give_back(row, 1_000, date(2024, 6, 1))
    assert "△1,000원" in staff.get(at(back, "void/")).content.decode()
    assert "반납일" in staff.get(at(back, "")).content.decode()


def test_voiding_needs_a_reason_and_keeps_the_row(staff, row):
    assert staff.post(at(row, "void/"), {"reason": ""}).status_code == 200
    staff.post(at(row, "void/"), {"reason": "두 번 입력"})
    row.refresh_from_db()
    assert (row.is_void, row.void_reason) == (True, "두 번 입력")
    assert "두 번 입력" in staff.get(at(row)).content.decode()


def test_who_may_not_void(auditor, row):
    assert auditor.post(at(row, "void/"), {"reason": "x"}).status_code == 403


def test_a_payment_with_a_return_is_not_voided_first(staff, row):
    staff.post(at(row, "refund/"), {"paid_on": "2024-04-01", "amount": "1,000", "note": "잔액"})
    response = staff.post(at(row, "void/"), {"reason": "두 번 입력"}, follow=True)
    row.refresh_from_db()
    assert not row.is_void
    assert "반납 기록을 먼저" in response.content.decode()


# Returns


def test_a_return_within_the_year_is_restored(staff, row):
    staff.post(at(row, "refund/"), {"paid_on": "2025. 1. 20.", "amount": "400,000", "note": "잔액"})
    back = Disbursement.objects.get(returns=row)
    assert (back.kind, back.amount, back.national) == (LedgerKind.RESTORED, -400_000, -300_000)


def test_who_only_looks_need_not_have_filled_in_everything(staff, row):
    page = staff.post(at(row, "refund/"), {"paid_on": "2025. 1. 21.", "look": "1"}).content.decode()
    assert "반납(현년도 세입)</strong>입니다" in page
    assert "저장하지 않았습니다" not in page


def test_a_late_return_is_revenue_and_said_before_saving(staff, row):
    late = {"paid_on": "2025. 1. 21.", "amount": "400,000", "note": "잔액"}
    page = staff.post(at(row, "refund/"), {**late, "look": "1"}).content.decode()
    assert "반납(현년도 세입)</strong>입니다" in page
    assert not Disbursement.objects.filter(returns=row).exists()
    staff.post(at(row, "refund/"), late)
    assert Disbursement.objects.get(returns=row).kind == LedgerKind.REVENUE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", "1,000,001"),
        ("amount", "0"),
        ("amount", "△1"),
        ("amount", "-"),
        ("paid_on", "2024. 3. 4."),
        ("note", ""),
    ],
)
def test_a_return_that_cannot_be(staff, row, field, value):
    typed = {"paid_on": "2024-04-01", "amount": "1,000", "note": "잔액", field: value}
    response = staff.post(at(row, "refund/"), typed)
    assert list(response.context["form"].errors) == [field]
    assert not Disbursement.objects.filter(returns=row).exists()


def test_who_may_return_what(manager, staff, row):
    assert manager.get(at(row, "refund/")).status_code == 403
    staff.post(at(row, "refund/"), {"paid_on": "2024-04-01", "amount": "1,000,000", "note": "전액"})
    back = Disbursement.objects.get(returns=row)
    assert staff.get(at(back, "refund/")).status_code == 404
    assert staff.get(at(back, "edit/")).status_code == 404
    assert "반납 기록</a>" not in staff.get(at(row)).content.decode()


def returned(staff, row, **typed):
    """A return of `row` entered by its page."""
    staff.post(
        at(row, "refund/"),
        {"paid_on": "2024-04-01", "amount": "400,000", "note": "잔액", "log_skip": "on", **typed},
    )
    return Disbursement.objects.get(returns=row)


def corrected(staff, back, **typed):
    typed = {"paid_on": "2024-04-01", "amount": "400,000", "note": "잔액", "log_skip": "on", **typed}
    return staff.post(f"/subsidies/returns/{back.pk}/edit/", {"revision": back.revision, **typed})


def test_a_return_is_corrected_and_split_anew(staff, row):
    back = returned(staff, row)
    assert f"/subsidies/returns/{back.pk}/edit/" in staff.get(at(back)).content.decode()
    page = staff.get(f"/subsidies/returns/{back.pk}/edit/")
    assert page.context["form"].initial["amount"] == 400_000
    corrected(staff, back, amount="1,000,000", paid_on="2025. 1. 21.", note="전액 반납")
    back.refresh_from_db()
    assert (back.kind, back.amount, back.national) == (LedgerKind.REVENUE, -1_000_000, -750_000)
    assert (back.note, back.revision, back.history.count()) == ("전액 반납", 2, 2)


def test_a_corrected_return_stays_within_its_payment(staff, row):
    back = returned(staff, row)
    returned_more = corrected(staff, back, amount="1,000,001")
    assert list(returned_more.context["form"].errors) == ["amount"]


def test_the_second_corrector_of_a_return_is_told(staff, row):
    back = returned(staff, row)
    corrected(staff, back, amount="300,000")
    response = corrected(staff, back, amount="200,000")
    assert "먼저 고쳤습니다" in response.content.decode()
    back.refresh_from_db()
    assert back.amount == -300_000


def test_only_staff_correct_live_returns(staff, manager, row):
    back = returned(staff, row)
    address = f"/subsidies/returns/{back.pk}/edit/"
    assert manager.get(address).status_code == 403
    assert staff.get(f"/subsidies/returns/{row.pk}/edit/").status_code == 404
    staff.post(at(back, "void/"), {"reason": "잘못 적음"})
    assert staff.get(address).status_code == 404


def test_a_return_enters_the_log_only_where_wanted(staff, row):
    page = staff.get(at(row, "refund/")).content.decode()
    assert "지원금 반납" in page
    back = returned(staff, row)
    assert (back.log_title, back.log_text) == ("", "")
    corrected(staff, back, log_skip="")
    back.refresh_from_db()
    assert back.log_title.endswith("반납")
    assert back.log_text.endswith("400천 원)")
    # A sentence that was made follows the amount; one that was written stays.
    corrected(staff, back, log_skip="", amount="300,000", log_title=back.log_title, log_text=back.log_text)
    back.refresh_from_db()
    assert back.log_text.endswith("300천 원)")
    corrected(staff, back, log_skip="", amount="200,000", log_title=back.log_title, log_text="- 손으로 적음")
    back.refresh_from_db()
    assert back.log_text == "- 손으로 적음"
