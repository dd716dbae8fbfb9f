from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from common.voiding import void
from subsidies.exports import AWARDS, LEDGER
from subsidies.models import Settlement, UpwardReturn
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
LEDGER_FILE = "/subsidies/disbursements/ledger.xlsx"
AWARDS_FILE = "/subsidies/awards/awards.xlsx"
OTHERS = {
    "/subsidies/entrustments/entrustments.xlsx": "센터 위탁",
    "/subsidies/contracts/contracts.xlsx": "시장 용역",
    "/subsidies/settlements/settlements.xlsx": "센터 위탁",
    "/subsidies/programs/programs.xlsx": "위탁사업",
}


def sheet(response):
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    return [[cell.value for cell in row] for row in book.active.iter_rows()]


def row_with(rows, text):
    return next(row for row in rows if any(text in str(value) for value in row))


def test_the_ledger_leaves_as_it_is_filtered(auditor):
    program = make.program()
    make.disbursement(program, 1_000, enterprise=make.enterprise("㈜가나다"), installment="1차")
    make.disbursement(program, 2_000, enterprise=make.enterprise("나무"))
    rows = sheet(auditor.get(f"{LEDGER_FILE}?q=가나다"))
    assert [column.heading for column in LEDGER] == [value for value in row_with(rows, "교부일") if value][1:]
    assert 1_000 in row_with(rows, "㈜가나다")
    assert not any("나무" in str(value) for row in rows for value in row)
    assert any("검색: 가나다" in str(value) for row in rows for value in row)


def test_an_agreements_payee_is_named_by_its_title(staff):
    program = make.program("위탁", pays_enterprises=False)
    make.disbursement(program, 1_000, entrustment=make.entrustment(program, title="센터 위탁"))
    assert row_with(sheet(staff.get(LEDGER_FILE)), "센터 위탁")


def test_awards_leave_with_their_headings(staff):
    make.award(make.program(), make.enterprise("㈜가나다"), 3_709_000, headcount=3)
    rows = sheet(staff.get(f"{AWARDS_FILE}?year=2024"))
    assert [column.heading for column in AWARDS] == [value for value in row_with(rows, "기업명") if value][1:]
    assert 3_709_000 in row_with(rows, "㈜가나다")


@pytest.mark.parametrize(("address", "text"), OTHERS.items())
def test_every_list_leaves_as_it_is_filtered(staff, address, text):
    program = make.program("위탁사업", pays_enterprises=False)
    trust = make.entrustment(program, title="센터 위탁")
    make.contract(program, title="시장 용역")
    Settlement.objects.create(entrustment=trust, year=2023, granted=10, spent=9)
    assert row_with(sheet(staff.get(f"{address}?q={text[:2]}")), text)
    assert not any(text in str(value) for row in sheet(staff.get(f"{address}?q=없는")) for value in row)


def test_what_went_back_upward_leaves_with_the_settlements(staff):
    UpwardReturn.objects.create(
        program=make.program("위탁사업"), year=2023, source="city", amount=4_321, on=date(2024, 3, 2)
    )
    response = staff.get("/subsidies/settlements/settlements.xlsx?year=2023")
    book = load_workbook(BytesIO(b"".join(response.streaming_content)))
    assert book.sheetnames == ["정산", "국·시비 반납"]
    assert 4_321 in [cell.value for row in book["국·시비 반납"].iter_rows() for cell in row]


def test_a_voided_row_says_what_it_was_and_enters_no_sum(staff):
    row = make.disbursement(make.program(), 2_000, enterprise=make.enterprise("나무"), district=2_000)
    void(row, make.user(), "두 번 적음")
    (cells,) = [cells for cells in sheet(staff.get(f"{LEDGER_FILE}?void=on")) if "나무" in cells]
    assert 2_000 not in cells
    assert "무효(2,000원): 두 번 적음" in cells


@pytest.mark.parametrize("address", [LEDGER_FILE, AWARDS_FILE, *OTHERS])
def test_who_takes_no_figures_out_and_what_the_address_cannot_mean(client_as, address):
    assert client_as("admin").get(address).status_code == 403
    assert client_as("staff").get(f"{address}?nonsense=1").status_code == 400
    assert client_as("staff").post(address).status_code == 405
