from typing import Any

import pytest
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from common.voiding import AlreadyVoid, void, void_view
from enterprises.models import Enterprise


@pytest.fixture
def row(db: None) -> Enterprise:
    return Enterprise.objects.create(name="가온협동조합(예시)")


def test_a_voided_row_stays_with_who_when_and_why(row: Enterprise, users: dict[str, User]) -> None:
    void(row, users["staff"], "  같은 기업을 두 번 등록함 ")
    stored = Enterprise.objects.get(pk=row.pk)
    assert (stored.voided_by, stored.void_reason) == (users["staff"], "같은 기업을 두 번 등록함")
    assert stored.voided_at is not None
    assert stored.history.first().history_change_reason == "무효: 같은 기업을 두 번 등록함"
    assert not Enterprise.objects.live().filter(pk=row.pk).exists()


def test_voiding_is_a_new_revision(row: Enterprise, users: dict[str, User]) -> None:
    void(row, users["staff"], "중복")
    assert row.revision == Enterprise.objects.get(pk=row.pk).revision == 2


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_voiding_without_a_reason(row: Enterprise, users: dict[str, User], reason: str) -> None:
    with pytest.raises(ValueError, match="reason"):
        void(row, users["staff"], reason)
    assert Enterprise.objects.live().filter(pk=row.pk).exists()


def test_the_first_reason_stands(row: Enterprise, users: dict[str, User]) -> None:
    void(row, users["staff"], "처음")
    with pytest.raises(AlreadyVoid):
        void(row, users["manager"], "나중")
    assert Enterprise.objects.get(pk=row.pk).void_reason == "처음"


def test_rows_are_not_deleted(row: Enterprise) -> None:
    with pytest.raises(TypeError, match="voided"):
        Enterprise.objects.filter(pk=row.pk).delete()


def asked(row: Enterprise, user: User, data: dict[str, str] | None = None) -> HttpResponse:
    maker = RequestFactory()
    request: Any = maker.post("/x/", data) if data is not None else maker.get("/x/")
    request.user, request.session = user, {}
    request._messages = FallbackStorage(request)
    response = void_view(request, row, what=row.name, back="/enterprises/7/", done="/enterprises/")
    response.told = [str(message) for message in request._messages]  # type: ignore[attr-defined]
    return response


def test_the_question_names_the_record(row: Enterprise, users: dict[str, User]) -> None:
    page = asked(row, users["staff"]).content.decode()
    assert "<strong>가온협동조합(예시)</strong>" in page
    assert 'href="/enterprises/7/"' in page
    assert Enterprise.objects.live().exists()


def test_without_a_reason_the_question_stays(row: Enterprise, users: dict[str, User]) -> None:
    response = asked(row, users["staff"], {"reason": " "})
    assert response.status_code == 200
    assert "id_reason_error" in response.content.decode()
    assert Enterprise.objects.live().exists()


def test_with_a_reason_it_is_done_and_told(row: Enterprise, users: dict[str, User]) -> None:
    response: Any = asked(row, users["staff"], {"reason": "중복"})
    assert (response.status_code, response.headers["Location"]) == (302, "/enterprises/")
    assert "무효 처리했습니다" in response.told[0]
    again: Any = asked(row, users["staff"], {"reason": "중복"})
    assert "이미 무효 처리" in again.told[0]


def test_a_get_changes_nothing(row: Enterprise, users: dict[str, User]) -> None:
    request: HttpRequest = RequestFactory().get("/x/?reason=why")
    request.user = users["staff"]
    void_view(request, row, what=row.name, back="/")
    assert Enterprise.objects.live().exists()
