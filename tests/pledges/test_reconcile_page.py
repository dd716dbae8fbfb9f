"""대사: the page, its filters, explanations, the sheet, the office's list."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pledges.models import Pledge, ReconcileNote
from pledges.reconciling import blockers, findings, footnotes, unexplained_serious
from tests.conftest import ClientAs

from . import factories as make

DAY = date(2024, 3, 31)
URL = "/pledges/1-3/reconcile/"
NOTE = f"{URL}note/?term=민선8기&as_of=2024-03-31&key=log_year:2024"
ASKED = "?term=민선8기&as_of=2024-03-31"


def page(client: Client, more: str = "") -> Any:
    return client.get(f"{URL}{ASKED}{more}")


def explain(client: Client, text: str = "4월에 지급 결의", **more: Any) -> Any:
    return client.post(NOTE, {"text": text, "revision": 0} | more)


def test_the_page_lists_both_figures_the_gap_and_where_to_fix_it(staff: Client, seed: Pledge) -> None:
    found = page(staff)
    text = found.content.decode()
    for word in ("120,550,000원", "35,000,000원", "85,550,000원", "추진실적 연번 24", "14회", "16회"):
        assert word in text
    assert "/pledges/1-3/openings/" in text
    assert [count for _, count, _ in found.context["tally"].by_severity][:2] == [2, 2]


@pytest.mark.parametrize(("severity", "codes"), [("serious", {"log_year", "execution_excess"})])
def test_filter_by_severity(staff: Client, seed: Pledge, severity: str, codes: set[str]) -> None:
    lines = page(staff, f"&severity={severity}").context["lines"]
    assert {line.finding.code for line in lines} == codes


def test_an_unknown_filter_is_refused(staff: Client, seed: Pledge) -> None:
    assert page(staff, "&severity=worst").status_code == 400
    assert page(staff, "&severety=serious").status_code == 400


def test_an_explained_finding_is_shown_as_such_and_blocks_no_longer(staff: Client, seed: Pledge) -> None:
    assert {finding.code for finding in unexplained_serious(seed, DAY)} == {"log_year", "execution_excess"}
    assert explain(staff).status_code == 302
    assert [finding.code for finding in unexplained_serious(seed, DAY)] == ["execution_excess"]
    assert "설명됨" in page(staff).content.decode()
    explained = page(staff, "&explained=yes").context["lines"]
    assert [line.finding.key for line in explained] == ["log_year:2024"]
    assert len(page(staff, "&explained=no").context["lines"]) == len(findings(seed, DAY)) - 1


def test_once_the_difference_is_another_the_finding_asks_anew(staff: Client, seed: Pledge) -> None:
    explain(staff)
    opening = seed.execution_openings.get(year=2024, fund="district")
    opening.amount += 1_000_000
    opening.save()
    assert "log_year" in {finding.code for finding in unexplained_serious(seed, DAY)}
    text = page(staff).content.decode()
    assert "설명 뒤 차이가 바뀜" in text
    assert "4월에 지급 결의" in text
    note = ReconcileNote.objects.get()
    explain(staff, revision=note.revision)
    assert "log_year" not in {finding.code for finding in unexplained_serious(seed, DAY)}


def test_the_explanation_is_kept_in_versions_and_the_second_saver_is_told(
    staff: Client, seed: Pledge
) -> None:
    explain(staff)
    explain(staff, "다시 쓴 설명", revision=1)
    refused = explain(staff, "늦은 설명", revision=1)
    assert refused.status_code == 200
    assert "먼저 고쳤습니다" in refused.content.decode()
    note = ReconcileNote.objects.get()
    assert (note.text, note.history.count()) == ("다시 쓴 설명", 2)
    assert "변경 이력 (2건)" in staff.get(NOTE).content.decode()


def test_an_explanation_says_something(staff: Client, seed: Pledge) -> None:
    assert explain(staff, " ").status_code == 200
    assert not ReconcileNote.objects.exists()


def test_printed_explanations_are_footnotes_while_they_explain_something(staff: Client, seed: Pledge) -> None:
    explain(staff)
    assert footnotes(seed, DAY) == []
    explain(staff, printed="on", revision=1)
    assert footnotes(seed, DAY) == ["※ 예산 집행액 표 2024년: 4월에 지급 결의"]
    assert footnotes(seed, date(2023, 12, 31)) == []


def test_a_voided_explanation_explains_nothing(staff: Client, seed: Pledge) -> None:
    explain(staff)
    note = ReconcileNote.objects.get()
    staff.post(f"{URL}note/{note.pk}/void/", {"reason": "잘못 씀"})
    assert "log_year" in {finding.code for finding in unexplained_serious(seed, DAY)}
    assert explain(staff, "새 설명").status_code == 302


def test_what_is_settled_keeps_its_explanation_in_sight(staff: Client, seed: Pledge) -> None:
    explain(staff)
    seed.activities.filter(starts_on__year=2024).update(detail="- 금액을 적지 않음")
    found = page(staff)
    assert [note.text for note in found.context["settled"]] == ["4월에 지급 결의"]
    assert "이 항목은 2024. 3. 31. 기준으로는 맞습니다" in staff.get(NOTE).content.decode()


def test_a_finding_that_is_not_there_has_no_page(staff: Client, seed: Pledge) -> None:
    assert staff.get(f"{URL}note/{ASKED}&key=nothing").status_code == 404


@pytest.mark.parametrize("role", ["manager", "auditor", "admin"])
def test_others_read_and_do_not_explain(client_as: ClientAs, seed: Pledge, role: str) -> None:
    client = client_as(role)
    found = page(client)
    assert found.status_code == 200
    assert "설명 쓰기" not in found.content.decode()
    assert explain(client).status_code == 403


def test_a_clean_pledge_says_so(staff: Client, db: None) -> None:
    pledge = make.pledge("가-2")
    make.indicator(pledge, weight=100)
    assert "맞지 않는 것이 없습니다" in staff.get("/pledges/가-2/reconcile/").content.decode()


def test_the_sheet_holds_the_same_lines(staff: Client, seed: Pledge) -> None:
    explain(staff, printed="on")
    response = staff.get(f"{URL}reconcile.xlsx{ASKED}&severity=serious")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    line = next(row for row in rows if "예산 집행액 표 2024년" in row)
    assert {120_550_000, 35_000_000, 85_550_000, "원", "설명됨", "4월에 지급 결의", "○"} <= set(line)
    assert not [row for row in rows if "추진실적 연번 24" in row]


def test_the_office_page_counts_by_pledge(coordinator: Client, seed: Pledge) -> None:
    other = make.pledge("가-2", term=seed.term, goal=seed.goal)
    make.indicator(other, weight=50)
    found = coordinator.get(f"/pledges/reconcile/{ASKED}")
    counts = {pledge.number: row.blocking for pledge, row in found.context["rows"]}
    assert counts == {"1-3": 2, "가-2": 1}
    assert found.context["total"].blocking == 3
    assert {(pledge.number, finding.code) for pledge, finding in blockers([seed, other], DAY)} == {
        ("1-3", "log_year"),
        ("1-3", "execution_excess"),
        ("가-2", "weights"),
    }


def test_many_pledges_and_rows_ask_no_more(seed: Pledge) -> None:
    def asked(pledges: list[Pledge]) -> int:
        with CaptureQueriesContext(connection) as queries:
            blockers(pledges, date(2024, 6, 30))
        return len(queries)

    one = asked([seed])
    for number in range(5):
        copy = make.pledge(f"나-{number}", term=seed.term, goal=seed.goal, shows_register=True)
        copy.programs.set(seed.programs.all())
        copy.markets.set(seed.markets.all())
        make.target(make.market_days(copy, weight=50), "10")
        make.target(make.supported(copy), "10")
    for number in range(20):
        make.paid(make.designated(f"기업{number}(예시)", date(2020, 1, 1)), date(2024, 4, 1 + number))
    every = list(Pledge.objects.in_term(seed.term))
    assert asked(every) <= one + 1


def test_every_finding_leads_to_a_page_that_opens(staff: Client, seed: Pledge) -> None:
    make.paid(make.designated("㈜가나(예시)", date(2025, 1, 1)), date(2024, 3, 5), won=9_000_000_000)
    seed.programs.add(make.program())
    seed.indicators.filter(no=1).update(weight=10)
    found = findings(seed, DAY)
    assert len({one.code for one in found}) > 9
    assert {
        one.link: staff.get(one.link).status_code for one in found if staff.get(one.link).status_code != 200
    } == {}


def test_the_card_leads_here(staff: Client, seed: Pledge) -> None:
    assert f"{URL}?" in staff.get(f"/pledges/1-3/{ASKED}").content.decode()


def test_a_footnote_of_another_difference_is_not_printed(seed: Pledge) -> None:
    (first, *_) = findings(seed, DAY)
    note = ReconcileNote.objects.create(
        pledge=seed, key=first.key, text="까닭(예시)", printed=True, gap=first.difference
    )
    assert footnotes(seed, DAY) == [f"※ {first.where}: 까닭(예시)"]
    note.gap = "1원"
    note.save()
    assert footnotes(seed, DAY) == []
