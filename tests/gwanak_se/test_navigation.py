import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from accounts.models import Office, User
from gwanak_se.navigation import MENU, menu, page_frame


def shown(user: User, path: str) -> dict[str, bool]:
    request = RequestFactory().get(path)
    request.user = user
    return {item["label"]: item["current"] for item in menu(request)}


def test_only_the_administrator_sees_the_admin(users: dict[str, User]) -> None:
    assert "관리" in shown(users["admin"], "/")
    assert "관리" not in shown(users["staff"], "/")


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "현황판"),
        ("/pledges/1-3/", "공약"),
        ("/subsidies/awards/", "보조금 집행"),
        ("/enterprises/7/", "기업"),
        ("/accounts/password/", None),
    ],
)
def test_the_item_that_holds_the_page_is_marked(
    users: dict[str, User], path: str, current: str | None
) -> None:
    marked = [label for label, is_current in shown(users["staff"], path).items() if is_current]
    assert marked == ([current] if current else [])


def test_no_menu_before_login(db: None) -> None:
    request = RequestFactory().get("/accounts/login/")
    request.user = AnonymousUser()
    assert page_frame(request)["menu"] == []


def test_labels_are_told_apart() -> None:
    assert len({item.label for item in MENU}) == len({item.path for item in MENU}) == len(MENU)


def test_the_service_is_named_in_the_offices_own_words(client: Client, db: None) -> None:
    Office.objects.create(pk=1, name="한빛구청(예시)", words={"social_economy": "사회연대경제"})
    assert "한빛구청(예시) 사회연대경제" in client.get("/accounts/login/").content.decode()
