"""요구자료: what a request and its answers need beyond one row: sending a file, starting from last year's answer."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.models import User
from common.notation import NotationError, read_date
from pledges.models import CouncilRequest, RequestStatus, SentFile, Submission

ReportUse = dict[str, Any]
# Parts of a report's address that are days of its period.
DAYS = ("start", "end")


def submit(
    request: CouncilRequest, *, content: bytes, name: str, sent_on: date, user: User, note: str = ""
) -> Submission:
    """Keeps the file byte for byte with the reports it was made from; the request is then 제출."""
    with transaction.atomic():
        digest = sha256(content).hexdigest()
        file, _ = SentFile.objects.get_or_create(
            digest=digest, defaults={"content": content, "size": len(content)}
        )
        row = Submission.objects.create(
            request=request,
            file=file,
            name=name,
            sent_on=sent_on,
            sent_by=user,
            reports=request.reports,
            note=note,
        )
        current = CouncilRequest.objects.select_for_update().get(pk=request.pk)
        if current.status == RequestStatus.OPEN:
            current.status = RequestStatus.SENT
            current.revision += 1
            current._change_reason = f"제출: {name}"[:100]
            current.save()
    return row


def use_report(request: CouncilRequest, slug: str, query: dict[str, str]) -> None:
    """Writes down that a report answers the request, with the address's period and filters; once each."""
    with transaction.atomic():
        current = CouncilRequest.objects.select_for_update().get(pk=request.pk)
        use = {"slug": slug, "query": query}
        if use not in current.reports:
            current.reports = [*current.reports, use]
            current.revision += 1
            current._change_reason = "보고서 연결"
            current.save()


def drop_report(request: CouncilRequest, at: int) -> ReportUse | None:
    """Takes the report at place ``at`` (from 0) off the answer; None where there is none. Its history stays."""
    with transaction.atomic():
        current = CouncilRequest.objects.select_for_update().get(pk=request.pk)
        if at >= len(current.reports):
            return None
        dropped: ReportUse = current.reports[at]
        current.reports = [use for place, use in enumerate(current.reports) if place != at]
        current.revision += 1
        current._change_reason = "보고서 연결 해제"
        current.save()
    return dropped


def again(request: CouncilRequest) -> dict[str, Any]:
    """What a new request begins with when last year's is asked again: words, people, reports a year later."""
    return {
        "member": request.member,
        "content": request.content,
        "department": request.department,
        "writer": request.writer,
        "phone": request.phone,
        "reports": [a_year_later(use) for use in request.reports],
    }


def a_year_later(use: ReportUse) -> ReportUse:
    """The same report with its days a year later; 29 February becomes the 28th."""
    query = {name: _shifted(value) if name in DAYS else value for name, value in use["query"].items()}
    return {"slug": use["slug"], "query": query}


def _shifted(text: str) -> str:
    try:
        day = read_date(text)
    except NotationError:
        return text
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day).isoformat()
