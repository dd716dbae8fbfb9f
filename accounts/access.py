"""The access log of personal data (개인정보의 안전성 확보조치 기준): who, when, from where, whose data, what."""

from typing import cast

from django.http import HttpRequest

from accounts.models import AccessLog, User
from common.clock import now


def log_access(request: HttpRequest, subject: str, action: str, reason: str = "", rows: int = 1) -> AccessLog:
    """Writes down that the user of `request` did `action` with the personal data of `subject`.

    subject: whose data in words ("대표자: 가온협동조합(예시)", "기업 목록: 조회 결과"). rows: of how many persons.
    """
    return AccessLog.objects.create(
        at=now(),
        user=cast(User, request.user),
        address=request.META.get("REMOTE_ADDR") or None,
        action=action,
        subject=subject[:200],
        path=request.get_full_path()[:300],
        reason=reason[:300],
        rows=rows,
    )
