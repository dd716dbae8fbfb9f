from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests import factories
from tests.conftest import ClientAs

LOGIN = "/accounts/login/"


def knock(client: Client, username: str = "staff", password: str = factories.PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"username": username, "password": password, **more})


def test_login_leads_to_the_dashboard(client: Client, users: dict[str, User]) -> None:
    response = knock(client)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(users["staff"].pk)


def test_an_empty_login_is_told_as_a_login(client: Client, users: dict[str, User]) -> None:
    page = client.post(LOGIN, {"username": "", "password": ""}).content.decode()
    assert "로그인하지 않았습니다. 표시된 칸을 확인하세요" in page
    assert "저장하지 않았습니다" not in page


def test_a_login_is_no_change_of_the_account(client: Client, users: dict[str, User]) -> None:
    before = users["staff"].history.count()
    knock(client)
    users["staff"].refresh_from_db()
    assert users["staff"].last_login is not None
    assert users["staff"].history.count() == before


def test_login_leads_back_to_the_page_that_was_asked_for(client: Client, users: dict[str, User]) -> None:
    asked = client.get("/accounts/password/")
    assert asked.headers["Location"] == f"{LOGIN}?next=/accounts/password/"
    assert knock(client, next="/accounts/password/").headers["Location"] == "/accounts/password/"


def test_login_never_leads_outside(client: Client, users: dict[str, User]) -> None:
    assert knock(client, next="https://outside.example/").headers["Location"] == "/"


@pytest.mark.parametrize(
    ("username", "password"), [("staff", "wrong"), ("nobody", factories.PASSWORD), ("", "")]
)
def test_a_wrong_login_is_told_in_korean_and_keeps_the_name(
    client: Client, users: dict[str, User], username: str, password: str
) -> None:
    response = knock(client, username, password)
    page = response.content.decode()
    assert response.status_code == 200
    assert "error-box" in page
    assert f'value="{username}"' in page or not username
    assert "_auth_user_id" not in client.session


def test_who_left_cannot_log_in(client: Client, users: dict[str, User]) -> None:
    User.objects.filter(username="staff").update(is_active=False)
    knock(client)
    assert "_auth_user_id" not in client.session


def test_five_wrong_passwords_lock_the_account_in_korean(client: Client, users: dict[str, User]) -> None:
    for _ in range(5):
        response = knock(client, password="wrong")
    assert response.status_code == 429
    assert "로그인이 잠겼습니다" in response.content.decode()
    # The right password does not help either, until the time is over or an administrator unlocks.
    assert knock(client).status_code == 429
    assert "_auth_user_id" not in client.session


def test_an_administrator_unlocks(client: Client, client_as: ClientAs, users: dict[str, User]) -> None:
    for _ in range(5):
        knock(client, password="wrong")
    admin = client_as("admin")
    attempts = admin.get("/admin/axes/accessattempt/")
    assert "staff" in attempts.content.decode()
    pk = attempts.context["cl"].result_list[0].pk
    admin.post("/admin/axes/accessattempt/", {"action": "unlock", "_selected_action": [pk]})
    assert knock(client).status_code == 302


def test_logout_needs_a_post_and_ends_the_session(staff: Client) -> None:
    assert staff.get("/accounts/logout/").status_code == 405
    assert staff.post("/accounts/logout/").headers["Location"] == LOGIN
    assert staff.get("/").status_code == 302


def test_a_form_without_its_token_is_refused_in_korean(client_as: ClientAs) -> None:
    response = client_as("staff", csrf=True).post("/accounts/logout/")
    assert response.status_code == 403
    assert "보안 확인값" in response.content.decode()


def test_the_password_is_changed_by_its_owner(staff: Client, client: Client) -> None:
    new = "river-stone-42"
    fields = {"old_password": factories.PASSWORD, "new_password1": new, "new_password2": new}
    assert staff.post("/accounts/password/", fields).status_code == 302
    assert knock(client, password=new).status_code == 302


def test_a_weak_password_is_told_beside_the_field(staff: Client) -> None:
    fields = {"old_password": factories.PASSWORD, "new_password1": "1234", "new_password2": "1234"}
    page = staff.post("/accounts/password/", fields).content.decode()
    assert 'id="id_new_password2_error"' in page
    assert "최소 8자" in page


def test_pages_send_their_policy(staff: Client) -> None:
    policy = staff.get("/accounts/password/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "'unsafe-inline'" not in policy.split("style-src-attr")[0]
    assert "frame-ancestors 'none'" in policy
