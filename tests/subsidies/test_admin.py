import pytest

from subsidies.models import Program, ProgramYear
from tests.subsidies import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", ["program", "programgroup", "budgetkind", "programyear"])
def test_code_tables_are_the_administrators(client_as, table):
    make.budget(make.year(make.program()), 1)
    address = f"/admin/subsidies/{table}/"
    assert client_as("admin").get(address).status_code == 200
    assert client_as("staff").get(address).status_code in (302, 403)


def test_a_programme_is_made_with_its_ratio(sysadmin):
    fields = {
        "name": "새 사업",
        "regime": "local_act",
        "basis": "disbursed",
        "split_unit": "1000",
        "pays_enterprises": "on",
        "active": "on",
        "position": "9",
        "years-TOTAL_FORMS": "1",
        "years-INITIAL_FORMS": "0",
        "years-0-year": "2026",
        "years-0-national": "50",
        "years-0-city": "25",
        "years-0-district": "25",
        "years-0-other": "0",
    }
    response = sysadmin.post("/admin/subsidies/program/add/", fields)
    assert response.status_code == 302, response.context["errors"]
    assert (Program.objects.get().split_unit, ProgramYear.objects.get().ratio_text) == (1000, "50:25:25")


def test_a_ratio_that_is_not_100_is_refused(sysadmin):
    program = make.program()
    fields = {
        "program": program.pk,
        "year": "2026",
        "national": "50",
        "city": "25",
        "district": "24",
        "other": "0",
    }
    page = sysadmin.post("/admin/subsidies/programyear/add/", fields).content.decode()
    assert "100이어야 합니다" in page
    assert not ProgramYear.objects.exists()


def test_budget_kinds_leave_as_a_sheet(sysadmin):
    make.budget(make.year(make.program()), 1)
    assert "export" in sysadmin.get("/admin/subsidies/budgetkind/").content.decode()
