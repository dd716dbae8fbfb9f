"""Health and error pages: none of them may need the database."""

from typing import Any

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from common import views


def test_health_needs_no_login(client: Client, db: None) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]


def test_health_says_when_the_database_is_away(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> Any:
        raise OperationalError("could not connect")

    with monkeypatch.context() as outage:
        outage.setattr(connection, "cursor", away)
        response = client.get("/healthz")
    assert response.status_code == 503
    assert "ok" not in response.json().values()


def test_health_takes_no_posts(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_an_unknown_address_is_told_in_korean(staff: Client) -> None:
    response = staff.get("/no/such/page/")
    assert response.status_code == 404
    assert "찾을 수 없습니다" in response.content.decode()


def test_a_busy_sqlite_says_when_to_save_again(rf: RequestFactory) -> None:
    """An import of 100,000 rows holds its lock for a minute or two; no other fault of the database is meant."""
    for words, status in (("database is locked", 503), ("no such table", 500)):
        try:
            raise OperationalError(words)
        except OperationalError:
            page = views.server_error(rf.post("/"))
        assert page.status_code == status
        assert ("뒤로 가서 다시 저장하세요" in page.content.decode()) is (status == 503)


@pytest.mark.parametrize(
    ("response", "status", "text"),
    [
        (lambda r: views.bad_request(r, BadRequest("조회 조건을 확인하세요")), 400, "조회 조건을 확인하세요"),
        (lambda r: views.bad_request(r, ValueError("secret detail")), 400, "형식이 맞지 않습니다"),
        (
            lambda r: views.forbidden(r, PermissionDenied("총괄부서만 쓸 수 있습니다")),
            403,
            "총괄부서만 쓸 수 있습니다",
        ),
        (lambda r: views.forbidden(r, PermissionDenied()), 403, "권한이 없습니다"),
        (lambda r: views.server_error(r), 500, "반영되지 않았습니다"),
    ],
)
def test_error_pages_stand_without_the_database(response: Any, status: int, text: str) -> None:
    page = response(RequestFactory().get("/"))
    body = page.content.decode()
    assert page.status_code == status
    assert text in body
    assert 'lang="ko"' in body
    assert "secret detail" not in body


def test_error_pages_escape_what_they_repeat() -> None:
    page = views.bad_request(RequestFactory().get("/"), BadRequest("<script>alert(1)</script>"))
    assert "<script>" not in page.content.decode()


def test_a_refused_question_can_be_dropped(staff: Client) -> None:
    page = staff.get("/enterprises/?no_such=1").content.decode()
    assert '<a href="/enterprises/">조건 없이 다시 열기</a>' in page
