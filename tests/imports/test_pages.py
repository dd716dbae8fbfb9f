"""Upload → preview → fix → decide → confirm → undo, through the pages."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import BatchState, ColumnMapping, ImportBatch
from enterprises.models import Designation, Enterprise
from subsidies.models import Disbursement, Program
from tests.imports.sheets import xlsx
from tests.subsidies import factories as ledger

HEADER = ["교부일", "사업", "수령자", "금액"]
GAON = "가온협동조합(예시)"


@pytest.fixture
def jobs(db: None) -> Program:
    program = ledger.program()
    ledger.year(program)
    ledger.award(program, ledger.enterprise(GAON), 90_000_000)
    return program


def uploaded(client: Client, rows: Any, code: str = "disbursements", **more: Any) -> ImportBatch:
    content = rows if isinstance(rows, bytes) else xlsx(rows)
    response = client.post(f"/imports/new/{code}/", {"file": SimpleUploadedFile("표.xlsx", content), **more})
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("pk")


def page(client: Client, batch: ImportBatch, query: str = "") -> str:
    response = client.get(f"/imports/{batch.pk}/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def post(client: Client, batch: ImportBatch, action: str, **data: Any) -> Any:
    batch.refresh_from_db()
    return client.post(f"/imports/{batch.pk}/{action}/", {"revision": batch.revision, **data})


def confirmed(client: Client, batch: ImportBatch) -> None:
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', page(client, batch))
    assert fingerprint
    post(client, batch, "confirm", fingerprint=fingerprint[1], rows=1)


def test_nothing_is_saved_before_it_is_confirmed(staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]])
    assert "1줄 저장" in page(staff, batch)
    assert not Disbursement.objects.exists()
    confirmed(staff, batch)
    assert Disbursement.objects.get().amount == 5_000_000
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == (BatchState.SAVED, 1)
    assert "저장함" in page(staff, batch)


def test_a_wrong_cell_is_mended_in_the_page(staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, "5.000"]])
    shown = page(staff, batch)
    assert 'name="cell|명단!2|금액" value="5.000"' in shown
    assert "줄 저장</button>" not in shown
    post(staff, batch, "edit", **{"cell|명단!2|금액": "5,000천원", "was|명단!2|금액": "5.000"})
    batch.refresh_from_db()
    assert batch.edits == [["명단", 2, "금액", "5,000천원"]]
    confirmed(staff, batch)
    assert Disbursement.objects.get().amount == 5_000_000


def test_doubts_are_decided_one_by_one_or_all(staff: Client, jobs: Program) -> None:
    rows = [HEADER, *[["2024-03-05", "일자리창출사업", GAON, 5_000_000]] * 3]
    batch = uploaded(staff, rows)
    questions = re.findall(r'name="question" value="(\w+)"', page(staff, batch))
    assert len(questions) == 2
    post(staff, batch, "decide", row="명단!3", question=questions[0], answer="skip")
    post(staff, batch, "decide", answer_all="accept")
    confirmed(staff, batch)
    assert Disbursement.objects.count() == 2


def test_the_question_of_the_opening_keeps_its_answer(staff: Client, jobs: Program, monkeypatch: Any) -> None:
    monkeypatch.setattr("subsidies.questions._rules", {lambda *rest: True: None})
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]])
    assert "이미 포함됨" in page(staff, batch)
    post(staff, batch, "decide", answer_all="accept")
    assert "확인할 줄이 1개" in page(staff, batch)
    post(staff, batch, "decide", answer_all="included")
    confirmed(staff, batch)
    assert Disbursement.objects.get().in_opening is True


def test_a_changed_outcome_returns_to_the_preview(staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]])
    shown = page(staff, batch)
    ledger.disbursement(
        jobs, 5_000_000, enterprise=Enterprise.objects.get(name=GAON), paid_on=date(2024, 3, 5)
    )
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', shown)
    assert fingerprint
    response = post(staff, batch, "confirm", fingerprint=fingerprint[1], rows=1)
    assert "결과가 달라졌습니다" in staff.get(response.url).content.decode()
    assert Disbursement.objects.count() == 1


def test_a_changed_ratio_returns_to_the_preview(staff: Client, jobs: Program) -> None:
    """The file names no sources: another ratio would save other shares than were confirmed."""
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]])
    fingerprint = re.search(r'name="fingerprint" value="(\w+)"', page(staff, batch))
    assert fingerprint
    jobs.years.update(national=50, city=25, district=25)
    response = post(staff, batch, "confirm", fingerprint=fingerprint[1], rows=1)
    assert "결과가 달라졌습니다" in staff.get(response.url).content.decode()
    assert not Disbursement.objects.exists()


def test_an_older_page_changes_nothing(staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, "5.000"]])
    staff.post(f"/imports/{batch.pk}/edit/", {"revision": 99, "cell|명단!2|금액": "1", "was|명단!2|금액": ""})
    batch.refresh_from_db()
    assert batch.edits == []


def test_columns_are_mapped_once_per_layout(staff: Client, jobs: Program) -> None:
    strange = ["집행날", "무슨사업", "받은곳", "얼마"]
    rows = [strange, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]]
    batch = uploaded(staff, rows)
    shown = page(staff, batch)
    assert "표를 읽지 못했습니다" in shown
    layout = re.search(r'name="mapped\|(\w+)"', shown)
    assert layout
    places = {f"name|{layout[1]}|{place}": name for place, name in enumerate(strange)}
    chosen = {f"map|{layout[1]}|{place}": name for place, name in enumerate(HEADER)}
    post(staff, batch, "settings", **{"known_sheet": "명단", f"mapped|{layout[1]}": "1"}, **places, **chosen)
    confirmed(staff, batch)
    assert Disbursement.objects.count() == 1
    assert ColumnMapping.objects.get().columns == dict(zip(strange, HEADER, strict=True))
    again = uploaded(staff, [strange, ["2024-04-05", "일자리창출사업", GAON, 6_000_000]])
    assert "1줄 저장" in page(staff, again)


def test_pasted_cells(staff: Client, jobs: Program) -> None:
    pasted = "\t".join(HEADER) + "\n" + "\t".join(["2024. 3. 5.", "일자리창출사업", GAON, "5,000,000"])
    staff.post("/imports/new/disbursements/", {"pasted": pasted})
    batch = ImportBatch.objects.latest("pk")
    confirmed(staff, batch)
    assert Disbursement.objects.get().amount == 5_000_000


def test_unreadable_files_are_refused_with_the_reason(staff: Client, db: None) -> None:
    file = SimpleUploadedFile("표.xlsx", b"PK\x03\x04 broken")
    response = staff.post("/imports/new/disbursements/", {"file": file})
    assert response.status_code == 200
    assert "손상되었거나" in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_undo_takes_back_what_was_made_and_what_was_changed(staff: Client, jobs: Program) -> None:
    paid = ledger.disbursement(
        jobs, 5_000_000, enterprise=Enterprise.objects.get(name=GAON), paid_on=date(2024, 3, 5), note="전"
    )
    header = [*HEADER, "적요"]
    batch = uploaded(
        staff,
        [
            header,
            ["2024-03-05", "일자리창출사업", GAON, 5_000_000, "후"],
            ["2024-03-06", "일자리창출사업", GAON, 5_000_000, None],
        ],
    )
    confirmed(staff, batch)
    paid.refresh_from_db()
    assert paid.note == "후"
    response = staff.post(f"/imports/{batch.pk}/undo/", {"reason": "잘못 올림"})
    assert response.status_code == 302
    paid.refresh_from_db()
    assert (paid.note, paid.is_void, paid.revision) == ("전", False, 3)
    assert Disbursement.objects.live().count() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.undo_reason) == (BatchState.UNDONE, "잘못 올림")


def test_undo_lists_rows_that_were_changed_since(staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]])
    confirmed(staff, batch)
    paid = Disbursement.objects.get()
    paid.note = "손봄"
    paid.save()
    response = staff.post(f"/imports/{batch.pk}/undo/", {"reason": "잘못 올림"})
    assert "가져온 뒤에 고쳤습니다" in response.content.decode()
    assert Disbursement.objects.live().count() == 1


@pytest.mark.usefixtures("kinds")
def test_undo_lists_what_uses_an_imported_enterprise(staff: Client) -> None:
    batch = uploaded(staff, [["기업명", "유형", "지정일"], [GAON, "인증", "2024-01-02"]], "enterprises")
    confirmed(staff, batch)
    program = ledger.program()
    ledger.disbursement(program, enterprise=Enterprise.objects.get())
    assert "만든 자료를 씁니다" in staff.post(f"/imports/{batch.pk}/undo/", {"reason": "x"}).content.decode()
    assert Designation.objects.live().count() == 1


def test_undoing_enterprises_voids_them_with_their_designations(staff: Client, kinds: Any) -> None:
    batch = uploaded(staff, [["기업명", "유형", "지정일"], [GAON, "인증", "2024-01-02"]], "enterprises")
    confirmed(staff, batch)
    staff.post(f"/imports/{batch.pk}/undo/", {"reason": "x"})
    assert not Enterprise.objects.live().exists()
    assert not Designation.objects.live().exists()


def test_dropping_a_draft(staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]])
    post(staff, batch, "drop")
    assert "표.xlsx" not in staff.get("/imports/").content.decode()


@pytest.mark.parametrize(
    "kind", ["enterprises", "awards", "disbursements", "market-days", "participations", "results"]
)
def test_templates_are_read_by_the_import(staff: Client, db: None, kind: str) -> None:
    response = staff.get(f"/imports/template/{kind}/")
    assert response.status_code == 200
    batch = uploaded(
        staff, b"".join(response.streaming_content) if response.streaming else response.content, kind
    )
    assert "새로 넣거나 바꿀 것이 없습니다" in page(staff, batch)


def test_the_report_and_the_file_come_back(staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, "5.000"]])
    for name in ("report", "file"):
        assert staff.get(f"/imports/{batch.pk}/{name}/").content[:2] == b"PK"


def test_others_see_the_list_but_no_draft(auditor: Client, staff: Client, jobs: Program) -> None:
    batch = uploaded(staff, [HEADER, ["2024-03-05", "일자리창출사업", GAON, 5_000_000]])
    assert auditor.get("/imports/").status_code == 200
    assert auditor.get(f"/imports/{batch.pk}/").status_code == 403
    assert auditor.get("/imports/new/disbursements/").status_code == 403


@pytest.mark.usefixtures("kinds")
def test_a_kind_chosen_for_the_whole_file_stands_in_its_column(staff: Client) -> None:
    rows = [["기업명", "지정일"], [GAON, "2024-01-02"]]
    batch = uploaded(staff, rows, "enterprises", designation="인증")
    shown = page(staff, batch)
    assert '유형<br><span class="note">파일 전체에 정함</span>' in shown
    assert '<span class="given" title="파일 전체에 정한 값">인증</span>' in shown
    own = uploaded(staff, [[*rows[0], "유형"], [*rows[1], "예비"]], "enterprises", designation="인증")
    assert 'class="given"' not in page(staff, own)


@pytest.mark.usefixtures("kinds")
def test_a_kind_that_stands_above_the_rows_stands_in_its_column(staff: Client) -> None:
    rows = [["기업명", "지정일"], ["□ 예비사회적기업 (1개소)"], [GAON, "2024-01-02"]]
    batch = uploaded(staff, rows, "enterprises")
    assert '<span class="given" title="구분 줄이나 시트 이름">예비사회적기업</span>' in page(staff, batch)
    confirmed(staff, batch)
    assert Designation.objects.get().kind.name == "예비"


def test_a_wrong_row_may_be_left_out(staff: Client, jobs: Program) -> None:
    batch = uploaded(
        staff,
        [
            HEADER,
            ["2024-03-05", "일자리창출사업", GAON, 5_000_000],
            ["2024-03-06", "일자리창출사업", "없는 곳(예시)", 5_000_000],
        ],
    )
    shown = page(staff, batch)
    question = re.search(
        r'name="row" value="명단!3"><input type="hidden" name="question" value="(\w+)"', shown
    )
    assert question
    assert "이 줄은 빼기" in shown
    post(staff, batch, "decide", row="명단!3", question=question[1], answer="accept")
    assert "줄 저장</button>" not in page(staff, batch)
    post(staff, batch, "decide", row="명단!3", question=question[1], answer="skip")
    assert "1줄 저장" in page(staff, batch)
    confirmed(staff, batch)
    assert Disbursement.objects.get().amount == 5_000_000
    batch.refresh_from_db()
    assert (batch.counts["skipped"], len(batch.decisions)) == (1, 1)
