"""Health and the error pages. None of them may need the database, a user or a template context, but the one that
a list's own view asks for: filters to be corrected.
"""

import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DatabaseError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from common.listing import UnreadableFilter


@require_safe
@never_cache
@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database answers, 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database away"}, status=503)
    return JsonResponse({"status": "ok"})


def _error(status: int, message: str, again: str = "") -> HttpResponse:
    """``again``: where the page can be opened anew."""
    return HttpResponse(
        render_to_string(f"{status}.html", {"message": message, "again": again}), status=status
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, UnreadableFilter):
        context = {"form": exception.form, "message": str(exception)}
        return render(request, "common/unreadable_filter.html", context, status=400)
    # Only BadRequest carries a text of ours; other causes (a forged host, say) are not told to the sender.
    again = request.path if request.method == "GET" and request.GET else ""
    return _error(400, str(exception) if isinstance(exception, BadRequest) else "", again)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(403, str(exception) if isinstance(exception, PermissionDenied) else "")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(404, "")


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 where SQLite, which one person writes to at a time, was busy longer than it is waited for."""
    fault = sys.exception()
    is_busy = isinstance(fault, OperationalError) and "locked" in str(fault)
    return _error(503 if is_busy else 500, "")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _error(
        403,
        "보안 확인값(CSRF)이 맞지 않아 저장하지 않았습니다. 다른 창에서 다시 로그인했을 수 있습니다. "
        "뒤로 가서 화면을 새로 고친 뒤 다시 저장하세요.",
    )
