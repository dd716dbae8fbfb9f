"""Figures of the reports against small data made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from enterprises.models import Tenancy
from pledges.models import Status
from subsidies.models import LedgerKind, Receipt, Settlement, UpwardReturn
from tests.enterprises import factories as register
from tests.markets import factories as fair
from tests.pledges import factories as make
from tests.pledges.reports.asking import column, rows, table
from tests.subsidies import factories as money

pytestmark = pytest.mark.django_db


def test_payments_by_year_programme_and_recipient_returns_taken_off() -> None:
    program, firm = money.program(), money.enterprise("가온(예시)")
    paid = money.disbursement(program, enterprise=firm, national=750_000, city=175_000, district=75_000)
    money.disbursement(program, enterprise=firm, district=500_000, paid_on=date(2024, 3, 20))
    money.disbursement(
        program,
        enterprise=firm,
        kind=LedgerKind.RESTORED,
        returns=paid,
        district=-100_000,
        paid_on=date(2024, 3, 30),
    )
    assert rows("disbursements", unit="원") == [
        ["계", "3", "1,400,000", "750,000", "175,000", "475,000", "-", ""],
        ["1", "2024", "일자리창출사업", "1", "3", "1,400,000", "750,000", "175,000", "475,000", "-", ""],
    ]
    detail = rows("disbursements", at=1, unit="원")[1]
    assert detail[3:6] == ["가온(예시)", "3", "2024. 3. 30."]


def test_a_year_s_late_payments_belong_to_its_whole_period() -> None:
    money.disbursement(money.program(), 1_000_000, fiscal_year=2023, paid_on=date(2024, 1, 15))
    assert column("disbursements", "회계연도", start="2023-01-01", end="2023-12-31") == [2023]
    assert column("disbursements", "회계연도", start="2023-01-01", end="2023-11-30") == []
    assert column("disbursements", "회계연도", start="2024-01-01", end="2024-12-31") == []


def test_a_late_return_leaves_what_was_paid() -> None:
    paid = money.disbursement(money.program(), 1_000_000, fiscal_year=2023, paid_on=date(2023, 5, 1))
    money.disbursement(
        paid.program, fiscal_year=2023, enterprise=paid.enterprise, kind=LedgerKind.REVENUE, returns=paid,
        district=-300_000, paid_on=date(2024, 3, 1),
    )  # fmt: skip
    assert column("disbursements", "계", unit="원") == [1_000_000]
    assert column("settlements", "계", at=1, unit="원") == [300_000]


def test_rounded_tables_foot_and_say_what_was_adjusted() -> None:
    program = money.program()
    for name in "가나다":
        money.disbursement(program, 1_400, enterprise=money.enterprise(f"{name}(예시)"))
    detail = rows("disbursements", at=1)
    assert detail[0][3] == "4"
    # Both in 계 and in the source that all of it came from.
    assert sorted(row[6] for row in detail[1:]) == ["1", "1", "2*"]
    at = next(row[0] for row in detail[1:] if row[6] == "2*")
    told = f"* 합계를 맞추려고 반올림을 조정한 칸: {at}번 계 2(1,400원), {at}번 구비 2(1,400원)."
    assert table("disbursements", 1).notes == [told]


def test_a_budget_s_adjusted_cells_show_their_won() -> None:
    """잔액 = 예산현액 - 집행액 holds of the printed figures too: 1.4 - 0.7 is printed 1 - 0 = 1."""
    program = money.program()
    money.budget(money.year(program), 1_400)
    money.disbursement(program, 700)
    assert rows("budgets")[1][3:7] == ["1", "1", "-*", "1"]
    assert "계 집행액 0(700원), 1번 집행액 0(700원)" in table("budgets").notes[1]


def test_every_column_of_money_marks_its_adjusted_cells() -> None:
    """DOMAIN §4.5 holds of all reports: 1.4 + 1.4 + 1.4 thousand make 4, so one cell cannot be its nearest."""
    program = money.program()
    for name in "가나다":
        firm = money.enterprise(f"{name}(예시)")
        money.award(program, firm, amount=1_400)
        money.disbursement(program, 1_400, enterprise=firm)
    for slug, place, columns in (("history", 0, 2), ("history", 1, 2), ("disbursements", 1, 2)):
        marked = [cell for row in rows(slug, at=place)[1:] for cell in row if cell == "2*"]
        assert len(marked) == columns, (slug, place)
        assert table(slug, place).notes[-1].count("2(1,400원)") == columns


def test_a_sum_that_is_adjusted_is_marked_as_well() -> None:
    """Three sources of 1.4 thousand: the total is half-up, 4, so that one of the sums is 2."""
    money.disbursement(money.program(), national=1_400, city=1_400, district=1_400)
    assert rows("disbursements")[0][:6] == ["계", "1", "4", "1", "1", "2*"]
    told = "* 합계를 맞추려고 반올림을 조정한 칸: 계 구비 2(1,400원), 1번 구비 2(1,400원)."
    assert table("disbursements").notes[-1] == told


def test_budget_execution_and_what_is_left() -> None:
    program = money.program()
    year = money.year(program)
    money.budget(year, 10_000_000, on=date(2024, 1, 1))
    money.budget(year, 2_000_000, kind="추경", on=date(2024, 3, 1))
    money.budget(year, 9_000_000, kind="추경", on=date(2024, 6, 1))
    money.disbursement(program, 3_000_000)
    found = rows("budgets", unit="원")
    assert found[0][:7] == ["계", "12,000,000", "10,000,000", "2,000,000", "3,000,000", "9,000,000", "25.0"]
    assert rows("budgets", at=1, unit="원") == [["계", "-", "-", "-", "-", "-", ""], ["해당 없음"]]


def test_spending_without_a_budget_stands_apart() -> None:
    money.disbursement(money.program(), 3_000_000)
    assert rows("budgets", unit="원")[-1] == ["해당 없음"]
    assert column("budgets", "집행액/계", at=1, unit="원") == [3_000_000]


def test_money_from_above_announced_received_and_spent() -> None:
    program = money.program()
    year = money.year(program)
    for kind, won in (("notified", 9_000_000), ("received", 6_000_000)):
        Receipt.objects.create(
            program_year=year, kind=kind, source="national", amount=won, on=date(2024, 2, 1)
        )
    money.disbursement(program, national=1_500_000, city=500_000)
    assert [row[3:9] for row in rows("budgets", at=2, unit="원")[1:]] == [
        ["국비", "9,000,000", "6,000,000", "1,500,000", "4,500,000", "25.0"],
        ["시비", "-", "-", "500,000", "△500,000", "–"],
    ]


def test_enterprises_by_kind_and_dong_with_starts_and_ends() -> None:
    first = register.enterprise("가(예시)", dong="청룡동")
    register.designation(first, starts_on=date(2021, 1, 1), expires_on=date(2023, 6, 30))
    register.designation(register.enterprise("나(예시)", dong="청룡동"), starts_on=date(2023, 1, 1))
    register.designation(register.enterprise("다(예시)"), code="village", starts_on=date(2020, 1, 1))
    kinds = {row[2]: row[3:7] for row in rows("enterprises")[1:]}
    assert kinds == {"마을기업": ["1", "0", "0", "1"], "협동조합": ["1", "1", "1", "1"]}
    assert [row[1:] for row in rows("enterprises", at=1)[1:]] == [
        ["청룡동", "1", "-", "1"],
        ["행정동 미기재", "1", "1", "-"],
    ]
    moved = [row[1:4] for row in rows("enterprises", at=2)]
    assert moved == [["종료", "2023. 7. 1.", "가(예시)"], ["신규", "2023. 1. 1.", "나(예시)"]]


def test_double_support_is_named() -> None:
    firm, other = money.enterprise("두 번(예시)"), money.enterprise("한 번(예시)")
    for name in ("가 사업", "나 사업"):
        money.award(money.program(name), firm)
    money.disbursement(money.program("다 사업"), enterprise=other)
    assert [row[1] for row in rows("history")[1:]] == ["두 번(예시)", "한 번(예시)"]
    assert [row[-1] for row in rows("history")[1:]] == ["2024", ""]
    assert [row[-1] for row in rows("history", at=1, double="on")[1:]] == ["중복", "중복"]


def test_market_days_vendors_and_sales() -> None:
    event = fair.event(sales=3_000_000)
    days = [fair.day(event, date(2024, 3, day)) for day in (2, 3)]
    fair.day(event, date(2024, 3, 9), state="cancelled")
    fair.took_part(event, "가 공방", days[0])
    fair.took_part(event, "가 공방", days[1], sales=200_000)
    fair.took_part(event, fair.enterprise("나(예시)"), days[0])
    assert rows("markets", unit="천원")[0] == ["계", "1", "2", "", "3", "3,000", ""]
    assert rows("markets", at=1)[1][3:8] == ["2024. 3. 2., 3. 3.", "2", "", "2", "3"]
    assert [row[1:6] for row in rows("markets", at=2, unit="원")[1:]] == [
        ["가 공방", "미등록", "1", "2", "200,000"],
        ["나(예시)", "등록", "1", "1", "-"],
    ]


def test_settlements_returns_and_what_went_back_up() -> None:
    program = money.program()
    award = money.award(program, money.enterprise("가(예시)"))
    Settlement.objects.create(
        award=award, year=2024, granted=3_000_000, spent=2_500_000, disallowed=100_000, interest=1_000
    )
    paid = money.disbursement(program, 3_000_000, enterprise=award.enterprise, award=award)
    money.disbursement(
        program, enterprise=award.enterprise, award=award, kind=LedgerKind.RESTORED, returns=paid,
        district=-600_000, paid_on=date(2024, 3, 31),
    )  # fmt: skip
    UpwardReturn.objects.create(program=program, year=2023, source="city", amount=70_000, on=date(2024, 2, 1))
    line = rows("settlements", unit="원")[1]
    assert line[4:11] == ["3,000,000", "2,500,000", "100,000", "600,000", "600,000", "1,000", "83.3"]
    assert column("settlements", "반납액", at=2, unit="원") == [70_000]


def test_entrustments_with_instalments_and_deadlines() -> None:
    agreement = money.entrustment(money.program(), amount=134_110_000)
    money.disbursement(
        agreement.program, 67_055_000, entrustment=agreement, installment="1분기", paid_on=date(2024, 1, 10)
    )
    assert rows("entrustments", unit="천원")[1][6:8] == ["134,110", "67,055"]
    assert rows("entrustments", at=1, unit="천원")[1][2:7] == ["2024", "1분기", "-", "67,055", "2024. 1. 10."]


def test_spaces_with_tenants_and_moves() -> None:
    space = register.space("공유 사무실(예시)", capacity=4)
    for name, first, last in (
        ("가(예시)", date(2023, 1, 1), None),
        ("나(예시)", date(2021, 1, 1), date(2023, 3, 1)),
    ):
        Tenancy.objects.create(
            space=space, enterprise=register.enterprise(name), starts_on=first, ends_on=last
        )
    assert rows("spaces")[1][6:9] == ["4", "1", "25.0"]
    assert [row[2] for row in rows("spaces", at=1)] == ["가(예시)"]
    assert [row[2:4] for row in rows("spaces", at=2)] == [["나(예시)", "퇴거(만료)"], ["가(예시)", "입주"]]


def test_pledges_by_area_and_state() -> None:
    make.pledge("가-1", status=Status.DONE)
    make.pledge("가-2", status=Status.ON_HOLD)
    make.pledge("가-3")
    found = rows("manifesto")
    assert found[1][2:10] == ["3", "1", "-", "-", "-", "1", "-", "1"]
    assert column("pledges", "번호", status=Status.DONE.value) == ["가-1"]
    assert column("pledges", "총사업비", unit="백만원") == [30, 30, 30]
