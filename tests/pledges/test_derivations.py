"""Every figure opens: what a page lists adds up to what the card prints."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from common.periods import Quarter
from enterprises import register
from pledges import derivations, support_derivations
from pledges.card import build_card
from pledges.execution import executions
from pledges.models import Pledge, Result, ResultState
from pledges.money_cells import Cell
from pledges.views.money import made_of
from subsidies.disbursing import give_back
from subsidies.models import SOURCES, Award, Program
from subsidies.support import support_table
from tests import factories

from .test_worked_cases import firm, held, pay

DAY = date(2024, 9, 30)
AS_OF = "as_of=2024-09-30"


@pytest.fixture
def busy(seed: Pledge) -> Pledge:
    """The seed card with half a year of records after its opening."""
    held(date(2024, 4, 25))
    held(date(2024, 7, 5))
    one, two = firm(), firm("나눔협동조합(예시)")
    pay(one, 9_487_000, 2024, 4, 25)
    pay(one, 1_000_000, 2024, 8, 1)
    give_back(pay(two, 3_000_000, 2024, 5, 2), 3_000_000, date(2024, 9, 2))
    kind = register.register_table(DAY).by_code()["certified"].kind
    one.designations.create(kind=kind, starts_on=date(2024, 4, 25), expires_on=date(2024, 8, 31))
    two.designations.create(kind=kind, starts_on=date(2024, 6, 1))
    Award.objects.create(
        program=Program.objects.get(name="일자리창출사업"),
        enterprise=one,
        year=2024,
        decided_on=date(2024, 4, 20),
        amount=12_000_000,
        headcount=2,
    )
    return seed


def indicator_workings(client: Client, day: str) -> list[Any]:
    return list(client.get(f"/pledges/1-3/why/?as_of={day}").context["lines"])


@pytest.mark.parametrize("day", ["2024-03-31", "2024-05-15", "2024-09-30", "2025-06-30", "2026-06-30"])
def test_operands_and_records_add_up_to_every_indicator(busy: Pledge, auditor: Client, day: str) -> None:
    for line in indicator_workings(auditor, day):
        assert sum(operand.value for operand in line.part.parts) == line.part.value
        counted = {listed.operand: listed for listed in line.counted}
        for operand in line.part.parts:
            if operand.kind == "집계" and operand.value:
                assert counted[operand].net == operand.value


def test_a_level_lists_what_ended_as_well(busy: Pledge, auditor: Client) -> None:
    level = indicator_workings(auditor, "2024-09-30")[0]
    [listed] = level.counted
    assert (len(listed.added), len(listed.gone), level.part.value) == (2, 1, 234)


def test_two_events_on_one_day_count_and_are_listed_once(busy: Pledge, auditor: Client) -> None:
    day = held(date(2024, 8, 3))
    other = day.event.market.events.create(name="같은 날 다른 행사(예시)")
    other.days.create(day=day.day, state=day.state)
    line = indicator_workings(auditor, "2024-09-30")[2]
    assert sum(listed.net for listed in line.counted) == 3 == line.part.value - 16


def test_a_recorded_quarter_names_who_and_what_stood_before(
    busy: Pledge, users: Any, auditor: Client
) -> None:
    result = Result.objects.create(
        indicator=busy.indicators.get(no=3), year=2024, quarter=2, value=4, reason="현장 집계"
    )
    result.value, result.state = 3, ResultState.CONFIRMED
    result.recorded_by = users["staff"]
    result.approval_number, result.approval_on = "사회적경제과-12(예시)", date(2024, 7, 3)
    result.save()
    page = auditor.get(f"/pledges/1-3/why/3/?{AS_OF}")
    [row] = page.context["lines"][0].results
    assert [record.value for record in row.earlier] == [4]
    assert "결재 사회적경제과-12(예시) 2024. 7. 3." in page.content.decode()
    assert Quarter(2024, 2).label in page.content.decode()


@pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 3, 31), date(2024, 9, 30)])
def test_kinds_of_enterprises_add_up(busy: Pledge, day: date) -> None:
    for line in register.register_table(day).lines:
        found = derivations.level(
            register.KINDS, line.kind.pk, "", day, derivations.designation_line, "개소", ""
        )
        assert (found.value, found.known) == (line.value, line.level.known)
        if found.value is not None:
            assert found.known == found.value


def test_tenants_and_members_add_up(busy: Pledge) -> None:
    for space in busy.spaces.all():
        found = derivations.level(register.TENANTS, space.pk, "", DAY, derivations.tenancy_line, "개", "")
        assert found.known == found.value == register.tenants([space.pk], DAY)[space.pk]
    committee = busy.committee
    assert committee is not None
    members = derivations.level(register.MEMBERS, committee.pk, "", DAY, derivations.member_line, "명", "")
    assert members.known == members.value == register.members([committee.pk], DAY)[committee.pk]


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 9, 30)])
def test_every_cell_of_the_support_table_adds_up(busy: Pledge, day: date) -> None:
    seen = 0
    for row in support_table(busy.programs.all(), busy.term.years, day):
        for cell in row.cells:
            for found in support_derivations.support(cell, row.year, day):
                if found.value is not None:
                    assert found.known == found.value, found.title
                    seen += 1
    assert seen > 5


@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 9, 30), date(2026, 11, 22)])
def test_every_cell_of_the_execution_table_adds_up(busy: Pledge, day: date) -> None:
    execution = executions([busy], day)[busy.pk]
    for column in (None, *execution.columns):
        for source in ("", *SOURCES):
            cell = Cell(busy.term, column, source)
            made = made_of(cell, busy, execution, day)
            assert made.value == cell.value(execution)
            assert made.opened + made.context["added"] == made.value


def test_a_cell_of_the_execution_table_names_who_recorded_its_records(seed: Pledge, auditor: Client) -> None:
    row = pay(firm("누가(예시)"), 1_000_000, 2024, 5, 2, in_opening=False)
    row.history.update(history_user=factories.user(Role.STAFF, "누가적음"))
    page = auditor.get("/pledges/1-3/why/money/?as_of=2024-06-30&column=2024").content.decode()
    line = page[page.index("누가(예시)") :]
    assert "누가적음" in line[: line.index("</tr>")]


def test_the_footnote_says_how_a_figure_was_made(busy: Pledge, auditor: Client) -> None:
    page = auditor.get(f"/pledges/1-3/why/register/certified/?{AS_OF}").content.decode()
    assert 'data-copy="footnote-1"' in page
    assert "도입 전 누계(2024. 3. 31.) 19 + 시작 2 − 종료 1" in page


def test_every_figure_of_a_page_has_its_own_sentence(seed: Pledge, auditor: Client) -> None:
    def said(address: str) -> dict[str, str]:
        return dict(auditor.get(f"{address}?as_of=2024-03-31").context["footnotes"])

    whole = said("/pledges/1-3/why/")
    assert whole["총 이행률"].startswith(
        "※ 총 이행률 82.5% = 30 × 233/235 + 50 × 43/48 + 20 × 16/40 (2024. 3. 31."
    )
    assert "100.0% = 30 × 100%(상한) + 50 × 100%(상한) + 20 × 16/16" in whole["계획 대비 진도율"]
    days = said("/pledges/1-3/why/3/")
    assert (
        days["계획 대비 진도율"]
        == "※ 횟수 계획 대비 진도율 100.0% = 16/16 (2024. 3. 31. 기준, 끝난 기간의 목표 2022년 4 + 2023년 12)"
    )
    assert "기여 20 × 16/40 = 8.0점, 모자란 점수 20.0 − 8.0 = 12.0점" in days["기여"]
    assert "분기당 필요 = 24 ÷ 남은 9분기 = 2.7회" in days["분기당 필요"]
    means = said("/pledges/means/")
    assert "민선8기 공약 1건의 임기 이행률을 산술평균" in means["임기 이행률"]
    assert "100.0% = 민선8기 공약 1건 ÷ 1건 × 100" in means["완료 공약 비율"]
    money = said("/pledges/1-3/why/money/")
    assert "30.2% = 1,120,000,000원 ÷ 3,707,000,000원 × 100" in money["집행÷총사업비"]


def test_a_day_before_the_opening_says_what_is_known(busy: Pledge, auditor: Client) -> None:
    assert build_card(busy, date(2023, 12, 31)).register_table is not None
    page = auditor.get("/pledges/1-3/why/register/certified/?as_of=2023-12-31").content.decode()
    assert "집계 불가(기준일 이전)" in page


@pytest.mark.parametrize(
    "address",
    [
        "register/nothing/",
        "support/1999/",
        "support/2024/?program=없음",
        "tenants/?space=없음",
        "money/?column=1999",
    ],
)
def test_what_is_not_on_the_card_is_not_found(busy: Pledge, auditor: Client, address: str) -> None:
    assert auditor.get(f"/pledges/1-3/why/{address}").status_code == 404
