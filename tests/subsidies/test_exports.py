from io import BytesIO

import pytest
from openpyxl import load_workbook

from subsidies.exports import AWARDS, LEDGER
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db
LEDGER_FILE = "/subsidies/disbursements/ledger.xlsx"
AWARDS_FILE = "/subsidies/awards/awards.xlsx"


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


@pytest.mark.parametrize("address", [LEDGER_FILE, AWARDS_FILE])
def test_who_takes_no_figures_out_and_what_the_address_cannot_mean(client_as, address):
    assert client_as("admin").get(address).status_code == 403
    assert client_as("staff").get(f"{address}?nonsense=1").status_code == 400
    assert client_as("staff").post(address).status_code == 405
