import gettext
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from openpyxl import load_workbook

from accounts.models import DeadlineRule, Department, User
from tests.conftest import ClientAs

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_in_the_admin_offers_delete(users: dict[str, User]) -> None:
    request = RequestFactory().get("/admin/")
    request.user = users["admin"]
    offered = [m.__name__ for m, page in admin.site._registry.items() if page.has_delete_permission(request)]
    inlines = [
        type(inline).__name__
        for page in admin.site._registry.values()
        for inline in page.get_inline_instances(request)
        if inline.has_delete_permission(request)
    ]
    assert offered + inlines == []


def test_delete_addresses_are_refused(sysadmin: Client, users: dict[str, User]) -> None:
    assert (
        sysadmin.post(f"/admin/accounts/user/{users['staff'].pk}/delete/", {"post": "yes"}).status_code == 403
    )
    assert User.objects.filter(pk=users["staff"].pk).exists()


@pytest.mark.parametrize("role", ["staff", "manager", "coordinator", "auditor"])
def test_others_are_refused_in_words(client_as: ClientAs, role: str) -> None:
    response = client_as(role).get("/admin/")
    assert response.status_code == 403
    assert "시스템 관리자만" in response.content.decode()


def test_the_administrator_makes_an_account(sysadmin: Client) -> None:
    fields = {
        "username": "kim", "full_name": "김담당(예시)", "role": "staff", "department": "",
        "password1": "river-stone-42", "password2": "river-stone-42",
    }  # fmt: skip
    response = sysadmin.post("/admin/accounts/user/add/", fields)
    assert response.status_code == 302, response.context["adminform"].form.errors
    made = User.objects.get(username="kim")
    assert (made.role, made.check_password("river-stone-42")) == ("staff", True)
    assert made.history.get().history_user.username == "admin"


def test_a_changed_code_row_gets_a_new_revision(sysadmin: Client, users: dict[str, User]) -> None:
    row = Department.objects.get()
    before = row.revision
    address = f"/admin/accounts/department/{row.pk}/change/"
    assert (
        sysadmin.post(address, {"name": "사회적경제과(예시)", "position": 3, "active": "on"}).status_code
        == 302
    )
    row.refresh_from_db()
    assert (row.position, row.revision) == (3, before + 1)
    assert sysadmin.get(f"/admin/accounts/department/{row.pk}/history/").status_code == 200


def test_a_code_table_leaves_and_comes_back_as_a_sheet(sysadmin: Client, users: dict[str, User]) -> None:
    row = Department.objects.get()
    asked = {"format": "0", "resource": "", **all_fields(sysadmin)}
    export = sysadmin.post("/admin/accounts/department/export/", asked)
    sheet = load_workbook(io.BytesIO(export.content)).active
    head = [cell.value for cell in sheet[1]]
    assert "revision" not in head
    assert sheet.cell(2, head.index("name") + 1).value == row.name


def all_fields(client: Client) -> dict[str, str]:
    form = client.get("/admin/accounts/department/export/").context["form"]
    return {name: "on" for name in form.fields if name.startswith(("departmentresource", "keptresource"))}


def test_import_changes_only_what_differs(users: dict[str, User]) -> None:
    from import_export import resources
    from tablib import Dataset

    from common.admin import KeptResource

    row = Department.objects.get()
    other = Department.objects.create(name="기획예산과(예시)")
    resource = resources.modelresource_factory(Department, resource_class=KeptResource)()
    sheet = resource.export()
    rows = [dict(zip(sheet.headers, line, strict=True)) for line in sheet]
    rows[0]["position"] = "9"
    resource.import_data(
        Dataset(*(tuple(r.values()) for r in rows), headers=sheet.headers), raise_errors=True
    )
    changed = {department.name: department.revision for department in Department.objects.all()}
    assert changed == {rows[0]["name"]: 2, rows[1]["name"]: 1}
    assert {row.name, other.name} == set(changed)


def test_the_admin_speaks_korean(sysadmin: Client, users: dict[str, User]) -> None:
    assert "로그인 실패와 잠금" in sysadmin.get("/admin/").content.decode()
    history = sysadmin.get(f"/admin/accounts/user/{users['staff'].pk}/history/").content.decode()
    assert "바꾼 사람" in history
    assert "Changed" not in history


def test_compiled_translations_are_current() -> None:
    folder = ROOT / "locale" / "ko" / "LC_MESSAGES"
    source = (folder / "django.po").read_text(encoding="utf-8")
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    pairs = re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', source, re.M)
    assert len(pairs) > 30
    stale = [key for key, text in pairs if compiled.gettext(key.replace('\\"', '"')) != text]
    assert stale == []


def test_access_log_is_read_only(sysadmin: Client) -> None:
    assert sysadmin.get("/admin/accounts/accesslog/").status_code == 200
    assert sysadmin.get("/admin/accounts/accesslog/add/").status_code == 403


def test_lists_speak_plain_korean_and_write_dates_as_the_office_does(
    sysadmin: Client, users: dict[str, User]
) -> None:
    users["staff"].last_login = datetime(2024, 3, 4, 9, 5, tzinfo=UTC)
    users["staff"].save()
    page = sysadmin.get("/admin/accounts/user/").content.decode()
    assert "2024. 3. 4. 18:05" in page
    assert "사용자 목록" in page
    assert "를(을)" not in sysadmin.get("/admin/axes/accessattempt/").content.decode()
    assert "LDAP" not in sysadmin.get("/admin/accounts/user/add/").content.decode()


def test_the_rules_of_deadlines_show_their_days(sysadmin: Client) -> None:
    DeadlineRule.objects.create(
        code="x", title="새 규칙", base="만료일", offset=-90, unit="days", rule="조례"
    )
    page = sysadmin.get("/admin/accounts/deadlinerule/").content.decode()
    assert all(word in page for word in ("만료일", "-90", "조례"))
