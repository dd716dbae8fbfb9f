from django.test import RequestFactory

from accounts.access import log_access
from accounts.models import AccessLog, User


def test_who_when_from_where_whose_data_and_what_is_kept(users: dict[str, User]) -> None:
    request = RequestFactory().get("/enterprises/export.xlsx?kind=village", REMOTE_ADDR="10.1.2.3")
    request.user = users["staff"]
    log_access(request, "기업 목록: 조회 결과", "엑셀 내려받기", reason="의회 요구자료", rows=5)
    entry = AccessLog.objects.get()
    assert (entry.user, entry.address, entry.action) == (users["staff"], "10.1.2.3", "엑셀 내려받기")
    assert (entry.subject, entry.reason, entry.rows) == ("기업 목록: 조회 결과", "의회 요구자료", 5)
    assert entry.path == "/enterprises/export.xlsx?kind=village"
    assert entry.at is not None


def test_a_long_subject_is_cut_not_refused(users: dict[str, User]) -> None:
    request = RequestFactory().get("/x")
    request.user = users["staff"]
    assert len(log_access(request, "가" * 500, "열람").subject) == 200
