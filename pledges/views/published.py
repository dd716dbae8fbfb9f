"""The CSV that the office may publish: closed quarters, no person in it."""

from __future__ import annotations

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.permissions import allow
from common.listing import refuse_unknown
from documents.responses import csv_response
from pledges.reports.published import published_table


@require_safe
@allow("export")
def published_csv(request: HttpRequest) -> HttpResponseBase:
    """``?year=&quarter=``: closed quarters, all without them; UTF-8 with BOM."""
    refuse_unknown(request, {"year", "quarter"})
    year, quarter = _number(request, "year", 9999), _number(request, "quarter", 4)
    name = "공약 이행(공개용)" + (f" {year}년" if year else "") + (f" {quarter}분기" if quarter else "")
    return csv_response(published_table(year, quarter), name)


def _number(request: HttpRequest, name: str, most: int) -> int | None:
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    if not (len(text) <= 4 and text.isascii() and text.isdigit() and 1 <= int(text) <= most):
        raise BadRequest(f"{name}을(를) 읽을 수 없습니다: {text[:20]}. 예: ?year=2024&quarter=1")
    return int(text)
