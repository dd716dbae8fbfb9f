"""The 요구자료 대장: entry, the files as they were sent, and last year's answer asked again."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from io import BytesIO
from re import findall
from typing import Any
from urllib.parse import parse_qsl

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from accounts.models import User
from pledges.models import CouncilRequest, RequestStatus, SentFile, Submission
from pledges.requesting import a_year_later, again, submit, use_report
from tests.conftest import ClientAs
from tests.factories import department

SENT = b"PK\x03\x04 \xea\xb0\x80 sent as it was\x00\xff"


def request(number: str = "2024-행정-15", **fields: Any) -> CouncilRequest:
    fields = {"content": "최근 3년 보조금 교부 내역", "due_on": date(2024, 4, 20)} | fields
    return CouncilRequest.objects.create(number=number, **fields)


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "number": "2024-행정-16",
        "member": "홍의원(예시)",
        "content": "꿈시장 운영 실적",
        "received_on": "2024. 4. 1.",
        "due_on": "2024. 4. 11.",
        "department": department().pk,
        "writer": "김담당(예시)",
        "phone": "879-5754",
        "status": "open",
        "revision": 0,
    } | fields


def page(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_a_request_is_entered_and_found(staff: Client) -> None:
    row = CouncilRequest.objects.none()
    response = staff.post("/reports/requests/new/", typed())
    row = CouncilRequest.objects.get()
    assert response["Location"] == f"/reports/requests/{row.pk}/"
    assert row.due_on == date(2024, 4, 11)
    found = page(staff.get("/reports/requests/", {"q": "꿈시장"}))
    assert "2024-행정-16" in found
    assert "2024. 4. 11." in found
    assert "해당 없음" in page(staff.get("/reports/requests/", {"q": "다른 것"}))
    assert row.history.count() == 1


@pytest.mark.parametrize("text", ["보조금교부", "최근 3년", "2024-행정"])
def test_a_request_is_found_whatever_the_spaces(staff: Client, text: str) -> None:
    request()
    assert staff.get("/reports/requests/", {"q": text}).context["listing"].page.paginator.count == 1
    assert staff.get("/reports/requests/", {"q": "없는"}).context["listing"].page.paginator.count == 0


def test_the_register_leaves_as_a_sheet_of_what_is_filtered(
    staff: Client, client_as: ClientAs, users: dict[str, User]
) -> None:
    row = request("2024-행정-1", content="=1+1 보조금", department=department())
    request("2024-행정-2", content="꿈시장")
    submit(row, content=SENT, name="답변.hwpx", sent_on=date(2024, 4, 3), user=users["staff"])
    response = staff.get("/reports/requests.xlsx", {"q": "보조금"})
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells[1][0] == "검색: 보조금"
    assert cells[3][1:4] == ["2024-행정-1", None, "=1+1 보조금"]
    assert "답변.hwpx" in cells[3]
    assert len(cells) == 4
    assert staff.get("/reports/requests.xlsx", {"wrong": "1"}).status_code == 400
    assert client_as("admin").get("/reports/requests.xlsx").status_code == 403


def test_the_form_begins_with_who_answers(staff: Client, users: dict[str, User]) -> None:
    User.objects.filter(pk=users["staff"].pk).update(full_name="김담당(예시)", phone="5754")
    shown = page(staff.get("/reports/requests/new/"))
    assert 'value="김담당(예시)"' in shown
    assert 'value="5754"' in shown


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"number": ""}, "필수"), ({"due_on": "2024. 3. 1."}, "기한이 접수일보다 앞섭니다")],
)
def test_a_fault_is_told_and_nothing_is_saved(staff: Client, wrong: dict[str, str], told: str) -> None:
    shown = page(staff.post("/reports/requests/new/", typed(**wrong)))
    assert told in shown
    assert "홍의원(예시)" in shown
    assert not CouncilRequest.objects.exists()


def test_one_number_once(staff: Client) -> None:
    request("2024-행정-16")
    assert "같은 요구번호가 이미 있습니다" in page(staff.post("/reports/requests/new/", typed()))


def test_the_second_saver_is_told(staff: Client) -> None:
    row = request()
    address = f"/reports/requests/{row.pk}/edit/"
    assert staff.post(address, typed(number=row.number, revision=1)).status_code == 302
    assert "먼저 고쳤습니다" in page(
        staff.post(address, typed(number=row.number, revision=1, writer="박(예시)"))
    )
    row.refresh_from_db()
    assert row.writer == "김담당(예시)"


def test_it_is_voided_with_a_reason(staff: Client) -> None:
    row = request()
    staff.post(f"/reports/requests/{row.pk}/void/", {"reason": "두 번 접수"})
    assert CouncilRequest.objects.live().count() == 0
    assert "해당 없음" in page(staff.get("/reports/requests/"))
    assert row.number in page(staff.get("/reports/requests/", {"void": "on"}))


def test_the_file_is_kept_byte_for_byte(staff: Client, manager: Client) -> None:
    row = request()
    file = SimpleUploadedFile("제출자료(최종).hwpx", SENT)
    staff.post(f"/reports/requests/{row.pk}/files/", {"file": file, "sent_on": "2024. 4. 1.", "note": "1차"})
    sent = Submission.objects.get()
    assert sent.file.digest == sha256(SENT).hexdigest()
    response = manager.get(f"/reports/requests/files/{sent.pk}/")
    assert response.content == SENT
    assert response["Content-Type"] == "application/octet-stream"
    row.refresh_from_db()
    assert row.status == RequestStatus.SENT
    assert "제출자료(최종).hwpx" in page(staff.get(f"/reports/requests/{row.pk}/"))


def test_the_same_file_is_stored_once(users: dict[str, User]) -> None:
    for row in (request("가"), request("나")):
        submit(row, content=SENT, name="a.xlsx", sent_on=date(2024, 4, 3), user=users["staff"])
    assert (SentFile.objects.count(), Submission.objects.count()) == (1, 2)


def test_without_a_file_nothing_is_kept(staff: Client) -> None:
    row = request()
    response = staff.post(f"/reports/requests/{row.pk}/files/", {"sent_on": "2024. 4. 3."})
    assert response.status_code == 400
    assert "제출본 올리기" in response.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("on", "words"),
    [("2024. 4. 2.", "오늘보다 뒤입니다"), ("2024. 3. 19.", "접수일(2024. 3. 20.)보다 앞섭니다")],
)
def test_a_file_was_sent_between_its_request_and_today(staff: Client, on: str, words: str) -> None:
    row = request(received_on=date(2024, 3, 20))
    address = f"/reports/requests/{row.pk}/files/"
    staff.post(address, {"file": SimpleUploadedFile("첫째.hwpx", SENT), "sent_on": "2024. 3. 25."})
    response = staff.post(address, {"file": SimpleUploadedFile("둘째.hwpx", SENT), "sent_on": on})
    assert response.status_code == 400
    shown = response.content.decode()
    assert words in shown
    assert "첫째.hwpx" in shown, "what was kept before is still shown"
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5_000, "²"])
def test_numbers_that_no_row_has_are_not_found(staff: Client, number: str) -> None:
    row = request()
    assert staff.get("/reports/requests/new/", {"again": number}).status_code == 404
    assert staff.get("/reports/markets/", {"request": number}).status_code == 404
    drop = {"at": number, "slug": "markets"}
    assert staff.post(f"/reports/requests/{row.pk}/reports/drop/", drop).status_code == 404


def test_a_report_with_its_period_answers_a_request(staff: Client) -> None:
    row = request()
    shown = page(staff.get("/reports/markets/", {"request": row.pk}))
    assert "이 보고서와 조건을 답변에 연결" in shown
    asked = {"slug": "markets", "start": "2022. 1. 1.", "end": "2024. 4. 1.", "unit": "천원", "evil": "1"}
    for _ in range(2):
        staff.post(f"/reports/requests/{row.pk}/reports/", asked)
    row.refresh_from_db()
    query = {"start": "2022. 1. 1.", "end": "2024. 4. 1.", "unit": "천원"}
    assert row.reports == [{"slug": "markets", "query": query}]
    # PostgreSQL keeps the keys of a JSON object in an order of its own.
    links = findall(r'href="/reports/markets/\?([^"]*)"', page(staff.get(f"/reports/requests/{row.pk}/")))
    asked_again = query | {"request": str(row.pk)}
    assert asked_again in [dict(parse_qsl(link.replace("&amp;", "&"))) for link in links]
    assert staff.post(f"/reports/requests/{row.pk}/reports/", {"slug": "nothing"}).status_code == 404


def test_a_report_linked_by_mistake_is_taken_off_again(staff: Client, auditor: Client) -> None:
    row = request()
    for slug in ("markets", "history"):
        use_report(row, slug, {"start": "2022. 1. 1."})
    address = f"/reports/requests/{row.pk}/reports/drop/"
    assert "연결 해제" in page(staff.get(f"/reports/requests/{row.pk}/"))
    assert "연결 해제" not in page(auditor.get(f"/reports/requests/{row.pk}/"))
    assert auditor.post(address, {"at": "0", "slug": "markets"}).status_code == 403
    # Somebody else was quicker: at that place is another report now.
    assert staff.post(address, {"at": "1", "slug": "markets"}).status_code == 404
    assert staff.post(address, {"at": "5", "slug": "markets"}).status_code == 404
    assert staff.post(address, {"at": "0", "slug": "markets"}).status_code == 302
    row.refresh_from_db()
    assert [use["slug"] for use in row.reports] == ["history"]
    assert row.history.first().history_change_reason == "보고서 연결 해제"


def test_last_year_s_answer_begins_a_new_one(staff: Client) -> None:
    row = request(member="홍의원(예시)", writer="김담당(예시)")
    use_report(row, "markets", {"start": "2022. 1. 1.", "end": "2024. 2. 29.", "unit": "천원"})
    address = staff.get(f"/reports/requests/{row.pk}/again/")["Location"]
    shown = page(staff.get(address))
    assert "홍의원(예시)" in shown
    assert "최근 3년 보조금 교부 내역" in shown
    staff.post(address, typed(number="2025-행정-3"))
    new = CouncilRequest.objects.get(number="2025-행정-3")
    assert new.copied_from == row
    assert new.reports == [
        {"slug": "markets", "query": {"start": "2023-01-01", "end": "2025-02-28", "unit": "천원"}}
    ]


def test_only_days_move_by_a_year() -> None:
    use = {"slug": "history", "query": {"q": "2022. 1. 1.", "end": "모름", "start": "2020-02-29"}}
    assert a_year_later(use)["query"] == {"q": "2022. 1. 1.", "end": "모름", "start": "2021-02-28"}


def test_again_takes_words_not_files(users: dict[str, User]) -> None:
    row = request()
    assert set(again(row)) == {"member", "content", "department", "writer", "phone", "reports"}


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_who_only_reads_sees_the_register_and_changes_nothing(client_as: ClientAs, role: str) -> None:
    row = request()
    client = client_as(role)
    assert "작년 답변으로" not in page(client.get(f"/reports/requests/{row.pk}/"))
    for tail in ("edit/", "void/", "again/"):
        assert client.get(f"/reports/requests/{row.pk}/{tail}").status_code == 403
    assert client.post(f"/reports/requests/{row.pk}/files/").status_code == 403
